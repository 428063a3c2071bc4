import { fileLabel } from '../../common-certificates.ts';
import type { ExampleCertificate, Rule } from '../../rule.ts';
import { looksPublic } from './shared.ts';

const unlogged: ExampleCertificate = {
  file: 'mx1.pem',
  roles: ['server'],
  dnsNames: ['mx1.example.net'],
  facts: { hasScts: false, policies: ['2.23.140.1.2.1'] },
};

/** A certificate with a policy of public CAs carries no timestamps of transparency logs (RFC 6962 §3.3). */
export const rule: Rule = {
  id: 'cert-no-sct',
  group: 'certificates',
  level: 'info',
  cites: ['CMX-1.2.2-c', 'RFC 6962 §3.3'],
  what: 'A certificate with a policy of public CAs has no signed certificate timestamps.',
  why: 'Local policy may ask for certificates that were logged; mail servers have no other way to send the timestamps.',
  help: 'Have the certificate issued with embedded timestamps.',
  // Private CAs assert the policies too, and mail servers do not look.
  byDefault: false,
  bad: { zone: '@ MX 10 mx1\nmx1 A 192.0.2.10\n', certificates: [unlogged] },
  good: {
    zone: '@ MX 10 mx1\nmx1 A 192.0.2.10\n',
    certificates: [{ file: 'mx1.pem', roles: ['server'], dnsNames: ['mx1.example.net'] }],
  },
  say: ({ file }) => `${file} has a policy of public CAs but no signed certificate timestamps`,
  needs: 'certificates',
  check(facts, report) {
    facts.certificates.forEach(({ facts: certificate }, index) => {
      if (certificate.hasScts || !looksPublic(certificate)) return;
      report.certificate(index, { args: { file: fileLabel(facts, index) } });
    });
  },
};
