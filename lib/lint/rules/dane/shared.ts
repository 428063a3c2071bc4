import { concatNames, nameFromText } from '../../../rr/name.ts';
import { TYPE } from '../../../rr/types.ts';
import type { Outcome } from '../../../zone/lookup.ts';
import { findBelowName } from '../../common-below.ts';
import { isHidden } from '../../common-hosts.ts';
import type { Facts } from '../../facts.ts';
import { isLabel } from '../mail-dmarc/texts.ts';

/** Types with a certificate association in this form (RFC 6698 §2.1, RFC 8162 §2). */
export const ASSOCIATIONS: readonly number[] = [TYPE.TLSA, TYPE.SMIMEA];

/** Transports that TLSA records stand below (RFC 6698 §3; `_quic` by draft-ietf-dnsop-svcb-dane). */
export const TRANSPORTS: readonly string[] = ['_tcp', '_udp', '_sctp', '_dccp', '_quic'];

/** A TLSA or SMIMEA record taken apart. */
export interface Association {
  readonly usage: number;
  readonly selector: number;
  readonly matching: number;
  readonly data: Uint8Array;
  /** Octets of the data. */
  readonly size: number;
}

/** The fields of a TLSA or SMIMEA record. */
export function associationOf(facts: Facts, record: number): Association {
  return new Fields(facts, record);
}

/** The data is cut out when a rule asks for it: mostly the numbers before it tell enough. */
class Fields implements Association {
  readonly usage: number;
  readonly selector: number;
  readonly matching: number;
  readonly size: number;
  readonly #facts: Facts;
  readonly #record: number;

  constructor(facts: Facts, record: number) {
    const { rdata, rdataStarts, rdataLengths } = facts.zone;
    const start = rdataStarts[record] ?? 0;
    const length = rdataLengths[record] ?? 0;
    this.usage = length > 0 ? (rdata[start] ?? 0) : 0;
    this.selector = length > 1 ? (rdata[start + 1] ?? 0) : 0;
    this.matching = length > 2 ? (rdata[start + 2] ?? 0) : 0;
    this.size = Math.max(0, length - 3);
    this.#facts = facts;
    this.#record = record;
  }

  get data(): Uint8Array {
    return this.#facts.rdata(this.#record).subarray(3);
  }
}

/** What the owner of TLSA records stands for: a port of a host. */
export interface TlsaName {
  readonly port: number;
  /** As written, with its underscore, in small letters. */
  readonly transport: string;
  /** Wire name of the host. */
  readonly host: Uint8Array;
}

/** Takes `_port._transport.host` apart; undefined for any other name (RFC 6698 §3). */
export function tlsaName(wire: Uint8Array): TlsaName | undefined {
  const first = 1 + (wire[0] ?? 0);
  const second = first + 1 + (wire[first] ?? 0);
  if (wire[1] !== UNDERSCORE || wire[first + 1] !== UNDERSCORE || second >= wire.length) return undefined;
  const port = portAt(wire, 2, first);
  const transport = port < 0 ? undefined : TRANSPORTS.find((label) => isLabel(wire, first, label));
  return transport === undefined ? undefined : { port, transport, host: wire.subarray(second) };
}

const UNDERSCORE = 0x5f;

/** The number that the digits between two offsets are, without leading zeros; -1 for anything else. */
function portAt(wire: Uint8Array, start: number, end: number): number {
  if (start === end || end - start > 5 || (wire[start] === 0x30 && end - start > 1)) return -1;
  let port = 0;
  for (let at = start; at < end; at++) {
    const digit = (wire[at] ?? 0) - 0x30;
    if (digit < 0 || digit > 9) return -1;
    port = port * 10 + digit;
  }
  return port <= 65535 ? port : -1;
}

/** The host that TLSA records at a name are for, when both are names of the zone; -1 otherwise. */
export function tlsaHost({ tree }: Facts, owner: number): number {
  return tree.parent[tree.parent[owner] ?? -1] ?? -1;
}

/** The number of a port label such as `_25`; -1 for anything else. */
export function portNumber(label: string): number {
  return /^_(?:0|[1-9]\d{0,4})$/.test(label) && Number(label.slice(1)) <= 65535 ? Number(label.slice(1)) : -1;
}

/** The TLSA records of a port of a host with the zone they stand in; `unknown` where the answer lies outside the zones given. */
export type Found = { readonly facts: Facts; readonly records: readonly number[] } | 'none' | 'unknown';

/** Longest way through aliases that is followed. */
const MOST_ALIASES = 8;

/** Looks for the TLSA records of a port of a host in the zones given, through aliases. */
export function tlsaOf(facts: Facts, host: Uint8Array, port: number, transport = '_tcp'): Found {
  const own = findBelowName(facts, host, `_${port}`, transport);
  // The plain case, without the cost of a whole look-up.
  if (own >= 0 && !isHidden(facts, own)) {
    const records = facts.rrset(own, TYPE.TLSA);
    if (records.length > 0) return { facts, records };
  }
  const prefix = nameFromText(`_${port}.${transport}.`);
  let at = 'name' in prefix ? concatNames(prefix.name, host) : undefined;
  for (let steps = 0; at !== undefined && steps < MOST_ALIASES; steps++) {
    const [zone, outcome] = answerFor(facts, at);
    if (outcome.kind === 'answer') return { facts: zone, records: outcome.records };
    if (outcome.kind === 'nodata' || outcome.kind === 'nxdomain') {
      return zone.mayBeBroken(TYPE.TLSA) || zone.mayBeBroken(TYPE.CNAME) ? 'unknown' : 'none';
    }
    if (outcome.kind !== 'alias') return 'unknown';
    at = outcome.target;
  }
  return 'unknown';
}

/** What the zone itself says, or the zone given that the name belongs to when this one does not know. */
function answerFor(facts: Facts, name: Uint8Array): readonly [Facts, Outcome] {
  const outcome = facts.lookup(name, TYPE.TLSA);
  if (outcome.kind !== 'outside' && outcome.kind !== 'referral') return [facts, outcome];
  const zone = facts.zoneFor(name);
  return zone === undefined || zone === facts ? [facts, outcome] : [zone, zone.lookup(name, TYPE.TLSA)];
}
