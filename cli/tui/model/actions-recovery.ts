import type { EditorEvent } from './command.ts';
import { stepContents } from './document.ts';
import type { Effect, FileContents } from './effects.ts';
import { type Action, type Actions, afterStep, info, only, type Result, refusal, toNormal } from './result.ts';
import type { Choice, EditorState } from './state.ts';

/** Ends the offer: what was kept is here now, or not wanted. */
const DONE: Effect = { kind: 'recovery-done' };

/** Asks what is to become of changes that an editor before this one could not save. */
export function offerRecovery(state: EditorState, event: Extract<EditorEvent, { event: 'recovered' }>): Result {
  const { files, saved, time } = event;
  const next = { ...state, recovered: { files, saved } };
  const { document } = state;
  const known = [...files.keys()].filter((name) => document.files.has(name));
  if (known.length === 0) return { state: { ...state, recovered: undefined }, effects: [] };
  const isStale = (name: string): boolean => differs(document.files.get(name), saved.get(name));
  const stale = known.some(isStale);
  const choices: Choice[] = [
    { key: 'r', label: 'restore them', command: 'recover' },
    ...(stale ? [{ key: 'm', label: 'merge both', command: 'recover-merge' } as const] : []),
    { key: 'd', label: 'discard them', command: 'recover-drop' },
    { key: 'c', label: 'decide later', command: 'cancel' },
  ];
  const details = [...files.keys()].map((name) => {
    if (!known.includes(name)) return `${name}: no file of this zone now`;
    return isStale(name) ? `${name}: the file was changed since` : name;
  });
  const question = `Unsaved changes of ${time} were kept.`;
  return only({ ...next, mode: { kind: 'prompt', prompt: { kind: 'choices', question, details, choices } } });
}

function differs(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return a === undefined || b === undefined || Buffer.compare(a, b) !== 0;
}

const NOTHING = 'Nothing is kept from before.';

const recover: Action = (state) => {
  const { recovered } = state;
  if (recovered === undefined) return refusal(state, NOTHING);
  const next = { ...toNormal(state), recovered: undefined };
  const made = stepContents(state.document, 'restore what was kept', recovered.files);
  const result =
    'problem' in made
      ? info(next, 'What was kept is here already.')
      : afterStep(next, made, 'edited', 'Restored what was kept; u takes it back.');
  return { ...result, effects: [...result.effects, DONE] };
};

const merge: Action = (state) => {
  const { recovered, document } = state;
  if (recovered === undefined) return refusal(state, NOTHING);
  const names = [...recovered.files.keys()].filter((name) => document.files.has(name));
  const pick = (from: FileContents): FileContents =>
    new Map(names.map((name) => [name, from.get(name) ?? new Uint8Array(0)]));
  const [base, ours, theirs] = [pick(recovered.saved), pick(recovered.files), pick(document.saved)];
  const next = { ...toNormal(state), recovered: undefined };
  return { state: next, effects: [{ kind: 'merge', base, ours, theirs }, DONE] };
};

const drop: Action = (state) => {
  if (state.recovered === undefined) return refusal(state, NOTHING);
  const { state: next } = info({ ...toNormal(state), recovered: undefined }, 'Discarded what was kept.');
  return { state: next, effects: [DONE] };
};

/** Commands on what an editor before this one could not save. */
export const RECOVERY_ACTIONS: Actions = { recover, 'recover-merge': merge, 'recover-drop': drop };
