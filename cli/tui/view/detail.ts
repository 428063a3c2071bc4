import { nameToText } from '../../../lib/rr/name.ts';
import { typeRow } from '../../../lib/rr/types.ts';
import { formOfRecord } from '../model/form.ts';
import { currentRow } from '../model/list.ts';
import { problemsOfRow } from '../model/problems.ts';
import { entryText, lineOfRow, recordOf } from '../model/rows.ts';
import type { EditorState } from '../model/state.ts';
import { filled, fitted, type Line, line, type Style, seg, wrapped } from './text.ts';

/** Columns of labels in the detail. */
const LABELS = 18;

/** All there is to know of the row at the cursor, from the first line in sight. */
export function detailLines(state: EditorState, rows: number, columns: number): Line[] {
  const lines = detailOf(state, columns);
  const top = Math.max(0, Math.min(state.detailTop, lines.length - rows));
  return filled(lines.slice(top), rows, columns);
}

/** What is wrong with the row at the cursor, its fields, and how it stands in the file. */
export function detailOf(state: EditorState, columns: number): Line[] {
  const { zone } = state.document;
  const row = currentRow(state);
  if (row < 0) return [line(' no row', 'dim')];
  const record = recordOf(state.list.rows, row);
  const { file, line: at } = lineOfRow(zone, state.list.rows, row);
  const lines: Line[] = problemsOfRow(state, row).flatMap((index) => problemTelling(state, index, columns));
  if (record >= 0) lines.push(...fieldLines(state, record, columns));
  lines.push(line(` ${file}:${at}`, 'dim'));
  for (const text of entryText(zone, state.list.rows, row).split('\n'))
    lines.push(...told(text.replaceAll('\t', '  '), 'plain', 3, columns));
  return lines;
}

function fieldLines({ document: { zone } }: EditorState, record: number, columns: number): Line[] {
  const type = zone.types[record] ?? 0;
  const { fields, mnemonic, reference } = formOfRecord(zone, record);
  const what = typeRow(type)?.mnemonic === undefined ? '' : `(type ${type}, ${reference})`;
  const name = nameToText(zone.ownerOf(record));
  const head = [seg(` ${name} `, 'strong'), seg(`${mnemonic} `, 'type')];
  // A long reference has a line of its own.
  const beside = name.length + mnemonic.length + what.length + 3 <= columns;
  const lines: Line[] = beside ? [[...head, seg(what, 'dim')]] : [head, ...told(what, 'dim', 3, columns)];
  for (const { name: field, label, line: value, meaning } of fields.slice(1)) {
    const text = value.text === '' && field === 'ttl' ? `${zone.ttls[record]}` : value.text;
    const taken = field === 'ttl' && value.text === '';
    const means = taken ? '  taken over' : meaning === undefined || meaning === text ? '' : `  = ${meaning}`;
    const [first = '', ...more] = wrapped(text, Math.max(8, columns - LABELS - 4));
    lines.push([seg(fitted(`   ${label}`, LABELS + 3), 'dim'), seg(first), seg(more.length === 0 ? means : '', 'dim')]);
    for (const rest of more) lines.push([seg(' '.repeat(LABELS + 3)), seg(rest)]);
    if (more.length > 0 && means !== '') lines.push(...told(means.trim(), 'dim', LABELS + 3, columns));
  }
  return lines;
}

/** A text on as many lines as it needs, so far from the left. */
function told(text: string, style: Style, indent: number, columns: number): Line[] {
  return wrapped(text, Math.max(8, columns - indent - 1)).map((words) => [seg(' '.repeat(indent)), seg(words, style)]);
}

/** A problem with what to do about it. */
function problemTelling({ problems }: EditorState, index: number, columns: number): Line[] {
  const problem = problems.all[index];
  if (problem === undefined) return [];
  const { severity, message, rule, fixes, help } = problem;
  const fix = fixes[0] === undefined ? '' : `  f: ${fixes[0].title}${fixes[0].safe ? '' : ' (look at it: unsafe)'}`;
  return [
    ...wrapped(message, columns - 12).map((words, at) =>
      at === 0 ? [seg(` ${severity}: `, severity), seg(words)] : [seg('   '), seg(words)],
    ),
    [seg(`   ${rule}`, 'dim'), seg(fix, 'good')],
    ...(fix === '' && help !== '' ? told(help, 'dim', 3, columns) : []),
  ];
}
