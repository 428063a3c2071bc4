import { addRecord, replaceRecord } from '../../../lib/edit/change.ts';
import { equalNames, nameToText } from '../../../lib/rr/name.ts';
import { NOTES } from '../../../lib/rr/problem.ts';
import { sayProblem } from '../../../lib/rr/say.ts';
import { nearestType, typeFromText, typeRow } from '../../../lib/rr/types.ts';
import type { Zone } from '../../../lib/zone/zone.ts';
import { shifted } from './changed-ranges.ts';
import { type NamedEdits, sentence, stepChanges, stepEdits } from './document.ts';
import { type Form, formLike, formOfRecord, formOfType, isFormChanged, recordOfForm } from './form.ts';
import { lineOf } from './line-input.ts';
import { currentRow } from './list.ts';
import { type Action, type Actions, afterStep, info, only, type Result, refusal, toNormal } from './result.ts';
import { GENERATED_ROW, RECORD_ROW, rowAt, rowEnd, rowTable } from './row-table.ts';
import { entryText, recordOf, typeName } from './rows.ts';
import type { EditorState, Mode } from './state.ts';
import { currentRecord, recordWords } from './targets.ts';

const MADE = 'The record is made by $GENERATE: edit that line, or write the records out.';

const edit: Action = (state) => {
  const row = currentRow(state);
  if (row < 0) return refusal(state, 'There is nothing to edit; press a to add a record.');
  const { kinds } = state.list.rows;
  if (kinds[row] === GENERATED_ROW) return refusal(state, MADE);
  if (kinds[row] !== RECORD_ROW) return editLine(state);
  return openForm(state, formOfRecord(state.document.zone, currentRecord(state)));
};

function openForm(state: EditorState, form: Form): Result {
  return only({ ...state, mode: { kind: 'form', form } });
}

const editLine: Action = (state) => {
  const row = currentRow(state);
  if (row < 0) return refusal(state, 'There is nothing to edit; press a to add a record.');
  if (state.list.rows.kinds[row] === GENERATED_ROW) return refusal(state, MADE);
  const text = entryText(state.document.zone, state.list.rows, row);
  if (text.includes('\u{fffd}')) return refusal(state, 'The entry has octets that are no UTF-8: use the form, or E.');
  return only({ ...state, mode: { kind: 'line', line: lineOf(text), row, problem: undefined } });
};

const TYPES_FIRST = 'A, AAAA, MX, TXT, CNAME, NS, SRV, CAA, TLSA, PTR, HTTPS, CLIENTMX …';

const add: Action = (state, argument) => {
  if (argument === undefined) {
    const question = 'Type of the new record';
    const prompt = { kind: 'input', question, details: [TYPES_FIRST], line: lineOf(''), command: 'add' } as const;
    return only({ ...state, mode: { kind: 'prompt', prompt: { ...prompt, problem: undefined } } });
  }
  const text = argument.trim();
  const type = typeFromText(text);
  if (type === undefined || type === 0) {
    const near = nearestType(text);
    const hint = near === undefined ? 'a mnemonic such as MX, or TYPEn' : `did you mean ${near}?`;
    return refusal(state, `"${text}" is no RR type: ${hint}`);
  }
  if (typeRow(type)?.meta) return refusal(state, `${typeName(type)} is for questions and cannot be zone data.`);
  const { zone } = state.document;
  const record = currentRecord(state);
  const owner = record < 0 ? '@' : nameToText(zone.ownerOf(record), zone.origin);
  return openForm(state, formOfType(zone, type, owner));
};

const duplicate: Action = (state) => {
  const record = currentRecord(state);
  if (record < 0) return refusal(state, 'Only a record can be duplicated.');
  return openForm(state, formLike(state.document.zone, record));
};

/** Writes what a form says; with a problem the form stays. */
export function applyForm(state: EditorState, form: Form): Result {
  const { document } = state;
  const record = recordOfForm(document.zone, form);
  if (record === undefined) {
    const at = form.fields.findIndex(({ problem }) => problem !== undefined);
    const problem = form.fields[at]?.problem ?? form.problem ?? 'The data cannot be read.';
    const focused = { ...form, focus: at < 0 ? form.focus : at };
    return refusal({ ...state, mode: { kind: 'form', form: focused } }, problem);
  }
  const closed = toNormal(state);
  if (form.record !== undefined) {
    if (!isFormChanged(form)) return info(closed, 'Nothing changes.');
    const name = `edit ${recordWords(state, form.record)}`;
    return orStay(state, afterStep(closed, stepChanges(document, name, [replaceRecord(form.record, record)]), 'stay'));
  }
  const where = form.after === undefined ? undefined : { after: form.after };
  const name = `add ${typeName(record.type)} of ${nameToText(record.owner)}`;
  const made = stepChanges(document, name, [addRecord(record, where)]);
  if ('problem' in made && made.problem === 'Nothing changes.') {
    return refusal(state, 'The zone has this record already: change something of it.');
  }
  return orStay(state, afterStep(closed, made, 'edited'));
}

/** The result, or with a problem the state before with its sentence, so that nothing typed is lost. */
export function orStay(state: EditorState, result: Result): Result {
  const { message, document } = result.state;
  const failed = message?.kind === 'error' && document === state.document;
  return failed ? only({ ...state, message }) : result;
}

/** Writes the text of an entry as it was typed; what brings a new fault is asked for twice. */
export function applyLine(state: EditorState, mode: Extract<Mode, { kind: 'line' }>): Result {
  const { document, list } = state;
  const { row, line, problem } = mode;
  const index = list.rows.files[row] ?? 0;
  const { name = '', bytes = new Uint8Array(0) } = document.zone.files[index] ?? {};
  const start = list.rows.starts[row] ?? 0;
  const end = rowEnd(document.zone, list.rows, row);
  const lineEnd = /\r?\n$/u.exec(new TextDecoder().decode(bytes.subarray(Math.max(start, end - 2), end)))?.[0] ?? '';
  const text = bytes.includes(0x0d) ? line.text.replaceAll(/\r?\n/gu, '\r\n') : line.text;
  const edits = [{ name, edits: [{ start, end: end - lineEnd.length, text }] }];
  const made = stepEdits(document, `edit the line "${shortened(line.text)}"`, edits);
  const closed = toNormal(state);
  if ('problem' in made)
    return made.problem === 'Nothing changes.' ? info(closed, made.problem) : refusal(state, made.problem);
  const after = made.document.zone;
  const fault = newFault(document.zone, after) ?? otherOwners(state, row, after, made.edits[0]?.edits ?? []);
  if (fault !== undefined && problem === undefined) {
    const again = `${fault} Enter again writes it all the same.`;
    return refusal({ ...state, mode: { ...mode, problem: again } }, again);
  }
  return afterStep(closed, made, { file: name, offset: start });
}

/** How many records behind an entry belong to another name after edits of it, as a sentence. */
function otherOwners(state: EditorState, row: number, after: Zone, edits: NamedEdits['edits']): string | undefined {
  const { rows } = state.list;
  const { zone } = state.document;
  const fresh = rowTable(after);
  const file = rows.files[row] ?? 0;
  let count = 0;
  let words = '';
  for (let next = row + 1; next < rows.count; next++) {
    if (rows.kinds[next] !== RECORD_ROW || rows.files[next] !== file) continue;
    const found = rowAt(fresh, file, shifted(edits, rows.starts[next] ?? 0).offset);
    if (fresh.kinds[found] !== RECORD_ROW) continue;
    const [old, now] = [zone.ownerOf(recordOf(rows, next)), after.ownerOf(recordOf(fresh, found))];
    if (equalNames(old, now)) break;
    if (count++ === 0) words = `${nameToText(now)} in place of ${nameToText(old)}`;
  }
  if (count === 0) return undefined;
  return count === 1
    ? `The record behind it would belong to ${words}.`
    : `${count} records behind it would belong to ${words}.`;
}

/** The first problem of a zone that has more of them than another, as a sentence. */
function newFault(before: Zone, after: Zone): string | undefined {
  const faults = (zone: Zone) => zone.problems.filter(({ code }) => !NOTES.has(code));
  const old = faults(before).map(sayProblem);
  const fresh = faults(after);
  if (fresh.length <= old.length) return undefined;
  const known = new Map<string, number>();
  for (const each of old) known.set(each, (known.get(each) ?? 0) + 1);
  for (const problem of fresh) {
    const said = sayProblem(problem);
    const left = known.get(said) ?? 0;
    if (left === 0) return sentence(said);
    known.set(said, left - 1);
  }
  return undefined;
}

function shortened(text: string): string {
  const plain = text.replace(/\s+/gu, ' ').trim();
  return plain.length > 40 ? `${plain.slice(0, 39)}…` : plain;
}

/** Commands that open a form or a line. */
export const EDIT_ACTIONS: Actions = { edit, 'edit-line': editLine, add, duplicate };
