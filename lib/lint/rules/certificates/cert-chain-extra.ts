import { fileLabel } from '../../common-certificates.ts';
import type { ExampleCertificate, Rule } from '../../rule.ts';

const root = { subject: 'CN=Example Root,O=Example', isCa: true, selfIssued: true, selfSigned: true };

const withRoot: ExampleCertificate = {
  file: 'mx1.pem',
  roles: ['server'],
  dnsNames: ['mx1.example.net'],
  chain: [root],
};

/** The root is sent along with the chain, though a peer either has it or does not trust it (RFC 8446 §4.4.2). */
export const rule: Rule = {
  id: 'cert-chain-extra',
  group: 'certificates',
  level: 'info',
  cites: ['RFC 8446 §4.4.2'],
  what: 'A certificate file ends with the root.',
  why: 'The root is sent in every handshake for nothing, unless a TLSA record with the usage DANE-TA refers to it.',
  help: 'Leave the root out of the file, unless a TLSA record refers to it.',
  byDefault: false,
  bad: { zone: '@ MX 10 mx1\nmx1 A 192.0.2.10\n', certificates: [withRoot] },
  good: {
    zone: '@ MX 10 mx1\nmx1 A 192.0.2.10\n',
    certificates: [{ file: 'mx1.pem', roles: ['server'], dnsNames: ['mx1.example.net'] }],
  },
  say: ({ file, root: subject }) => `${file} holds the root ${subject}, which peers have themselves`,
  check(facts, report) {
    facts.certificates.forEach(({ chain }, index) => {
      const last = chain.at(-1)?.facts;
      if (last === undefined || !last.selfIssued || last.selfSigned === false) return;
      report.certificate(index, { args: { file: fileLabel(facts, index), root: last.subject } });
    });
  },
};
