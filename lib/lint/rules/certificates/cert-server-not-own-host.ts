import { isWithin } from '../../../rr/name.ts';
import {
  type CertificateUse,
  certificateUses,
  fileLabel,
  type HostMatch,
  hasRole,
  namesLabel,
  namesOf,
  roleNames,
  wireOf,
} from '../../common-certificates.ts';
import { hostsOf } from '../../common-hosts.ts';
import { NameIndex } from '../../common-name-index.ts';
import { fileStems, isCalledAfter, strayServers } from '../../common-strays.ts';
import { bare } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { Report, Rule } from '../../rule.ts';

/** The certificate of one MX host holds the name of another (RFC 9525 §6.1, draft-chuang §1.2.3 leaves it open). */
export const rule: Rule = {
  id: 'cert-server-not-own-host',
  group: 'certificates',
  level: 'warning',
  cites: ['CMX-1.2.3-g', 'RFC 7672 §3.2.3', 'RFC 8461 §4.1', 'RFC 9525 §6.1'],
  what: 'A server certificate that is bound to a host, or whose file is called after an MX host, names other hosts only.',
  why: 'By the letter of the draft any MX name will do, but DANE, MTA-STS and ordinary checks want the name of the host the sender is connected to.',
  help: 'Issue the certificate for the host that serves it.',
  bad: {
    zone: `@ MX 10 mx1 ; expect
@ MX 20 mx2
@ MX 30 mx3 ; expect
mx1 A 192.0.2.10
mx2 A 198.51.100.10
mx3 A 203.0.113.10
`,
    certificates: [
      { file: 'mx1.pem', roles: ['server'], dnsNames: ['mx2.example.net'] },
      { file: 'mx2.pem', roles: ['server'], dnsNames: ['mx2.example.net'] },
      { file: 'all.pem', roles: ['server'], dnsNames: ['mx2.example.net'], binding: { hosts: ['mx3.example.net'] } },
    ],
  },
  good: {
    zone: `@ MX 10 mx1
@ MX 20 mx2
mx1 A 192.0.2.10
mx2 A 198.51.100.10
`,
    certificates: [
      { file: 'mx1.pem', roles: ['server'], dnsNames: ['mx1.example.net'] },
      { file: 'all.pem', roles: ['server'], dnsNames: ['mx2.example.net'], binding: { hosts: ['mx2.example.net'] } },
    ],
  },
  say: ({ file, names, host, list, domain, bound }) => {
    const is = bound === 1 ? 'is bound to' : 'is called after';
    const of = list === '' ? '' : `, ${list === 'SRV' ? 'an SRV target' : 'an MX host'} of ${domain},`;
    return `${file} ${is} ${host}${of} but names ${names}${names === 'no host' ? '' : ' only'}; expected ${host} among its dNSNames`;
  },
  needs: 'certificates',
  check(facts, report) {
    // One that names no mail host at all is cert-server-name-not-in-mx's.
    const strays = new Set(strayServers(facts).map(({ certificate }) => certificate));
    const bound: { readonly certificate: number; readonly host: string }[] = [];
    certificateUses(facts).forEach((use, certificate) => {
      if (!hasRole(facts, certificate, 'server') || strays.has(certificate)) return;
      const { hosts } = facts.certificates[certificate]?.binding ?? {};
      const match = hosts === undefined ? calledAfter(facts, certificate, use) : undefined;
      if (match !== undefined) reportMatch(facts, report, certificate, match, use.mx);
      for (const host of hosts ?? []) if (!covers(facts, certificate, host)) bound.push({ certificate, host });
    });
    const listed = listedHosts(
      facts,
      bound.map(({ host }) => host),
    );
    for (const { certificate, host } of bound) {
      const match = listed.get(host);
      if (match !== undefined && isToldOf(facts, match)) continue;
      if (match !== undefined) reportMatch(facts, report, certificate, match);
      else if (isInZone(facts, host))
        report.certificate(certificate, {
          args: { ...argsOf(facts, certificate), host, list: '', domain: '', bound: 1 },
        });
    }
  },
};

/** At the record that leads to the host; `named` is the host that the certificate names instead, undefined for one bound to its host. */
function reportMatch(
  facts: Facts,
  report: Report,
  certificate: number,
  { domain, target }: HostMatch,
  named?: HostMatch,
): void {
  const list = domain.srv.includes(target) ? 'SRV' : 'MX';
  report.record(target.record, list === 'SRV' ? 'target' : 'exchange', {
    args: {
      ...argsOf(facts, certificate),
      host: target.host,
      list,
      domain: bare(facts.nameText(domain.owner)),
      bound: named === undefined ? 1 : 0,
    },
    related:
      named === undefined ? [] : [{ record: named.target.record, part: 'exchange', message: 'the host it names' }],
  });
}

function argsOf(facts: Facts, certificate: number): { readonly file: string; readonly names: string } {
  return { file: fileLabel(facts, certificate), names: namesLabel(facts, certificate) };
}

/** The MX host a certificate's file is called after, when the certificate names other hosts of that domain instead. */
function calledAfter(facts: Facts, certificate: number, { mx }: CertificateUse): HostMatch | undefined {
  if (mx === undefined) return undefined;
  const names = namesOf(facts, certificate);
  const stems = new Set(fileStems(facts.certificates[certificate]?.file ?? ''));
  const hosts = hostsOf(mx.domain.mx);
  if (hosts.some(({ host }) => names.includes(host) && isCalledAfter(stems, host))) return undefined;
  const target = hosts.find(({ host }) => !names.includes(host) && isCalledAfter(stems, host));
  return target === undefined || covers(facts, certificate, target.host) ? undefined : { domain: mx.domain, target };
}

/** Whether a certificate names a host, itself or by a wildcard. */
function covers(facts: Facts, certificate: number, host: string): boolean {
  const wildcard = `*${host.slice(host.indexOf('.'))}`;
  return namesOf(facts, certificate).some((name) => name === host || name === wildcard);
}

/** Where MX or SRV records of the zone name these hosts, in one look at them. */
function listedHosts(facts: Facts, hosts: readonly string[]): ReadonlyMap<string, HostMatch> {
  const found = new Map<string, HostMatch>();
  const wanted = new NameIndex<string>();
  for (const host of new Set(hosts)) {
    const wire = wireOf(host);
    if (wire !== undefined) wanted.add(wire, host);
  }
  if (wanted.size === 0) return found;
  for (const domain of facts.mailDomains)
    for (const target of [...domain.mx, ...domain.srv])
      for (const host of wanted.get(target.wire)) if (!found.has(host)) found.set(host, { domain, target });
  return found;
}

/** An SRV target that no certificate names is smtp-tls-srv-cert-lacks-target's. */
function isToldOf(facts: Facts, { domain, target }: HostMatch): boolean {
  return domain.srv.includes(target) && !roleNames(facts, 'server').covers(target);
}

function isInZone(facts: Facts, host: string): boolean {
  const wire = wireOf(host);
  return wire !== undefined && isWithin(wire, facts.zone.origin);
}
