import { certificateUses, fileLabel, usePlaces } from '../../common-certificates.ts';
import { listed } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';

/** The certificate has its names in the subject only (RFC 9525 §2). */
export const rule: Rule = {
  id: 'cert-cn-only',
  group: 'certificates',
  level: 'warning',
  cites: ['CMX-1.2.2-j', 'RFC 9525 §2'],
  what: 'A certificate has no dNSName, so that its common name is all there is to match.',
  why: 'The draft falls back to the common name, but most TLS software no longer does and sees a certificate without any name.',
  help: 'Issue the certificate with the host as a dNSName in the subject alternative name.',
  bad: {
    zone: '@ MX 10 mx1\nmx1 A 192.0.2.10\n',
    certificates: [{ file: 'mx1.pem', roles: ['server'], commonNames: ['mx1.example.net'] }],
  },
  good: {
    zone: '@ MX 10 mx1\nmx1 A 192.0.2.10\n',
    certificates: [{ file: 'mx1.pem', roles: ['server'], dnsNames: ['mx1.example.net'] }],
  },
  say: ({ file, names }) =>
    `${file} has ${names} as its common name and no dNSName; expected the host in the subject alternative name`,
  needs: 'certificates',
  check(facts, report) {
    certificateUses(facts).forEach((use, index) => {
      const certificate = facts.certificates[index]?.facts;
      if (certificate === undefined || certificate.dnsNames.length > 0) return;
      // With addresses alone it is cert-san-ip-only.
      if (certificate.ipAddresses.length > 0 || certificate.subjectCommonNames.length === 0) return;
      report.certificate(index, {
        args: { file: fileLabel(facts, index), names: listed(certificate.subjectCommonNames) },
        related: usePlaces(facts, use),
      });
    });
  },
};
