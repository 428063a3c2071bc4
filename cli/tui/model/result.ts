import type { CommandId } from './commands.ts';
import type { StepResult } from './document.ts';
import type { Effect } from './effects.ts';
import { type Focus, stepped } from './list.ts';
import type { EditorState } from './state.ts';

/** The state after a command, and what the world is to do. */
export interface Result {
  readonly state: EditorState;
  readonly effects: readonly Effect[];
}

/** What a command does. */
export type Action = (state: EditorState, argument?: string) => Result;

/** Commands of one topic. */
export type Actions = Readonly<Partial<Record<CommandId, Action>>>;

/** A new state with nothing to do outside. */
export function only(state: EditorState): Result {
  return { state, effects: [] };
}

/** A sentence on the message line. */
export function info(state: EditorState, text: string): Result {
  return only({ ...state, message: { kind: 'info', text } });
}

/** A sentence that says why nothing was done. */
export function refusal(state: EditorState, text: string): Result {
  return only({ ...state, message: { kind: 'error', text } });
}

/** The state after a step was made, or the sentence why it was not. */
export function afterStep(state: EditorState, result: StepResult, focus: Focus = 'stay', text?: string): Result {
  if ('problem' in result) return refusal(state, result.problem);
  const next = stepped(state, result.document, result.edits, focus);
  return info(next, text ?? `Done: ${result.name}; u takes it back.`);
}

/** Back to the keys of the panes. */
export function toNormal(state: EditorState): EditorState {
  return { ...state, mode: { kind: 'normal' } };
}
