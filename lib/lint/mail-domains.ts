import { nameToText } from '../rr/name.ts';
import { TYPE } from '../rr/types.ts';
import { BELOW_CUT } from '../zone/tree.ts';
import type { Facts, MailDomain, MailTarget } from './facts.ts';

const SERVICE = new TextEncoder().encode('\x09_smtp-tls\x04_tcp');

/** The mail domains of a zone: owners of MX, Client MX or `_smtp-tls._tcp` SRV records, the apex first. */
export function mailDomainsOf(facts: Facts): readonly MailDomain[] {
  const { zone, tree } = facts;
  const services = servicesByDomain(facts);
  const owners = new Set<number>();
  for (const type of [TYPE.MX, TYPE.CLIENTMX]) for (const { owner } of facts.rrsets(type)) owners.add(owner);
  for (const owner of services.keys()) owners.add(owner);
  const domains: MailDomain[] = [];
  for (const owner of owners) {
    if ((tree.flags[owner] ?? 0) & BELOW_CUT) continue;
    const domain = mailDomain(facts, owner, services.get(owner) ?? []);
    if (owner === zone.apex) domains.unshift(domain);
    else domains.push(domain);
  }
  return domains;
}

/** SRV records of `_smtp-tls._tcp.<domain>` by the name id of the domain. */
function servicesByDomain(facts: Facts): Map<number, readonly number[]> {
  const { zone, tree } = facts;
  const services = new Map<number, readonly number[]>();
  for (const { owner, records } of facts.rrsets(TYPE.SRV)) {
    if (!startsWithService(zone.names.wire(owner))) continue;
    const domain = tree.parent[tree.parent[owner] ?? -1] ?? -1;
    if (domain >= 0) services.set(domain, records);
  }
  return services;
}

function mailDomain(facts: Facts, owner: number, service: readonly number[]): MailDomain {
  const mx = facts.rrset(owner, TYPE.MX).flatMap((record) => target(facts, record, 'preference', 'exchange'));
  const clientMx = facts
    .rrset(owner, TYPE.CLIENTMX)
    .flatMap((record) => target(facts, record, 'preference', 'exchange'));
  const srv = service.flatMap((record) => target(facts, record, 'priority', 'target'));
  const nullMx = mx.length === 1 && mx[0]?.host === '.';
  const hasSpf = facts.rrset(owner, TYPE.TXT).some((record) => /^v=spf1(?: |$)/iu.test(facts.text(record)));
  return { owner, mx, clientMx, srv, nullMx, hasSpf };
}

function target(facts: Facts, record: number, number: string, name: string): MailTarget[] {
  const preference = facts.numberField(record, number);
  const wire = facts.nameField(record, name);
  if (preference === undefined || wire === undefined) return [];
  const text = nameToText(wire).toLowerCase();
  const port = number === 'priority' ? (facts.numberField(record, 'port') ?? 0) : 25;
  return [{ record, preference, host: text === '.' ? '.' : text.slice(0, -1), wire, port }];
}

/** Whether a wire name starts with the labels `_smtp-tls` and `_tcp`, in any letter case. */
function startsWithService(name: Uint8Array): boolean {
  if (name.length <= SERVICE.length) return false;
  for (let at = 0; at < SERVICE.length; at++) {
    const wanted = SERVICE[at] as number;
    const octet = name[at] as number;
    if (octet !== wanted && !(octet >= 0x41 && octet <= 0x5a && octet + 0x20 === wanted)) return false;
  }
  return true;
}
