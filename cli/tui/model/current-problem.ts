import { currentRow } from './list.ts';
import type { EditorProblem } from './problem.ts';
import { problemRows, problemsOfRow } from './problems.ts';
import type { EditorState } from './state.ts';

/** The problem that commands speak of: the one at the cursor of its pane, else the first of the row at the cursor. */
export function currentProblem(state: EditorState): EditorProblem | undefined {
  const { problems, pane } = state;
  const chosen = problems.all[problems.cursor];
  if (pane === 'problems') return chosen;
  const row = currentRow(state);
  const { rowOf } = problemRows(state);
  if (chosen !== undefined && row >= 0 && rowOf[problems.cursor] === row) return chosen;
  return problems.all[row < 0 ? -1 : (problemsOfRow(state, row)[0] ?? -1)];
}
