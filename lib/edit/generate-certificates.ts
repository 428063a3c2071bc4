import { rdataFromText } from '../rr/codec.ts';
import { TYPE } from '../rr/types.ts';
import { bareText, shown } from './generate-names.ts';
import type { MailPlan, SpecCertificate } from './generate-plan.ts';
import type { DomainContext } from './generate-reading.ts';
import { itemsAt, memberAt, numberAt, type Placed, textAt } from './generate-values.ts';
import { tlsaRdata } from './generate-wire.ts';

/** A certificate of the spec with the hosts that show it. */
interface Shown {
  readonly at: Placed;
  readonly certificate: SpecCertificate;
  readonly hosts: readonly Uint8Array[];
}

/** Reads the certificates of a spec and makes TLSA records of them (RFC 7672 §3). */
export class CertificateReader {
  readonly given: MailPlan['certificates'][number][] = [];
  private readonly root: Placed;
  private readonly context: DomainContext;
  private readonly servers: Shown[] = [];

  /** The settings of all domains have to be read before. */
  constructor(root: Placed, context: DomainContext) {
    this.root = root;
    this.context = context;
    for (const at of itemsAt(memberAt(root, 'certificates'))) this.read(at);
  }

  /** Adds the TLSA records that the spec asks for. */
  addRecords(): void {
    const at = memberAt(this.root, 'tlsa');
    if (at === undefined) return;
    if (Array.isArray(at.value)) for (const each of itemsAt(at)) this.addGiven(each);
    else this.addMade(at);
  }

  private read(at: Placed): void {
    const { names, files, served, sending, mentioned } = this.context;
    const fileAt = memberAt(at, 'file') ?? at;
    const file = textAt(fileAt);
    if (file === undefined) return;
    const read = files.certificates(file);
    if ('problem' in read) {
      names.complain(fileAt, `is ${file}: ${read.problem}`);
      return;
    }
    const hostsAt = memberAt(at, 'hosts');
    const stated = itemsAt(hostsAt).flatMap((each) => names.host(each) ?? []);
    const known = new Map([
      ...names.allHosts().map((host) => [bareText(host), host] as const),
      ...[...served.values()].map(({ host }) => [bareText(host), host] as const),
      ...sending,
      ...mentioned,
    ]);
    const role = textAt(memberAt(at, 'role'));
    const roles = new Set<'server' | 'client'>(role === 'server' || role === 'client' ? [role] : []);
    for (const certificate of read) {
      const found = [...known.values()].filter((host) =>
        certificate.names.some((name) => covers(name, bareText(host))),
      );
      const hosts = hostsAt === undefined ? found : stated;
      if (hosts.length === 0 && hostsAt === undefined) {
        const all = certificate.names.slice(0, 3).join(', ') || 'no host at all';
        names.complain(
          fileAt,
          `is ${file}: it names ${all}, which is none of the hosts here; say with "hosts" who shows it`,
        );
      }
      const takes = hosts.some((host) => served.has(bareText(host)));
      if (role === undefined && takes) roles.add('server');
      if (role === undefined && hosts.some((host) => sending.has(bareText(host)))) roles.add('client');
      if (role !== 'client') this.servers.push({ at: fileAt, certificate, hosts });
    }
    this.given.push({ file, roles: [...roles] });
  }

  private addMade(at: Placed): void {
    const { names, served } = this.context;
    const [usage = 3, selector = 1, matching = 1] = ['usage', 'selector', 'matching'].map((name) =>
      numberAt(memberAt(at, name)),
    );
    const here = [...served.values()].filter(({ host }) => names.zoneOf(host) !== undefined);
    if (here.length === 0) names.complain(at, 'is for the hosts in "receives", none of which lies in the zones here');
    for (const { host, ports } of here) {
      const shows = this.servers.filter(({ hosts }) => hosts.some((each) => bareText(each) === bareText(host)));
      if (shows.length === 0) {
        names.complain(at, `needs the certificate of ${bareText(host)}: name its file under "certificates"`);
      }
      for (const { at: fileAt, certificate } of shows) {
        const data = certificate.association(usage, selector, matching);
        if ('problem' in data) names.complain(fileAt, `gives no TLSA record: ${data.problem}`);
        else this.add(at, host, [...ports], tlsaRdata(usage, selector, matching, data));
      }
    }
  }

  private addGiven(at: Placed): void {
    const { names } = this.context;
    const hostAt = memberAt(at, 'host');
    const host = hostAt && names.host(hostAt);
    const ports = itemsAt(memberAt(at, 'ports')).flatMap((each) => numberAt(each) ?? []);
    for (const each of itemsAt(memberAt(at, 'data'))) {
      const text = textAt(each);
      const read = text === undefined ? { problem: true } : rdataFromText(TYPE.TLSA, text);
      if ('rdata' in read) {
        if (host !== undefined) this.add(each, host, ports, read.rdata);
      } else if (text !== undefined)
        names.complain(each, `is ${shown(text)}, expected data such as 3 1 1 and 64 hexadecimal digits`);
    }
  }

  private add(at: Placed, host: Uint8Array, ports: readonly number[], rdata: Uint8Array): void {
    const { names, draft } = this.context;
    for (const port of [...ports].sort((a, b) => a - b)) {
      const owner = names.below(at, `_${port}._tcp`, host);
      if (owner !== undefined) draft.add(at, 'Keys of the hosts that take mail (DANE).', owner, TYPE.TLSA, rdata);
    }
  }
}

/** Whether a name of a certificate is that of a host, or a wildcard over it (RFC 9525 §6.3). */
function covers(name: string, host: string): boolean {
  return name === host || (name.startsWith('*.') && host.slice(host.indexOf('.') + 1) === name.slice(2));
}
