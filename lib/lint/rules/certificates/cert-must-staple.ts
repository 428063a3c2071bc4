import { certificateUses, fileLabel, usePlaces } from '../../common-certificates.ts';
import type { ExampleCertificate, Rule } from '../../rule.ts';

const mustStaple: ExampleCertificate = {
  file: 'mx1.pem',
  roles: ['server'],
  dnsNames: ['mx1.example.net'],
  facts: { mustStaple: true },
};

/** The certificate demands a stapled OCSP response, which mail servers do not send (RFC 7633 §4.2.3). */
export const rule: Rule = {
  id: 'cert-must-staple',
  group: 'certificates',
  level: 'warning',
  cites: ['RFC 7633 §4.2.3', 'CMX-1.2.2-c'],
  what: 'A certificate demands a stapled OCSP response (TLS feature status_request).',
  why: 'Few mail servers can staple, and CAs give up OCSP; a peer that takes the demand seriously breaks the connection off.',
  help: 'Have the certificate issued without the TLS feature extension.',
  bad: { zone: '@ MX 10 mx1\nmx1 A 192.0.2.10\n', certificates: [mustStaple] },
  good: {
    zone: '@ MX 10 mx1\nmx1 A 192.0.2.10\n',
    certificates: [{ file: 'mx1.pem', roles: ['server'], dnsNames: ['mx1.example.net'] }],
  },
  say: ({ file }) => `${file} demands a stapled OCSP response; expected a certificate without that TLS feature`,
  needs: 'certificates',
  check(facts, report) {
    certificateUses(facts).forEach((use, index) => {
      if (facts.certificates[index]?.facts.mustStaple !== true) return;
      report.certificate(index, { args: { file: fileLabel(facts, index) }, related: usePlaces(facts, use) });
    });
  },
};
