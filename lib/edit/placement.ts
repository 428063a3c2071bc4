import { equalNames, isWithin, nameKey } from '../rr/name.ts';
import type { SourceFile } from '../text/diagnostic.ts';
import { Entry, scanEntry } from '../text/entry.ts';
import { lookAt } from '../zone/look.ts';
import type { Zone } from '../zone/zone.ts';
import type { Where } from './change.ts';
import type { FilePlace } from './reading-order.ts';
import type { Scopes } from './scopes.ts';

/** A place for new lines, and the record whose layout they take (-1 when there is none). */
export interface LinePlace extends FilePlace {
  readonly near: number;
}

/** Finds the places where a person would put records. */
export class Placement {
  private readonly zone: Zone;
  private readonly scopes: Scopes;
  private readonly entry = new Entry();
  private readonly shared: ReadonlySet<string>;
  private readonly writable: (file: SourceFile) => boolean;
  private byOwner: { readonly last: Int32Array; readonly before: Int32Array } | undefined;
  private readonly ofType = new Map<string, number>();

  constructor(zone: Zone, scopes: Scopes, writable: (file: SourceFile) => boolean) {
    this.zone = zone;
    this.scopes = scopes;
    this.writable = writable;
    const seen = new Set<string>();
    const shared = zone.files.map(({ name }) => name).filter((name) => seen.size === seen.add(name).size);
    this.shared = new Set(shared);
  }

  /** Why a file may not be edited. */
  refusal(file: number): 'shared-file' | 'read-only-file' | undefined {
    const source = this.zone.files[file];
    if (source === undefined || this.shared.has(source.name)) return 'shared-file';
    return this.writable(source) ? undefined : 'read-only-file';
  }

  /** The place for a record: beside its RRset, its owner, records of its type in a fitting `$ORIGIN`, else at the end. */
  for(owner: Uint8Array, type: number): LinePlace {
    return (
      this.besideRrset(owner, type) ?? this.besideOwner(owner) ?? this.besideType(owner, type) ?? this.atEnd(owner)
    );
  }

  besideRrset(owner: Uint8Array, type: number): LinePlace | undefined {
    return this.lastOf(owner, (record) => this.zone.types[record] === type);
  }

  besideOwner(owner: Uint8Array): LinePlace | undefined {
    return this.lastOf(owner, () => true);
  }

  /** Behind the last record of the type, or rather behind the records of the same owner that follow it. */
  besideType(owner: Uint8Array, type: number): LinePlace | undefined {
    const { zone } = this;
    let record = this.lastOfType(type, this.nearestScope(owner));
    if (record < 0) return undefined;
    while (
      record + 1 < zone.count &&
      zone.fileOf[record + 1] === zone.fileOf[record] &&
      zone.owners[record + 1] === zone.owners[record] &&
      this.usable(record + 1)
    ) {
      record++;
    }
    return this.behind(record);
  }

  /** Behind the last entry of the zone's first file, before the comments that end it, or the last in a `$ORIGIN` that fits. */
  atEnd(owner: Uint8Array): LinePlace {
    const { scopes, zone } = this;
    const end = this.endOf(0);
    const scope = this.nearestScope(owner);
    if (equalNames(scopes.originAt(0, end.offset), scope)) return end;
    const record = this.lastOfType(-1, scope);
    return record >= 0 && zone.fileOf[record] === 0 ? this.behind(record) : end;
  }

  /** Behind the last record, directive or broken entry of a file. */
  endOf(file: number): LinePlace {
    const { zone, scopes } = this;
    const { order } = scopes;
    const length = zone.files[file]?.bytes.length ?? 0;
    const record = order.recordBefore(file, length + 1);
    const broken = order.brokenBefore(file, length + 1);
    let offset = this.start(file);
    if (record >= 0) offset = this.entryEnd(file, zone.entries[record] ?? 0);
    if (broken !== undefined) offset = Math.max(offset, broken.end);
    for (let index = order.directiveAt(file, length + 1) - 1; index >= 0; index--) {
      const directive = zone.directives[index];
      if (directive?.file !== file) continue;
      offset = Math.max(offset, this.entryEnd(file, directive.start));
      break;
    }
    return { file, offset, near: record };
  }

  /** The place that is meant, between two entries; undefined when there is none such. */
  at(where: Where): LinePlace | undefined {
    const { zone } = this;
    if ('endOf' in where) return zone.files[where.endOf] === undefined ? undefined : this.endOf(where.endOf);
    if ('file' in where) return this.atOffset(where.file, where.offset);
    const record = 'after' in where ? where.after : where.before;
    if (!Number.isInteger(record) || record < 0 || record >= zone.count) return undefined;
    if ('after' in where) return this.behind(record);
    return { file: zone.fileOf[record] ?? 0, offset: zone.entries[record] ?? 0, near: record };
  }

  private behind(record: number): LinePlace {
    const file = this.zone.fileOf[record] ?? 0;
    return { file, offset: this.entryEnd(file, this.zone.entries[record] ?? 0), near: record };
  }

  /** The start of the entry that begins at an offset, else the end of the one around it. */
  private atOffset(file: number, offset: number): LinePlace | undefined {
    const { zone, scopes, entry } = this;
    const bytes = zone.files[file]?.bytes;
    if (bytes === undefined || !Number.isInteger(offset) || offset < 0 || offset > bytes.length) return undefined;
    const record = scopes.order.recordBefore(file, offset + 1);
    let at = Math.max(this.start(file), record < 0 ? 0 : (zone.entries[record] ?? 0));
    while (at < offset) {
      scanEntry(bytes, at, entry);
      at = entry.end;
    }
    return { file, offset: at, near: record };
  }

  private start(file: number): number {
    const bytes = this.zone.files[file]?.bytes;
    return bytes?.[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  }

  private entryEnd(file: number, start: number): number {
    scanEntry(this.zone.files[file]?.bytes ?? new Uint8Array(0), start, this.entry);
    return this.entry.end;
  }

  /** Whether lines may be put behind a record, and like it: it has an entry of its own in a file that may be edited. */
  private usable(record: number): boolean {
    return this.refusal(this.zone.fileOf[record] ?? 0) === undefined && lookAt(this.zone, record, this.entry).written;
  }

  /** The records of an owner in the order of the zone. */
  recordsOf(owner: Uint8Array): number[] {
    const id = this.zone.names.find(owner);
    const { last, before } = this.owners();
    const found: number[] = [];
    for (let record = last[id] ?? -1; record >= 0; record = before[record] ?? -1) found.push(record);
    return found.reverse();
  }

  private lastOf(owner: Uint8Array, wanted: (record: number) => boolean): LinePlace | undefined {
    const record = this.recordsOf(owner).findLast((each) => wanted(each) && this.usable(each));
    return record === undefined ? undefined : this.behind(record);
  }

  /** For each name its last record, and for each record the one of the same owner before it. */
  private owners(): { readonly last: Int32Array; readonly before: Int32Array } {
    if (this.byOwner !== undefined) return this.byOwner;
    const { owners, count, names } = this.zone;
    const last = new Int32Array(names.count).fill(-1);
    const before = new Int32Array(count);
    for (let record = 0; record < count; record++) {
      const owner = owners[record] as number;
      before[record] = last[owner] as number;
      last[owner] = record;
    }
    this.byOwner = { last, before };
    return this.byOwner;
  }

  /** The longest `$ORIGIN` of the zone that an owner lies in. */
  private nearestScope(owner: Uint8Array): Uint8Array {
    let best = this.zone.origin;
    for (const scopes of this.scopes.origins) {
      for (const { origin } of scopes) if (origin.length > best.length && isWithin(owner, origin)) best = origin;
    }
    return best;
  }

  /** The last record of a type (-1: of any) under a `$ORIGIN`, else under any; -1 when there is none. */
  private lastOfType(type: number, scope: Uint8Array): number {
    const key = `${type} ${nameKey(scope)}`;
    const known = this.ofType.get(key);
    if (known !== undefined) return known;
    const { zone, scopes } = this;
    let fallback = -1;
    let found = -1;
    for (let record = zone.count - 1; record >= 0 && found < 0; record--) {
      if (type >= 0 && zone.types[record] !== type) continue;
      const fits = equalNames(scopes.originAt(zone.fileOf[record] ?? 0, zone.entries[record] ?? 0), scope);
      if ((!fits && fallback >= 0) || !this.usable(record)) continue;
      if (fits) found = record;
      else fallback = record;
    }
    const record = found < 0 ? fallback : found;
    this.ofType.set(key, record);
    return record;
  }
}
