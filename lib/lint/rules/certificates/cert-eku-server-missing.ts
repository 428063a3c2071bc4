import { keyPurpose } from '../../../certs/object-identifiers.ts';
import { certificateUses, fileLabel, hasRole, usePlaces } from '../../common-certificates.ts';
import { listed } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { purposeLabel } from './purposes.ts';

/** A server certificate is not for server authentication (RFC 5280 §4.2.1.12). */
export const rule: Rule = {
  id: 'cert-eku-server-missing',
  group: 'certificates',
  level: 'error',
  cites: ['RFC 5280 §4.2.1.12', 'CMX-1.2.2-b'],
  what: 'A certificate for the server role has extended key usages, but not serverAuth.',
  why: 'Senders that check certificates refuse it, whatever its names are.',
  help: 'Issue the certificate with serverAuth.',
  bad: {
    zone: '@ MX 10 mx1\nmx1 A 192.0.2.10\n',
    certificates: [{ file: 'mx1.pem', roles: ['server'], dnsNames: ['mx1.example.net'], extendedKeyUsage: ['client'] }],
  },
  good: {
    zone: '@ MX 10 mx1\nmx1 A 192.0.2.10\n',
    certificates: [{ file: 'mx1.pem', roles: ['server'], dnsNames: ['mx1.example.net'], extendedKeyUsage: ['server'] }],
  },
  say: ({ file, purposes }) => `server certificate ${file} is for ${purposes}; expected serverAuth`,
  needs: 'certificates',
  check(facts, report) {
    if (facts.eku === 'ignore') return;
    certificateUses(facts).forEach((use, index) => {
      const purposes = facts.certificates[index]?.facts.extendedKeyUsage;
      if (purposes === undefined || !hasRole(facts, index, 'server')) return;
      if (purposes.includes(keyPurpose.serverAuth) || purposes.includes(keyPurpose.any)) return;
      report.certificate(index, {
        args: {
          file: fileLabel(facts, index),
          purposes: purposes.length === 0 ? 'nothing' : `${listed(purposes.map(purposeLabel))} only`,
        },
        related: usePlaces(facts, use),
      });
    });
  },
};
