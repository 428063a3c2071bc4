import { isIP } from 'node:net';
import { rdataFromText } from '../rr/codec.ts';
import { equalNames, isWithin, nameFromText, nameKey } from '../rr/name.ts';
import { TYPE } from '../rr/types.ts';
import { CertificateReader } from './generate-certificates.ts';
import { readDomain } from './generate-domain.ts';
import { RecordDraft } from './generate-draft.ts';
import { bareText, nameOf, SpecNames, shown } from './generate-names.ts';
import type { MailPlan, MailPolicy, SpecProblem, SpecSurroundings, ZoneBasics } from './generate-plan.ts';
import type { DomainContext } from './generate-reading.ts';
import { isMap, itemsAt, memberAt, membersAt, numberAt, type Placed, textAt } from './generate-values.ts';

/**
 * Reads a mail spec that was held against its schema: what it asks for, and everything wrong with it beyond the schema. The plan is
 * of use only when neither finds a fault. Nothing is asked for that the spec does not name. Never throws.
 */
export function readMailSpec(
  value: unknown,
  surroundings: SpecSurroundings,
): { readonly plan: MailPlan; readonly problems: readonly SpecProblem[] } {
  const reader = new SpecReader({ value, path: '' }, surroundings);
  const plan = reader.plan();
  return { plan, problems: reader.problems };
}

/** A domain of the spec and what is different for it. */
interface SpecDomain {
  readonly at: Placed;
  readonly name: Uint8Array;
  readonly own: Placed | undefined;
}

class SpecReader {
  readonly problems: SpecProblem[] = [];
  private readonly root: Placed;
  private readonly surroundings: SpecSurroundings;
  private readonly domains: readonly SpecDomain[];
  private readonly names: SpecNames;
  private readonly draft: RecordDraft;
  private readonly policies: MailPolicy[] = [];

  constructor(root: Placed, surroundings: SpecSurroundings) {
    this.root = root;
    this.surroundings = surroundings;
    this.domains = this.readDomains();
    this.names = new SpecNames(this.zones(), this.problems, (host) => surroundings.hasAddress?.(host) ?? false);
    this.draft = new RecordDraft(this.names);
  }

  plan(): MailPlan {
    const hosts = this.readHosts();
    const basics = this.readBasics();
    const context: DomainContext = {
      names: this.names,
      draft: this.draft,
      files: this.surroundings.files,
      policies: this.policies,
      served: new Map(),
      sending: new Map(),
      mentioned: new Map(),
    };
    for (const { name, own } of this.domains) readDomain(name, (setting) => this.setting(setting, own), context);
    const certificates = new CertificateReader(this.root, context);
    for (const { at, name, type, rdata } of hosts) this.draft.add(at, 'The hosts.', name, type, rdata);
    certificates.addRecords();
    this.draft.checkAliases();
    const zones = this.names.zones.map((origin) => ({
      origin,
      label: bareText(this.domains.find(({ name }) => this.inZone(name, origin))?.name ?? origin),
      basics: basics?.(origin),
      sections: this.draft.of(origin),
    }));
    return {
      ttl: numberAt(memberAt(this.root, 'ttl')),
      zones: zones.filter(({ sections }) => sections.length > 0),
      policies: this.policies,
      certificates: certificates.given,
    };
  }

  private inZone(name: Uint8Array, origin: Uint8Array): boolean {
    const zone = this.names.zoneOf(name);
    return zone !== undefined && equalNames(zone, origin);
  }

  /** A setting of a domain: its own, where null stands for none, or that of all. */
  private setting(name: string, own: Placed | undefined): Placed | undefined {
    const isOwn = own !== undefined && isMap(own.value) && Object.hasOwn(own.value, name);
    return memberAt(isOwn ? own : this.root, name);
  }

  private readDomains(): SpecDomain[] {
    const one = memberAt(this.root, 'domain');
    const several = memberAt(this.root, 'domains');
    if (one !== undefined && several !== undefined) this.complain(several, 'and "domain" exclude each other');
    const isList = Array.isArray(several?.value);
    const rest =
      several === undefined ? [] : isList ? itemsAt(several) : membersAt(several).map((at) => ({ ...at, own: at }));
    const found = [...(one === undefined ? [] : [one]), ...rest].flatMap((at): SpecDomain[] => {
      const own = 'own' in at ? (at.own as Placed) : undefined;
      const text = own === undefined ? textAt(at) : (at as Placed & { name: string }).name;
      if (text === undefined) return [];
      const name = nameOf(text);
      if (typeof name === 'string') this.complain(at, name.replace('mx1 or mx1.example.net', 'example.net'));
      else if (text !== '' && !/./.test(bareText(name))) this.complain(at, 'is no domain');
      return typeof name === 'string' ? [] : [{ at, name, own }];
    });
    const seen = new Set<string>();
    return found.filter(({ at, name }) => {
      const isNew = !seen.has(nameKey(name));
      seen.add(nameKey(name));
      if (!isNew) this.complain(at, `is ${bareText(name)}, which is among the domains already`);
      return isNew;
    });
  }

  /** The zones: the one that is named, that of the target, and each domain that lies in none of those before it. */
  private zones(): Uint8Array[] {
    const zones: Uint8Array[] = [];
    const zoneName = memberAt(this.root, 'zone') && memberAt(memberAt(this.root, 'zone') as Placed, 'name');
    const text = textAt(zoneName);
    const named = text === undefined ? undefined : nameOf(text);
    if (typeof named === 'string') this.complain(zoneName as Placed, named);
    else if (named !== undefined) zones.push(named);
    const { origin } = this.surroundings;
    const names = this.domains.map(({ name }) => name);
    const shortestFirst = [...names].sort((a, b) => a.length - b.length);
    if (
      origin !== undefined &&
      !zones.some((zone) => equalNames(zone, origin)) &&
      names.some((n) => isWithin(n, origin))
    )
      zones.push(origin);
    for (const name of shortestFirst) if (!zones.some((zone) => isWithin(name, zone))) zones.push(name);
    const [first] = names;
    const home = typeof named === 'object' ? named : zones.find((zone) => first !== undefined && isWithin(first, zone));
    return home === undefined ? zones : [home, ...zones.filter((zone) => zone !== home)];
  }

  private complain(at: Pick<Placed, 'path'>, message: string): undefined {
    this.problems.push({ path: at.path, message });
    return undefined;
  }

  private readHosts(): { at: Placed; name: Uint8Array; type: number; rdata: Uint8Array }[] {
    const hosts = memberAt(this.root, 'hosts');
    if (hosts === undefined) return [];
    return membersAt(hosts).flatMap((at) => {
      const name = this.names.hostName(at, at.name);
      if (name === undefined) return [];
      const isNew = this.names.addHost(name);
      if (!isNew) this.complain(at, `is ${bareText(name)}, which is among the hosts already`);
      const addresses = isMap(at.value)
        ? [...this.addresses(memberAt(at, 'ipv4'), 4), ...this.addresses(memberAt(at, 'ipv6'), 6)]
        : this.addresses(at, 0);
      if (addresses.length > 0 && this.names.zones.length > 0 && this.names.zoneOf(name) === undefined) {
        const home = bareText(this.names.zones[0] ?? name);
        this.complain(
          at,
          `is ${bareText(name)}, which lies in none of the zones here: take it out when others look after it, or write its whole name such as ${at.name}.${home}`,
        );
      }
      return isNew && this.names.zoneOf(name) !== undefined ? addresses.map((each) => ({ ...each, name })) : [];
    });
  }

  private addresses(list: Placed | undefined, family: 0 | 4 | 6): { at: Placed; type: number; rdata: Uint8Array }[] {
    const seen = new Set<string>();
    return itemsAt(list).flatMap((at) => {
      const text = textAt(at);
      if (text === undefined) return [];
      const found = isIP(text);
      if (found !== 0 && family !== 0 && found !== family)
        return this.complain(at, `is ${text}, an IPv${found} address; write it under ipv${found}`) ?? [];
      const type = found === 6 ? TYPE.AAAA : TYPE.A;
      const read = found === 0 ? { problem: true } : rdataFromText(type, text);
      if (!('rdata' in read))
        return this.complain(at, `is ${shown(text)}, expected an address such as 192.0.2.1 or 2001:db8::1`) ?? [];
      const key = read.rdata.join();
      if (seen.has(key)) return this.complain(at, `is ${text}, which stands here for the second time`) ?? [];
      seen.add(key);
      return [{ at, type, rdata: read.rdata }];
    });
  }

  /** What a whole zone begins with, for each zone of the spec. */
  private readBasics(): ((zone: Uint8Array) => ZoneBasics) | undefined {
    const at = memberAt(this.root, 'zone');
    if (at === undefined) return undefined;
    const servers = itemsAt(memberAt(at, 'nameServers')).flatMap((each) => {
      const name = this.names.host(each);
      return name === undefined ? [] : [{ each, name }];
    });
    this.names.noteRepeats(servers.map(({ each, name }) => ({ at: each, name })));
    const hostmaster = this.hostmaster(memberAt(at, 'hostmaster'));
    const seconds = (name: string, usual: number): number => numberAt(memberAt(at, name)) ?? usual;
    const [primary] = servers;
    if (primary === undefined) return undefined;
    return (zone) => ({
      primary: primary.name,
      hostmaster: hostmaster ?? this.names.below(at, 'hostmaster', zone) ?? zone,
      refresh: seconds('refresh', 7200),
      retry: seconds('retry', 1800),
      expire: seconds('expire', 1_209_600),
      minimum: seconds('minimum', 3600),
      nameServers: servers.map(({ each, name }) => ({ owner: zone, type: TYPE.NS, rdata: name, path: each.path })),
    });
  }

  /** The name that stands for a mail address in SOA (RFC 1035 §8). */
  private hostmaster(at: Placed | undefined): Uint8Array | undefined {
    const text = textAt(at);
    if (at === undefined || text === undefined) return undefined;
    const [, local = '', domain = ''] = /^([^@\s]{1,63})@([^@\s]+)$/u.exec(text) ?? [];
    const name = domain === '' ? undefined : nameOf(domain);
    if (name instanceof Uint8Array && /^[!-~]+$/.test(local)) {
      const octets = new TextEncoder().encode(local.toLowerCase());
      const whole = Uint8Array.of(octets.length, ...octets, ...name);
      if (whole.length <= 255 && 'name' in nameFromText(bareText(name))) return whole;
    }
    return this.complain(at, `is ${shown(text)}, expected a mail address such as hostmaster@example.net`);
  }
}
