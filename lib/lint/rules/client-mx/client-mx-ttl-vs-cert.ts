import { fileLabel, hasRole, namesOf, wireOf } from '../../common-certificates.ts';
import { clientMx } from '../../common-examples.ts';
import { NameIndex } from '../../common-name-index.ts';
import { bare, date, period } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { Rule } from '../../rule.ts';

/** Client MX stays in caches longer than the certificate it names is valid. */
export const rule: Rule = {
  id: 'client-mx-ttl-vs-cert',
  group: 'client-mx',
  level: 'info',
  cites: ['CMX-1.2.1-i', 'RFC 5280 §4.1.2.5'],
  what: 'The TTL of a Client MX record is longer than its certificate is still valid.',
  why: 'When the next certificate carries another name, receivers compare it with the record they have cached, and mail fails until that is gone.',
  help: 'Lower the TTL, or renew the certificate first.',
  bad: {
    zone: `@ MX 10 mx1
@ 604800 ${clientMx(10, 'out1')} ; expect
mx1 A 192.0.2.10
out1 A 192.0.2.20
`,
    certificates: [
      { file: 'mx1.pem', roles: ['server'], dnsNames: ['mx1.example.net'] },
      { file: 'out1.pem', roles: ['client'], dnsNames: ['out1.example.net'], notAfter: '2026-11-24T00:00:00Z' },
    ],
  },
  good: {
    zone: `@ MX 10 mx1
@ 3600 ${clientMx(10, 'out1')}
mx1 A 192.0.2.10
out1 A 192.0.2.20
`,
    certificates: [
      { file: 'mx1.pem', roles: ['server'], dnsNames: ['mx1.example.net'] },
      { file: 'out1.pem', roles: ['client'], dnsNames: ['out1.example.net'] },
    ],
  },
  say: ({ domain, host, ttl, file, notAfter }) =>
    `Client MX of ${domain} for ${host} may be cached for ${ttl}, but ${file} is valid until ${notAfter} only; expected a TTL below the time left`,
  check(facts, report) {
    const valid = clientCertificates(facts);
    if (valid.size === 0) return;
    for (const { owner, clientMx: senders } of facts.mailDomains) {
      for (const target of senders) {
        const ttl = facts.zone.ttls[target.record] ?? 0;
        // Of two certificates for one host the later one is the next one.
        const [last] = [...valid.get(target.wire)].sort((a, b) => b.notAfter - a.notAfter);
        if (last === undefined || facts.now + ttl * 1000 <= last.notAfter) continue;
        report.record(target.record, 'ttl', {
          args: {
            domain: bare(facts.nameText(owner)),
            host: target.host,
            ttl: period(ttl),
            file: last.file,
            notAfter: date(last.notAfter),
          },
        });
        break;
      }
    }
  },
};

/** The client certificates that are still valid, by the hosts they name. */
function clientCertificates(facts: Facts): NameIndex<{ readonly file: string; readonly notAfter: number }> {
  const valid = new NameIndex<{ readonly file: string; readonly notAfter: number }>();
  facts.certificates.forEach(({ facts: { notAfter } }, index) => {
    if (!hasRole(facts, index, 'client') || notAfter <= facts.now) return;
    for (const name of namesOf(facts, index)) {
      const wire = wireOf(name);
      if (wire !== undefined) valid.add(wire, { file: fileLabel(facts, index), notAfter });
    }
  });
  return valid;
}
