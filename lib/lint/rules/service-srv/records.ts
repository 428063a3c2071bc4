import { TYPE } from '../../../rr/types.ts';
import { isHidden } from '../../common-hosts.ts';
import { namesHost, RdataHost, rdataNumber, SRV_HEAD } from '../../common-rdata-host.ts';
import type { Facts, RRset } from '../../facts.ts';

/** An SRV record taken apart (RFC 2782). */
export class Srv extends RdataHost {
  readonly priority: number;
  readonly weight: number;
  readonly port: number;

  constructor(facts: Facts, record: number) {
    super(facts, record, SRV_HEAD);
    this.priority = rdataNumber(facts, record, 0);
    this.weight = rdataNumber(facts, record, 2);
    this.port = rdataNumber(facts, record, 4);
  }
}

/** The records of an RRset taken apart, those with malformed RDATA left out. */
export function srvSet(facts: Facts, { records }: RRset): readonly Srv[] {
  return records.filter((record) => namesHost(facts, record, SRV_HEAD)).map((record) => new Srv(facts, record));
}

/** The SRV RRsets that the zone answers with. */
export function srvSets(facts: Facts): readonly RRset[] {
  return facts.once(readSets);
}

function readSets(facts: Facts): readonly RRset[] {
  return facts.rrsets(TYPE.SRV).filter(({ owner }) => !isHidden(facts, owner));
}

/** A service of a domain that this linter knows by name. */
export interface KnownService {
  /** In small letters, without the underscore. */
  readonly service: string;
  /** Name id of the domain it is announced for. */
  readonly domain: number;
  /** Records with a host. */
  readonly hosts: readonly Srv[];
  readonly records: readonly number[];
}

/** Services of users' mail, calendars and address books (RFC 6186, 8314, 5804, 8620, 6764), and of their set-up. */
const KNOWN: ReadonlySet<string> = new Set([
  'imap',
  'imaps',
  'pop3',
  'pop3s',
  'submission',
  'submissions',
  'sieve',
  'jmap',
  'caldav',
  'caldavs',
  'carddav',
  'carddavs',
  'autodiscover',
]);

const TCP = new TextEncoder().encode('\x04_tcp');

/** The known services that the zone announces below `_tcp`, in file order. */
export function knownServices(facts: Facts): readonly KnownService[] {
  return facts.once(readServices);
}

function readServices(facts: Facts): readonly KnownService[] {
  const { arena, offsets } = facts.zone.names;
  const { parent } = facts.tree;
  const found: KnownService[] = [];
  for (const set of facts.rrsets(TYPE.SRV)) {
    const start = offsets[set.owner] ?? 0;
    const behind = start + 1 + (arena[start] ?? 0);
    if (behind - start > 14 || !TCP.every((octet, at) => octet === lower(arena[behind + at] ?? 0))) continue;
    let service = '';
    for (let at = start + 2; at < behind; at++) service += String.fromCharCode(lower(arena[at] ?? 0));
    const domain = parent[parent[set.owner] ?? -1] ?? -1;
    if (!KNOWN.has(service) || domain < 0 || isHidden(facts, set.owner)) continue;
    const hosts = srvSet(facts, set).filter(({ isNull }) => !isNull);
    found.push({ service, domain, hosts, records: set.records });
  }
  return found;
}

/** The known services of each domain, by service. */
export function servicesByDomain(facts: Facts): ReadonlyMap<number, ReadonlyMap<string, KnownService>> {
  return facts.once(groupServices);
}

function groupServices(facts: Facts): ReadonlyMap<number, ReadonlyMap<string, KnownService>> {
  const domains = new Map<number, Map<string, KnownService>>();
  for (const one of knownServices(facts)) {
    const services = domains.get(one.domain) ?? new Map<string, KnownService>();
    services.set(one.service, one);
    domains.set(one.domain, services);
  }
  return domains;
}

/** Whether a domain announces hosts for a service. */
export function offers(services: ReadonlyMap<string, KnownService>, service: string): boolean {
  return (services.get(service)?.hosts.length ?? 0) > 0;
}

function lower(octet: number): number {
  return octet >= 0x41 && octet <= 0x5a ? octet + 0x20 : octet;
}
