import { counted } from '../../../lib/text/words.ts';
import { columnsOf } from '../../report/characters.ts';
import type { Form } from '../model/form.ts';
import { type HelpLine, helpSections } from '../model/keys.ts';
import type { Completion, EditorState, Prompt, SavePreview } from '../model/state.ts';
import { headingLine } from './header.ts';
import { inputLine } from './input.ts';
import { filled, fitLine, fitted, type Line, line, type Segment, seg, wrapped } from './text.ts';

/** Columns of the labels of a form. */
const LABELS = 20;

/** A form: its fields, what belongs into the one that is typed in, and the record as it would be written. */
export function formLines(form: Form, rows: number, columns: number): Line[] {
  const { fields, focus, mnemonic, reference } = form;
  const labels = Math.min(LABELS, Math.floor(columns / 3));
  const current = fields[focus];
  const told = tellings(form, columns).slice(0, Math.max(2, rows - 4));
  // A blank line apart where all has room.
  const gap = rows - 1 - fields.length - told.length >= 1 ? [line('')] : [];
  const room = Math.max(1, rows - told.length - gap.length - 1);
  const top = Math.max(0, Math.min(focus - Math.floor(room / 2), fields.length - room));
  const shown = fields.slice(top, top + room).map((field): Line => {
    const wrong = field.problem !== undefined;
    const focused = field === current;
    const label = [
      seg(focused ? '▸ ' : '  ', 'title'),
      seg(fitted(field.label, labels), focused ? 'strong' : 'plain'),
      seg(wrong ? '! ' : '  ', 'error'),
    ];
    if (focused) return inputLine(field.line, columns, label);
    const note = wrong ? `  ${field.problem}` : field.meaning === undefined ? '' : `  = ${field.meaning}`;
    return fitLine([...label, seg(field.line.text, wrong ? 'error' : 'plain'), seg(note, 'dim')], columns);
  });
  const place = fields.length > room ? `, field ${focus + 1}/${fields.length}` : '';
  const name = `${form.record === undefined ? 'new' : 'edit'} ${mnemonic}`;
  const heading = headingLine(name, `${reference}${place}`, true, columns);
  return filled([heading, ...shown, ...gap, ...told], rows, columns);
}

/** What there is to say about a form: the field that is typed in first, then the record. */
function tellings({ fields, focus, problem, preview }: Form, columns: number): Line[] {
  const field = fields[focus];
  const room = columns - 2;
  const say = (text: string | undefined, style: Segment['style'], sign = ' '): Line[] =>
    text === undefined || text === ''
      ? []
      : wrapped(text, room).map((words, index) =>
          fitLine([seg(index === 0 ? `${sign} ` : '  ', style), seg(words, style)], columns),
        );
  return [
    ...say(field?.problem ?? problem, 'error', '!'),
    ...say(field?.meaning, 'info', '='),
    ...say(field?.hint, 'dim'),
    ...say(preview, 'added', '→').slice(0, 2),
  ];
}

/** Help: every command by its group, from the table of keys. */
export function helpLines(readOnly: boolean, columns: number): Line[] {
  const keysWide = Math.min(24, Math.floor(columns / 3));
  const row = ({ keys, palette, title, where }: HelpLine): Line[] => {
    // A command without keys has its words in their place.
    const [left, more] = keys.length > 0 ? [keys.join(' '), palette] : [palette, ''];
    const fits = columnsOf(left) < keysWide - 1;
    const text = `${title}${where === '' ? '' : ` (${where})`}`;
    const words = wrapped(`${text}${more === '' ? '' : `  ${more}`}`, Math.max(8, columns - keysWide - 2));
    const first = fits ? words.shift() : undefined;
    return [
      [seg(fits ? fitted(` ${left}`, keysWide) : ` ${left}`, 'strong'), seg(first === undefined ? '' : ` ${first}`)],
      ...words.map((each) => [seg(' '.repeat(keysWide)), seg(` ${each}`)]),
    ];
  };
  return helpSections(readOnly).flatMap(({ group, lines }, index) => [
    ...(index === 0 ? [] : [line('')]),
    line(` ${group}`, 'title'),
    ...lines.flatMap(row),
  ]);
}

/** Lines of a page, those wider than the screen on several. */
export function pageLines(lines: readonly string[], columns: number): Line[] {
  return lines.flatMap((text) => {
    const [indent = ''] = /^ */u.exec(text) ?? [];
    const room = Math.max(8, columns - indent.length - 2);
    return wrapped(text.slice(indent.length), room).map((words) => line(` ${indent}${words}`));
  });
}

/** A question with what there is to know, its answers, or a line to type. */
export function promptLines(prompt: Prompt, rows: number, columns: number): Line[] {
  const question = wrapped(prompt.question, columns - 2).map((words) => line(` ${words}`, 'strong'));
  const details = prompt.details.flatMap((each) => wrapped(each, columns - 4).map((words) => line(`   ${words}`)));
  const answer =
    prompt.kind === 'input'
      ? [
          inputLine(prompt.line, columns, [seg(' > ', 'title')]),
          ...(prompt.problem === undefined
            ? []
            : wrapped(prompt.problem, columns - 3).map((words) => line(` ! ${words}`, 'error'))),
        ]
      : prompt.choices.map(({ key, label }) => [seg(`   ${key}  `, 'strong'), seg(label)]);
  const room = Math.max(0, rows - question.length - answer.length);
  const kept =
    details.length > room
      ? [...details.slice(0, Math.max(0, room - 1)), ...(room > 0 ? [line('   …', 'dim')] : [])]
      : details;
  return filled([...question, ...kept, ...answer], rows, columns);
}

/** Completions of what is typed, the chosen one in sight. */
export function completionLines(
  completions: readonly Completion[],
  chosen: number,
  rows: number,
  columns: number,
): Line[] {
  const top = Math.max(0, Math.min(chosen - rows + 1, completions.length - rows));
  const wide = Math.min(Math.floor(columns / 2), Math.max(12, ...completions.map(({ text }) => text.length + 2)));
  const shown = completions.slice(top, top + rows).map(({ text, words }, index) => {
    const style = top + index === chosen ? 'selected' : 'plain';
    return fitLine([seg(fitted(` ${text}`, wide), style), seg(words, style === 'selected' ? style : 'dim')], columns);
  });
  return filled(shown, rows, columns);
}

/** What saving would do, before the differences. */
export function saveHead({ serial, errors, warnings, linted, force }: SavePreview, state: EditorState): Line[] {
  const found = [errors > 0 ? counted(errors, 'error') : '', warnings > 0 ? counted(warnings, 'warning') : ''].filter(
    Boolean,
  );
  const clean = found.length === 0;
  const verdict = errors > 0 ? 'error' : clean ? 'good' : 'warning';
  const told = clean ? ' no errors or warnings' : ` ${found.join(', ')} in what would be saved`;
  return [
    ...(force ? [line(' writes over what others wrote meanwhile', 'warning')] : []),
    serial === undefined
      ? line(state.settings.raiseSerial ? ' the serial stays' : ' the serial stays (S raises it)', 'dim')
      : [
          seg(' serial '),
          seg(String(serial.from), 'removed'),
          seg(' → '),
          seg(String(serial.to), 'added'),
          seg('  (S keeps it)', 'dim'),
        ],
    linted ? line(told, verdict) : line(' the linter is still at work', 'dim'),
    line(''),
  ];
}
