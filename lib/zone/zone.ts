import type { Problem } from '../rr/problem.ts';
import type { SourceFile } from '../text/diagnostic.ts';
import { NameTable } from './names.ts';
import { GAP, Room } from './room.ts';

/** A problem or note of the reader, with the file it is in and the record it belongs to (-1 when there is none). */
export interface ZoneProblem extends Problem {
  readonly file: number;
  readonly record: number;
}

/** An entry that could not become a record: what is known of it, so that nobody calls the record absent. */
export interface BrokenEntry {
  readonly file: number;
  readonly start: number;
  readonly end: number;
  /** Name id of the owner, -1 when unreadable. */
  readonly owner: number;
  /** RR type number, -1 when unreadable. */
  readonly type: number;
}

/** A directive of the zone file in the order met. */
export interface Directive {
  readonly kind: 'ORIGIN' | 'TTL' | 'INCLUDE' | 'GENERATE';
  readonly file: number;
  readonly start: number;
  readonly end: number;
  /** Records read before it. */
  readonly before: number;
}

/** Octets of names that are kept when records are forgotten: a zone of which no more is at hand has one spelling of each. */
const MANY_NAMES = 1 << 23;

/** Octets that the columns take for a record. */
const RECORD_OCTETS = 4 * 4 + 4 * 2;

/**
 * A zone as its files say it, right or wrong (CNAME beside MX, two SOA): one row per record in typed columns,
 * RDATA in wire form in one arena, names interned. Records keep the order of the files.
 */
export class Zone {
  /** Wire form of the zone's name. */
  readonly origin: Uint8Array;
  readonly names: NameTable;
  /** Name id of the zone's name. */
  readonly apex: number;
  readonly files: SourceFile[] = [];
  readonly problems: ZoneProblem[] = [];
  readonly broken: BrokenEntry[] = [];
  readonly directives: Directive[] = [];
  /** Class of the zone: that of its first record (1 = IN). */
  zoneClass = 1;
  count = 0;
  /** Records that were read before those at hand and are forgotten (see `forget`). */
  forgotten = 0;
  owners: Int32Array;
  types: Uint16Array;
  classes: Uint16Array;
  ttls: Uint32Array;
  rdataStarts: Uint32Array;
  rdataLengths: Uint16Array;
  /** Octet offset of the entry in its file. */
  entries: Uint32Array;
  /** Index into `files`. */
  fileOf: Uint16Array;
  rdata: Uint8Array;
  rdataUsed = 0;

  constructor(origin: Uint8Array, expectedRecords = 16, expectedRdata = 1024) {
    this.origin = origin;
    this.names = new NameTable(Math.ceil(expectedRecords / 2), origin.length);
    this.apex = this.names.intern(origin);
    const room = new Room(expectedRecords * RECORD_OCTETS + expectedRdata + 9 * GAP);
    this.owners = room.int32(expectedRecords);
    this.types = room.uint16(expectedRecords);
    this.classes = room.uint16(expectedRecords);
    this.ttls = room.uint32(expectedRecords);
    this.rdataStarts = room.uint32(expectedRecords);
    this.rdataLengths = room.uint16(expectedRecords);
    this.entries = room.uint32(expectedRecords);
    this.fileOf = room.uint16(expectedRecords);
    this.rdata = room.uint8(expectedRdata);
  }

  /** Wire-form RDATA of a record: a view, valid until more records are read. */
  rdataOf(record: number): Uint8Array {
    const start = this.rdataStarts[record] ?? 0;
    return this.rdata.subarray(start, start + (this.rdataLengths[record] ?? 0));
  }

  /** Wire form of a record's owner: a view. */
  ownerOf(record: number): Uint8Array {
    return this.names.wire(this.owners[record] ?? 0);
  }

  /** Drops all records, and names when they are many; the name id that `owner` has from now on. */
  forget(owner: number): number {
    const { names } = this;
    this.forgotten += this.count;
    this.count = 0;
    this.rdataUsed = 0;
    if (names.used < MANY_NAMES) return owner;
    const name = owner < 0 ? undefined : names.wire(owner).slice();
    names.clear();
    names.intern(this.origin);
    return name === undefined ? owner : names.intern(name);
  }

  /** Drops what was said of the files. */
  forgetProblems(): void {
    this.problems.length = 0;
    this.broken.length = 0;
    this.directives.length = 0;
  }

  /** Makes room for one more record in every column. */
  growRecords(): void {
    const size = Math.ceil(this.owners.length * 1.5) + 16;
    this.owners = grown(this.owners, new Int32Array(size));
    this.types = grown(this.types, new Uint16Array(size));
    this.classes = grown(this.classes, new Uint16Array(size));
    this.ttls = grown(this.ttls, new Uint32Array(size));
    this.rdataStarts = grown(this.rdataStarts, new Uint32Array(size));
    this.rdataLengths = grown(this.rdataLengths, new Uint16Array(size));
    this.entries = grown(this.entries, new Uint32Array(size));
    this.fileOf = grown(this.fileOf, new Uint16Array(size));
  }

  /** Makes room for `more` octets of RDATA. */
  growRdata(more: number): void {
    const arena = new Uint8Array(Math.ceil((this.rdataUsed + more) * 1.5));
    arena.set(this.rdata.subarray(0, this.rdataUsed));
    this.rdata = arena;
  }
}

function grown<T extends Int32Array | Uint32Array | Uint16Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
