import { fileLabel } from '../../common-certificates.ts';
import type { ExampleCertificate, Rule } from '../../rule.ts';

const CLASSICAL: ReadonlySet<string> = new Set(['rsa', 'ec', 'ed25519', 'ed448', 'dsa']);

const quantumSafe: ExampleCertificate = {
  file: 'mx1.pem',
  roles: ['server'],
  dnsNames: ['mx1.example.net'],
  // ML-DSA-65.
  keyType: '2.16.840.1.101.3.4.3.18',
  keyBits: 15_616,
};

/** The key belongs to an algorithm that a quantum computer would break (draft-chuang §1.4). */
export const rule: Rule = {
  id: 'cert-key-quantum-note',
  group: 'certificates',
  level: 'info',
  cites: ['CMX-1.4-a'],
  what: 'The key of a certificate is of a classical algorithm.',
  why: 'Nothing is wrong with it today; a quantum computer of sufficient size could forge its signatures.',
  help: 'Watch what the CAs offer; there is nothing to do yet.',
  byDefault: false,
  bad: {
    zone: '@ MX 10 mx1\nmx1 A 192.0.2.10\n',
    certificates: [{ file: 'mx1.pem', roles: ['server'], dnsNames: ['mx1.example.net'] }],
  },
  good: { zone: '@ MX 10 mx1\nmx1 A 192.0.2.10\n', certificates: [quantumSafe] },
  say: ({ file, key }) => `${file} has the classical key ${key}`,
  needs: 'certificates',
  check(facts, report) {
    facts.certificates.forEach(({ facts: { keyType, keyBits, curve } }, index) => {
      if (!CLASSICAL.has(keyType)) return;
      const key = curve ?? (keyType.startsWith('ed') ? keyType : `${keyType} with ${keyBits} bits`);
      report.certificate(index, { args: { file: fileLabel(facts, index), key } });
    });
  },
};
