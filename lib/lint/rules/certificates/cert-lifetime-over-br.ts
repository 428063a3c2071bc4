import { fileLabel } from '../../common-certificates.ts';
import { date } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { looksPublic } from './shared.ts';

const DAY = 86_400_000;

/** Most days a certificate may be valid, by the day it was issued, latest first (CA/B BR 6.3.2). */
const LIMITS: readonly (readonly [from: number, days: number])[] = [
  [Date.parse('2029-03-15T00:00:00Z'), 47],
  [Date.parse('2027-03-15T00:00:00Z'), 100],
  [Date.parse('2026-03-15T00:00:00Z'), 200],
  [Date.parse('2020-09-01T00:00:00Z'), 398],
];

/** A certificate is valid for longer than a public CA may make it. */
export const rule: Rule = {
  id: 'cert-lifetime-over-br',
  group: 'certificates',
  level: 'warning',
  cites: ['CMX-1.2.1-h', 'CA/B BR §6.3.2'],
  what: 'A certificate that looks like one of a public CA is valid for more days than public CAs may give.',
  why: 'Software that holds public CAs to their rules refuses it, and the CA may have to revoke it.',
  help: 'Have the certificate issued again.',
  bad: {
    zone: '@ MX 10 mx1\nmx1 A 192.0.2.10\n',
    certificates: [
      {
        file: 'mx1.pem',
        roles: ['server'],
        dnsNames: ['mx1.example.net'],
        notBefore: '2026-06-01T00:00:00Z',
        notAfter: '2027-07-04T00:00:00Z',
      },
    ],
  },
  good: {
    zone: '@ MX 10 mx1\nmx1 A 192.0.2.10\n',
    certificates: [{ file: 'mx1.pem', roles: ['server'], dnsNames: ['mx1.example.net'] }],
  },
  say: ({ file, days, issued, limit }) =>
    `${file}, issued on ${issued}, is valid for ${days} days; expected at most ${limit} of a public CA at that time`,
  needs: 'certificates',
  check(facts, report) {
    facts.certificates.forEach(({ facts: certificate }, index) => {
      const { notBefore, notAfter, isCa, selfIssued } = certificate;
      const limit = LIMITS.find(([from]) => notBefore >= from)?.[1];
      if (limit === undefined || isCa || selfIssued || !looksPublic(certificate)) return;
      // The last second counts as well (BR 1.6.1, "validity period").
      const days = (notAfter - notBefore + 1000) / DAY;
      if (days <= limit) return;
      report.certificate(index, {
        args: { file: fileLabel(facts, index), days: Math.ceil(days), issued: date(notBefore), limit },
      });
    });
  },
};
