import type { Severity } from '../../../lib/text/diagnostic.ts';
import type { Edit } from '../../../lib/text/edits.ts';
import { isCut, shifted } from './changed-ranges.ts';
import type { NamedEdits } from './document.ts';
import type { EditorProblem, ProblemFix, ProblemPlace } from './problem.ts';
import { type RowTable, rowAt } from './row-table.ts';
import type { EditorState } from './state.ts';

export type { EditorProblem, ProblemFix, ProblemPlace } from './problem.ts';

const NONE = 0;
const RANKS: Readonly<Record<Severity, number>> = { error: 3, warning: 2, info: 1 };
const SEVERITIES: readonly (Severity | undefined)[] = [undefined, 'info', 'warning', 'error'];

const known = new WeakMap<readonly EditorProblem[], { readonly rows: RowTable; readonly table: ProblemRows }>();

/** Problems by row. */
export interface ProblemRows {
  /** The row of each problem, -1 for those in files that are none of the zone. */
  readonly rowOf: Int32Array;
  /** The worst severity of each row, as a rank. */
  readonly ranks: Uint8Array;
}

/** Which rows problems lie in; made once for each list of problems and rows. */
export function problemRows({ problems, list, document }: EditorState): ProblemRows {
  const { all } = problems;
  const { rows } = list;
  const before = known.get(all);
  if (before !== undefined && before.rows === rows) return before.table;
  const files = new Map<string, number>();
  for (const [index, { name }] of document.zone.files.entries()) if (!files.has(name)) files.set(name, index);
  const rowOf = new Int32Array(all.length).fill(-1);
  const ranks = new Uint8Array(rows.count);
  for (const [index, { file, start, severity }] of all.entries()) {
    const number = files.get(file);
    const row = number === undefined ? -1 : rowAt(rows, number, start);
    rowOf[index] = row;
    if (row >= 0) ranks[row] = Math.max(ranks[row] ?? NONE, RANKS[severity]);
  }
  const table = { rowOf, ranks };
  known.set(all, { rows, table });
  return table;
}

/** Tells the worst severity of the problems of a row. */
export function severityOfRows(state: EditorState): (row: number) => Severity | undefined {
  if (state.problems.all.length === 0) return () => undefined;
  const { ranks } = problemRows(state);
  return (row) => SEVERITIES[ranks[row] ?? NONE];
}

/** The problems of a row, as indices. */
export function problemsOfRow(state: EditorState, row: number): number[] {
  const { rowOf } = problemRows(state);
  const found: number[] = [];
  for (let index = 0; index < rowOf.length; index++) if (rowOf[index] === row) found.push(index);
  return found;
}

/** Problems moved along with edits; those whose own octets were edited are left out until the linter has looked again. */
export function movedProblems(
  problems: readonly EditorProblem[],
  edits: readonly NamedEdits[],
): readonly EditorProblem[] {
  if (problems.length === 0) return problems;
  const byFile = new Map(edits.map(({ name, edits: some }) => [name, some]));
  return problems.flatMap((problem) => {
    const place = movedPlace(problem, byFile);
    if (place === undefined) return [];
    const related = problem.related.flatMap((one) => movedPlace(one, byFile) ?? []);
    const fixes = problem.fixes.flatMap((fix): ProblemFix[] => {
      const moved = fix.edits.map((edit) => movedPlace({ ...edit, file: fix.file }, byFile));
      const all = moved.every((edit) => edit !== undefined);
      return all ? [{ ...fix, edits: moved.map((edit) => edit as Edit & ProblemPlace) }] : [];
    });
    return [{ ...place, related, fixes }];
  });
}

/** A place after edits of its file; undefined when they touch it. */
function movedPlace<T extends ProblemPlace>(place: T, byFile: ReadonlyMap<string, NamedEdits['edits']>): T | undefined {
  const edits = byFile.get(place.file);
  if (edits === undefined) return place;
  const { start, end } = place;
  if (isCut(edits, start, end)) return undefined;
  const by = shifted(edits, start).offset - start;
  return by === 0 ? place : { ...place, start: start + by, end: end + by };
}
