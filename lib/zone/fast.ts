import { BLANK, COMMENT, NEWLINE, ORDINARY } from '../text/classes.ts';
import { FastFields } from './fast-fields.ts';
import { isDigit, UNUSUAL, unitSeconds } from './fast-tables.ts';
import { addRecord, type ReadState } from './state.ts';

const IN = 1;
const LARGEST_TTL = 0x7fffffff;
/** Octets of room in the RDATA arena before each record: more than any RDATA. */
const SLACK = 0x20000;
/** How much longer than its text the RDATA of an entry may be: the origin behind its names. */
const GROWTH = 1024;

/** Octets of RDATA to make room for before a file of some octets is read: small files then need no more. */
export function expectedRdata(octets: number): number {
  return octets < SLACK ? octets + GROWTH : Math.ceil(octets / 1.7) + SLACK;
}

const ORIGIN = new TextEncoder().encode('$ORIGIN ');
const TTL = new TextEncoder().encode('$TTL ');

/**
 * The fast path through the master-file grammar: reads ordinary entries straight into the zone's columns and stops
 * at the first that has anything unusual, which the close look then reads. Both give the same records.
 */
export class FastReader extends FastFields {
  private state: ReadState;
  private owner = -1;
  private ownerStart = 0;
  private ownerEnd = 0;
  private ttl = -1;
  private type = -1;

  constructor(state: ReadState) {
    super();
    this.state = state;
  }

  /** Reads from `from`; the offset of the first entry left to the close look, or `limit` when all were read. */
  run(bytes: Uint8Array, from: number, limit: number): number {
    const { state } = this;
    this.bytes = bytes;
    this.limit = limit;
    if (this.origin !== state.origin) this.setOrigin(state.origin);
    this.owner = -1;
    this.ownerEnd = this.ownerStart = from;
    let at = from;
    while (at < limit) {
      const octet = bytes[at] as number;
      const kind = this.classOf[octet] as number;
      let end: number;
      if (kind === ORDINARY) end = octet === 0x24 ? this.directive(at) : this.record(at, this.readOwner(at));
      else if (kind === BLANK) end = this.blankEntry(at);
      else if (kind === NEWLINE) end = at;
      else if (kind === COMMENT) end = bytes.indexOf(0x0a, at);
      else end = UNUSUAL;
      if (end < 0) return at;
      at = end + 1;
    }
    return limit;
  }

  /** `$TTL` and `$ORIGIN` as they are mostly written; the offset of the newline that ends them, or UNUSUAL. */
  private directive(from: number): number {
    const { bytes, state } = this;
    this.depth = 0;
    const kind = startsWith(bytes, from, ORIGIN) ? 'ORIGIN' : startsWith(bytes, from, TTL) ? 'TTL' : undefined;
    if (kind === undefined || state.expandedFrom >= 0) return UNUSUAL;
    const at = this.skip(from + kind.length + 1);
    if (at < 0) return UNUSUAL;
    const end = kind === 'TTL' ? this.newTtl(at) : this.newOrigin(at);
    if (end < 0) return UNUSUAL;
    const newline = this.skip(end);
    if (newline < 0 || bytes[newline] !== 0x0a) return UNUSUAL;
    const { zone, file } = state;
    zone.directives.push({ kind, file, start: from, end, before: zone.count });
    if (kind === 'TTL') state.defaultTtl = this.ttl;
    else {
      state.origin = zone.names.arena.slice(zone.names.used, this.nameEnd);
      this.setOrigin(state.origin);
      this.owner = -1;
    }
    return newline;
  }

  private newTtl(at: number): number {
    return isDigit(this.bytes[at] as number) ? this.readTtl(at) : UNUSUAL;
  }

  /** Writes an absolute name where the next owner would stand. */
  private newOrigin(at: number): number {
    const { names } = this.state.zone;
    names.reserve();
    const end = this.plainName(at, names.arena, names.used);
    return end >= 0 && this.bytes[end - 1] === 0x2e ? end : UNUSUAL;
  }

  /** An entry that starts with blanks: empty, a comment, or a record with the owner of the one before. */
  private blankEntry(from: number): number {
    const { bytes, state } = this;
    let at = from + 1;
    while (this.classOf[bytes[at] as number] === BLANK) at++;
    const kind = this.classOf[bytes[at] as number];
    if (kind === NEWLINE) return at;
    if (kind === COMMENT) return bytes.indexOf(0x0a, at);
    if (kind !== ORDINARY || state.lastOwner < 0) return UNUSUAL;
    return this.record(from, at);
  }

  /** Reads an owner and sets lastOwner; an owner spelled as the one before is not read again. */
  private readOwner(at: number): number {
    const { bytes, state } = this;
    const known = this.ownerEnd - this.ownerStart;
    if (this.owner >= 0 && this.owner === state.lastOwner) {
      let same = 0;
      const start = this.ownerStart;
      while (same < known && bytes[start + same] === bytes[at + same]) same++;
      if (same === known && this.endsValue(bytes[at + known] as number)) return at + known;
    }
    const { names } = state.zone;
    names.reserve();
    const end = this.plainName(at, names.arena, names.used);
    if (end < 0) return UNUSUAL;
    const { nameEnd, nameHash, origin } = this;
    this.owner =
      this.lastLabel !== 0 && origin.length === names.apexLength
        ? names.internWrittenBelow(nameEnd, nameHash, this.lastLabel)
        : names.internWritten(nameEnd, nameHash);
    this.ownerStart = at;
    this.ownerEnd = end;
    return end;
  }

  /** Reads a record whose owner ends at `afterOwner`; the offset of the newline that ends it, or UNUSUAL. */
  private record(entry: number, afterOwner: number): number {
    if (afterOwner < 0) return UNUSUAL;
    const { state, bytes } = this;
    const { zone } = state;
    this.depth = 0;
    let at = this.header(afterOwner);
    if (at < 0) return UNUSUAL;
    const room = Math.min(SLACK, this.limit - entry + GROWTH);
    if (zone.rdata.length - zone.rdataUsed < room) zone.growRdata(room);
    this.rdata = zone.rdata;
    const start = zone.rdataUsed;
    this.out = start;
    const { type } = this;
    if (bytes[at] === 0x5c) at = this.generic(at, type);
    else {
      const fields = this.fieldsOf(type);
      if (fields.length === 0) return UNUSUAL;
      at = this.readFields(at, fields);
    }
    const length = this.out - start;
    if (at < 0 || length > 0xffff) return UNUSUAL;
    let { ttl } = this;
    if (ttl >= 0) state.lastTtl = ttl;
    else {
      ttl = state.defaultTtl >= 0 ? state.defaultTtl : state.lastTtl;
      if (ttl < 0) return UNUSUAL;
    }
    const owner = this.classOf[bytes[entry] as number] === BLANK ? state.lastOwner : this.owner;
    state.lastOwner = owner;
    addRecord(state, owner, type, IN, ttl, start, length, state.expandedFrom < 0 ? entry : state.expandedFrom);
    return at;
  }

  /** Reads TTL, class IN and type in any order the format allows; the offset of the RDATA, or UNUSUAL. */
  private header(from: number): number {
    const { bytes } = this;
    this.ttl = -1;
    let hasClass = false;
    let at = from;
    for (let part = 0; part < 3; part++) {
      while (this.classOf[bytes[at] as number] === BLANK) at++;
      const octet = bytes[at] as number;
      if (octet >= 0x30 && octet <= 0x39) {
        if (this.ttl >= 0) return UNUSUAL;
        at = this.readTtl(at);
        if (at < 0) return UNUSUAL;
      } else if (
        (octet | 0x20) === 0x69 &&
        ((bytes[at + 1] as number) | 0x20) === 0x6e &&
        this.endsValue(bytes[at + 2] as number)
      ) {
        if (hasClass || this.state.zone.zoneClass !== IN) return UNUSUAL;
        hasClass = true;
        at += 2;
      } else {
        this.type = this.types.read(bytes, at);
        if (this.type < 0 || !this.endsValue(bytes[this.types.end] as number)) return UNUSUAL;
        return this.skip(this.types.end);
      }
    }
    while (this.classOf[bytes[at] as number] === BLANK) at++;
    this.type = this.types.read(bytes, at);
    return this.type < 0 ? UNUSUAL : this.skip(this.types.end);
  }

  private readTtl(from: number): number {
    const { bytes } = this;
    let at = from;
    let value = 0;
    let digit = (bytes[at] as number) - 0x30;
    while (digit >= 0 && digit <= 9) {
      value = value * 10 + digit;
      digit = (bytes[++at] as number) - 0x30;
    }
    if (at - from > 10) return UNUSUAL;
    const unit = unitSeconds(bytes[at] as number);
    if (unit > 0) {
      value *= unit;
      at++;
    }
    if (value > LARGEST_TTL || !this.endsValue(bytes[at] as number)) return UNUSUAL;
    this.ttl = value;
    return at;
  }

  /** `\# length hex` in one word (RFC 3597 §5) for a type that has no other form here. */
  private generic(from: number, type: number): number {
    const { bytes } = this;
    if (bytes[from + 1] !== 0x23 || this.depth > 0 || !this.types.isGeneric(type)) return UNUSUAL;
    let at = this.skip(from + 2);
    if (at < 0 || at === from + 2) return UNUSUAL;
    const start = this.out;
    at = this.number(at, 0xffff, 2);
    if (at < 0) return UNUSUAL;
    const length = ((this.rdata[start] as number) << 8) | (this.rdata[start + 1] as number);
    this.out = start;
    at = this.skip(at);
    if (at < 0 || length === 0) return UNUSUAL;
    at = this.hexWord(at, start + length + 1);
    if (at < 0 || this.out - start !== length) return UNUSUAL;
    at = this.skip(at);
    return at >= 0 && bytes[at] === 0x0a ? at : UNUSUAL;
  }
}

function startsWith(bytes: Uint8Array, from: number, text: Uint8Array): boolean {
  for (let index = 0; index < text.length; index++) if (bytes[from + index] !== text[index]) return false;
  return true;
}
