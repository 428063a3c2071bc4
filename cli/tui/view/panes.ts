import type { StatusState } from '../../../lib/lint/status/node.ts';
import { layoutOf } from '../model/layout.ts';
import { type MailRow, mailRows } from '../model/mail.ts';
import { problemRows } from '../model/problems.ts';
import type { EditorState } from '../model/state.ts';
import { detailOf } from './detail.ts';
import { inSight } from './sight.ts';
import { filled, type Line, line, type Segment, type Style, seg, wrapped } from './text.ts';

/** The problems of the zone, one a line; the one at the cursor in as many lines as it needs. */
export function problemLines(state: EditorState, rows: number, columns: number): Line[] {
  const { problems, pane } = state;
  if (problems.all.length === 0) {
    const words = problems.running ? ' the linter is at work …' : ' no problems';
    return filled([line(words, problems.running ? 'dim' : 'good')], rows, columns);
  }
  const { rowOf } = problemRows(state);
  const whole = pane === 'problems';
  const shown = problems.all.slice(problems.top, problems.top + rows).map((problem, at): Line[] => {
    const { severity, rule, message, name, type, fixes } = problem;
    const where = rowOf[problems.top + at] === -1 ? problem.file : `${name ?? ''} ${type ?? ''}`.trim();
    const head: Segment[] = [
      seg(` ${severity === 'info' ? 'i' : severity.slice(0, 1).toUpperCase()} `, severity),
      seg(fixes.length > 0 ? 'f ' : '  ', 'good'),
    ];
    if (!whole || problems.top + at !== problems.cursor) {
      return [[...head, seg(message), seg(`  ${where}`, 'info'), seg(`  ${rule}`, 'dim')]];
    }
    const told = wrapped(`${message}  ${where}  ${rule}`, Math.max(8, columns - 6));
    return told.map((words, index) => [...(index === 0 ? head : [seg('     ')]), seg(words)]);
  });
  return inSight(shown, problems.cursor - problems.top, { rows, columns, focused: whole });
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
    .map((row, at): Line[] => mailRow(row, pane === 'mail' && mail.top + at === mail.cursor, columns));
  return inSight(shown, mail.cursor - mail.top, { rows, columns, focused: pane === 'mail' });
}

/** A node on one line with the first of what is wrong; at the cursor with all of it below. */
function mailRow({ node, depth, folded }: MailRow, whole: boolean, columns: number): Line[] {
  const [mark, style] = MARKS[node.state];
  const fold = folded === undefined ? '  ' : folded ? '▸ ' : '▾ ';
  const finding = whole ? undefined : node.findings[0];
  const indent = ' '.repeat(9 + 2 * depth + 2);
  const room = Math.max(8, columns - indent.length - 1);
  const detail = node.detail === '' ? '' : `  ${node.detail}`;
  const head: Segment[] = [seg(` ${mark} `, style), seg(`${'  '.repeat(depth)}${fold}`)];
  const text: Line =
    depth === 0 ? [seg(node.label, 'strong'), seg(detail, 'dim')] : [seg(node.label), seg(detail, 'dim')];
  const more = node.findings.length > 1 ? ` (+${node.findings.length - 1})` : '';
  if (!whole) {
    return [
      [...head, ...text, ...(finding === undefined ? [] : [seg(`  ${finding.message}${more}`, finding.severity)])],
    ];
  }
  const [first = '', ...rest] = wrapped(`${node.label}${detail}`, room);
  const below = node.findings.flatMap(({ message, rule }) => wrapped(`${message} [${rule}]`, room));
  return [[...head, seg(first)], ...[...rest, ...below].map((words) => [seg(indent), seg(words)])];
}

/** What stands at the right of the heading of the lower pane. */
export function paneFacts(state: EditorState): string {
  const { lower, lowerRows, columns } = layoutOf(state);
  if (lower === 'problems') {
    const { all, cursor } = state.problems;
    return all.length === 0 ? '' : `${cursor + 1}/${all.length}`;
  }
  if (lower === 'mail') {
    const count = mailRows(state).length;
    return count === 0 ? '' : `${state.mail.cursor + 1}/${count}`;
  }
  if (lower !== 'detail') return '';
  const count = detailOf(state, columns).length;
  if (count <= lowerRows) return '';
  const top = Math.max(0, Math.min(state.detailTop, count - lowerRows));
  return `${top + 1}-${top + lowerRows}/${count}`;
}
