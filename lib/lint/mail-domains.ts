import { isSpf } from '../mail/spf.ts';
import { TYPE } from '../rr/types.ts';
import { BELOW_CUT } from '../zone/tree.ts';
import { MX_HEAD, namesHost, RdataHost, rdataNumber, SRV_HEAD } from './common-rdata-host.ts';
import { serviceLabels } from './drafts.ts';
import type { Facts, MailDomain, MailTarget } from './facts.ts';

/** The mail domains of a zone: owners of MX, Client MX or `_smtp-tls._tcp` SRV records, the apex first (the labels as the drafts in force have them). */
export function mailDomainsOf(facts: Facts): readonly MailDomain[] {
  const { zone, tree } = facts;
  const services = servicesByDomain(facts);
  const owners = new Set<number>();
  for (const type of [TYPE.MX, TYPE.CLIENTMX]) {
    for (const record of facts.records(type)) owners.add(zone.owners[record] as number);
  }
  for (const owner of services.keys()) owners.add(owner);
  const domains: MailDomain[] = [];
  if (owners.delete(zone.apex)) domains.push(new DomainFacts(facts, zone.apex, services.get(zone.apex) ?? []));
  for (const owner of owners) {
    if ((tree.flags[owner] as number) & BELOW_CUT) continue;
    domains.push(new DomainFacts(facts, owner, services.get(owner) ?? []));
  }
  return domains;
}

/** SRV records of `_smtp-tls._tcp.<domain>` by the name id of the domain. */
function servicesByDomain(facts: Facts): Map<number, number[]> {
  const { zone, tree } = facts;
  const labels = serviceLabels(facts.drafts);
  const services = new Map<number, number[]>();
  for (const record of facts.records(TYPE.SRV)) {
    const owner = zone.owners[record] as number;
    if (!startsWith(labels, zone.names.arena, zone.names.offsets[owner] as number)) continue;
    const domain = tree.parent[tree.parent[owner] ?? -1] ?? -1;
    if (domain < 0) continue;
    const records = services.get(domain);
    if (records === undefined) services.set(domain, [record]);
    else records.push(record);
  }
  return services;
}

/** One mail domain; texts are made when a rule asks for them. */
class DomainFacts implements MailDomain {
  readonly owner: number;
  readonly mx: readonly MailTarget[];
  readonly clientMx: readonly MailTarget[];
  readonly srv: readonly MailTarget[];
  readonly #facts: Facts;
  #hasSpf: boolean | undefined;

  constructor(facts: Facts, owner: number, service: readonly number[]) {
    this.#facts = facts;
    this.owner = owner;
    this.mx = targets(facts, facts.rrset(owner, TYPE.MX), MX_HEAD);
    this.clientMx = targets(facts, facts.rrset(owner, TYPE.CLIENTMX), MX_HEAD);
    this.srv = targets(facts, service, SRV_HEAD);
  }

  get nullMx(): boolean {
    return this.mx.length === 1 && this.mx[0]?.isNull === true;
  }

  get hasSpf(): boolean {
    const facts = this.#facts;
    this.#hasSpf ??= facts.rrset(this.owner, TYPE.TXT).some((record) => isSpf(facts.text(record)));
    return this.#hasSpf;
  }
}

/** The targets of records whose name stands behind `head` octets; records with malformed RDATA are left out. */
function targets(facts: Facts, records: readonly number[], head: number): readonly MailTarget[] {
  if (records.length === 0) return NO_TARGETS;
  return records.filter((record) => namesHost(facts, record, head)).map((record) => new Target(facts, record, head));
}

const NO_TARGETS: readonly MailTarget[] = [];

class Target extends RdataHost implements MailTarget {
  readonly preference: number;
  readonly port: number;

  constructor(facts: Facts, record: number, head: number) {
    super(facts, record, head);
    this.preference = rdataNumber(facts, record, 0);
    this.port = head === SRV_HEAD ? rdataNumber(facts, record, 4) : 25;
  }
}

/** Whether the name at `start` begins with lower-case labels, in any letter case. */
function startsWith(labels: Uint8Array, arena: Uint8Array, start: number): boolean {
  for (let at = 0; at < labels.length; at++) {
    const wanted = labels[at] as number;
    const octet = arena[start + at] as number;
    if (octet !== wanted && !(octet >= 0x41 && octet <= 0x5a && octet + 0x20 === wanted)) return false;
  }
  return true;
}
