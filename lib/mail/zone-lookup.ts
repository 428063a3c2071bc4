import { readField } from '../rr/codec.ts';
import { nameKey, parentOf } from '../rr/name.ts';
import { TYPE, typeToText } from '../rr/types.ts';
import { lookup, type Outcome } from '../zone/lookup.ts';
import type { ZoneTree } from '../zone/tree.ts';
import type { DnsAlias, DnsAnswer, DnsFailure, DnsLookup, DnsQuestion, DnsSecurity, NegativeTimes } from './dns.ts';
import { hostText, wireName } from './dns-names.ts';
import { numberIn } from './mail-rdata.ts';

/** Aliases followed before a chain counts as endless. */
export const MOST_ALIASES = 8;

/**
 * The DNS that zones in memory make up: each name is answered by the zone nearest above it, aliases lead from zone to zone,
 * and a name of no zone given is a failure, never absent. A zone with keys at its apex counts as secure: that its signatures
 * hold is not looked at here. Of two zones with one name the first counts.
 */
export function zoneLookup(zones: readonly ZoneTree[]): DnsLookup {
  const byName = new Map<string, ZoneTree>();
  for (const tree of zones) {
    const key = nameKey(tree.zone.origin);
    if (!byName.has(key)) byName.set(key, tree);
  }
  return { ask: (question) => Promise.resolve(new Asking(byName, question).answer()) };
}

/** One question on its way through the zones. */
class Asking {
  private readonly zones: ReadonlyMap<string, ZoneTree>;
  private readonly question: DnsQuestion;
  private readonly aliases: DnsAlias[] = [];
  private canonical: string;
  private security: DnsSecurity = 'secure';
  private ttl = Number.POSITIVE_INFINITY;

  constructor(zones: ReadonlyMap<string, ZoneTree>, question: DnsQuestion) {
    this.zones = zones;
    this.question = question;
    this.canonical = question.name;
  }

  answer(): DnsAnswer {
    let name = wireName(this.question.name);
    if (name === undefined) return this.failure('malformed', `'${this.question.name}' is no domain name`);
    const seen = new Set<string>();
    for (;;) {
      const key = nameKey(name);
      if (seen.has(key)) return this.failure('alias-loop', `the aliases lead back to ${this.canonical}`);
      if (seen.size > MOST_ALIASES) return this.failure('alias-loop', `more than ${MOST_ALIASES} aliases in a row`);
      seen.add(key);
      const tree = zoneOver(this.zones, name, this.question.type);
      if (tree === undefined)
        return this.failure('outside', `${this.canonical} lies in none of the zones given; give its zone too`);
      if (!tree.hasType(tree.zone.apex, TYPE.DNSKEY)) this.security = 'insecure';
      const next = this.step(tree, lookup(tree, name, this.question.type));
      if (!(next instanceof Uint8Array)) return next;
      name = next;
    }
  }

  /** The answer, or the name to go on with. */
  private step(tree: ZoneTree, outcome: Outcome): DnsAnswer | Uint8Array {
    const { zone } = tree;
    switch (outcome.kind) {
      case 'answer':
        for (const record of outcome.records) this.ttl = Math.min(this.ttl, zone.ttls[record] ?? 0);
        return {
          ...this.asked(),
          kind: 'records',
          rdata: outcome.records.map((record) => zone.rdataOf(record).slice()),
          ttl: this.ttl,
        };
      case 'alias':
        return this.follow(tree, 'CNAME', this.canonical, outcome.record, outcome.target);
      case 'rewrite': {
        const owner = hostText(zone.ownerOf(outcome.record));
        if (outcome.target !== undefined) return this.follow(tree, 'DNAME', owner, outcome.record, outcome.target);
        return this.failure('server-failure', `the DNAME of ${owner} makes ${this.canonical} longer than 255 octets`);
      }
      case 'referral': {
        const cut = hostText(zone.names.wire(outcome.cut));
        return this.failure('outside', `${this.canonical} lies in ${cut}, which is delegated; give its zone too`);
      }
      case 'nodata':
      case 'nxdomain':
        return { ...this.asked(), kind: outcome.kind, ...negativeTimes(tree) };
      case 'outside':
        return this.failure('outside', `${this.canonical} lies in none of the zones given; give its zone too`);
    }
  }

  private follow(
    { zone }: ZoneTree,
    type: DnsAlias['type'],
    owner: string,
    record: number,
    wire: Uint8Array,
  ): Uint8Array {
    const target = hostText(wire);
    this.ttl = Math.min(this.ttl, zone.ttls[record] ?? 0);
    this.aliases.push({ type, owner, target });
    this.canonical = target;
    return wire.slice();
  }

  private asked(): Pick<DnsAnswer, 'question' | 'canonical' | 'aliases' | 'security'> {
    const { question, canonical, aliases, security } = this;
    return { question, canonical, aliases, security };
  }

  private failure(reason: DnsFailure, why: string): DnsAnswer {
    const detail = `${why} (asked for ${this.question.name} ${typeToText(this.question.type)})`;
    return { ...this.asked(), security: 'insecure', kind: 'failure', reason, detail };
  }
}

/** The zone nearest above a name; for DS the one above its delegation, where there is one (RFC 4035 §3.1.4.1). */
function zoneOver(zones: ReadonlyMap<string, ZoneTree>, asked: Uint8Array, type: number): ZoneTree | undefined {
  let found: ZoneTree | undefined;
  for (let name: Uint8Array | undefined = asked; name !== undefined; name = parentOf(name)) {
    const tree = zones.get(nameKey(name));
    if (tree === undefined) continue;
    if (type !== TYPE.DS || name.length < asked.length) return tree;
    found = tree;
  }
  return found;
}

/** What the SOA record of a zone says about how long absence holds (RFC 2308 §5). */
function negativeTimes(tree: ZoneTree): { readonly times?: NegativeTimes } {
  const { zone } = tree;
  const soa = tree.firstOf(zone.apex, TYPE.SOA);
  const minimum = soa < 0 ? undefined : readField(TYPE.SOA, zone.rdataOf(soa), 'minimum');
  if (minimum === undefined) return {};
  return { times: { soaTtl: zone.ttls[soa] ?? 0, soaMinimum: numberIn(minimum) } };
}
