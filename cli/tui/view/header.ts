import { serialOf } from '../../../lib/edit/serial.ts';
import { nameToText } from '../../../lib/rr/name.ts';
import { counted } from '../../../lib/text/words.ts';
import { columnsOf } from '../../report/characters.ts';
import { type KeyHint, keyHints } from '../model/keys.ts';
import type { EditorProblem } from '../model/problem.ts';
import type { EditorState } from '../model/state.ts';
import { fitLine, type Line, line, type Segment, seg, wrapped } from './text.ts';

/** A part of the header, and what stays of it where there is little room. */
interface HeaderPart {
  readonly whole: readonly Segment[];
  readonly short: readonly Segment[];
}

/** Which zone it is, what is shown of it, and whether it is saved; on a narrow screen what matters most. */
export function headerLine(state: EditorState, columns: number): Line {
  const { document, list, settings, problems } = state;
  const { zone } = document;
  const serial = serialOf(zone);
  const [errors, warnings] = countsOf(problems.all);
  const part = (whole: readonly Segment[], short = whole): HeaderPart => ({ whole, short });
  const file = part([seg(zone.files[0]?.name ?? '')], []);
  const serialPart = part(serial === undefined ? [] : [seg('  serial ', 'dim'), seg(String(serial))], []);
  const changed = document.changed.size > 0;
  const changedPart = part(changed ? [seg('  ● changed', 'warning')] : [], changed ? [seg(' ●', 'warning')] : []);
  const counts = part(
    [
      ...(errors > 0 ? [seg(`  ${counted(errors, 'error')}`, 'error')] : []),
      ...(warnings > 0 ? [seg(`  ${counted(warnings, 'warning')}`, 'warning')] : []),
    ],
    [...(errors > 0 ? [seg(` ${errors}E`, 'error')] : []), ...(warnings > 0 ? [seg(` ${warnings}W`, 'warning')] : [])],
  );
  const filter = list.filter.text;
  const filterPart = part(
    filter === '' ? [] : [seg('  filter ', 'dim'), seg(filter, 'info')],
    filter === '' ? [] : [seg(' & ', 'dim'), seg(filter, 'info')],
  );
  const marks = part(list.marks.size === 0 ? [] : [seg(`  ${list.marks.size} marked`, 'info')]);
  const parts: readonly HeaderPart[] = [
    part([seg(` ${nameToText(zone.origin)} `, 'title')]),
    file,
    serialPart,
    changedPart,
    part(settings.readOnly ? [seg('  read-only', 'warning')] : []),
    counts,
    part(problems.running ? [seg(' …', 'dim')] : []),
    filterPart,
    marks,
  ];
  return fitLine(shortened(parts, [file, counts, serialPart, changedPart, filterPart], columns), columns);
}

/** The parts in so few short forms, in the order given, that all have room. */
function shortened(parts: readonly HeaderPart[], order: readonly HeaderPart[], columns: number): Line {
  const short = new Set<HeaderPart>();
  const pieces = (): Line => parts.flatMap((part) => (short.has(part) ? part.short : part.whole));
  for (const part of order) {
    if (pieces().reduce((sum, { text }) => sum + columnsOf(text), 0) <= columns) break;
    short.add(part);
  }
  return pieces();
}

/** How many errors and warnings there are. */
function countsOf(problems: readonly EditorProblem[]): readonly [errors: number, warnings: number] {
  let [errors, warnings] = [0, 0];
  for (const { severity } of problems) {
    if (severity === 'error') errors++;
    else if (severity === 'warning') warnings++;
  }
  return [errors, warnings];
}

/** A sentence on as many lines as it needs, or where the search is. */
export function messageLines({ message, search, list }: EditorState, most: number, columns: number): Line[] {
  if (message !== undefined) {
    const error = message.kind === 'error';
    const lead = error ? 2 : 0;
    const [first = '', ...more] = wrapped(message.text, Math.max(1, columns - lead));
    const style = error ? 'error' : 'plain';
    const lines = [
      fitLine([seg(error ? '! ' : '', 'error'), seg(first, style)], columns),
      ...more.map((words) => fitLine([seg(' '.repeat(lead)), seg(words, style)], columns)),
    ];
    return lines.slice(0, Math.max(1, most));
  }
  return [searchLine(search, list, columns)];
}

function searchLine(search: EditorState['search'], list: EditorState['list'], columns: number): Line {
  if (search === undefined) return fitLine([], columns);
  const { hits, current, text } = search;
  const where = hits.length === 0 ? 'not found' : `${current < 0 ? '-' : current + 1}/${hits.length}`;
  return fitLine(
    [seg('/', 'dim'), seg(text), seg(`  ${where}`, 'dim'), seg(list.view.length === 0 ? '' : '  n next', 'dim')],
    columns,
  );
}

/** The keys that matter just now, as many as have room; those of help and of the way back come first to stay. */
export function keysLine(state: EditorState, columns: number): Line {
  return hintsLine(keyHints(state), columns);
}

/** Keys with their words, as many as have room; those that stay have theirs before all others. */
export function hintsLine(hints: readonly KeyHint[], columns: number): Line {
  const widthOf = ({ key, words }: KeyHint): number => columnsOf(key) + columnsOf(words) + 3;
  const kept = new Set<KeyHint>();
  let left = columns;
  for (const hint of [...hints.filter(({ stays }) => stays), ...hints.filter(({ stays }) => !stays)]) {
    if (widthOf(hint) > left) continue;
    kept.add(hint);
    left -= widthOf(hint);
  }
  const rest = hints.filter((hint) => kept.has(hint) && hint.stays !== true);
  const shown = [...rest, ...hints.filter((hint) => kept.has(hint) && hint.stays === true)];
  return fitLine(
    shown.flatMap(({ key, words }) => [seg(` ${key}`, 'strong'), seg(` ${words} `, 'dim')]),
    columns,
  );
}

/** The heading of a pane: a rule with its name, stronger where the keys go. */
export function headingLine(name: string, more: string, focused: boolean, columns: number): Line {
  const title = focused ? `▸ ${name} ` : `─ ${name} `;
  const rest = Math.max(0, columns - title.length - more.length - (more === '' ? 0 : 1));
  return fitLine(
    [seg(title, focused ? 'title' : 'strong'), ...line(`${'─'.repeat(rest)}${more === '' ? '' : ` ${more}`}`, 'dim')],
    columns,
  );
}
