import { certificateUses, fileLabel, usePlaces } from '../../common-certificates.ts';
import type { ExampleCertificate, Rule } from '../../rule.ts';

const withOldKey: ExampleCertificate = {
  file: 'mx1.pem',
  roles: ['server'],
  dnsNames: ['mx1.example.net'],
  key: { file: 'mx1.key', fit: 'differs', mode: 0o600 },
};

/** The private key that goes with a certificate is that of another one. */
export const rule: Rule = {
  id: 'cert-key-mismatch',
  group: 'certificates',
  level: 'error',
  cites: ['CMX-1.2.2-a', 'RFC 8446 §4.4.3'],
  what: 'The private key that goes with a certificate does not belong to it.',
  why: 'The mail server does not start, or goes on with what it loaded before, until that expires.',
  help: 'Install the key that was made with the certificate, or have the certificate issued for this key.',
  bad: { zone: '@ MX 10 mx1\nmx1 A 192.0.2.10\n', certificates: [withOldKey] },
  good: {
    zone: '@ MX 10 mx1\nmx1 A 192.0.2.10\n',
    certificates: [{ ...withOldKey, key: { file: 'mx1.key', fit: 'fits', mode: 0o600 } }],
  },
  say: ({ file, key }) =>
    file === key
      ? `the private key in ${file} is not that of its certificate; expected the key the certificate was issued for`
      : `the private key in ${key} is not that of ${file}; expected the key the certificate was issued for`,
  needs: 'certificates',
  check(facts, report) {
    certificateUses(facts).forEach((use, index) => {
      const given = facts.certificates[index];
      if (given?.key?.fit !== 'differs') return;
      const file = given.key.file === given.file ? given.file : fileLabel(facts, index);
      report.certificate(index, { args: { file, key: given.key.file }, related: usePlaces(facts, use) });
    });
  },
};
