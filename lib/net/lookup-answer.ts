import type { DnsAlias, NegativeTimes } from '../mail/dns.ts';
import { hostText } from '../mail/dns-names.ts';
import { concatNames, equalNames, isWithin, nameKey } from '../rr/name.ts';
import { TYPE } from '../rr/types.ts';
import { RCODE } from '../wire/codes.ts';
import { u32At } from '../wire/header.ts';
import type { Message, ResourceRecord } from '../wire/message.ts';

/** Where a response leads from a name: through aliases to records, to surely none, or to nothing it knows. */
export interface Trail {
  readonly aliases: readonly DnsAlias[];
  /** Wire name behind the aliases. */
  readonly name: Uint8Array;
  /** The least TTL of aliases and records met. */
  readonly ttl: number;
  readonly end: TrailEnd;
}

type TrailEnd =
  | { readonly kind: 'records'; readonly rdata: readonly Uint8Array[] }
  | { readonly kind: 'nodata' | 'nxdomain'; readonly times?: NegativeTimes }
  /** The name behind the aliases was met before. */
  | { readonly kind: 'loop' }
  /** A DNAME makes the name longer than 255 octets (RFC 6672 §2.2). */
  | { readonly kind: 'too-long'; readonly owner: string }
  /** Only name servers are told: the server does not hold the name. */
  | { readonly kind: 'referral'; readonly zone: string }
  /** Nothing is told at all. */
  | { readonly kind: 'nothing' };

/** Follows what a response with NOERROR or NXDOMAIN says from a name on; `most` is how many aliases are followed. */
export function followAnswer(message: Message, asked: Uint8Array, type: number, most: number): Trail {
  const aliases: DnsAlias[] = [];
  const seen = new Set([nameKey(asked)]);
  let name = asked;
  let ttl = Number.POSITIVE_INFINITY;
  for (;;) {
    const records = message.answer.filter((record) => record.type === type && equalNames(record.name, name));
    if (records.length > 0) {
      for (const record of records) ttl = Math.min(ttl, ttlOf(record));
      return { aliases, name, ttl, end: { kind: 'records', rdata: records.map(({ rdata }) => rdata) } };
    }
    const next = nextAlias(message, name);
    if (next === undefined) return { aliases, name, ttl, end: endOf(message, name, aliases.length > 0) };
    if ('tooLong' in next) return { aliases, name, ttl, end: { kind: 'too-long', owner: next.tooLong } };
    aliases.push(next.alias);
    ttl = Math.min(ttl, next.ttl);
    name = next.target;
    if (seen.has(nameKey(name)) || aliases.length > most) return { aliases, name, ttl, end: { kind: 'loop' } };
    seen.add(nameKey(name));
  }
}

interface Step {
  readonly alias: DnsAlias;
  readonly target: Uint8Array;
  readonly ttl: number;
}

/** The alias a response has for a name; a DNAME comes before the CNAME that the server made from it (RFC 6672 §3.1). */
function nextAlias({ answer }: Message, name: Uint8Array): Step | { readonly tooLong: string } | undefined {
  const above = answer.find(
    (record) => record.type === TYPE.DNAME && isWithin(name, record.name) && name.length > record.name.length,
  );
  if (above !== undefined) {
    const target = rewritten(name, above);
    return target === undefined ? { tooLong: hostText(above.name) } : step('DNAME', above, target);
  }
  const alias = answer.find((record) => record.type === TYPE.CNAME && equalNames(record.name, name));
  return alias && step('CNAME', alias, alias.rdata);
}

function step(type: DnsAlias['type'], record: ResourceRecord, target: Uint8Array): Step {
  return { alias: { type, owner: hostText(record.name), target: hostText(target) }, target, ttl: ttlOf(record) };
}

function rewritten(name: Uint8Array, { name: owner, rdata }: ResourceRecord): Uint8Array | undefined {
  const prefix = new Uint8Array(name.length - owner.length + 1);
  prefix.set(name.subarray(0, name.length - owner.length));
  return concatNames(prefix, rdata);
}

/** What the authority section says of a name without records (RFC 2308 §2). */
function endOf(message: Message, name: Uint8Array, aliased: boolean): TrailEnd {
  const soa = message.authority.find(({ name: zone, type }) => type === TYPE.SOA && isWithin(name, zone));
  const times = soa && { soaTtl: ttlOf(soa), soaMinimum: u32At(soa.rdata, soa.rdata.length - 4) };
  if (message.rcode === RCODE.NXDOMAIN) return { kind: 'nxdomain', ...(times && { times }) };
  if (times !== undefined) return { kind: 'nodata', times };
  const servers = message.authority.find(({ type }) => type === TYPE.NS);
  const knows = message.recursionAvailable || (message.authoritative && !aliased);
  if (knows) return aliased ? { kind: 'nothing' } : { kind: 'nodata' };
  return servers === undefined ? { kind: 'nothing' } : { kind: 'referral', zone: hostText(servers.name) };
}

/** Seconds of a record; what exceeds 2^31-1 counts as 0 (RFC 2181 §8). */
function ttlOf({ ttl }: ResourceRecord): number {
  return ttl > 0x7fffffff ? 0 : ttl;
}
