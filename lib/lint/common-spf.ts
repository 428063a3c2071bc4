import { isSpf, parseSpf, type SpfRecord } from '../mail/spf.ts';
import type { SpfAnswers, SpfFound } from '../mail/spf-answers.ts';
import { nameKey, nameLength } from '../rr/name.ts';
import { TYPE } from '../rr/types.ts';
import type { Outcome } from '../zone/lookup.ts';
import { IS_CUT, OWNS_CNAME } from '../zone/tree.ts';
import { isHidden } from './common-hosts.ts';
import type { Facts } from './facts.ts';

/** An SPF record with the zone it stands in; `record` is a record of those facts. */
export interface ZoneSpf extends SpfFound {
  readonly facts: Facts;
  readonly owner: number;
  readonly record: number;
}

/** The texts of a zone that are SPF records, and those that start as if they were meant to be one. */
export interface SpfTexts {
  readonly records: readonly ZoneSpf[];
  readonly near: readonly number[];
}

/** The SPF record of a name, -1 when it has none (RFC 7208 §4.5). */
export function spfRecord(facts: Facts, owner: number): number {
  return facts.rrset(owner, TYPE.TXT).find((record) => isSpf(facts.text(record))) ?? -1;
}

/** Whether an SPF text lets anybody send: it has a directive beyond `all` and refusals, or a redirect (RFC 7208 §4.6). */
export function spfLetsSend(text: string): boolean {
  const terms = parseSpf(text)?.terms ?? [];
  return terms.some((term) => {
    if (term.kind === 'directive') {
      return term.qualifier !== '-' && (term.mechanism !== 'all' || term.qualifier === '+');
    }
    return term.kind === 'unknown' || term.modifier === 'redirect';
  });
}

/** The SPF texts of a zone in file order, those below a delegation left out; read once for all rules. */
export function spfTexts(facts: Facts): SpfTexts {
  return facts.once(readTexts);
}

function readTexts(facts: Facts): SpfTexts {
  const records: ZoneSpf[] = [];
  const near: number[] = [];
  // Zones with many names repeat a few texts.
  const parsed = new Map<string, SpfRecord | undefined>();
  const { zone } = facts;
  for (const record of facts.records(TYPE.TXT)) {
    if (!startsLikeSpf(zone.rdata, zone.rdataStarts[record] ?? 0, zone.rdataLengths[record] ?? 0)) continue;
    const owner = zone.owners[record] ?? 0;
    if (isHidden(facts, owner)) continue;
    const text = facts.text(record);
    if (!parsed.has(text)) parsed.set(text, parseSpf(text));
    const spf = parsed.get(text);
    if (spf === undefined) near.push(record);
    else records.push({ facts, owner, record, spf, name: zone.names.wire(owner) });
  }
  return { records, near };
}

/** First octets of a TXT record that may be SPF or meant as such: `v=s`, `v` and something odd, `spf`, or a blank or quote. */
function startsLikeSpf(rdata: Uint8Array, start: number, length: number): boolean {
  const size = rdata[start] ?? 0;
  const first = (rdata[start + 1] ?? 0) | 0x20;
  if (size === 0) return length > 1;
  if (first === 0x73) return ((rdata[start + 2] ?? 0) | 0x20) === 0x70;
  if (first === 0x20 || first === 0x22 || first === 0x27) return true;
  if (first !== 0x76) return false;
  return (
    size < 3 || rdata[start + 2] !== 0x3d || ((rdata[start + 3] ?? 0) | 0x20) === 0x73 || rdata[start + 3] === 0x20
  );
}

/** What the zones given say about names that SPF records ask for; aliases are followed into zones given. */
export function spfAnswers(facts: Facts): SpfAnswers<ZoneSpf> {
  return facts.once(answersOf);
}

function answersOf(facts: Facts): SpfAnswers<ZoneSpf> {
  const known = new Map<string, ReturnType<SpfAnswers<ZoneSpf>['record']>>();
  return {
    record(name) {
      const own = plainRecord(facts, name);
      if (own !== undefined) return own;
      const key = nameKey(name);
      const before = known.get(key);
      if (before !== undefined) return before;
      const found = recordAt(facts, name);
      known.set(key, found);
      return found;
    },
    addresses: (name) => addressesAt(facts, name),
    exchanges: (name) => exchangesAt(facts, name),
  };
}

/** Aliases followed for one name. */
const MOST_ALIASES = 8;

/** The records of a name and type in the zones given; undefined when they cannot be known. */
export function givenRecords(
  start: Facts,
  name: Uint8Array,
  type: number,
): { readonly facts: Facts; readonly records: readonly number[] } | undefined {
  let target = name;
  for (let aliases = 0; aliases <= MOST_ALIASES; aliases++) {
    const facts = start.zoneFor(target);
    if (facts === undefined) return undefined;
    const outcome: Outcome = facts.lookup(target, type);
    switch (outcome.kind) {
      case 'answer':
        return { facts, records: outcome.records };
      case 'nodata':
      case 'nxdomain':
        return mayDeny(facts, type) ? { facts, records: [] } : undefined;
      case 'alias':
      case 'rewrite':
        if (outcome.target === undefined) return undefined;
        target = outcome.target;
        break;
      default:
        return undefined;
    }
  }
  return undefined;
}

/** Whether what a file lacks is surely not there: not in lists of root servers, the root of a laboratory, or files with broken lines. */
export function mayDeny(facts: Facts, type: number): boolean {
  const { zone } = facts;
  if (zone.origin.length === 1 || !facts.hasType(zone.apex, TYPE.SOA)) return false;
  return ![type, TYPE.CNAME, TYPE.DNAME, TYPE.NS].some((each) => facts.mayBeBroken(each));
}

/** The one SPF record that plainly stands at a name of the zone itself: the usual case, without the cost of a whole look-up. */
function plainRecord(facts: Facts, name: Uint8Array): ZoneSpf | undefined {
  const id = facts.zone.names.find(name);
  if (id < 0 || (facts.tree.flags[id] ?? 0) & (IS_CUT | OWNS_CNAME) || isHidden(facts, id)) return undefined;
  const found = facts.once(spfByOwner).get(id);
  if (found === undefined || found === 'several' || facts.zoneFor(name) !== facts) return undefined;
  // The name as it was asked for is part of the answer.
  return found.name.every((octet, at) => octet === name[at]) ? found : undefined;
}

function spfByOwner(facts: Facts): ReadonlyMap<number, ZoneSpf | 'several'> {
  const owners = new Map<number, ZoneSpf | 'several'>();
  for (const found of spfTexts(facts).records) owners.set(found.owner, owners.has(found.owner) ? 'several' : found);
  return owners;
}

function spfByRecord(facts: Facts): ReadonlyMap<number, ZoneSpf> {
  return new Map(spfTexts(facts).records.map((found) => [found.record, found]));
}

function recordAt(start: Facts, name: Uint8Array): ReturnType<SpfAnswers<ZoneSpf>['record']> {
  const given = givenRecords(start, name, TYPE.TXT);
  if (given === undefined) return 'unknown';
  const { facts } = given;
  const known = facts.once(spfByRecord);
  const found = given.records.flatMap((record): ZoneSpf[] => {
    const one = known.get(record);
    return one === undefined ? [] : [{ ...one, name }];
  });
  const [first, second] = found;
  if (first === undefined) return facts.mayBeBroken(TYPE.TXT) ? 'unknown' : 'none';
  return second === undefined ? first : 'several';
}

function addressesAt(start: Facts, name: Uint8Array): readonly Uint8Array[] | undefined {
  const addresses: Uint8Array[] = [];
  for (const type of [TYPE.A, TYPE.AAAA]) {
    const given = givenRecords(start, name, type);
    if (given === undefined || given.facts.mayBeBroken(type)) return undefined;
    for (const record of given.records) addresses.push(given.facts.rdata(record));
  }
  return addresses;
}

/** Octets before the exchange of MX (RFC 1035 §3.3.9). */
const MX_HEAD = 2;

function exchangesAt(start: Facts, name: Uint8Array): readonly Uint8Array[] | undefined {
  const given = givenRecords(start, name, TYPE.MX);
  if (given === undefined || given.facts.mayBeBroken(TYPE.MX)) return undefined;
  const hosts = given.records.map((record) => given.facts.rdata(record).subarray(MX_HEAD));
  return hosts.filter((host) => host.length > 1 && nameLength(host, 0) === host.length);
}
