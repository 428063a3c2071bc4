import {
  addRecords,
  type Change,
  commentOut,
  insertText,
  moveRecord,
  raiseSerial,
  removeRecords,
  uncomment,
  type Where,
} from '../../../lib/edit/change.ts';
import { serialOf } from '../../../lib/edit/serial.ts';
import { printRdata } from '../../../lib/rr/codec.ts';
import { nameToText } from '../../../lib/rr/name.ts';
import { classToText, typeToText } from '../../../lib/rr/types.ts';
import type { Edit } from '../../../lib/text/edits.ts';
import { type NamedEdits, type StepResult, stepChanges, stepEdits } from './document.ts';
import { currentRow } from './list.ts';
import { type Action, type Actions, afterStep, info, type Result, refusal } from './result.ts';
import { COMMENT_ROW, DIRECTIVE_ROW, GENERATED_ROW, RECORD_ROW, rowEnd } from './row-table.ts';
import { entryText, recordOf } from './rows.ts';
import type { ClipboardItem, EditorState } from './state.ts';
import { countWords, newRecordOf, recordWords, targetRows } from './targets.ts';

/** The rows that a command is for, records apart from rows that are edited as text. */
function sorted(state: EditorState): { records: number[]; others: number[]; made: boolean } {
  const { kinds } = state.list.rows;
  const all = targetRows(state);
  return {
    records: all.flatMap((row) => (kinds[row] === RECORD_ROW ? [recordOf(state.list.rows, row)] : [])),
    others: all.filter((row) => (kinds[row] as number) > GENERATED_ROW),
    made: all.some((row) => kinds[row] === GENERATED_ROW),
  };
}

const MADE = 'Records that $GENERATE makes are edited by its line.';

const remove: Action = (state) => {
  const { records, others, made } = sorted(state);
  if (made) return refusal(state, MADE);
  const count = records.length + others.length;
  if (count === 0) return refusal(state, 'There is nothing to delete.');
  const edits = others.map((row): NamedEdits => wholeEntry(state, row, ''));
  const [first] = records;
  const name =
    count === 1 && first !== undefined ? `delete ${recordWords(state, first)}` : `delete ${countWords(count, 'row')}`;
  const changes = records.length === 0 ? [] : [removeRecords(records)];
  const text = `${sentenceOf(name)}; u takes it back.`;
  return afterStep(state, stepChanges(state.document, name, changes, edits), 'stay', text);
};

function sentenceOf(name: string): string {
  return `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
}

/** The edit that writes a text in the place of a row's whole entry. */
function wholeEntry(state: EditorState, row: number, text: string): NamedEdits {
  const { zone } = state.document;
  const { rows } = state.list;
  const file = zone.files[rows.files[row] ?? 0]?.name ?? '';
  return { name: file, edits: [{ start: rows.starts[row] ?? 0, end: rowEnd(zone, rows, row), text }] };
}

const copy: Action = (state) => {
  const rows = targetRows(state);
  if (rows.length === 0) return refusal(state, 'There is nothing to copy.');
  const { zone } = state.document;
  const items = rows.map((row): ClipboardItem => {
    const record = recordOf(state.list.rows, row);
    return record < 0 ? { text: entryText(zone, state.list.rows, row) } : { record: newRecordOf(state, record) };
  });
  const text = rows
    .map((row) => {
      const record = recordOf(state.list.rows, row);
      return record < 0 ? entryText(zone, state.list.rows, row) : wholeLine(state, record);
    })
    .join('\n');
  const next = { ...state, clipboard: { items, text: `${text}\n` } };
  return info(next, `Copied ${countWords(items.length, 'row')}; p inserts behind the cursor.`);
};

/** A record as one line that means the same anywhere. */
function wholeLine({ document: { zone } }: EditorState, record: number): string {
  const head = `${nameToText(zone.ownerOf(record))} ${zone.ttls[record] ?? 0} ${classToText(zone.classes[record] ?? 1)}`;
  const type = zone.types[record] ?? 0;
  return `${head} ${typeToText(type)} ${printRdata(type, zone.rdataOf(record))}`;
}

/** The place behind the row at the cursor; that of the zone file's end without rows. */
function placeBehind(state: EditorState): Where {
  const row = currentRow(state);
  const { rows } = state.list;
  if (row < 0) return { endOf: 0 };
  const at = rows.kinds[row] === GENERATED_ROW ? (rows.parents[row] ?? row) : row;
  return { file: rows.files[at] ?? 0, offset: rowEnd(state.document.zone, rows, at) };
}

const paste: Action = (state) => {
  const { clipboard } = state;
  if (clipboard === undefined) return refusal(state, 'Nothing was copied; y copies.');
  const { items, text } = clipboard;
  const records = items.flatMap((item) => ('record' in item ? [item.record] : []));
  const name = `insert ${countWords(items.length, 'row')}`;
  const where = placeBehind(state);
  if (records.length === items.length) {
    const made = stepChanges(state.document, name, [addRecords(records, where)]);
    if (!('problem' in made)) return afterStep(state, made, 'edited');
    if (made.problem !== 'Nothing changes.') return refusal(state, made.problem);
  }
  // Records that are there already are copied all the same: they are about to be changed.
  return afterStep(state, stepChanges(state.document, name, [insertText(text, where)]), 'edited');
};

/** Inserts a piece of a zone file behind the cursor; one that cannot be read is refused as a whole. */
export function pasteText(state: EditorState, text: string): Result {
  const lines = text.split('\n').filter((line) => line.trim() !== '').length;
  if (lines === 0) return refusal(state, 'There is nothing in what was pasted.');
  const name = `paste ${countWords(lines, 'line')}`;
  return afterStep(state, stepChanges(state.document, name, [insertText(text, placeBehind(state))]), 'edited');
}

function moveBy(by: -1 | 1): Action {
  return (state) => {
    const { list, document } = state;
    const row = currentRow(state);
    const { rows, view } = list;
    const kind = rows.kinds[row];
    if (list.sort !== undefined) return refusal(state, 'Rows are sorted: press O until they stand as in the file.');
    if (kind === DIRECTIVE_ROW)
      return refusal(state, 'A directive holds for what stands behind it: edit its text with L.');
    if (kind !== RECORD_ROW && kind !== COMMENT_ROW) return refusal(state, 'Only records and comments can be moved.');
    const file = rows.files[row] ?? 0;
    let index = list.cursor + by;
    while (index >= 0 && index < view.length && rows.files[view[index] as number] !== file) index += by;
    const other = view[index];
    if (other === undefined)
      return refusal(state, by < 0 ? 'It is the first of its file.' : 'It is the last of its file.');
    const offset = by < 0 ? (rows.starts[other] ?? 0) : rowEnd(document.zone, rows, other);
    const made = kind === RECORD_ROW ? movedRecord(state, row, offset) : movedComment(state, row, offset);
    if ('problem' in made) return refusal(state, made.problem);
    const name = document.zone.files[file]?.name ?? '';
    const inserted = made.edits[0]?.edits.find((edit) => edit.start === offset || edit.end === offset);
    if (inserted === undefined) return afterStep(state, made);
    // What moves down stands before the octets it was behind, less its own.
    const shrunk = by < 0 ? offset : offset - (rowEnd(document.zone, rows, row) - (rows.starts[row] ?? 0));
    return afterStep(state, made, { file: name, offset: shrunk });
  };
}

function movedRecord(state: EditorState, row: number, offset: number): StepResult {
  const record = recordOf(state.list.rows, row);
  const where = { file: state.list.rows.files[row] ?? 0, offset };
  return stepChanges(state.document, `move ${recordWords(state, record)}`, [moveRecord(record, where)]);
}

function movedComment(state: EditorState, row: number, offset: number): StepResult {
  const { zone } = state.document;
  const { rows } = state.list;
  const { name = '', bytes = new Uint8Array(0) } = zone.files[rows.files[row] ?? 0] ?? {};
  const start = rows.starts[row] ?? 0;
  const end = rowEnd(zone, rows, row);
  if (bytes[end - 1] !== 0x0a || (offset > 0 && bytes[offset - 1] !== 0x0a)) {
    return { problem: 'The last line of the file has no line end, so nothing can stand behind it.' };
  }
  const octets = bytes.slice(start, end);
  const edits = [
    { start, end, octets: new Uint8Array(0) },
    { start: offset, end: offset, octets },
  ];
  return stepEdits(state.document, 'move a comment', [{ name, edits }]);
}

const toggleComment: Action = (state) => {
  const { records, others, made } = sorted(state);
  const { rows } = state.list;
  if (made) return refusal(state, MADE);
  if (records.length > 0) {
    const [first = 0] = records;
    const what = records.length === 1 ? recordWords(state, first) : countWords(records.length, 'record');
    return afterStep(state, stepChanges(state.document, `comment out ${what}`, [commentOut(records)]));
  }
  const comments = others.filter((row) => rows.kinds[row] === COMMENT_ROW);
  if (comments.length === others.length && comments.length > 0) return takeBack(state, comments);
  const raw = others.filter((row) => rows.kinds[row] !== COMMENT_ROW);
  if (raw.length === 0) return refusal(state, 'There is nothing to comment out.');
  const edits = raw.map((row) => commentedEntry(state, row));
  return afterStep(
    state,
    stepChanges(state.document, `comment out ${countWords(raw.length, 'row')}`, [], merged(edits)),
  );
};

/** Takes comment signs back: of each run of lines as one record, else of as many as make one. */
function takeBack(state: EditorState, comments: readonly number[]): Result {
  const { rows } = state.list;
  const { zone } = state.document;
  const [first = -1] = comments;
  const name = `take back ${countWords(comments.length, 'comment')}`;
  const changes: Change[] = [];
  for (let index = 0; index < comments.length; index++) {
    const row = comments[index] as number;
    const start = rows.starts[row] ?? 0;
    changes.push(uncomment(rows.files[row] ?? 0, start, start));
  }
  const made = stepChanges(state.document, name, changes);
  if (!('problem' in made)) return afterStep(state, made);
  // Lines that only together are a record: those marked, or those that follow.
  let last = comments.at(-1) ?? first;
  for (let tries = 0; tries < 40; tries++) {
    const change = uncomment(rows.files[first] ?? 0, rows.starts[first] ?? 0, rowEnd(zone, rows, last));
    const together = stepChanges(state.document, name, [change]);
    if (!('problem' in together)) return afterStep(state, together);
    last++;
    if (rows.kinds[last] !== COMMENT_ROW || rows.files[last] !== rows.files[first]) break;
  }
  return refusal(state, made.problem);
}

/** The edits that make comments of all lines of an entry that is no record. */
function commentedEntry(state: EditorState, row: number): NamedEdits {
  const { zone } = state.document;
  const { rows } = state.list;
  const { name = '', bytes = new Uint8Array(0) } = zone.files[rows.files[row] ?? 0] ?? {};
  const end = rowEnd(zone, rows, row);
  const edits: Edit[] = [];
  for (let at = rows.starts[row] ?? 0; at < end; ) {
    edits.push({ start: at, end: at, text: ';' });
    const newline = bytes.indexOf(0x0a, at);
    at = newline < 0 ? end : newline + 1;
  }
  return { name, edits };
}

function merged(all: readonly NamedEdits[]): NamedEdits[] {
  const names = [...new Set(all.map(({ name }) => name))];
  return names.map((name) => ({ name, edits: all.flatMap((one) => (one.name === name ? one.edits : [])) }));
}

const serial: Action = (state) => {
  const from = serialOf(state.document.zone);
  const made = stepChanges(state.document, 'raise the serial', [raiseSerial(state.now)]);
  if ('problem' in made) return refusal(state, made.problem);
  return afterStep(state, made, 'stay', `Serial ${from ?? ''} → ${serialOf(made.document.zone) ?? ''}.`);
};

/** Commands on whole rows. */
export const RECORD_ACTIONS: Actions = {
  delete: remove,
  copy,
  paste,
  'move-up': moveBy(-1),
  'move-down': moveBy(1),
  'toggle-comment': toggleComment,
  'raise-serial': serial,
};
