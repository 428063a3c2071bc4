import { keyPurpose } from '../../../certs/object-identifiers.ts';
import { certificateUses, fileLabel, hasRole, usePlaces } from '../../common-certificates.ts';
import { clientMx } from '../../common-examples.ts';
import { date } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { clientAuthEnd } from './purposes.ts';

/** A client certificate of a public CA cannot be renewed with clientAuth. */
export const rule: Rule = {
  id: 'cert-eku-dual-ending',
  group: 'certificates',
  level: 'info',
  cites: ['CMX-1.2.1-h', 'CMX-1.2.2-c', 'RFC 5280 §4.2.1.12'],
  what: 'A client certificate of a public CA has clientAuth beside serverAuth, which public CAs stop issuing.',
  why: 'The certificate works until it ends; the next one of the same CA will be for serverAuth only, and many receivers refuse that from a client.',
  help: 'Plan for a private CA for the client role, or for receivers that accept serverAuth.',
  bad: {
    zone: `@ MX 10 mx1
@ ${clientMx(10, 'out1')}
mx1 A 192.0.2.10
out1 A 192.0.2.20
`,
    certificates: [
      { file: 'mx1.pem', roles: ['server'], dnsNames: ['mx1.example.net'] },
      { file: 'out1.pem', roles: ['client'], dnsNames: ['out1.example.net'], extendedKeyUsage: ['server', 'client'] },
    ],
  },
  good: {
    zone: `@ MX 10 mx1
@ ${clientMx(10, 'out1')}
mx1 A 192.0.2.10
out1 A 192.0.2.20
`,
    certificates: [
      { file: 'mx1.pem', roles: ['server'], dnsNames: ['mx1.example.net'] },
      { file: 'out1.pem', roles: ['client'], dnsNames: ['out1.example.net'], extendedKeyUsage: ['client'] },
    ],
  },
  say: ({ file, notAfter, last }) =>
    `client certificate ${file} of a public CA has clientAuth until ${notAfter}; its CA issues none with it from ${last} on`,
  needs: 'certificates',
  check(facts, report) {
    if (facts.eku === 'ignore') return;
    certificateUses(facts).forEach((use, index) => {
      const certificate = facts.certificates[index]?.facts;
      const purposes = certificate?.extendedKeyUsage ?? [];
      if (certificate === undefined || !certificate.hasScts || !hasRole(facts, index, 'client')) return;
      if (!purposes.includes(keyPurpose.clientAuth) || !purposes.includes(keyPurpose.serverAuth)) return;
      // An expired certificate has other troubles.
      if (certificate.notAfter <= facts.now) return;
      report.certificate(index, {
        args: {
          file: fileLabel(facts, index),
          notAfter: date(certificate.notAfter),
          last: date(clientAuthEnd(certificate)),
        },
        related: usePlaces(facts, use),
      });
    });
  },
};
