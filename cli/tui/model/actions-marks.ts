import { replaceRecord, setTtl } from '../../../lib/edit/change.ts';
import { printRdata, rdataFromText } from '../../../lib/rr/codec.ts';
import { nameFromText, nameToText } from '../../../lib/rr/name.ts';
import { sayProblem } from '../../../lib/rr/say.ts';
import { MAX_TTL, readPeriod } from '../../../lib/rr/ttl.ts';
import { sentence, stepChanges } from './document.ts';
import { lineOf } from './line-input.ts';
import { currentRow, moveTo, relist } from './list.ts';
import { type Action, type Actions, afterStep, info, only, refusal } from './result.ts';
import { GENERATED_ROW, RECORD_ROW } from './row-table.ts';
import { recordOf } from './rows.ts';
import type { EditorState } from './state.ts';
import { countWords, recordWords, targetRows } from './targets.ts';

function withMarks(state: EditorState, marks: ReadonlySet<number>): EditorState {
  const filtered = state.list.filter.terms.some(({ kind }) => kind === 'marked');
  if (filtered) return relist(state, { marks });
  return { ...state, list: { ...state.list, marks, range: undefined } };
}

const mark: Action = (state) => {
  const row = currentRow(state);
  if (row < 0) return only(state);
  const marks = new Set(state.list.marks);
  if (!marks.delete(row)) marks.add(row);
  return only(moveTo(withMarks(state, marks), state.list.cursor + 1));
};

const markRange: Action = (state) => {
  const { range, cursor, view, marks } = state.list;
  if (view.length === 0) return only(state);
  if (range === undefined) {
    return info({ ...state, list: { ...state.list, range: cursor } }, 'Move to the end of the range, then v again.');
  }
  const next = new Set(marks);
  for (let index = Math.min(range, cursor); index <= Math.max(range, cursor); index++) next.add(view[index] as number);
  return info(withMarks(state, next), `Marked rows: ${next.size}.`);
};

const markAll: Action = (state) => {
  const { view, marks } = state.list;
  const all = view.every((row) => marks.has(row));
  const next = new Set(marks);
  for (const row of view) {
    if (all) next.delete(row);
    else next.add(row);
  }
  return info(withMarks(state, next), next.size === 0 ? 'No row is marked.' : `Marked rows: ${next.size}.`);
};

/** Records that can be edited among the rows that a command is for. */
function editable(state: EditorState): number[] {
  const { rows } = state.list;
  return targetRows(state).flatMap((row) => (rows.kinds[row] === RECORD_ROW ? [recordOf(rows, row)] : []));
}

const ttl: Action = (state, argument) => {
  const records = editable(state);
  if (records.length === 0) return refusal(state, noRecords(state));
  const what = countWords(records.length, 'record', recordWords(state, records[0] ?? 0));
  if (argument === undefined) {
    const old = String(state.document.zone.ttls[records[0] ?? 0] ?? '');
    const question = `TTL of ${what}`;
    const details = [`Seconds, or a period such as 1h30m; now ${old}.`];
    const prompt = { kind: 'input', question, details, line: lineOf(''), command: 'set-ttl' } as const;
    return only({ ...state, mode: { kind: 'prompt', prompt: { ...prompt, problem: undefined } } });
  }
  const bytes = new TextEncoder().encode(argument.trim());
  const seconds = readPeriod(bytes, 0, bytes.length);
  if (bytes.length === 0 || seconds < 0 || seconds > MAX_TTL) {
    return refusal(state, `A TTL is seconds from 0 to ${MAX_TTL}, or a period such as 1h30m.`);
  }
  const name = `set the TTL of ${what}`;
  return afterStep(state, stepChanges(state.document, name, [setTtl(records, seconds)]));
};

function noRecords(state: EditorState): string {
  const row = currentRow(state);
  const made = row >= 0 && state.list.rows.kinds[row] === GENERATED_ROW;
  return made
    ? 'Records that $GENERATE makes are edited by its line.'
    : 'No record is marked, and none is at the cursor.';
}

/** What is to be replaced, and by what: `/old/new/`, with any sign in place of the slash. */
function parseReplacement(text: string): { readonly old: string; readonly by: string } | undefined {
  const [sign = ''] = text;
  if (sign === '' || /[\p{L}\p{N}\s]/u.test(sign)) return undefined;
  const [, old = '', by, ...rest] = text.split(sign);
  return old === '' || by === undefined || rest.some((part) => part.trim() !== '') ? undefined : { old, by };
}

const SHAPE = 'Write /old/new/, with any sign in place of the slash.';

const replace: Action = (state, argument) => {
  const records = editable(state);
  if (records.length === 0) return refusal(state, noRecords(state));
  if (argument === undefined) {
    const question = `Replace text in ${countWords(records.length, 'record', recordWords(state, records[0] ?? 0))}`;
    const prompt = { kind: 'input', question, details: [SHAPE], line: lineOf('/'), command: 'replace' } as const;
    return only({ ...state, mode: { kind: 'prompt', prompt: { ...prompt, problem: undefined } } });
  }
  const wanted = parseReplacement(argument.trim());
  if (wanted === undefined) return refusal(state, SHAPE);
  const changes = [];
  for (const record of records) {
    const after = replaced(state, record, wanted);
    if (after === undefined) continue;
    if ('problem' in after) return refusal(state, `${recordWords(state, record)} would be wrong: ${after.problem}`);
    changes.push(replaceRecord(record, after));
  }
  if (changes.length === 0) return refusal(state, `No record there has "${wanted.old}".`);
  const name = `replace "${wanted.old}" by "${wanted.by}" in ${countWords(changes.length, 'record')}`;
  return afterStep(state, stepChanges(state.document, name, changes));
};

/** How many of the records that a command is for hold a text; what a prompt shows while it is typed. */
export function replacementCount(state: EditorState, text: string): string {
  const wanted = parseReplacement(text.trim()) ?? parseReplacement(`${text.trim()}${text.trim()[0] ?? '/'}`);
  const records = editable(state);
  if (wanted === undefined) return SHAPE;
  const holding = records.filter((record) => textsOf(state, record).some((each) => each.includes(wanted.old)));
  return `${holding.length} of ${records.length} records have "${wanted.old}".`;
}

/** Owner and data of a record as texts in which replacing works: names absolute, without their final dot in the owner. */
function textsOf({ document: { zone } }: EditorState, record: number): readonly [owner: string, data: string] {
  const type = zone.types[record] ?? 0;
  return [nameToText(zone.ownerOf(record)), printRdata(type, zone.rdataOf(record), { native: true })];
}

function replaced(
  state: EditorState,
  record: number,
  { old, by }: { readonly old: string; readonly by: string },
): { owner: Uint8Array; type: number; rdata: Uint8Array } | { problem: string } | undefined {
  const { zone } = state.document;
  const [owner, data] = textsOf(state, record);
  if (!owner.includes(old) && !data.includes(old)) return undefined;
  const type = zone.types[record] ?? 0;
  const name = owner.includes(old) ? nameFromText(owner.replaceAll(old, by)) : { name: zone.ownerOf(record).slice() };
  if ('problem' in name) return { problem: sentence(sayProblem(name.problem)) };
  const read = data.includes(old)
    ? rdataFromText(type, data.replaceAll(old, by), zone.origin)
    : { rdata: zone.rdataOf(record).slice() };
  if ('problem' in read) return { problem: sentence(sayProblem(read.problem)) };
  return { owner: name.name, type, rdata: read.rdata };
}

/** Commands on marks and on what is marked. */
export const MARK_ACTIONS: Actions = {
  mark,
  'mark-range': markRange,
  'mark-all': markAll,
  'mark-none': (state) => only(withMarks(state, new Set())),
  'set-ttl': ttl,
  replace,
};
