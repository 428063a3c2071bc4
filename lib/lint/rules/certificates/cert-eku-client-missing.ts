import { keyPurpose } from '../../../certs/object-identifiers.ts';
import { certificateUses, fileLabel, hasRole, usePlaces } from '../../common-certificates.ts';
import { clientMx } from '../../common-examples.ts';
import { listed } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { purposeLabel } from './purposes.ts';
import { looksPublic } from './shared.ts';

/** A client certificate is not for client authentication (RFC 5280 §4.2.1.12). */
export const rule: Rule = {
  id: 'cert-eku-client-missing',
  group: 'certificates',
  level: 'warning',
  cites: ['CMX-1.2.2-c', 'RFC 5280 §4.2.1.12'],
  what: 'A certificate for the client role has extended key usages, but not clientAuth.',
  why: 'Mail servers refuse it as a client certificate unless they are told to accept serverAuth in its place; public CAs no longer issue clientAuth.',
  help: 'Use a certificate with clientAuth, from a private CA if need be, or make sure that the receivers accept serverAuth.',
  bad: {
    zone: `@ MX 10 mx1
@ ${clientMx(10, 'out1')}
mx1 A 192.0.2.10
out1 A 192.0.2.20
`,
    certificates: [
      { file: 'mx1.pem', roles: ['server'], dnsNames: ['mx1.example.net'] },
      { file: 'out1.pem', roles: ['client'], dnsNames: ['out1.example.net'], extendedKeyUsage: ['server'] },
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
  say: ({ file, purposes, strict, isPublic }) => {
    const found = `client certificate ${file} is for ${purposes}`;
    const wanted = strict === 1 ? 'expected clientAuth, which --eku strict demands' : 'expected clientAuth';
    if (isPublic !== 1) return `${found}; ${wanted}`;
    const way = strict === 1 ? 'use a private CA' : 'use a private CA or receivers that accept serverAuth';
    return `${found}; ${wanted}${strict === 1 ? ' and' : ', which'} public CAs no longer issue: ${way}`;
  },
  needs: 'certificates',
  check(facts, report) {
    if (facts.eku === 'ignore') return;
    const strict = facts.eku === 'strict';
    certificateUses(facts).forEach((use, index) => {
      const certificate = facts.certificates[index]?.facts;
      const purposes = certificate?.extendedKeyUsage;
      if (certificate === undefined || purposes === undefined || !hasRole(facts, index, 'client')) return;
      if (purposes.includes(keyPurpose.clientAuth) || purposes.includes(keyPurpose.any)) return;
      report.certificate(index, {
        args: {
          file: fileLabel(facts, index),
          purposes: purposes.length === 0 ? 'nothing' : `${listed(purposes.map(purposeLabel))} only`,
          strict: strict ? 1 : 0,
          isPublic: looksPublic(certificate) ? 1 : 0,
        },
        ...(strict && { severity: 'error' }),
        related: usePlaces(facts, use),
      });
    });
  },
};
