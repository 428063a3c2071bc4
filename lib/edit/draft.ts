import { canonicalRdata, checkRdata } from '../rr/codec.ts';
import { equalNames, isWithin, nameKey, nameLength, nameToText } from '../rr/name.ts';
import { MAX_TTL } from '../rr/ttl.ts';
import { typeRow, typeToText } from '../rr/types.ts';
import type { Args, SourceFile } from '../text/diagnostic.ts';
import { Entry } from '../text/entry.ts';
import { lookAt } from '../zone/look.ts';
import { nextSerial } from '../zone/serial.ts';
import type { Zone } from '../zone/zone.ts';
import type { Change, CommentFate, NewRecord, Where } from './change.ts';
import type { ChangeProblem, ChangeProblemCode } from './change-problem.ts';
import { commentedLines } from './commented-lines.ts';
import { type LinePlace, Placement } from './placement.ts';
import { Scopes } from './scopes.ts';
import { serialOf, soaRecord } from './serial.ts';

/** What is to become of a record; parts that are not set stay as they are. */
export interface Wish {
  fate: 'stay' | 'removed' | 'commented' | 'moved';
  comments: CommentFate;
  owner?: Uint8Array;
  ttl?: number;
  type?: number;
  rdata?: Uint8Array;
}

/** Lines to be written at a place: a new record, one from elsewhere, or text (which may stand for the octets up to `end`). */
export type Piece = LinePlace & {
  readonly change: number;
  readonly content:
    | { readonly kind: 'new'; readonly record: NewRecord }
    | { readonly kind: 'moved'; readonly record: number }
    | { readonly kind: 'text'; readonly text: string; readonly end: number };
};

/** All that a list of changes asks of a zone, record by record and place by place, or the first thing that stands against it. */
export class Draft {
  readonly zone: Zone;
  readonly scopes: Scopes;
  readonly placement: Placement;
  readonly wishes: Map<number, Wish> = new Map();
  /** Pieces by their place. */
  private readonly places: Map<string, Piece[]> = new Map();
  private readonly byOwner: Map<string, Piece[]> = new Map();
  problem: ChangeProblem | undefined;
  private change = -1;
  private readonly entry = new Entry();

  constructor(zone: Zone, changes: readonly Change[], writable: (file: SourceFile) => boolean) {
    this.zone = zone;
    this.scopes = new Scopes(zone);
    this.placement = new Placement(zone, this.scopes, writable);
    if (zone.files.length === 0) this.refuse('no-file', {});
    for (const [index, change] of changes.entries()) {
      if (this.problem !== undefined) break;
      this.change = index;
      this.take(change);
    }
    this.change = -1;
  }

  /** What is to be written, those of one place in their order. */
  get pieces(): Piece[] {
    return [...this.places.values()].flat();
  }

  /** Notes what stands against the changes, if nothing did before. */
  refuse(code: ChangeProblemCode, args: Args, change: number = this.change): void {
    this.problem ??= { code, args, change };
  }

  private take(change: Change): void {
    switch (change.kind) {
      case 'add':
        for (const record of change.records) this.add(record, change.where);
        return;
      case 'replace':
        this.replace(change.record, change.by);
        return;
      case 'replace-rrset':
        this.replaceRrset(change.owner, change.type, change.rdatas, change.ttl);
        return;
      case 'remove':
        this.each(change.records, (wish) => this.fate(wish, 'removed', change.comments));
        return;
      case 'remove-rrset':
        this.each(this.rrset(change), (wish) => this.fate(wish, 'removed', change.comments));
        return;
      case 'move':
        this.move(change.records, change.where);
        return;
      case 'set-ttl':
        this.each(change.records, (wish, record) => this.set(wish, record, { ttl: change.ttl }));
        return;
      case 'set-rrset-ttl':
        this.each(this.rrset(change), (wish, record) => this.set(wish, record, { ttl: change.ttl }));
        return;
      case 'set-owner':
        this.each(change.records, (wish, record) => this.set(wish, record, { owner: change.owner }));
        return;
      case 'comment-out':
        this.each(change.records, (wish) => this.fate(wish, 'commented', 'keep'));
        return;
      case 'uncomment':
        this.uncomment(change.file, change.start, change.end);
        return;
      case 'raise-serial':
        this.raiseSerial(change.now, change.style);
        return;
      case 'insert-text':
        this.insertText(change.text, change.where);
        return;
    }
  }

  /** Calls back with the wish of each record that can be edited. */
  private each(records: readonly number[], act: (wish: Wish, record: number) => void): void {
    for (const record of records) {
      if (this.problem !== undefined) return;
      const wish = this.wish(record);
      if (wish !== undefined) act(wish, record);
    }
  }

  private wish(record: number): Wish | undefined {
    const { zone } = this;
    if (!Number.isInteger(record) || record < 0 || record >= zone.count) {
      this.refuse('no-such-record', { record: String(record) });
      return undefined;
    }
    const known = this.wishes.get(record);
    if (known !== undefined) return known;
    const file = zone.fileOf[record] ?? 0;
    const refusal = this.placement.refusal(file);
    if (refusal !== undefined) this.refuse(refusal, { file: zone.files[file]?.name ?? '' });
    else if (!lookAt(zone, record, this.entry).written) {
      const owner = nameToText(zone.ownerOf(record));
      this.refuse('generated', { owner, type: typeToText(zone.types[record] ?? 0) });
    }
    if (this.problem !== undefined) return undefined;
    const wish: Wish = { fate: 'stay', comments: 'keep' };
    this.wishes.set(record, wish);
    return wish;
  }

  private fate(wish: Wish, fate: Wish['fate'], comments: CommentFate): void {
    if (wish.fate !== 'stay' && (wish.fate !== fate || fate === 'moved')) this.conflict(wish);
    wish.fate = fate;
    wish.comments = comments;
    if (fate === 'commented' || fate === 'removed') this.withoutParts(wish);
  }

  private withoutParts(wish: Wish): void {
    if (wish.owner ?? wish.ttl ?? wish.rdata) this.conflict(wish);
  }

  private conflict(wish: Wish): void {
    const record = [...this.wishes].find(([, each]) => each === wish)?.[0] ?? 0;
    const type = typeToText(this.zone.types[record] ?? 0);
    this.refuse('conflict', { what: `the ${type} record of ${nameToText(this.zone.ownerOf(record))}` });
  }

  private set(
    wish: Wish,
    record: number,
    parts: { owner?: Uint8Array; ttl?: number; type?: number; rdata?: Uint8Array },
  ): void {
    const { zone } = this;
    const { owner, ttl, type, rdata } = parts;
    if (wish.fate === 'removed' || wish.fate === 'commented') {
      this.conflict(wish);
      return;
    }
    if (ttl !== undefined && !this.goodTtl(ttl)) return;
    if (owner !== undefined && !this.goodOwner(owner)) return;
    const differs =
      (owner !== undefined && wish.owner !== undefined && !equalNames(owner, wish.owner)) ||
      (ttl !== undefined && wish.ttl !== undefined && ttl !== wish.ttl) ||
      (rdata !== undefined && wish.rdata !== undefined && Buffer.compare(rdata, wish.rdata) !== 0);
    if (differs) {
      this.conflict(wish);
      return;
    }
    if (ttl !== undefined) wish.ttl = ttl;
    if (owner !== undefined && !equalNames(owner, zone.ownerOf(record))) wish.owner = owner;
    if (type !== undefined && type !== zone.types[record]) wish.type = type;
    if (rdata !== undefined && Buffer.compare(rdata, zone.rdataOf(record)) !== 0) wish.rdata = rdata;
  }

  private replace(record: number, by: NewRecord): void {
    if (!this.good(by)) return;
    const { owner, ttl, type, rdata } = by;
    this.each([record], (wish) =>
      this.set(wish, record, { owner, type, rdata, ...(ttl === undefined ? {} : { ttl }) }),
    );
  }

  /** The records of an owner and type; a problem when there are none. */
  private rrset({ owner, type }: { readonly owner: Uint8Array; readonly type: number }): number[] {
    const found = this.existing(owner, type);
    if (found.length === 0) this.refuse('no-such-rrset', { owner: shownName(owner), type: typeToText(type) });
    return found;
  }

  private existing(owner: Uint8Array, type: number): number[] {
    const records = wellFormed(owner) ? this.placement.recordsOf(owner) : [];
    return records.filter((record) => this.zone.types[record] === type);
  }

  private replaceRrset(owner: Uint8Array, type: number, rdatas: readonly Uint8Array[], ttl: number | undefined): void {
    const records = this.existing(owner, type);
    const rest = [...rdatas];
    const leaving: number[] = [];
    for (const record of records) {
      const canonical = canonicalRdata(type, this.zone.rdataOf(record));
      const same = rest.findIndex((rdata) => Buffer.compare(canonicalRdata(type, rdata), canonical) === 0);
      if (same < 0) leaving.push(record);
      else {
        rest.splice(same, 1);
        if (ttl !== undefined) this.each([record], (wish) => this.set(wish, record, { ttl }));
      }
    }
    const given = ttl ?? this.zone.ttls[records[0] ?? -1];
    const made = rest.map((rdata) => ({ owner, type, rdata, ...(given === undefined ? {} : { ttl: given }) }));
    for (const record of leaving) {
      const by = made.shift();
      if (by !== undefined) this.replace(record, by);
      else this.each([record], (wish) => this.fate(wish, 'removed', 'keep'));
    }
    for (const record of made) this.add(record, undefined);
  }

  private add(record: NewRecord, where: Where | undefined): void {
    if (this.problem !== undefined || !this.good(record)) return;
    const { zone } = this;
    const rrset = this.existing(record.owner, record.type);
    const canonical = canonicalRdata(record.type, record.rdata);
    const same = rrset.find((each) => Buffer.compare(canonicalRdata(record.type, zone.rdataOf(each)), canonical) === 0);
    const wish = this.wishes.get(same ?? -1);
    const stays =
      wish === undefined || ((wish.fate === 'stay' || wish.fate === 'moved') && !(wish.rdata ?? wish.owner));
    if (same !== undefined && stays) {
      const { ttl } = record;
      if (ttl !== undefined) this.each([same], (wish) => this.set(wish, same, { ttl }));
      return;
    }
    const made = this.madeFor(record.owner).some(
      ({ content }) => content.kind === 'new' && sameRecord(content.record, record),
    );
    if (made) return;
    const ttl = record.ttl ?? this.wishes.get(rrset[0] ?? -1)?.ttl ?? zone.ttls[rrset[0] ?? -1];
    const place = where === undefined ? this.placeOf(record) : this.placement.at(where);
    this.put(place, { kind: 'new', record: ttl === undefined ? record : { ...record, ttl } });
  }

  /** Beside its RRset or owner in the zone, else beside what is added for that owner anyway. */
  private placeOf({ owner, type }: NewRecord): LinePlace {
    const { placement } = this;
    const made = this.madeFor(owner).at(-1);
    return placement.besideRrset(owner, type) ?? placement.besideOwner(owner) ?? made ?? placement.for(owner, type);
  }

  private put(place: LinePlace | undefined, content: Piece['content']): void {
    if (place === undefined) {
      this.refuse('no-such-place', { what: 'it lies outside of the zone’s files' });
      return;
    }
    const { file, offset, near } = place;
    const refusal = this.placement.refusal(file);
    if (refusal !== undefined) {
      this.refuse(refusal, { file: this.zone.files[file]?.name ?? '' });
      return;
    }
    const piece: Piece = { file, offset, near, content, change: this.change };
    const key = `${file} ${offset}`;
    const here = this.places.get(key) ?? [];
    this.places.set(key, here);
    const { owner } = content.kind === 'new' ? content.record : {};
    if (owner === undefined) {
      here.push(piece);
      return;
    }
    // Lines of one owner stay together at a place.
    const alike = this.madeFor(owner);
    const last = alike.findLast((each) => each.file === file && each.offset === offset);
    here.splice(last === undefined ? here.length : here.indexOf(last) + 1, 0, piece);
    alike.push(piece);
  }

  /** The pieces that are new records of an owner; what is put in here is kept. */
  private madeFor(owner: Uint8Array): Piece[] {
    const key = nameKey(owner);
    const known = this.byOwner.get(key) ?? [];
    this.byOwner.set(key, known);
    return known;
  }

  private move(records: readonly number[], where: Where): void {
    for (const record of records) {
      this.each([record], (wish) => {
        this.fate(wish, 'moved', 'keep');
        this.put(this.placement.at(where), { kind: 'moved', record });
      });
    }
  }

  private insertText(text: string, where: Where | undefined): void {
    const place = where === undefined ? this.placement.endOf(0) : this.placement.at(where);
    this.put(place, { kind: 'text', text, end: place?.offset ?? 0 });
  }

  private uncomment(file: number, start: number, end: number): void {
    const bytes = this.zone.files[file]?.bytes;
    const place = this.placement.at({ file, offset: start });
    const found = bytes === undefined || place === undefined ? undefined : commentedLines(bytes, start, end);
    if (place === undefined || found === undefined) {
      this.refuse('no-such-place', { what: `offset ${start}` });
      return;
    }
    if ('problem' in found) {
      this.refuse('not-a-comment', { what: found.problem });
      return;
    }
    this.put({ ...place, offset: found.start }, { kind: 'text', text: found.text, end: found.end });
  }

  private raiseSerial(now: number, style: Parameters<typeof nextSerial>[2]): void {
    const record = soaRecord(this.zone);
    const serial = serialOf(this.zone);
    if (record < 0 || serial === undefined) {
      this.refuse('no-soa', {});
      return;
    }
    if (!Number.isFinite(now) || Math.abs(now) > 8.64e15) {
      this.refuse('bad-serial', { what: 'the time is none' });
      return;
    }
    this.each([record], (wish) => {
      const rdata = (wish.rdata ?? this.zone.rdataOf(record)).slice();
      // The serial is the first of the five numbers that end a SOA (RFC 1035 §3.3.13).
      new DataView(rdata.buffer).setUint32(rdata.length - 20, nextSerial(serial, now, style));
      if (wish.fate === 'stay' || wish.fate === 'moved') wish.rdata = rdata;
      else this.conflict(wish);
    });
  }

  private good(record: NewRecord): boolean {
    const { type, rdata, ttl, owner } = record;
    if (!this.goodOwner(owner) || (ttl !== undefined && !this.goodTtl(ttl))) return false;
    const row = typeRow(type);
    if (!Number.isInteger(type) || type < 1 || type > 65535 || row?.meta !== undefined) {
      this.refuse('bad-rdata', { type: typeToText(type), what: 'it cannot be zone data' });
      return false;
    }
    const check = row?.generic ? { ok: true as const } : checkRdata(type, rdata);
    if (check.ok && rdata.length <= 65535) return true;
    const what = check.ok
      ? 'more than 65535 octets'
      : `expected ${check.expected} as ${check.field} at octet ${check.at}`;
    this.refuse('bad-rdata', { type: typeToText(type), what });
    return false;
  }

  private goodOwner(owner: Uint8Array): boolean {
    if (!wellFormed(owner)) this.refuse('bad-name', { what: shownName(owner) });
    else if (!isWithin(owner, this.zone.origin)) {
      this.refuse('outside-zone', { owner: nameToText(owner), zone: nameToText(this.zone.origin) });
    }
    return this.problem === undefined;
  }

  private goodTtl(ttl: number): boolean {
    if (Number.isInteger(ttl) && ttl >= 0 && ttl <= MAX_TTL) return true;
    this.refuse('bad-ttl', { ttl: String(ttl) });
    return false;
  }
}

function wellFormed(name: Uint8Array): boolean {
  return name.length > 0 && nameLength(name, 0) === name.length;
}

function shownName(name: Uint8Array): string {
  return wellFormed(name) ? nameToText(name) : `a run of ${name.length} octets`;
}

function sameRecord(a: NewRecord, b: NewRecord): boolean {
  return a.type === b.type && equalNames(a.owner, b.owner) && Buffer.compare(a.rdata, b.rdata) === 0;
}
