import { askOutside, renewedPreview, takeOver } from './actions-file.ts';
import { offerRecovery } from './actions-recovery.ts';
import type { EditorEvent } from './command.ts';
import { isDirty, markSaved, stepContents } from './document.ts';
import type { Effect } from './effects.ts';
import { moveTo, relist, stepped } from './list.ts';
import { afterStep, info, only, type Result, refusal, toNormal } from './result.ts';
import type { EditorState } from './state.ts';

/** What the world has told, as the state has it. */
export function onEvent(state: EditorState, event: EditorEvent): Result {
  switch (event.event) {
    case 'resized': {
      const size = { columns: Math.max(1, event.columns), rows: Math.max(1, event.rows) };
      return only(moveTo({ ...state, size }, state.list.cursor));
    }
    case 'linted':
      return linted(state, event);
    case 'lint-failed': {
      if (event.revision !== state.document.revision) return only(state);
      return refusal({ ...state, problems: { ...state.problems, running: false } }, event.sentence);
    }
    case 'saved':
      return saved(state, event);
    case 'save-failed':
      return refusal({ ...state, saving: false }, event.sentence);
    case 'outside':
      return outside(state, event);
    case 'reloaded':
      return takeOver(state, event.files, 'Read the files again.');
    case 'merged':
      return merged(state, event);
    case 'edited': {
      const made = stepContents(state.document, 'edit in the external editor', new Map([[event.file, event.bytes]]));
      return 'problem' in made
        ? info(state, 'Nothing was changed.')
        : afterStep(state, made, 'edited', 'Took over what the editor wrote; u takes it back.');
    }
    case 'recovered':
      return offerRecovery(state, event);
    case 'mail-tree': {
      const mail = { ...state.mail, tree: event.tree, revision: event.revision };
      return only({ ...state, mail });
    }
    case 'page':
      return only({ ...state, mode: { kind: 'page', title: event.title, lines: event.lines, top: 0 } });
    case 'failed':
      return refusal(state, event.sentence);
    case 'message':
      return info(state, event.sentence);
  }
}

function linted(state: EditorState, event: Extract<EditorEvent, { event: 'linted' }>): Result {
  // What was linted is no more what is here: another run is on its way.
  if (event.revision !== state.document.revision) return only(state);
  const last = Math.max(0, event.problems.length - 1);
  const cursor = Math.min(state.problems.cursor, last);
  const top = Math.min(state.problems.top, cursor);
  const problems = { all: event.problems, revision: event.revision, running: false, cursor, top };
  const { filter, sort } = state.list;
  const rests = filter.terms.some(({ kind }) => kind === 'problem' || kind === 'error' || kind === 'rule');
  const next = renewedPreview({ ...state, problems });
  const stale = state.pane === 'mail' && state.mail.revision !== event.revision;
  const effects: Effect[] = stale ? [{ kind: 'mail-tree', revision: event.revision }] : [];
  const shown = rests || sort?.key === 'problems' ? relist(next, {}) : next;
  return { state: shown, effects };
}

function saved(state: EditorState, event: Extract<EditorEvent, { event: 'saved' }>): Result {
  const document = markSaved(state.document, event.files);
  const names = [...event.files.keys()].join(', ');
  const next = { ...state, document, saving: false, outside: undefined };
  const shown = state.list.filter.terms.some(({ kind }) => kind === 'changed') ? relist(next, {}) : next;
  const result = info(shown, `Saved ${names}.`);
  // What was typed while the file was written is not lost.
  return event.quit && !isDirty(document) ? { ...result, effects: [{ kind: 'quit', code: 0 }] } : result;
}

function outside(state: EditorState, { files }: Extract<EditorEvent, { event: 'outside' }>): Result {
  const { document } = state;
  const fresh = new Map([...files].filter(([name, bytes]) => differs(document.saved.get(name), bytes)));
  const calm = { ...state, saving: false };
  if (fresh.size === 0) return only(calm);
  // What the file holds now may be just what is here.
  const same = [...fresh].every(([name, bytes]) => !differs(document.files.get(name), bytes));
  if (same) return only({ ...calm, document: markSaved(document, fresh), outside: undefined });
  if (!isDirty(document)) return takeOver(calm, fresh, 'The file was changed by another program and is read again.');
  const { kind } = state.mode;
  const asked = kind === 'prompt' && state.outside !== undefined;
  if (kind === 'normal' || kind === 'save' || asked) return askOutside(toNormal(calm), fresh);
  return info({ ...calm, outside: fresh }, 'The file was changed by another program; saving will ask.');
}

function differs(known: Uint8Array | undefined, bytes: Uint8Array): boolean {
  return known === undefined || Buffer.compare(known, bytes) !== 0;
}

function merged(state: EditorState, event: Extract<EditorEvent, { event: 'merged' }>): Result {
  const made = stepContents(state.document, 'merge with the file on the disk', event.files);
  const next = 'problem' in made ? state : stepped(state, made.document, made.edits);
  const { conflicts } = event;
  const words =
    conflicts === 0
      ? 'Merged both; u takes it back.'
      : `Merged both; ${conflicts === 1 ? 'one place was' : `${conflicts} places were`} changed on both sides and kept as here.`;
  return info({ ...next, document: markSaved(next.document, event.theirs), outside: undefined }, words);
}
