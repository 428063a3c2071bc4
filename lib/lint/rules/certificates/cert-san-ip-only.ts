import { certificateUses, fileLabel, usePlaces } from '../../common-certificates.ts';
import { listed } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';

/** The certificate names addresses but no host (RFC 9525 §6.1). */
export const rule: Rule = {
  id: 'cert-san-ip-only',
  group: 'certificates',
  level: 'warning',
  cites: ['CMX-1.2.2-j', 'RFC 9525 §6.1'],
  what: 'The subject alternative name of a certificate has addresses and no dNSName.',
  why: 'Mail servers are matched by host name; whether the common name still counts beside addresses differs between implementations.',
  help: 'Issue the certificate with the host as a dNSName.',
  bad: {
    zone: '@ MX 10 mx1\nmx1 A 192.0.2.10\n',
    certificates: [
      { file: 'mx1.pem', roles: ['server'], commonNames: ['mx1.example.net'], ipAddresses: ['192.0.2.10'] },
    ],
  },
  good: {
    zone: '@ MX 10 mx1\nmx1 A 192.0.2.10\n',
    certificates: [{ file: 'mx1.pem', roles: ['server'], dnsNames: ['mx1.example.net'], ipAddresses: ['192.0.2.10'] }],
  },
  say: ({ file, addresses }) =>
    `${file} names ${addresses} and no host; expected the host as a dNSName in the subject alternative name`,
  needs: 'certificates',
  check(facts, report) {
    certificateUses(facts).forEach((use, index) => {
      const certificate = facts.certificates[index]?.facts;
      if (certificate === undefined || certificate.dnsNames.length > 0 || certificate.ipAddresses.length === 0) return;
      report.certificate(index, {
        args: { file: fileLabel(facts, index), addresses: listed(certificate.ipAddresses) },
        related: usePlaces(facts, use),
      });
    });
  },
};
