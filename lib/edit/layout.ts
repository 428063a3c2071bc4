import { fieldSpans } from '../rr/layout.ts';
import { isWithin } from '../rr/name.ts';
import { typeRow } from '../rr/types.ts';
import { SPACE_TOKEN } from '../text/entry.ts';
import { onlyBlanks } from '../zone/edits.ts';
import { lookAt, type RecordLook } from '../zone/look.ts';
import type { Zone } from '../zone/zone.ts';
import { columnAfter, gapTo } from './columns.ts';

/** The parts of a record's line behind its owner. */
export type PartName = 'ttl' | 'class' | 'type' | 'rdata';

/** Where a part stands on the line of a record, with the blanks before it. */
interface Part {
  readonly name: PartName;
  readonly text: string;
  readonly gap: string;
  readonly column: number;
  /** Column at which the gap begins. */
  readonly behind: number;
}

/** How one record's line is laid out. */
interface Sample {
  /** The owner as written; empty when the line starts with a blank. */
  readonly owner: string;
  readonly parts: readonly Part[];
}

/** A record that is to be written in a layout: its words, the owner empty where it is taken over from the line before. */
export interface LineWords {
  readonly owner: string;
  readonly ttl: string;
  readonly class: string;
  readonly type: string;
  readonly rdata: string;
}

/** Records looked at from several places: each of them once while the places are near each other. */
export class NearRecords {
  readonly zone: Zone;
  readonly originOf: (record: number) => Uint8Array;
  private readonly slots: (NearRecord | undefined)[] = [];

  constructor(zone: Zone, originOf: (record: number) => Uint8Array) {
    this.zone = zone;
    this.originOf = originOf;
  }

  at(record: number): NearRecord {
    const slot = record % NEAR_SLOTS;
    const known = this.slots[slot];
    if (known?.record === record) return known;
    const look = lookAt(this.zone, record);
    const made = { record, look, sample: look.written ? sampleOf(look) : undefined };
    this.slots[slot] = made;
    return made;
  }
}

/** How records near a place are written, the nearest first. */
export class Layout {
  private readonly near: NearRecords;
  private readonly record: number;
  private all: readonly NearRecord[] | undefined;

  constructor(near: NearRecords, record: number) {
    this.near = near;
    this.record = record;
  }

  private get looks(): readonly NearRecord[] {
    this.all ??= [...this.nearest()];
    return this.all;
  }

  private get samples(): readonly Sample[] {
    return this.looks.flatMap(({ sample }) => sample ?? []);
  }

  private *nearest(): Iterable<NearRecord> {
    for (const record of neighbours(this.near.zone, this.record)) {
      const found = this.near.at(record);
      if (found.look.written) yield found;
    }
  }

  /** Whether class is written. */
  get hasClass(): boolean {
    return this.samples[0] === undefined || this.samples[0].parts.some(({ name }) => name === 'class');
  }

  /** Whether records that follow one of the same owner leave theirs out. */
  get blankOwners(): boolean {
    return leavesOwnersOut(this.looks, this.near.zone);
  }

  /** Whether every record states its TTL, also where the one before has the same. */
  get statesTtls(): boolean {
    return this.samples.length > 0 && this.samples.every(({ parts }) => parts.some(({ name }) => name === 'ttl'));
  }

  get relativeOwners(): boolean {
    const owner = this.samples.find((sample) => sample.owner !== '' && sample.owner !== '@')?.owner;
    return owner === undefined || !owner.endsWith('.');
  }

  get relativeNames(): boolean {
    return relativeNames(this.near.zone, this.looks, this.near.originOf) ?? false;
  }

  /** The column at which records near the place have their TTL; -1 when none has one. */
  get ttlColumn(): number {
    return this.partOf('ttl')?.column ?? -1;
  }

  /** A TTL as it is written near the place; empty when none is. */
  get ttlLike(): string {
    return this.partOf('ttl')?.text ?? '';
  }

  /** The letter case of a word as the nearest record has it. */
  cased(name: 'class' | 'type', word: string): string {
    const like = this.samples[0]?.parts.find((part) => part.name === name)?.text ?? '';
    return /[a-z]/.test(like) && !/[A-Z]/.test(like) ? word.toLowerCase() : word;
  }

  /** The line of a record, without its end. */
  line(words: LineWords): string {
    const classFirst = this.order().indexOf('class') < this.order().indexOf('ttl');
    const middle: PartName[] = classFirst ? ['class', 'ttl'] : ['ttl', 'class'];
    const parts = [...middle, 'type' as const, 'rdata' as const].filter((name) => words[name] !== '');
    let text = words.owner;
    for (const [index, name] of parts.entries()) {
      text += this.gap(text, name, index === 0 && words.owner === '') + words[name];
    }
    return text;
  }

  /** The parts in the order of the nearest record that has both a TTL and a class. */
  private order(): readonly PartName[] {
    const both = this.samples.find(({ parts }) =>
      ['ttl', 'class'].every((name) => parts.some((part) => part.name === name)),
    );
    return both === undefined ? ['ttl', 'class'] : both.parts.map(({ name }) => name);
  }

  private partOf(name: PartName): Part | undefined {
    for (const { sample } of this.nearest()) {
      const part = sample?.parts.find((each) => each.name === name);
      if (part !== undefined) return part;
    }
    return undefined;
  }

  /** The blanks between a line so far and the next part of it. */
  private gap(text: string, name: PartName, first: boolean): string {
    const column = columnAfter(text);
    if (first) {
      const blank = this.samples.find(({ owner }) => owner === '');
      const part = blank?.parts[0]?.name === name ? blank.parts[0] : blank?.parts.find((each) => each.name === name);
      const like = part ?? this.partOf(name) ?? blank?.parts[0];
      return like === undefined ? '    ' : gapTo(0, Math.max(1, like.column), like.gap.includes('\t'));
    }
    const like = this.partOf(name);
    if (like === undefined) return this.samples[0]?.parts[0]?.gap.includes('\t') ? '\t' : ' ';
    if (like.gap.includes('\t')) return gapTo(column, like.column, true);
    if (like.gap.length === 1 && !this.aligned(like)) return ' ';
    return gapTo(column, like.column, false);
  }

  /** Whether another record has the part in the same column behind a word that ends elsewhere. */
  private aligned(like: Part): boolean {
    return this.samples.some(({ parts }) =>
      parts.some((part) => sameColumn(part, like) && part.behind !== like.behind),
    );
  }
}

function sameColumn(a: Part, b: Part): boolean {
  return a.name === b.name && a.column === b.column;
}

const HOW_FAR = 12;

/** More than a layout looks at, so that going on by one record looks at one more. */
const NEAR_SLOTS = 4 * HOW_FAR;

/** Records near one in its file, itself first, then in turn those before and behind it. */
function* neighbours(zone: Zone, near: number): Iterable<number> {
  for (let distance = 0; near >= 0 && distance <= HOW_FAR; distance++) {
    for (const record of distance === 0 ? [near] : [near - distance, near + distance]) {
      if (record >= 0 && record < zone.count && zone.fileOf[record] === zone.fileOf[near]) yield record;
    }
  }
}

/** The layout of a record whose owner, TTL, class and type stand on one line; undefined for others. */
function sampleOf(look: RecordLook): Sample | undefined {
  const { entry, header } = look;
  const words: { name: PartName; word: number }[] = [
    { name: 'ttl' as const, word: header.ttlWord },
    { name: 'class' as const, word: header.classWord },
    { name: 'type' as const, word: header.typeWord },
  ];
  if (!onlyBlanksOrWords(entry.start, header.typeWord, look)) return undefined;
  const written = words.filter(({ word }) => word >= 0).sort((a, b) => a.word - b.word);
  const afterType = entry.wordEnd(header.typeWord);
  const { bytes } = entry;
  if (header.rdataWord < entry.wordCount && onlyBlanks(entry, afterType, entry.wordStart(header.rdataWord))) {
    written.push({ name: 'rdata', word: header.rdataWord });
  }
  const text = (start: number, end: number): string => decoder.decode(bytes.subarray(start, end));
  let at = header.ownerWord < 0 ? entry.start : entry.wordEnd(header.ownerWord);
  const owner = header.ownerWord < 0 ? '' : text(entry.start, at);
  let column = columnAfter(owner);
  const parts = written.map(({ name, word }) => {
    const start = entry.wordStart(word);
    const gap = text(at, start);
    const behind = column;
    const value = text(start, entry.wordEnd(word));
    column = columnAfter(gap, behind);
    const part = { name, text: value, gap, column, behind };
    column = columnAfter(value, column);
    at = entry.wordEnd(word);
    return part;
  });
  return { owner, parts };
}

const decoder = new TextDecoder();

/** Whether from a start to a word nothing but words and blanks stand. */
function onlyBlanksOrWords(start: number, last: number, { entry }: RecordLook): boolean {
  const end = entry.wordStart(last);
  for (let token = 0; token < entry.tokenCount; token++) {
    const at = entry.starts[token] ?? end;
    if (at >= end) break;
    if (at >= start && (entry.kinds[token] ?? 0) > SPACE_TOKEN) return false;
  }
  return true;
}

interface NearRecord {
  readonly record: number;
  readonly look: RecordLook;
  readonly sample: Sample | undefined;
}

/** Whether of the near records with the owner of the one before more leave it out than write it again. */
function leavesOwnersOut(looks: readonly NearRecord[], zone: Zone): boolean {
  let out = 0;
  for (const { record, look } of looks) {
    if (look.entry.blankStart) out++;
    else if (record > 0 && zone.owners[record] === zone.owners[record - 1]) out--;
  }
  return out > 0;
}

/** Whether the nearest name in RDATA that could be relative is written so; undefined when none could. */
function relativeNames(
  zone: Zone,
  looks: readonly NearRecord[],
  originOf: (record: number) => Uint8Array,
): boolean | undefined {
  for (const { record, look } of looks) {
    const found = writesRelative(zone, record, look, originOf(record));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether a record writes a name of its RDATA relative; undefined when it has none at or below the origin. */
export function writesRelative(
  zone: Zone,
  record: number,
  { entry, header }: RecordLook,
  origin: Uint8Array,
): boolean | undefined {
  const type = zone.types[record] ?? 0;
  const fields = typeRow(type)?.fields ?? [];
  if (fields.length === 0 || entry.bytes[entry.wordStart(header.rdataWord)] === 0x5c) return undefined;
  const rdata = zone.rdataOf(record);
  for (const [index, { start, end }] of fieldSpans(type, rdata).entries()) {
    if (fields[index]?.kind !== 'name' || header.rdataWord + index >= entry.wordCount) continue;
    const name = rdata.subarray(start, end);
    if (origin.length === 1 || !isWithin(name, origin)) continue;
    const word = header.rdataWord + index;
    return entry.bytes[entry.wordEnd(word) - 1] !== 0x2e;
  }
  return undefined;
}
