import { printRdata } from '../../../lib/rr/codec.ts';
import { writeName } from '../../../lib/rr/name.ts';
import { typeFromText, typeRow } from '../../../lib/rr/types.ts';
import { ByteSink } from '../../../lib/text/sink.ts';
import type { Zone } from '../../../lib/zone/zone.ts';
import type { Filter, FilterTerm } from './filter-term.ts';
import { filterWords, patternOf } from './filter-words.ts';
import { problemRows } from './problems.ts';
import { COMMENT_ROW, firstBehind, GENERATED_ROW, RECORD_ROW, type RowTable, rowAt, rowEnd } from './row-table.ts';
import { typeName } from './rows.ts';
import type { EditorState } from './state.ts';
import { unicodeName } from './unicode-name.ts';

/** Signs before a value. */
const SIGNS: Readonly<Record<string, FilterTerm['kind']>> = {
  't:': 'type',
  'type:': 'type',
  'r:': 'rule',
  'rule:': 'rule',
  'o:': 'owner',
  'owner:': 'owner',
};

/** Options as k9s has them, which take the next word. */
const OPTIONS: Readonly<Record<string, FilterTerm['kind']>> = {
  '-f': 'fuzzy',
  '-t': 'type',
  '-r': 'rule',
  '-o': 'owner',
};

/** Conditions without a value. */
const FLAGS: Readonly<Record<string, FilterTerm['kind']>> = {
  'is:problem': 'problem',
  'is:error': 'error',
  'is:changed': 'changed',
  'is:marked': 'marked',
  'is:comment': 'comment',
};

/** Words that begin a condition, with what they mean, for completion and help. */
export const FILTER_WORDS: readonly (readonly [word: string, meaning: string])[] = [
  ['t:', 'records of a type, such as t:mx'],
  ['r:', 'rows with a problem of a rule'],
  ['o:', 'owners that match'],
  ['-f ', 'letters in this order, others between them'],
  ['is:problem', 'rows with a problem'],
  ['is:error', 'rows with an error'],
  ['is:changed', 'rows that differ from the saved file'],
  ['is:marked', 'marked rows'],
  ['is:comment', 'comment lines'],
  ['!', 'before a condition: rows for which it does not hold'],
];

/** Reads a filter: words that all have to hold, quoted where blanks belong to them; a problem is a sentence. */
export function parseFilter(text: string): { readonly filter: Filter } | { readonly problem: string } {
  const words = filterWords(text);
  const terms: FilterTerm[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    const inverse = word.startsWith('!') && word.length > 1;
    const bare = inverse ? word.slice(1) : word;
    const option = Object.hasOwn(OPTIONS, bare) ? OPTIONS[bare] : undefined;
    const flag = Object.hasOwn(FLAGS, bare) ? FLAGS[bare] : undefined;
    const [sign = ''] = /^[a-z]+:/u.exec(bare) ?? [];
    const signed = Object.hasOwn(SIGNS, sign) ? SIGNS[sign] : undefined;
    if (option !== undefined) {
      const value = words[++at];
      // Still being typed: the condition says nothing yet.
      if (value !== undefined) terms.push({ kind: option, inverse, value });
    } else if (flag !== undefined) terms.push({ kind: flag, inverse, value: '' });
    else if (signed !== undefined) {
      if (bare.length > sign.length) terms.push({ kind: signed, inverse, value: bare.slice(sign.length) });
    } else if (bare !== '!') terms.push({ kind: 'text', inverse, value: bare });
  }
  for (const { kind, value } of terms) {
    const problem = problemOf(kind, value);
    if (problem !== undefined) return { problem };
  }
  return { filter: { text: text.trim(), terms } };
}

function problemOf(kind: FilterTerm['kind'], value: string): string | undefined {
  if (kind !== 'text' && kind !== 'owner') return undefined;
  const pattern = patternOf(value);
  return 'problem' in pattern ? pattern.problem : undefined;
}

/** Which rows pass a filter: 1 for those that do; undefined when all do. */
export function passing(state: EditorState, filter: Filter): Uint8Array | undefined {
  if (filter.terms.length === 0) return undefined;
  const { rows } = state.list;
  const all = new Uint8Array(rows.count).fill(1);
  for (const term of filter.terms) {
    const holds = termRows(state, term);
    const wanted = term.inverse ? 0 : 1;
    for (let row = 0; row < holds.length; row++) if (holds[row] !== wanted) all[row] = 0;
  }
  return all;
}

function termRows(state: EditorState, { kind, value }: FilterTerm): Uint8Array {
  const { rows } = state.list;
  const { zone } = state.document;
  switch (kind) {
    case 'text': {
      const pattern = patternOf(value);
      return 'regex' in pattern ? textRows(zone, rows, pattern.regex) : new Uint8Array(rows.count);
    }
    case 'owner': {
      const pattern = patternOf(value);
      return 'regex' in pattern ? ownerRows(zone, rows, pattern.regex) : new Uint8Array(rows.count);
    }
    case 'fuzzy':
      return fuzzyRows(zone, rows, value);
    case 'type':
      return typeRows(zone, rows, value);
    case 'rule':
      return ruleRows(state, value);
    case 'problem':
      return rowsWhere(rows, (row) => (problemRows(state).ranks[row] ?? 0) > 0);
    case 'error':
      return rowsWhere(rows, (row) => problemRows(state).ranks[row] === 3);
    case 'changed':
      return changedRows(state);
    case 'marked':
      return rowsWhere(rows, (row) => state.list.marks.has(row));
    case 'comment':
      return rowsWhere(rows, (row) => rows.kinds[row] === COMMENT_ROW);
  }
}

function rowsWhere(rows: RowTable, holds: (row: number) => boolean): Uint8Array {
  const found = new Uint8Array(rows.count);
  for (let row = 0; row < found.length; row++) if (holds(row)) found[row] = 1;
  return found;
}

/** Rows whose owner, text in the file or data as shown match. Global patterns only. */
export function textRows(zone: Zone, rows: RowTable, regex: RegExp): Uint8Array {
  const found = ownerRows(zone, rows, regex);
  for (const [file, { bytes }] of zone.files.entries()) {
    const list = rows.byFile[file] as Int32Array;
    const text = latin1Of(bytes);
    regex.lastIndex = 0;
    for (let match = regex.exec(text); match !== null; match = regex.exec(text)) {
      // A match of nothing is one everywhere.
      if (match[0] === '') return found.fill(1);
      const behind = firstBehind(rows, list, match.index);
      const row = behind > 0 ? list[behind - 1] : undefined;
      if (row !== undefined) found[rows.kinds[row] === GENERATED_ROW ? (rows.parents[row] as number) : row] = 1;
      // One match a row is enough.
      const next = list[behind];
      if (next === undefined && row !== undefined && behind === list.length) break;
      regex.lastIndex = Math.max(regex.lastIndex, next === undefined ? 0 : (rows.starts[next] as number));
    }
  }
  shownRows(zone, rows, regex, found);
  return found;
}

/** Adds the rows whose data is shown in another form than the file has. */
function shownRows(zone: Zone, rows: RowTable, regex: RegExp, found: Uint8Array): void {
  for (let row = 0; row < rows.count; row++) {
    if (found[row] === 1) continue;
    const kind = rows.kinds[row];
    const record = rows.refs[row] as number;
    if (kind !== GENERATED_ROW && (kind !== RECORD_ROW || !isShownOtherwise(zone.types[record] as number))) continue;
    const type = zone.types[record] as number;
    const text = `${typeName(type)} ${printRdata(type, zone.rdataOf(record), { native: true })}`;
    regex.lastIndex = 0;
    if (regex.test(text)) found[row] = 1;
  }
}

function isShownOtherwise(type: number): boolean {
  return typeRow(type)?.generic === true;
}

const latin1 = new WeakMap<Uint8Array, string>();

/** The octets of a file as one character each. */
function latin1Of(bytes: Uint8Array): string {
  const known = latin1.get(bytes);
  if (known !== undefined) return known;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  latin1.set(bytes, text);
  return text;
}

const owners = new WeakMap<Zone, { readonly text: string; readonly starts: Uint32Array }>();

/** All names of a zone as lines of one text. */
function ownersOf(zone: Zone): { readonly text: string; readonly starts: Uint32Array } {
  const known = owners.get(zone);
  if (known !== undefined) return known;
  const { names } = zone;
  const sink = new ByteSink(names.count * 24 + 64);
  const starts = new Uint32Array(names.count);
  for (let name = 0; name < names.count; name++) {
    starts[name] = sink.length;
    writeName(names.arena, names.offsets[name] as number, sink);
    sink.u8(0x0a);
  }
  const { bytes, length } = sink;
  const made = { text: Buffer.from(bytes.buffer, bytes.byteOffset, length).toString('latin1'), starts };
  owners.set(zone, made);
  return made;
}

function ownerRows(zone: Zone, rows: RowTable, regex: RegExp): Uint8Array {
  const { text, starts } = ownersOf(zone);
  const hit = new Uint8Array(starts.length);
  regex.lastIndex = 0;
  let name = 0;
  for (let match = regex.exec(text); match !== null; match = regex.exec(text)) {
    if (match[0] === '') {
      hit.fill(1);
      break;
    }
    while (name + 1 < starts.length && (starts[name + 1] as number) <= match.index) name++;
    hit[name] = 1;
    if (name + 1 >= starts.length) break;
    regex.lastIndex = starts[name + 1] as number;
  }
  if (/[\u0080-\u00ff]/u.test(regex.source)) unicodeHits(text, starts, regex, hit);
  return byOwner(zone, rows, hit);
}

/** Adds the names that match as people read them. */
function unicodeHits(text: string, starts: Uint32Array, regex: RegExp, hit: Uint8Array): void {
  for (let name = 0; name < starts.length; name++) {
    const written = text.slice(starts[name], (starts[name + 1] ?? text.length) - 1);
    const shown = unicodeName(written);
    if (shown === undefined) continue;
    regex.lastIndex = 0;
    if (regex.test(Buffer.from(shown, 'utf8').toString('latin1'))) hit[name] = 1;
  }
}

function byOwner(zone: Zone, rows: RowTable, hit: Uint8Array): Uint8Array {
  const found = new Uint8Array(rows.count);
  for (let row = 0; row < found.length; row++) {
    if ((rows.kinds[row] as number) > GENERATED_ROW) continue;
    found[row] = hit[zone.owners[rows.refs[row] as number] as number] as number;
  }
  return found;
}

/** Rows whose owner and text have the letters in their order. */
function fuzzyRows(zone: Zone, rows: RowTable, value: string): Uint8Array {
  const letters = Buffer.from(value.toLowerCase(), 'utf8').toString('latin1');
  const { text, starts } = ownersOf(zone);
  const begun = new Uint16Array(starts.length);
  for (let name = 0; name < begun.length; name++) {
    begun[name] = inOrder(text, starts[name] as number, starts[name + 1] ?? text.length, letters, 0);
  }
  const found = new Uint8Array(rows.count);
  for (const [file, { bytes }] of zone.files.entries()) {
    const list = rows.byFile[file] as Int32Array;
    const whole = latin1Of(bytes);
    for (let index = 0; index < list.length; index++) {
      const row = list[index] as number;
      const isRecord = (rows.kinds[row] as number) <= GENERATED_ROW;
      const owner = isRecord ? (zone.owners[rows.refs[row] as number] as number) : -1;
      const from = begun[owner] ?? 0;
      const end = rows.starts[list[index + 1] ?? -1] ?? whole.length;
      if (inOrder(whole, rows.starts[row] as number, end, letters, from) === letters.length) found[row] = 1;
    }
  }
  return found;
}

/** How many of the letters are found in their order, of which some were found before. */
function inOrder(text: string, start: number, end: number, letters: string, before: number): number {
  let wanted = before;
  for (let at = start; at < end && wanted < letters.length; at++) {
    const code = text.charCodeAt(at);
    const lower = code >= 0x41 && code <= 0x5a ? code | 0x20 : code;
    if (lower === letters.charCodeAt(wanted)) wanted++;
  }
  return wanted;
}

/** Records of a type; what names none is the beginning of the names of several. */
function typeRows(zone: Zone, rows: RowTable, value: string): Uint8Array {
  const one = typeFromText(value);
  const wanted = new Map<number, boolean>();
  const fits = (type: number): boolean => {
    if (one !== undefined) return type === one;
    const known = wanted.get(type) ?? typeName(type).toLowerCase().startsWith(value.toLowerCase());
    wanted.set(type, known);
    return known;
  };
  return rowsWhere(rows, (row) => {
    if ((rows.kinds[row] as number) <= GENERATED_ROW) return fits(zone.types[rows.refs[row] as number] as number);
    return false;
  });
}

function ruleRows(state: EditorState, value: string): Uint8Array {
  const found = new Uint8Array(state.list.rows.count);
  const { rowOf } = problemRows(state);
  const wanted = value.toLowerCase();
  for (const [index, { rule }] of state.problems.all.entries()) {
    const row = rowOf[index] as number;
    if (row >= 0 && rule.includes(wanted)) found[row] = 1;
  }
  return found;
}

function changedRows(state: EditorState): Uint8Array {
  const { zone, changed } = state.document;
  const { rows } = state.list;
  const found = new Uint8Array(rows.count);
  for (const [file, { name }] of zone.files.entries()) {
    const list = rows.byFile[file] as Int32Array;
    for (const { start, end } of changed.get(name) ?? []) {
      const first = rowAt(rows, file, start);
      if (first < 0) continue;
      // What was only taken away leaves no row that differs, unless it stood inside of one.
      const inside = (rows.starts[first] as number) < start ? rowEnd(zone, rows, first) > start : end > start;
      if (inside) found[first] = 1;
      for (let index = firstBehind(rows, list, start); index < list.length; index++) {
        const row = list[index] as number;
        if ((rows.starts[row] as number) >= end) break;
        found[row] = 1;
      }
    }
  }
  return found;
}
