import { EDIT_ACTIONS, orStay } from './actions-edit.ts';
import { FILE_ACTIONS, renewedPreview } from './actions-file.ts';
import { MARK_ACTIONS } from './actions-marks.ts';
import { MOVE_ACTIONS } from './actions-move.ts';
import { PROBLEM_ACTIONS } from './actions-problems.ts';
import { pasteText, RECORD_ACTIONS } from './actions-records.ts';
import { RECOVERY_ACTIONS } from './actions-recovery.ts';
import { acceptText, lineOfMode, remembered, TYPING_ACTIONS, typeText } from './actions-typing.ts';
import type { Command } from './command.ts';
import { COMMANDS, type CommandId } from './commands.ts';
import type { Effect } from './effects.ts';
import { onEvent } from './events.ts';
import { lineOf } from './line-input.ts';
import { completionsOf, readPalette } from './palette.ts';
import { type Action, type Actions, only, type Result, refusal, toNormal } from './result.ts';
import type { EditorState, Prompt } from './state.ts';

/** What a command makes of the state, and what the world is to do then. Never throws; the same for the same arguments. */
export function reduce(state: EditorState, command: Command): Result {
  const result = reduced(state, command);
  return withLint(state, result);
}

function reduced(state: EditorState, command: Command): Result {
  switch (command.kind) {
    case 'event':
      return onEvent(state, command);
    case 'text':
      return typeText(quiet(state), command.text);
    case 'paste': {
      if (lineOfMode(state) !== undefined) return typeText(quiet(state), command.text);
      if (state.mode.kind !== 'normal') return only(state);
      return state.settings.readOnly ? refusal(state, READ_ONLY) : pasteText(quiet(state), command.text);
    }
    case 'run':
      return run(state, command.id, command.argument);
  }
}

const READ_ONLY = 'The zone is open for reading only.';

/** Runs a command; its keys and words all come here. */
function run(state: EditorState, id: CommandId, argument?: string): Result {
  const calm = id === 'interrupt' || id === 'cancel' ? { ...quiet(state), leaving: state.leaving } : quiet(state);
  // A choice of a prompt ends it.
  const chosen = state.mode.kind === 'prompt' && id !== 'cancel' && !(id in TYPING_ACTIONS) && id !== 'accept';
  if (state.settings.readOnly && COMMANDS[id].writes === true)
    return refusal(chosen ? toNormal(calm) : calm, READ_ONLY);
  const action = ACTIONS[id];
  return action === undefined ? only(calm) : action(chosen ? toNormal(calm) : calm, argument);
}

/** The state without what was said of the command before. */
function quiet(state: EditorState): EditorState {
  return state.message === undefined && !state.leaving ? state : { ...state, message: undefined, leaving: false };
}

const openPalette: Action = (state) =>
  only({
    ...state,
    mode: { kind: 'palette', line: lineOf(''), completions: completionsOf(state, ''), chosen: -1, recalled: -1 },
  });

const accept: Action = (state) => {
  const { mode, history } = state;
  if (mode.kind === 'prompt' && mode.prompt.kind === 'input') return acceptPrompt(state, mode.prompt);
  if (mode.kind !== 'palette') return acceptText(state);
  const { text } = mode.line;
  const next = { ...toNormal(state), history: { ...history, palette: remembered(history.palette, text) } };
  if (text.trim() === '') return only(next);
  const read = readPalette(text);
  return 'problem' in read ? refusal(next, read.problem) : run(next, read.id, read.argument);
};

/** Runs the command of a prompt with what was typed; with a problem the prompt stays. */
function acceptPrompt(state: EditorState, prompt: Extract<Prompt, { kind: 'input' }>): Result {
  const result = orStay(state, run(toNormal(state), prompt.command, prompt.line.text));
  const { mode, message } = result.state;
  if (mode !== state.mode || message === undefined) return result;
  return only({ ...result.state, mode: { kind: 'prompt', prompt: { ...prompt, problem: message.text } } });
}

const ACTIONS: Actions = {
  ...MOVE_ACTIONS,
  ...EDIT_ACTIONS,
  ...RECORD_ACTIONS,
  ...MARK_ACTIONS,
  ...PROBLEM_ACTIONS,
  ...FILE_ACTIONS,
  ...RECOVERY_ACTIONS,
  ...TYPING_ACTIONS,
  palette: openPalette,
  accept,
  help: (state) => only({ ...state, mode: { kind: 'help', top: 0 } }),
};

/** Commands that do something. */
export const IMPLEMENTED: ReadonlySet<string> = new Set(Object.keys(ACTIONS));

/** A document of another revision is linted; a save preview says so. */
function withLint(before: EditorState, { state, effects }: Result): Result {
  const { revision } = state.document;
  if (revision === before.document.revision) return { state, effects };
  const lint: Effect = { kind: 'lint', revision };
  const problems = { ...state.problems, running: true };
  return { state: renewedPreview({ ...state, problems }), effects: [...effects, lint] };
}
