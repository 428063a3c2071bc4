import { raiseSerial } from '../../../lib/edit/change.ts';
import { serialChange, serialOf } from '../../../lib/edit/serial.ts';
import { nameFromText, nameKey } from '../../../lib/rr/name.ts';
import { sameContent } from '../../../lib/zone/content.ts';
import { isRaised, nextSerial } from '../../../lib/zone/serial.ts';
import { isDirty, markSaved, redo, stepChanges, stepContents, undo, type ZoneDocument } from './document.ts';
import type { FileContents, FileToSave } from './effects.ts';
import { offsetOfLine } from './line-numbers.ts';
import { currentRow, showRow, stepped } from './list.ts';
import { type Action, type Actions, info, only, type Result, refusal, toNormal } from './result.ts';
import { rowAt } from './row-table.ts';
import { lineOfRow } from './rows.ts';
import type { EditorState, Prompt, SavePreview } from './state.ts';
import { asciiName } from './unicode-name.ts';

const undoStep: Action = (state) => {
  const made = undo(state.document);
  if (made === undefined) return refusal(state, 'There is nothing to undo.');
  return info(stepped(state, made.document, made.edits, 'edited'), `Undone: ${made.name}; Ctrl-r does it again.`);
};

const redoStep: Action = (state) => {
  const made = redo(state.document);
  if (made === undefined) return refusal(state, 'There is nothing to redo.');
  return info(stepped(state, made.document, made.edits, 'edited'), `Done again: ${made.name}.`);
};

/** The serial that saving would write, and the one there is; undefined when it stays. */
function serialToRaise(state: EditorState): { readonly from: number; readonly to: number } | undefined {
  const { document, settings, now } = state;
  const { zone, savedZone } = document;
  if (!settings.raiseSerial || zone === savedZone) return undefined;
  const [from, old] = [serialOf(zone), serialOf(savedZone)];
  if (from === undefined || old === undefined || isRaised(old, from) || sameContent(savedZone, zone)) return undefined;
  return { from, to: serialChange(zone, savedZone, now)?.to ?? nextSerial(from, now) };
}

function save(quit: boolean, force: boolean): Action {
  return (state) => {
    const { document } = state;
    if (state.saving) return refusal(state, 'Saving is on its way.');
    if (!isDirty(document) && !force) {
      return quit ? { state, effects: [{ kind: 'quit', code: 0 }] } : info(state, 'There is nothing to save.');
    }
    if (state.outside !== undefined && !force) return askOutside(state, state.outside);
    return only({ ...state, mode: { kind: 'save', preview: previewOf(state, quit, force), top: 0 } });
  };
}

function previewOf(state: EditorState, quit: boolean, force: boolean): SavePreview {
  const { document, problems } = state;
  const count = (wanted: string): number => problems.all.filter(({ severity }) => severity === wanted).length;
  return {
    files: [...document.changed.keys()],
    serial: serialToRaise(state),
    errors: count('error'),
    warnings: count('warning'),
    linted: !problems.running && problems.revision === document.revision,
    quit,
    force,
  };
}

/** The preview of the mode, with what the linter has said since. */
export function renewedPreview(state: EditorState): EditorState {
  const { mode } = state;
  if (mode.kind !== 'save') return state;
  const { quit, force } = mode.preview;
  return { ...state, mode: { ...mode, preview: previewOf(state, quit, force) } };
}

const saveNow: Action = (state) => {
  if (state.mode.kind !== 'save') return save(false, false)(state);
  const { quit, force, serial } = state.mode.preview;
  let next = toNormal(state);
  if (serial !== undefined) {
    const raised = stepChanges(next.document, `raise the serial to ${serial.to}`, [raiseSerial(state.now)]);
    if ('problem' in raised) return refusal(state, raised.problem);
    next = stepped(next, raised.document, raised.edits);
  }
  const { document } = next;
  const files = filesToSave(document, force);
  return { state: { ...next, saving: true }, effects: [{ kind: 'save', files, quit, force }] };
};

function filesToSave({ files, saved, changed }: ZoneDocument, all: boolean): FileToSave[] {
  const names = all && changed.size === 0 ? [...files.keys()] : [...changed.keys()];
  const none = new Uint8Array(0);
  return names.map((name) => ({ name, bytes: files.get(name) ?? none, expected: saved.get(name) ?? none }));
}

const toggleSerial: Action = (state) => {
  const settings = { ...state.settings, raiseSerial: !state.settings.raiseSerial };
  const words = settings.raiseSerial ? 'Saving raises the serial.' : 'Saving leaves the serial as it is.';
  return info(renewedPreview({ ...state, settings }), words);
};

const quit: Action = (state) => {
  if (!isDirty(state.document)) return { state, effects: [{ kind: 'quit', code: 0 }] };
  const files = [...state.document.changed.keys()];
  return ask(state, {
    kind: 'choices',
    question: 'There are changes that are not saved.',
    details: files,
    choices: [
      { key: 's', label: 'save and quit', command: 'save-quit' },
      { key: 'd', label: 'discard them', command: 'quit-now' },
      { key: 'c', label: 'stay', command: 'cancel' },
    ],
  });
};

function ask(state: EditorState, prompt: Prompt): Result {
  return only({ ...state, mode: { kind: 'prompt', prompt } });
}

/** Asks what is to become of files that others have written. */
export function askOutside(state: EditorState, outside: FileContents): Result {
  return ask(
    { ...state, outside },
    {
      kind: 'choices',
      question: 'The file was changed by another program.',
      details: [...outside.keys()],
      choices: [
        { key: 'r', label: 'take it from the disk', command: 'reload-now' },
        { key: 'k', label: 'keep what is here', command: 'keep' },
        { key: 'm', label: 'merge both', command: 'merge' },
        { key: 'c', label: 'decide later', command: 'cancel' },
      ],
    },
  );
}

/** Takes over what stands on the disk, as a step that can be undone. */
export function takeOver(state: EditorState, files: FileContents, words: string): Result {
  const made = stepContents(state.document, 'read the files again', files);
  const next = 'problem' in made ? state : stepped(state, made.document, made.edits);
  return info({ ...next, document: markSaved(next.document, files), outside: undefined }, words);
}

const reloadNow: Action = (state) => {
  const { outside } = state;
  if (outside === undefined) return { state: toNormal(state), effects: [{ kind: 'reload' }] };
  return takeOver(toNormal(state), outside, 'Read the file again; u takes it back.');
};

const keep: Action = (state) => {
  const { outside } = state;
  if (outside === undefined) return only(toNormal(state));
  const document = markSaved(state.document, outside);
  return info(toNormal({ ...state, document, outside: undefined }), 'Kept what is here; saving writes over the file.');
};

const merge: Action = (state) => {
  const { outside, document } = state;
  if (outside === undefined) return refusal(toNormal(state), 'No other program has changed the files.');
  const pick = (from: FileContents): FileContents =>
    new Map([...outside.keys()].map((name) => [name, from.get(name) ?? new Uint8Array(0)]));
  const effect = { kind: 'merge', base: pick(document.saved), ours: pick(document.files), theirs: outside } as const;
  return { state: toNormal(state), effects: [effect] };
};

const reload: Action = (state) => {
  if (!isDirty(state.document)) return { state, effects: [{ kind: 'reload' }] };
  return ask(state, {
    kind: 'choices',
    question: 'Read the files again and lose what is not saved?',
    details: [...state.document.changed.keys()],
    choices: [
      { key: 'r', label: 'read again', command: 'reload-now' },
      { key: 'c', label: 'stay', command: 'cancel' },
    ],
  });
};

const externalEditor: Action = (state) => {
  const row = currentRow(state);
  const { zone, files } = state.document;
  const { file, line } = row < 0 ? { file: zone.files[0]?.name ?? '', line: 1 } : lineOfRow(zone, state.list.rows, row);
  return { state, effects: [{ kind: 'external-editor', file, bytes: files.get(file) ?? new Uint8Array(0), line }] };
};

const goto: Action = (state, argument = '') => {
  const text = argument.trim();
  const { zone } = state.document;
  if (/^\d+$/u.test(text)) {
    const file = state.list.rows.files[Math.max(0, currentRow(state))] ?? 0;
    const row = rowAt(state.list.rows, file, offsetOfLine(zone.files[file]?.bytes ?? new Uint8Array(0), Number(text)));
    return row < 0 ? refusal(state, 'There are no rows.') : only(showRow(state, row));
  }
  const read = text === '@' ? { name: zone.origin } : nameFromText(asciiName(text), zone.origin);
  if (text === '' || 'problem' in read) return refusal(state, 'Go to where? Give a line such as 120, or a name.');
  const wanted = nameKey(read.name);
  for (let record = 0; record < zone.count; record++) {
    const found = nameKey(zone.ownerOf(record)) === wanted;
    if (found) return only(showRow(state, state.list.rows.ofRecord[record] ?? -1));
  }
  return refusal(state, `No record belongs to ${text}.`);
};

const set: Action = (state, argument = '') => {
  const [name = '', value = ''] = argument.trim().split(/\s+/u);
  if (name !== 'serial' || (value !== 'on' && value !== 'off')) {
    return refusal(state, 'What can be set: serial on, serial off.');
  }
  return (value === 'on') === state.settings.raiseSerial ? info(state, `serial is ${value}.`) : toggleSerial(state);
};

const interrupt: Action = (state) => {
  if (state.leaving) return { state, effects: [{ kind: 'quit', code: 0 }] };
  const lost = isDirty(state.document) ? ' and loses what is not saved' : '';
  return info({ ...state, leaving: true }, `Ctrl-C again quits${lost}.`);
};

/** Commands on files and the session. */
export const FILE_ACTIONS: Actions = {
  undo: undoStep,
  redo: redoStep,
  save: save(false, false),
  'save-quit': save(true, false),
  'save-force': save(false, true),
  'save-now': saveNow,
  'toggle-serial': toggleSerial,
  quit,
  'quit-now': (state) => ({ state, effects: [{ kind: 'quit', code: 0 }] }),
  reload,
  'reload-now': reloadNow,
  keep,
  merge,
  'external-editor': externalEditor,
  goto,
  set,
  suspend: (state) => ({ state, effects: [{ kind: 'suspend' }] }),
  redraw: (state) => ({ state, effects: [{ kind: 'redraw' }] }),
  interrupt,
};
