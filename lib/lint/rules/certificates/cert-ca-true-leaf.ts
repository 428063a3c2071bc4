import { certificateUses, fileLabel, usePlaces } from '../../common-certificates.ts';
import type { Rule } from '../../rule.ts';

/** A host uses a CA certificate (RFC 5280 §4.2.1.9). */
export const rule: Rule = {
  id: 'cert-ca-true-leaf',
  group: 'certificates',
  level: 'error',
  cites: ['RFC 5280 §4.2.1.9', 'CMX-1.2.2-c'],
  what: 'The certificate of a host says that it is a CA.',
  why: 'Many peers refuse a CA certificate as that of a host, and its key can issue certificates for any name.',
  help: 'Issue a certificate with CA:FALSE for the host.',
  bad: {
    zone: '@ MX 10 mx1\nmx1 A 192.0.2.10\n',
    certificates: [{ file: 'mx1.pem', roles: ['server'], dnsNames: ['mx1.example.net'], isCa: true }],
  },
  good: {
    zone: '@ MX 10 mx1\nmx1 A 192.0.2.10\n',
    certificates: [{ file: 'mx1.pem', roles: ['server'], dnsNames: ['mx1.example.net'] }],
  },
  say: ({ file, subject }) =>
    `${file}${subject === '' ? '' : ` (${subject})`} is a CA certificate (CA:TRUE); expected that of a host, with CA:FALSE`,
  needs: 'certificates',
  check(facts, report) {
    certificateUses(facts).forEach((use, index) => {
      const certificate = facts.certificates[index]?.facts;
      if (certificate?.isCa !== true) return;
      report.certificate(index, {
        args: { file: fileLabel(facts, index), subject: certificate.subject },
        related: usePlaces(facts, use),
      });
    });
  },
};
