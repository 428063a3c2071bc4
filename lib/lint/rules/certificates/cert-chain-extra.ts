import { fileLabel } from '../../common-certificates.ts';
import { listed } from '../../common-words.ts';
import type { ExampleCertificate, Rule } from '../../rule.ts';
import { isSelfSigned } from './shared.ts';

const root = { subject: 'CN=Example Root,O=Example', isCa: true, selfIssued: true, selfSigned: true };

const withRoot: ExampleCertificate = {
  file: 'mx1.pem',
  roles: ['server'],
  dnsNames: ['mx1.example.net'],
  chain: [root],
};

/** The root is sent along with the chain, though a peer either has it or does not trust it, or something unrelated is (RFC 8446 §4.4.2). */
export const rule: Rule = {
  id: 'cert-chain-extra',
  group: 'certificates',
  level: 'info',
  cites: ['RFC 8446 §4.4.2'],
  what: 'A certificate file ends with the root, or holds a CA certificate that is no issuer of what is in it.',
  why: 'It is sent in every handshake for nothing, unless a TLSA record with the usage DANE-TA refers to the root.',
  help: 'Leave the root out of the file, unless a TLSA record refers to it, and what does not belong to the chain.',
  byDefault: false,
  bad: { zone: '@ MX 10 mx1\nmx1 A 192.0.2.10\n', certificates: [withRoot] },
  good: {
    zone: '@ MX 10 mx1\nmx1 A 192.0.2.10\n',
    certificates: [{ file: 'mx1.pem', roles: ['server'], dnsNames: ['mx1.example.net'] }],
  },
  say: ({ file, root: subject, strangers }) =>
    strangers === ''
      ? `${file} holds the root ${subject}, which peers have themselves`
      : `${file} holds ${strangers}, which issued nothing in it; expected the issuers of its certificate only`,
  check(facts, report) {
    const told = new Set<string>();
    facts.certificates.forEach(({ file, chain, unrelated = [] }, index) => {
      const last = chain.at(-1)?.facts;
      const args = { file: fileLabel(facts, index), root: '', strangers: '' };
      if (last !== undefined && isSelfSigned(last))
        report.certificate(index, { args: { ...args, root: last.subject } });
      if (unrelated.length === 0 || told.has(file)) return;
      told.add(file);
      report.certificate(index, { args: { ...args, file, strangers: listed(unrelated) } });
    });
  },
};
