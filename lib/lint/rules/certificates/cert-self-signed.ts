import { certificateUses, fileLabel, usePlaces } from '../../common-certificates.ts';
import { clientMx } from '../../common-examples.ts';
import type { ExampleCertificate, Rule } from '../../rule.ts';
import { judgement } from './judgement.ts';
import { hasOwnTlsa, isSelfSigned } from './shared.ts';

const selfSigned: ExampleCertificate = {
  file: 'mx1.pem',
  roles: ['server'],
  dnsNames: ['mx1.example.net'],
  facts: { selfIssued: true, selfSigned: true, hasScts: false },
};

/** No CA has issued the certificate (draft-chuang §1.2.1). */
export const rule: Rule = {
  id: 'cert-self-signed',
  group: 'certificates',
  level: 'error',
  cites: ['CMX-1.2.1-h', 'CMX-1.2.2-b'],
  what: 'A certificate is its own issuer.',
  why: 'Peers find no path to a CA they trust; where Client MX asks for validation they close the connection, and the draft wants certificates of public CAs.',
  help: 'Have the certificate issued by a CA the peers trust.',
  bad: {
    zone: `@ MX 10 mx1
@ ${clientMx(10, 'out1')}
mx1 A 192.0.2.10
out1 A 192.0.2.20
`,
    certificates: [selfSigned, { file: 'out1.pem', roles: ['client'], dnsNames: ['out1.example.net'] }],
  },
  good: {
    zone: `@ MX 10 mx1
@ ${clientMx(10, 'out1')}
mx1 A 192.0.2.10
out1 A 192.0.2.20
`,
    certificates: [
      { file: 'mx1.pem', roles: ['server'], dnsNames: ['mx1.example.net'] },
      { file: 'out1.pem', roles: ['client'], dnsNames: ['out1.example.net'] },
    ],
  },
  say: ({ file, optedIn }) =>
    `${file} is self-signed; expected a certificate issued by a CA${optedIn === 1 ? ', as peers validate it because of Client MX' : ''}`,
  needs: 'certificates',
  check(facts, report) {
    certificateUses(facts).forEach((use, index) => {
      const certificate = facts.certificates[index]?.facts;
      if (certificate === undefined || !isSelfSigned(certificate)) return;
      // Who puts a certificate into the trust store wants it to be trusted as it is.
      if (judgement(facts, index)?.anchored === true) return;
      // Under DANE a certificate needs no CA (RFC 7672 §3.1.1), unless Client MX asks for one.
      if (!use.optedIn && hasOwnTlsa(facts, use)) return;
      report.certificate(index, {
        args: { file: fileLabel(facts, index), optedIn: use.optedIn ? 1 : 0 },
        related: usePlaces(facts, use),
        severity: use.optedIn ? 'error' : 'warning',
      });
    });
  },
};
