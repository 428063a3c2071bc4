import { certificateUses, fileLabel, usePlaces } from '../../common-certificates.ts';
import { listed } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';

/** The key of the certificate may not sign (RFC 5280 §4.2.1.3, RFC 8446 §4.4.2.2). */
export const rule: Rule = {
  id: 'cert-keyusage',
  group: 'certificates',
  level: 'error',
  cites: ['RFC 5280 §4.2.1.3', 'RFC 8446 §4.4.2.2', 'CMX-1.2.2-c'],
  what: 'A certificate has key usages, but not digitalSignature.',
  why: 'In TLS 1.3, and in TLS 1.2 with forward secrecy, the key signs the handshake; peers that look at the key usage break it off.',
  help: 'Issue the certificate with the key usage digitalSignature.',
  bad: {
    zone: '@ MX 10 mx1\nmx1 A 192.0.2.10\n',
    certificates: [
      { file: 'mx1.pem', roles: ['server'], dnsNames: ['mx1.example.net'], keyUsage: ['keyEncipherment'] },
    ],
  },
  good: {
    zone: '@ MX 10 mx1\nmx1 A 192.0.2.10\n',
    certificates: [
      { file: 'mx1.pem', roles: ['server'], dnsNames: ['mx1.example.net'], keyUsage: ['digitalSignature'] },
    ],
  },
  say: ({ file, usages }) => `the key usages of ${file} are ${usages}; expected digitalSignature among them`,
  needs: 'certificates',
  check(facts, report) {
    certificateUses(facts).forEach((use, index) => {
      const { keyUsage, isCa = false } = facts.certificates[index]?.facts ?? {};
      // The usages of a CA certificate are its own business: cert-ca-true-leaf.
      if (keyUsage === undefined || keyUsage.includes('digitalSignature') || isCa) return;
      const usages = keyUsage.length === 0 ? 'none' : listed(keyUsage);
      report.certificate(index, { args: { file: fileLabel(facts, index), usages }, related: usePlaces(facts, use) });
    });
  },
};
