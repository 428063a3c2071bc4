import { TYPE } from '../rr/types.ts';
import { ByteSink } from '../text/sink.ts';
import { RCODE } from '../wire/codes.ts';
import { HEADER_LENGTH, putU16 } from '../wire/header.ts';
import { HashedName } from '../zone/hashed-name.ts';
import { answersBesideAlias, locate, PLACE } from '../zone/lookup.ts';
import { OWNS_CNAME } from '../zone/tree.ts';
import type { Answered, AnswerOutcome, ServerOptions, Settings, Transport } from './exchange.ts';
import { DEFAULT_OPTIONS } from './exchange.ts';
import { PlainAnswer } from './plain-answer.ts';
import { PlainQuery } from './plain-query.ts';
import { isMeta, MOST_OCTETS, NOT_PLAIN, PlainSets, targetOffset } from './plain-sets.ts';
import type { ServedZone } from './served-zone.ts';

/** Aliases followed here. */
const MOST_ALIASES = 8;

/** Octets over UDP without EDNS (RFC 1035 §4.2.1). */
const PLAIN_UDP = 512;

/** Octets that answers are written in, and all octets of an array with the answers behind those. */
const DRAFT = 1 << 15;
const SLAB = 1 << 17;

/** Zones in which the one that a name belongs to is found. */
interface NearestZones {
  /** Labels before the name of the zone that was found last. */
  readonly depth: number;
  nearestHashed(name: HashedName): ServedZone | undefined;
}

const [ANSWER, AUTHORITY, ADDITIONAL] = [0, 1, 2] as const;

/**
 * Answers to plain queries from zones without signatures, written from the columns of the zone with no record made of them
 * first: octet for octet what is written the careful way, which all other queries go.
 */
export class PlainAnswers {
  /** The options that all answers are made with, those not given included. */
  readonly settings: Settings;
  private readonly zones: NearestZones;
  private readonly usual: boolean;
  private readonly query = new PlainQuery();
  private readonly target = new HashedName();
  private readonly out = new ByteSink(SLAB);
  private readonly sets = new PlainSets(this.out);
  /** Where the next answer goes to: behind the room in which answers are written. */
  private taken = DRAFT;
  private outcome: AnswerOutcome = 'answer';
  private rcode: number = RCODE.NOERROR;
  private authoritative = true;

  constructor(zones: NearestZones, options: ServerOptions) {
    this.zones = zones;
    this.settings = { ...DEFAULT_OPTIONS, ...options };
    const { requireCookie, authorityNs, clientMxAdditional, ownerCase, mayQuery, order } = this.settings;
    const asIs = !authorityNs && !clientMxAdditional && ownerCase === 'query';
    this.usual = asIs && !requireCookie && mayQuery === undefined && order === undefined;
  }

  /** The answer, undefined when the query or what the zones say to it is not plain, or the answer would not fit. */
  answer(octets: Uint8Array, transport: Transport): Answered | undefined {
    const { query, out } = this;
    if (!this.usual || !query.read(octets)) return undefined;
    const { type, name } = query;
    if (isMeta(type)) return undefined;
    const zone = this.plainZone(name);
    if (zone === undefined || (type === TYPE.DS && name.end - HEADER_LENGTH === zone.origin.length)) return undefined;
    this.sets.begin(octets, name.end);
    if (!this.resolve(zone)) return undefined;
    const edns = query.udpSize >= 0;
    if (edns) this.putOpt();
    if (out.length > this.limit(transport)) return undefined;
    this.putHeader(octets, edns);
    return new PlainAnswer(this.take(), octets, this.outcome, zone.origin);
  }

  /** The zone nearest above a name when answers from it can be plain. */
  private plainZone(name: HashedName): ServedZone | undefined {
    const zone = this.zones.nearestHashed(name);
    return zone?.isPlain && !(this.query.dnssecOk && zone.signed) ? zone : undefined;
  }

  /** Writes the three sections; false when that cannot be done here. */
  private resolve(first: ServedZone): boolean {
    const { type, name: asked } = this.query;
    this.authoritative = true;
    this.rcode = RCODE.NOERROR;
    let zone = first;
    let name = asked;
    for (let aliases = 0; aliases <= MOST_ALIASES; aliases++) {
      const { tree } = zone;
      const place = locate(tree, name, type, this.zones.depth);
      const id = place >>> 3;
      const kind = place & 7;
      if (kind === PLACE.MISSING) {
        this.rcode = RCODE.NXDOMAIN;
        return this.denied(zone, 'nxdomain');
      }
      if (kind === PLACE.CUT) return this.referred(zone, id, aliases > 0);
      if (kind !== PLACE.HERE && kind !== PLACE.WILDCARD) return false;
      const known = kind === PLACE.HERE ? id : -1;
      const alias = ((tree.flags[id] as number) & OWNS_CNAME) !== 0 && !answersBesideAlias(type);
      const found = alias ? TYPE.CNAME : type;
      const count = this.sets.add(ANSWER, zone, id, found, {
        key: known,
        bytes: name.bytes,
        at: name.starts[0] as number,
      });
      if (count < 0 || (count === 0 && alias)) return false;
      if (!alias) return count === 0 ? this.denied(zone, 'nodata') : this.answered(zone, id);
      // DS belongs to the zone above, which may be another one at the end of an alias.
      if (type === TYPE.DS) return false;
      const record = tree.firstOf(id, TYPE.CNAME);
      name = this.target;
      if (!name.read(tree.zone.rdata, tree.zone.rdataStarts[record] as number)) return false;
      const next = this.zones.nearestHashed(name);
      if (next === undefined || (next !== zone && !this.settings.followAcrossZones)) {
        this.outcome = 'alias';
        return true;
      }
      if (next !== zone && this.plainZone(name) === undefined) return false;
      zone = next;
    }
    return false;
  }

  private denied(zone: ServedZone, outcome: AnswerOutcome): boolean {
    this.outcome = outcome;
    const { apex, names } = zone.tree.zone;
    const [soa, ...more] = zone.soaOfDenial.records;
    if (soa === undefined || more.length > 0) return false;
    const owner = { key: apex, bytes: names.arena, at: names.offsets[apex] as number };
    return this.sets.add(AUTHORITY, zone, apex, TYPE.SOA, owner, soa.ttl) === 1;
  }

  private answered(zone: ServedZone, id: number): boolean {
    this.outcome = 'answer';
    if (!this.settings.additional) return true;
    const { type } = this.query;
    const offset = targetOffset(type);
    if (offset < 0) return offset !== NOT_PLAIN;
    for (const record of zone.tree.rrset(id, type)) {
      if (!this.addAddresses(zone, record, offset, type === TYPE.NS)) return false;
    }
    return true;
  }

  /** Adds the addresses of the host that a record names; false when that cannot be done here. */
  private addAddresses(zone: ServedZone, record: number, offset: number, glue: boolean): boolean {
    const { target } = this;
    const { rdata, rdataStarts, rdataLengths, types, names } = zone.tree.zone;
    const start = rdataStarts[record] as number;
    const at = start + offset;
    if (!target.read(rdata, at, start + (rdataLengths[record] as number))) return false;
    // RFC 9460 §2.5.2: there the root stands for something.
    if (target.labels === 0) return types[record] !== TYPE.SVCB && types[record] !== TYPE.HTTPS;
    const place = locate(zone.tree, target, TYPE.A);
    const kind = place & 7;
    if (kind === PLACE.WILDCARD) return false;
    const atCut = kind === PLACE.CUT && glue;
    if (kind !== PLACE.HERE && !atCut) return true;
    const id = atCut ? target.find(names, 0, target.labels - target.labelOf(names, zone.tree.zone.apex)) : place >>> 3;
    if (id < 0 || (!atCut && ((zone.tree.flags[id] as number) & OWNS_CNAME) !== 0)) return true;
    const owner = { key: id, bytes: rdata, at };
    return (
      this.sets.add(ADDITIONAL, zone, id, TYPE.A, owner) !== NOT_PLAIN &&
      this.sets.add(ADDITIONAL, zone, id, TYPE.AAAA, owner) !== NOT_PLAIN
    );
  }

  /** Servers of a delegation and their addresses, those within the delegation first (RFC 9471). */
  private referred(zone: ServedZone, cut: number, chained: boolean): boolean {
    const { tree } = zone;
    const { names } = tree.zone;
    if (this.query.dnssecOk && tree.hasType(cut, TYPE.DS)) return false;
    this.outcome = 'referral';
    this.authoritative = chained;
    const owner = { key: cut, bytes: names.arena, at: names.offsets[cut] as number };
    if (this.sets.add(AUTHORITY, zone, cut, TYPE.NS, owner) < 1) return false;
    const servers = tree.rrset(cut, TYPE.NS);
    return this.addGlue(zone, cut, servers, true) && this.addGlue(zone, cut, servers, false);
  }

  private addGlue(zone: ServedZone, cut: number, servers: readonly number[], within: boolean): boolean {
    const { rdata, rdataStarts, names } = zone.tree.zone;
    for (const server of servers) {
      if (!this.target.read(rdata, rdataStarts[server] as number)) return false;
      if (this.target.labelOf(names, cut) >= 0 !== within) continue;
      if (!this.addAddresses(zone, server, 0, true)) return false;
    }
    return true;
  }

  /** Octets the reply may have (RFC 1035 §4.2.1, RFC 6891 §6.2.5). */
  private limit(transport: Transport): number {
    if (transport !== 'udp') return MOST_OCTETS;
    const { udpSize } = this.query;
    return udpSize < 0 ? PLAIN_UDP : Math.max(PLAIN_UDP, Math.min(udpSize, this.settings.udpLimit));
  }

  private putOpt(): void {
    const { out } = this;
    out.u8(0);
    out.u16(TYPE.OPT);
    out.u16(this.settings.udpLimit);
    out.u32(this.query.dnssecOk ? 0x8000 : 0);
    out.u16(0);
  }

  private putHeader(octets: Uint8Array, edns: boolean): void {
    const { bytes } = this.out;
    const { counts } = this.sets;
    bytes[0] = octets[0] as number;
    bytes[1] = octets[1] as number;
    // QR and AA with RD, CD with the RCODE.
    bytes[2] = 0x80 | (this.authoritative ? 0x04 : 0) | ((octets[2] as number) & 0x01);
    bytes[3] = ((octets[3] as number) & 0x10) | this.rcode;
    putU16(bytes, 4, 1);
    putU16(bytes, 6, counts[ANSWER]);
    putU16(bytes, 8, counts[AUTHORITY]);
    putU16(bytes, 10, counts[ADDITIONAL] + (edns ? 1 : 0));
  }

  /** The octets written, moved to a place of their own: many answers share one array, as arrays cost more than answers. */
  private take(): Uint8Array {
    const { out, taken } = this;
    const end = taken + out.length;
    if (end > out.bytes.length) {
      const octets = out.slice();
      out.bytes = new Uint8Array(SLAB);
      this.taken = DRAFT;
      return octets;
    }
    out.bytes.copyWithin(taken, 0, out.length);
    this.taken = end;
    return new Uint8Array(out.bytes.buffer, taken, out.length);
  }
}
