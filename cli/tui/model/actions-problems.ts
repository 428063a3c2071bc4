import type { Edit } from '../../../lib/text/edits.ts';
import { focusPane } from './actions-move.ts';
import { changesOf } from './changes.ts';
import { currentProblem } from './current-problem.ts';
import { dropEdit, type NamedEdits, stepEdits } from './document.ts';
import { layoutOf, topFor } from './layout.ts';
import { lineOf } from './line-input.ts';
import { currentRow, moveTo, showRow } from './list.ts';
import { type ProblemFix, problemRows, problemsOfRow } from './problems.ts';
import { type Action, type Actions, afterStep, info, only, type Result, refusal } from './result.ts';
import { GENERATED_ROW, rowAt } from './row-table.ts';
import type { EditorState } from './state.ts';

function withProblem(state: EditorState, index: number): EditorState {
  const { lowerRows, lower } = layoutOf(state);
  const top = topFor(state.problems.top, index, lower === 'problems' ? lowerRows : 1, state.problems.all.length);
  return { ...state, problems: { ...state.problems, cursor: index, top } };
}

/** The problem behind or before the cursor: in its pane the next one, among records that of the next row with any. */
function problemBy(by: 1 | -1): Action {
  return (state) => {
    const { problems, list } = state;
    const count = problems.all.length;
    if (count === 0)
      return refusal(state, problems.running ? 'The linter is still at work.' : 'There are no problems.');
    const index = nextProblem(state, by);
    if (index < 0) {
      const hidden = list.filter.terms.length > 0 ? ' in sight of the filter' : '';
      return refusal(state, `There are no problems${hidden}.`);
    }
    const found = withProblem(state, index);
    const row = problemRows(state).rowOf[index] ?? -1;
    const message = problems.all[index]?.message ?? '';
    return info(state.pane === 'problems' ? showRowOf(found, index) : moveToShown(found, row), message);
  };
}

function nextProblem(state: EditorState, by: 1 | -1): number {
  const { problems, list, pane } = state;
  const count = problems.all.length;
  if (pane === 'problems') return (problems.cursor + by + count) % count;
  const { rowOf, ranks } = problemRows(state);
  const row = currentRow(state);
  // Several problems of one row come one after the other.
  const here = row < 0 ? [] : problemsOfRow(state, row);
  const next = here[here.indexOf(problems.cursor) + by];
  if (here.includes(problems.cursor) && next !== undefined) return next;
  const { view, cursor } = list;
  for (let step = 1; step <= view.length; step++) {
    const index = (((cursor + by * step) % view.length) + view.length) % view.length;
    const other = view[index] as number;
    if (ranks[other] === 0) continue;
    return by > 0 ? rowOf.indexOf(other) : rowOf.lastIndexOf(other);
  }
  return -1;
}

function moveToShown(state: EditorState, row: number): EditorState {
  const index = state.list.view.indexOf(row);
  return index < 0 ? state : moveTo(state, index);
}

function showRowOf(state: EditorState, index: number): EditorState {
  return moveToShown(state, problemRows(state).rowOf[index] ?? -1);
}

/** From a problem or a change to its row, which gets the focus. */
const toRecord: Action = (state) => {
  if (state.pane === 'diff') {
    const change = changesOf(state.document)[state.diff.cursor];
    const file = state.document.zone.files.findIndex(({ name }) => name === change?.file);
    const row = change === undefined || file < 0 ? -1 : rowAt(state.list.rows, file, change.start);
    if (row < 0) return refusal(state, 'There is no change to go to.');
    return focusPane(showRow(state, row), 'records');
  }
  const row = problemRows(state).rowOf[state.problems.cursor] ?? -1;
  if (row < 0) return refusal(state, 'The problem is in no file of the zone.');
  return focusPane(showRow(state, row), 'records');
};

const NO_PROBLEM = 'There is no problem here; ] goes to the next.';

const fix: Action = (state, argument) => {
  const problem = currentProblem(state);
  if (problem === undefined) return refusal(state, NO_PROBLEM);
  const { fixes, rule } = problem;
  if (fixes.length === 0) return refusal(state, `${rule} has no fix to make here. ${problem.help}`);
  if (argument === undefined && fixes.length > 1) {
    const choices = fixes.slice(0, 9).map(({ title, safe }, index) => ({
      key: String(index + 1),
      label: safe ? title : `${title} (look at it)`,
      command: 'fix' as const,
      argument: String(index + 1),
    }));
    const question = 'Which fix?';
    return only({
      ...state,
      mode: { kind: 'prompt', prompt: { kind: 'choices', question, details: [problem.message], choices } },
    });
  }
  const chosen = fixes[argument === undefined ? 0 : Number(argument) - 1];
  if (chosen === undefined) return refusal(state, `There is no fix ${argument}.`);
  return afterStep(state, stepEdits(state.document, `fix ${rule}: ${chosen.title}`, [editsOf(chosen)]));
};

function editsOf({ file, edits }: ProblemFix): NamedEdits {
  return { name: file, edits };
}

const fixAll: Action = (state) => {
  const taken = new Map<string, Edit[]>();
  let count = 0;
  let left = 0;
  for (const { fixes } of state.problems.all) {
    const safe = fixes.find((each) => each.safe && state.document.files.has(each.file));
    if (safe === undefined) continue;
    const edits = taken.get(safe.file) ?? [];
    taken.set(safe.file, edits);
    // Problems come in the order of their places: what lies before the last edit taken may touch one.
    const free = (edits.at(-1)?.end ?? -1) + 1;
    if (safe.edits.some(({ start }) => start < free)) {
      left++;
      continue;
    }
    edits.push(...safe.edits.toSorted((one, other) => one.start - other.start));
    count++;
  }
  if (count === 0) return refusal(state, 'No problem has a safe fix; f makes the fix of one problem.');
  const name = count === 1 ? 'make 1 safe fix' : `make ${count} safe fixes`;
  const edits = [...taken].map(([file, some]) => ({ name: file, edits: some }));
  const more = left === 0 ? '' : `, ${left} more after that: F again`;
  return afterStep(state, stepEdits(state.document, name, edits), 'stay', `${name.replace(/^make/u, 'Made')}${more}.`);
};

const explain: Action = (state, argument) => {
  const rule = argument?.trim() || currentProblem(state)?.rule;
  if (rule === undefined) return refusal(state, NO_PROBLEM);
  return { state, effects: [{ kind: 'explain', rule }] };
};

const ignore: Action = (state, argument) => {
  const problem = currentProblem(state);
  if (problem === undefined) return refusal(state, NO_PROBLEM);
  const { rows } = state.list;
  const { zone } = state.document;
  const index = state.problems.all.indexOf(problem);
  const found = problemRows(state).rowOf[index] ?? -1;
  const row = found >= 0 && rows.kinds[found] === GENERATED_ROW ? (rows.parents[found] ?? found) : found;
  if (row < 0) return refusal(state, 'The problem is in no file of the zone: ignore it in the configuration.');
  if (argument === undefined) {
    const question = `Why may ${problem.rule} be ignored here?`;
    const prompt = {
      kind: 'input',
      question,
      details: [problem.message],
      line: lineOf(''),
      command: 'ignore',
    } as const;
    return only({ ...state, mode: { kind: 'prompt', prompt: { ...prompt, problem: undefined } } });
  }
  const reason = argument.replace(/[\p{Cc};]+/gu, ' ').trim();
  if (reason === '') return refusal(state, 'A reason is needed: who reads the file later wants to know why.');
  const { name = '', bytes = new Uint8Array(0) } = zone.files[rows.files[row] ?? 0] ?? {};
  const start = rows.starts[row] ?? 0;
  const lineEnd = bytes.includes(0x0d) ? '\r\n' : '\n';
  const text = `; zonewright-ignore ${problem.rule} -- ${reason}${lineEnd}`;
  const edits = [{ name, edits: [{ start, end: start, text }] }];
  return afterStep(state, stepEdits(state.document, `ignore ${problem.rule}`, edits));
};

const dropChange: Action = (state) => {
  const change = changesOf(state.document)[state.diff.cursor];
  if (change === undefined) return refusal(state, 'There is no change to take back.');
  const made = stepEdits(state.document, 'take a change back', [dropEdit(state.document, change.file, change)]);
  const result: Result = afterStep(state, made, 'stay', 'Took the change back; u brings it again.');
  const last = Math.max(0, changesOf(result.state.document).length - 1);
  const { diff } = result.state;
  return { ...result, state: { ...result.state, diff: { ...diff, cursor: Math.min(diff.cursor, last) } } };
};

/** Commands on problems and changes. */
export const PROBLEM_ACTIONS: Actions = {
  'problem-next': problemBy(1),
  'problem-previous': problemBy(-1),
  'to-record': toRecord,
  fix,
  'fix-all': fixAll,
  explain,
  ignore,
  'change-drop': dropChange,
};
