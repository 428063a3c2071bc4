import { parseRdata } from '../rr/codec.ts';
import { shown } from '../rr/found.ts';
import { readNameWord } from '../rr/name.ts';
import { NOTES, type ProblemCode } from '../rr/problem.ts';
import { TYPE } from '../rr/types.ts';
import type { Args, Place, SourceFile } from '../text/diagnostic.ts';
import { COMMENT_TOKEN, Entry, type EntryFault, OPEN_TOKEN, scanEntry } from '../text/entry.ts';
import { ByteSink } from '../text/sink.ts';
import { type DirectiveHost, Directives } from './directives.ts';
import { expectedRdata, FastReader } from './fast.ts';
import { emptyHeader, readHeader } from './header.ts';
import { READ_LIMITS, type ReadInclude, type ReadLimits, type ReadOptions } from './options.ts';
import { addProblem, addRecord, type ReadState } from './state.ts';
import { Zone } from './zone.ts';

const CRLF: Args = {
  found: 'a line end of carriage return and line feed',
  refusedBy: 'Knot DNS',
  hint: 'end lines with a line feed',
};
const LONE_RETURN: Args = { expected: 'a blank or a line end', found: '\\013 (a carriage return alone)' };

/** TTL of records when neither they, a `$TTL` nor a SOA before them says one. */
const LAST_RESORT_TTL = 3600;

/** Reads a zone from its master files. Never throws for what stands in them: problems are kept beside the records. */
export function readZone(options: ReadOptions): Zone {
  const { bytes } = options;
  const records = Math.max(16, Math.ceil(bytes.length / 44));
  const zone = new Zone(options.origin, records, expectedRdata(bytes.length));
  const reader = new Reader(zone, options);
  reader.file({ name: options.name, bytes });
  return zone;
}

/** Octets after which a parenthesis counts as never closed when more of the file is to come: more than any RDATA takes. */
const FAR_ENOUGH = 1 << 26;

/** Reads the files of one zone in turn; ordinary entries by the fast path, all others by the close look. */
export class Reader implements DirectiveHost {
  readonly state: ReadState;
  readonly limits: ReadLimits;
  readonly readInclude: ReadInclude | undefined;
  private readonly fast: FastReader | undefined;
  private readonly directives: Directives;
  private readonly entry = new Entry();
  private readonly header = emptyHeader();
  private readonly sink = new ByteSink(64);
  private fatal = false;
  private errors = 0;
  private gaveUp = false;
  private saidTtl = false;
  private notes: [ProblemCode, number, number, Args][] = [];

  constructor(zone: Zone, options: Omit<ReadOptions, 'bytes'>) {
    this.state = {
      zone,
      file: 0,
      origin: zone.origin,
      defaultTtl: -1,
      lastTtl: -1,
      lastOwner: -1,
      expandedFrom: -1,
      expandedTo: -1,
    };
    this.limits = options.limits ?? READ_LIMITS;
    this.readInclude = options.readInclude;
    this.fast = options.fast === false ? undefined : new FastReader(this.state);
    this.directives = new Directives(this);
  }

  /** Reads one whole file, `included` by another or not; origin and owner are as before when it returns. */
  file(source: SourceFile): void {
    const { state } = this;
    const { zone } = state;
    const before = { file: state.file, origin: state.origin, lastOwner: state.lastOwner };
    state.file = zone.files.length;
    zone.files.push(source);
    const start = this.byteOrderMark(source.bytes);
    this.carriageReturns(source.bytes);
    this.text(source.bytes, start);
    state.file = before.file;
    state.origin = before.origin;
    state.lastOwner = before.lastOwner;
  }

  /** Octets of the byte order mark that a file begins with, which is said to be wrong. */
  byteOrderMark(bytes: Uint8Array): number {
    if (bytes[0] !== 0xef || bytes[1] !== 0xbb || bytes[2] !== 0xbf) return 0;
    const expected = 'the first entry (save the file without a byte order mark)';
    addProblem(this.state, 'parse-error', 0, 3, { expected, found: 'a byte order mark' });
    return 3;
  }

  /** Says once that lines end in CRLF, and on which lines a carriage return stands alone, which no server reads. */
  carriageReturns(bytes: Uint8Array): void {
    // Buffer searches several times as fast as Uint8Array.
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    let pairs = 0;
    let at = buffer.indexOf(0x0d);
    while (at >= 0) {
      const next = buffer.indexOf(0x0a, at);
      const end = next < 0 ? bytes.length : next;
      if (at + 1 === end) {
        if (pairs++ === 0) addProblem(this.state, 'nonportable', at, at + 1, CRLF);
      } else if (!inComment(bytes, at)) addProblem(this.state, 'parse-error', at, at + 1, LONE_RETURN);
      at = buffer.indexOf(0x0d, end);
    }
  }

  /** Reads all entries of `bytes` from `start` on. */
  text(bytes: Uint8Array, start: number): void {
    this.part(bytes, start, true);
  }

  /** Reads the entries of `bytes` from `start` on; the offset of the first whose end may be further on, unless these are the last octets. */
  part(bytes: Uint8Array, start: number, last: boolean): number {
    const limit = bytes.lastIndexOf(0x0a) + 1;
    let at = start;
    while (at < bytes.length && !this.gaveUp) {
      if (this.fast !== undefined && at < limit) at = this.fast.run(bytes, at, limit);
      if (at < bytes.length) {
        const end = this.closeEntry(bytes, at, last);
        if (end < 0) return at;
        at = end;
      }
      if (this.errors > this.limits.broken) this.giveUp(at);
    }
    return bytes.length;
  }

  /** Stops reading; the rest of the zone counts as one broken entry, so that nobody calls its records absent. */
  private giveUp(at: number): void {
    if (this.gaveUp) return;
    this.gaveUp = true;
    const { state } = this;
    const expected = `at most ${this.limits.broken} broken entries (the rest of the zone is not read)`;
    addProblem(state, 'parse-error', at, at, { expected, found: `${this.errors}` });
    state.zone.broken.push({ file: state.file, start: at, end: at, owner: -1, type: -1 });
  }

  /** Reads the entry at `at` by the close look; the offset behind it, -1 when that may be further on. */
  private closeEntry(bytes: Uint8Array, at: number, last: boolean): number {
    const { entry } = this;
    scanEntry(bytes, at, entry);
    if (!last && entry.seen === bytes.length && (entry.end === entry.seen || entry.seen - at < FAR_ENOUGH)) return -1;
    this.fatal = false;
    for (const problem of entry.problems) {
      const { fault, start, end } = problem;
      this.report(codeOf(fault), start, end, { what: fault });
    }
    const end = entry.end;
    if (entry.wordCount === 0) return end;
    if (!entry.blankStart && bytes[entry.wordStart(0)] === 0x24 && !entry.wordQuoted(0)) {
      const notes: typeof this.notes = [];
      this.notes = notes;
      this.directives.read(entry, this.report);
      for (const [code, from, to, args] of notes) addProblem(this.state, code, from, to, args);
    } else this.record(entry);
    return end;
  }

  private record(entry: Entry): void {
    const { state, header, sink } = this;
    const { zone } = state;
    this.notes = [];
    const owner = this.owner(entry);
    const named = readHeader(entry, header, this.report);
    if (named) this.zoneClassOf(entry);
    const recordClass = header.recordClass < 0 ? zone.zoneClass : header.recordClass;
    sink.length = 0;
    const context = { origin: state.origin, report: this.report };
    if (!named || !parseRdata(entry, header.rdataWord, header.type, context, sink) || owner < 0 || this.fatal) {
      this.broken(entry, owner, named ? header.type : -1);
      return;
    }
    if (recordClass !== zone.zoneClass) this.otherClass(entry);
    const ttl = this.ttlOf(entry);
    if (zone.rdata.length - zone.rdataUsed < sink.length) zone.growRdata(sink.length);
    zone.rdata.set(sink.bytes.subarray(0, sink.length), zone.rdataUsed);
    const place = state.expandedFrom < 0 ? entry.start : state.expandedFrom;
    const record = addRecord(state, owner, header.type, recordClass, ttl, zone.rdataUsed, sink.length, place);
    for (const [code, start, end, args] of this.notes) addProblem(state, code, start, end, args, record);
  }

  /** Name id of the entry's owner, -1 when it has none that can be read. */
  private owner(entry: Entry): number {
    const { state, sink } = this;
    const start = entry.wordStart(0);
    const end = entry.wordEnd(0);
    if (entry.blankStart) {
      if (entry.kinds[1] === OPEN_TOKEN) {
        const hint = 'open it behind the first word';
        this.report('nonportable', start, end, { found: 'a parenthesis that opens the line', refusedBy: 'NSD', hint });
      }
      if (state.lastOwner < 0) this.report('no-owner', start, end, { found: shown(entry.bytes, start, end) });
      return state.lastOwner;
    }
    if (entry.kinds[0] === OPEN_TOKEN) {
      this.report('nonportable', start, end, {
        found: 'a parenthesis before the owner',
        refusedBy: 'NSD and Knot DNS',
        hint: 'open it behind the owner',
      });
    }
    if (entry.wordQuoted(0)) {
      this.report('parse-error', start, end, { expected: 'an owner name', found: shown(entry.bytes, start, end) });
      state.lastOwner = -1;
      return -1;
    }
    sink.length = 0;
    if (!readNameWord(entry.bytes, start, end, state.origin, sink, this.report)) {
      state.lastOwner = -1;
      return -1;
    }
    state.lastOwner = state.zone.names.intern(sink.bytes, 0, sink.length);
    return state.lastOwner;
  }

  /** The first record that names a class sets the zone's. */
  private zoneClassOf(entry: Entry): void {
    const { zone } = this.state;
    const { recordClass, classWord } = this.header;
    if (zone.count + zone.forgotten > 0 || recordClass < 0 || recordClass === zone.zoneClass) return;
    zone.zoneClass = recordClass;
    this.report('nonportable', entry.wordStart(classWord), entry.wordEnd(classWord), {
      found: 'a zone of another class than IN',
      refusedBy: 'NSD and Knot DNS',
      hint: 'only IN is served everywhere',
    });
  }

  private otherClass(entry: Entry): void {
    const word = this.header.classWord;
    const start = entry.wordStart(word);
    const end = entry.wordEnd(word);
    const expected = this.state.zone.zoneClass;
    this.notes.push(['class-mismatch', start, end, { found: shown(entry.bytes, start, end), expected }]);
  }

  /** The TTL of the record in hand: its own, that of `$TTL`, the one before, or the SOA's MINIMUM (RFC 2308 §4). */
  private ttlOf(entry: Entry): number {
    const { state, header } = this;
    if (header.ttl >= 0) {
      state.lastTtl = header.ttl;
      return header.ttl;
    }
    if (state.defaultTtl >= 0) return state.defaultTtl;
    if (state.lastTtl >= 0) return state.lastTtl;
    const fromSoa = header.type === TYPE.SOA;
    const ttl = fromSoa ? soaMinimum(this.sink.slice()) : LAST_RESORT_TTL;
    // As BIND reads it: the records behind such a SOA take its MINIMUM too, until a $TTL.
    if (fromSoa) state.defaultTtl = ttl;
    if (!this.saidTtl) {
      this.saidTtl = true;
      const start = entry.wordStart(header.typeWord);
      this.notes.push([
        'ttl-missing',
        start,
        entry.wordEnd(header.typeWord),
        { assumed: ttl, from: fromSoa ? 'SOA' : 'none', hint: `add a $TTL line (${ttl} seconds is assumed)` },
      ]);
    }
    return ttl;
  }

  private broken(entry: Entry, owner: number, type: number): void {
    const { state } = this;
    const { expandedFrom, expandedTo, file } = state;
    const start = expandedFrom < 0 ? entry.start : expandedFrom;
    state.zone.broken.push({ file, start, end: expandedFrom < 0 ? entry.end : expandedTo, owner, type });
    for (const [code, from, to, args] of this.notes) addProblem(state, code, from, to, args);
  }

  /** Takes problems while an entry is read: notes wait for their record, all others make the entry broken. */
  readonly report = (code: ProblemCode, start: number, end: number, args: Args): void => {
    if (NOTES.has(code)) {
      this.notes.push([code, start, end, args]);
      return;
    }
    if (!(code === 'unbalanced-paren' && args.what === 'nested-paren')) this.fatal = true;
    this.errors++;
    addProblem(this.state, code, start, end, args);
  };

  /** The trail of a place in the current file, for an include from there. */
  place(start: number, end: number): Place | undefined {
    const file = this.state.zone.files[this.state.file];
    return file === undefined ? undefined : { file, span: { start, end } };
  }
}

function codeOf(fault: EntryFault): ProblemCode {
  return fault === 'unclosed-quote' ? 'unclosed-quote' : 'unbalanced-paren';
}

function soaMinimum(rdata: Uint8Array): number {
  return new DataView(rdata.buffer, rdata.byteOffset).getUint32(rdata.length - 4);
}

/** Whether `at` lies in a comment: a semicolon outside quotes stands before it on its line. */
function inComment(bytes: Uint8Array, at: number): boolean {
  const entry = new Entry();
  scanEntry(bytes.subarray(0, at), bytes.lastIndexOf(0x0a, at) + 1, entry);
  return entry.kinds[entry.tokenCount - 1] === COMMENT_TOKEN;
}
