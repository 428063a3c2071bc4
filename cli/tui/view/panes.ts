import type { StatusState } from '../../../lib/lint/status/node.ts';
import { nameToText } from '../../../lib/rr/name.ts';
import { typeRow } from '../../../lib/rr/types.ts';
import { formOfRecord } from '../model/form.ts';
import { layoutOf } from '../model/layout.ts';
import { currentRow } from '../model/list.ts';
import { mailRows } from '../model/mail.ts';
import { problemRows, problemsOfRow } from '../model/problems.ts';
import { entryText, lineOfRow, recordOf } from '../model/rows.ts';
import type { EditorState } from '../model/state.ts';
import { filled } from './modes.ts';
import { fitLine, fitted, type Line, line, restyled, type Segment, type Style, seg, wrapped } from './text.ts';

/** Columns of labels in the detail. */
const LABELS = 18;

/** All there is to know of the row at the cursor: what is wrong with it, its fields, and how it stands in the file. */
export function detailLines(state: EditorState, rows: number, columns: number): Line[] {
  const { zone } = state.document;
  const row = currentRow(state);
  if (row < 0) return filled([line(' no row', 'dim')], rows, columns);
  const record = recordOf(state.list.rows, row);
  const { file, line: at } = lineOfRow(zone, state.list.rows, row);
  const lines: Line[] = problemsOfRow(state, row).flatMap((index) => problemTelling(state, index, columns));
  if (record >= 0) {
    const type = zone.types[record] ?? 0;
    const { fields, mnemonic, reference } = formOfRecord(zone, record);
    const what = typeRow(type)?.mnemonic === undefined ? '' : ` (type ${type}, ${reference})`;
    lines.push([seg(` ${nameToText(zone.ownerOf(record))} `, 'strong'), seg(mnemonic, 'type'), seg(what, 'dim')]);
    for (const { label, line: value, meaning } of fields.slice(1)) {
      const text = value.text === '' && label.toLowerCase() === 'ttl' ? `${zone.ttls[record]}` : value.text;
      lines.push([
        seg(fitted(`   ${label}`, LABELS + 3), 'dim'),
        seg(text),
        seg(meaning === undefined || meaning === text ? '' : `  = ${meaning}`, 'dim'),
      ]);
    }
  }
  lines.push(line(` ${file}:${at}`, 'dim'));
  for (const text of entryText(zone, state.list.rows, row).split('\n'))
    lines.push([seg(`   ${text.replaceAll('\t', '  ')}`)]);
  return filled(lines, rows, columns);
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
    ...(fix === '' && help !== '' ? wrapped(help, columns - 4).map((words) => line(`   ${words}`, 'dim')) : []),
  ];
}

/** The problems of the zone, one a line; the one at the cursor in as many lines as it needs. */
export function problemLines(state: EditorState, rows: number, columns: number): Line[] {
  const { problems, pane } = state;
  if (problems.all.length === 0) {
    const words = problems.running ? ' the linter is at work …' : ' no problems';
    return filled([line(words, problems.running ? 'dim' : 'good')], rows, columns);
  }
  const { rowOf } = problemRows(state);
  const shown = problems.all.slice(problems.top, problems.top + rows).map((problem, at): Line => {
    const { severity, rule, message, name, type, fixes } = problem;
    const where = rowOf[problems.top + at] === -1 ? problem.file : `${name ?? ''} ${type ?? ''}`.trim();
    const pieces: Segment[] = [
      seg(` ${severity === 'info' ? 'i' : severity.slice(0, 1).toUpperCase()} `, severity),
      seg(fixes.length > 0 ? 'f ' : '  ', 'good'),
      seg(message),
      seg(`  ${where}`, 'info'),
      seg(`  ${rule}`, 'dim'),
    ];
    const whole = fitLine(pieces, columns);
    if (problems.top + at !== problems.cursor) return whole;
    return restyled(whole, pane === 'problems' ? 'selected' : 'unfocused');
  });
  return filled(shown, rows, columns);
}

const MARKS: Readonly<Record<StatusState, readonly [string, Style]>> = {
  ok: ['ok     ', 'good'],
  warning: ['warning', 'warning'],
  broken: ['BROKEN ', 'error'],
  absent: ['-      ', 'dim'],
  unknown: ['?      ', 'dim'],
};

/** The mail domain as a tree: what is published, which hosts, their addresses and certificates. */
export function mailLines(state: EditorState, rows: number, columns: number): Line[] {
  const { mail, pane } = state;
  if (mail.tree === undefined) return filled([line(' looking at the mail domain …', 'dim')], rows, columns);
  const shown = mailRows(state)
    .slice(mail.top, mail.top + rows)
    .map(({ node, depth, folded }, at): Line => {
      const [mark, style] = MARKS[node.state];
      const fold = folded === undefined ? '  ' : folded ? '▸ ' : '▾ ';
      const finding = node.findings[0];
      const whole = fitLine(
        [
          seg(` ${mark} `, style),
          seg(`${'  '.repeat(depth)}${fold}`),
          seg(node.label, depth === 0 ? 'strong' : 'plain'),
          seg(node.detail === '' ? '' : `  ${node.detail}`, 'dim'),
          ...(finding === undefined ? [] : [seg(`  ${finding.message}`, finding.severity)]),
        ],
        columns,
      );
      if (mail.top + at !== mail.cursor) return whole;
      return restyled(whole, pane === 'mail' ? 'selected' : 'unfocused');
    });
  return filled(shown, rows, columns);
}

/** What stands at the right of the heading of the lower pane. */
export function paneFacts(state: EditorState): string {
  const { lower } = layoutOf(state);
  if (lower === 'problems') {
    const { all, cursor } = state.problems;
    return all.length === 0 ? '' : `${cursor + 1}/${all.length}`;
  }
  return '';
}
