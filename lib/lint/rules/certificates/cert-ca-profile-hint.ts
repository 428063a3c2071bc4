import type { CertificateFacts } from '../../../certs/facts.ts';
import { certificateUses, fileLabel, hasRole, usePlaces } from '../../common-certificates.ts';
import { clientMx } from '../../common-examples.ts';
import { date } from '../../common-words.ts';
import type { ExampleCertificate, Rule } from '../../rule.ts';
import { clientAuthEnd } from './purposes.ts';

const ofLetsEncrypt: ExampleCertificate = {
  file: 'out1.pem',
  roles: ['client'],
  dnsNames: ['out1.example.net'],
  extendedKeyUsage: ['server'],
  facts: { issuer: "CN=E7,O=Let's Encrypt,C=US" },
};

/** Days that certificates of the usual profile of Let's Encrypt are valid, by the day of issue, latest first. */
const LIVES: readonly (readonly [from: number, days: number])[] = [
  [Date.parse('2028-02-16T00:00:00Z'), 45],
  [Date.parse('2027-02-10T00:00:00Z'), 64],
  [0, 90],
];

/** A client certificate comes from Let's Encrypt, which issues none for clients any more. */
export const rule: Rule = {
  id: 'cert-ca-profile-hint',
  group: 'certificates',
  level: 'info',
  cites: ['CMX-1.2.1-h', 'CMX-1.2.2-c'],
  what: "A client certificate was issued by Let's Encrypt.",
  why: 'Its renewals are for serverAuth only and for ever fewer days, so that renewal has to work by itself and receivers have to accept serverAuth.',
  help: 'Plan for a private CA for the client role, or for receivers that accept serverAuth.',
  // It is a note on a set-up that works wherever serverAuth is accepted.
  byDefault: false,
  bad: {
    zone: `@ MX 10 mx1
@ ${clientMx(10, 'out1')}
mx1 A 192.0.2.10
out1 A 192.0.2.20
`,
    certificates: [{ file: 'mx1.pem', roles: ['server'], dnsNames: ['mx1.example.net'] }, ofLetsEncrypt],
  },
  good: {
    zone: `@ MX 10 mx1
@ ${clientMx(10, 'out1')}
mx1 A 192.0.2.10
out1 A 192.0.2.20
`,
    certificates: [
      { file: 'mx1.pem', roles: ['server'], dnsNames: ['mx1.example.net'] },
      { file: 'out1.pem', roles: ['client'], dnsNames: ['out1.example.net'] },
    ],
  },
  say: ({ file, end, notAfter, days }) =>
    `client certificate ${file} is of Let's Encrypt, whose certificates have no clientAuth since ${end}; one issued when this ends on ${notAfter} is valid for ${days} days`,
  needs: 'certificates',
  check(facts, report) {
    certificateUses(facts).forEach((use, index) => {
      const certificate = facts.certificates[index]?.facts;
      if (certificate === undefined || !isOfLetsEncrypt(certificate) || !hasRole(facts, index, 'client')) return;
      const { notAfter } = certificate;
      const [, days = 0] = LIVES.find(([from]) => notAfter >= from) ?? [];
      report.certificate(index, {
        args: { file: fileLabel(facts, index), end: date(clientAuthEnd(certificate)), notAfter: date(notAfter), days },
        related: usePlaces(facts, use),
      });
    });
  },
};

function isOfLetsEncrypt({ issuer }: CertificateFacts): boolean {
  return issuer.includes("O=Let's Encrypt");
}
