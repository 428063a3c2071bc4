import type { Rule } from '../../rule.ts';
import { fileLabel, hasRole, namesOf } from '../../shared-certificates.ts';
import { clientMx } from '../../shared-examples.ts';
import { bare, date, period } from '../../shared-words.ts';

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
    const { now } = facts;
    const ends = new Map<string, number>();
    facts.certificates.forEach(({ facts: { notAfter } }, index) => {
      if (!hasRole(facts, index, 'client') || notAfter <= now) return;
      for (const name of namesOf(facts, index)) {
        const before = facts.certificates[ends.get(name) ?? -1]?.facts.notAfter ?? 0;
        // Of two certificates for one host the later one is the next one.
        if (notAfter > before) ends.set(name, index);
      }
    });
    if (ends.size === 0) return;
    for (const { owner, clientMx: senders } of facts.mailDomains) {
      for (const { record, host } of senders) {
        const index = ends.get(host);
        const notAfter = facts.certificates[index ?? -1]?.facts.notAfter;
        const ttl = facts.zone.ttls[record] ?? 0;
        if (index === undefined || notAfter === undefined || now + ttl * 1000 <= notAfter) continue;
        report.record(record, 'ttl', {
          args: {
            domain: bare(facts.nameText(owner)),
            host,
            ttl: period(ttl),
            file: fileLabel(facts, index),
            notAfter: date(notAfter),
          },
        });
        break;
      }
    }
  },
};
