import {
  type CertificateUse,
  certificateUses,
  fileLabel,
  type HostMatch,
  hasRole,
  namesLabel,
  namesOf,
} from '../../common-certificates.ts';
import { hostsOf } from '../../common-hosts.ts';
import { fileStems, isCalledAfter } from '../../common-strays.ts';
import { bare } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { Rule } from '../../rule.ts';

/** The certificate file of one MX host holds the name of another (RFC 9525 §6.1, draft-chuang §1.2.3 leaves it open). */
export const rule: Rule = {
  id: 'cert-server-not-own-host',
  group: 'certificates',
  level: 'warning',
  cites: ['CMX-1.2.3-g', 'RFC 7672 §3.2.3', 'RFC 8461 §4.1', 'RFC 9525 §6.1'],
  what: 'A server certificate whose file is called after one MX host names another MX host only.',
  why: 'By the letter of the draft any MX name will do, but DANE, MTA-STS and ordinary checks want the name of the host the sender is connected to.',
  help: 'Issue the certificate for the host that serves it.',
  bad: {
    zone: `@ MX 10 mx1 ; expect
@ MX 20 mx2
mx1 A 192.0.2.10
mx2 A 198.51.100.10
`,
    certificates: [
      { file: 'mx1.pem', roles: ['server'], dnsNames: ['mx2.example.net'] },
      { file: 'mx2.pem', roles: ['server'], dnsNames: ['mx2.example.net'] },
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
      { file: 'mx2.pem', roles: ['server'], dnsNames: ['mx2.example.net'] },
    ],
  },
  say: ({ file, names, host, domain }) =>
    `${file} is called after ${host}, an MX host of ${domain}, but names ${names} only; expected ${host} among its dNSNames`,
  check(facts, report) {
    if (facts.certificates.length === 0) return;
    certificateUses(facts).forEach((use, index) => {
      if (!hasRole(facts, index, 'server')) return;
      const match = calledAfter(facts, index, use);
      if (match === undefined) return;
      report.record(match.target.record, 'exchange', {
        args: {
          file: fileLabel(facts, index),
          names: namesLabel(facts, index),
          host: match.target.host,
          domain: bare(facts.nameText(match.domain.owner)),
        },
        related:
          use.mx === undefined
            ? []
            : [{ record: use.mx.target.record, part: 'exchange', message: 'the host it names' }],
      });
    });
  },
};

/** The MX host a certificate's file is called after, when the certificate names other hosts of that domain instead. */
function calledAfter(facts: Facts, certificate: number, { mx }: CertificateUse): HostMatch | undefined {
  if (mx === undefined) return undefined;
  const names = namesOf(facts, certificate);
  const stems = new Set(fileStems(facts.certificates[certificate]?.file ?? ''));
  const hosts = hostsOf(mx.domain.mx);
  if (hosts.some(({ host }) => names.includes(host) && isCalledAfter(stems, host))) return undefined;
  const target = hosts.find(({ host }) => !names.includes(host) && isCalledAfter(stems, host));
  if (target === undefined || names.includes(`*${target.host.slice(target.host.indexOf('.'))}`)) return undefined;
  return { domain: mx.domain, target };
}
