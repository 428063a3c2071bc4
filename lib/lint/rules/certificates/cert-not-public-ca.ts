import { certificateUses, fileLabel, usePlaces } from '../../common-certificates.ts';
import { clientMx } from '../../common-examples.ts';
import type { ExampleCertificate, Rule } from '../../rule.ts';
import { faultsLabel, judgement, leadsNowhere } from './judgement.ts';
import { hasOwnTlsa, isSelfSigned, lacksIntermediate } from './shared.ts';

const ofPrivateCa: ExampleCertificate = {
  file: 'mx1.pem',
  roles: ['server'],
  dnsNames: ['mx1.example.net'],
  facts: { hasScts: false },
  pathFaults: [{ code: 'issuer-missing', index: 1, args: { issuer: 'CN=Example Private Root' } }],
};

/** No path leads from a certificate to the trust store of the run (RFC 5280 §6.1, draft-chuang §1.2.1). */
export const rule: Rule = {
  id: 'cert-not-public-ca',
  group: 'certificates',
  level: 'error',
  cites: ['CMX-1.2.1-h', 'CMX-1.2.2-b', 'RFC 5280 §6.1'],
  what: 'No path leads from a certificate to the trust store that --trust names.',
  why: 'Peers that trust these CAs refuse the certificate; where Client MX asks for validation they close the connection.',
  help: 'Have the certificate issued by a CA of the trust store, or add its root to the trust store if the peers have it.',
  bad: {
    zone: `@ MX 10 mx1
@ ${clientMx(10, 'out1')}
mx1 A 192.0.2.10
out1 A 192.0.2.20
`,
    certificates: [
      ofPrivateCa,
      { file: 'out1.pem', roles: ['client'], dnsNames: ['out1.example.net'], pathFaults: [] },
    ],
  },
  good: {
    zone: `@ MX 10 mx1
@ ${clientMx(10, 'out1')}
mx1 A 192.0.2.10
out1 A 192.0.2.20
`,
    certificates: [
      { file: 'mx1.pem', roles: ['server'], dnsNames: ['mx1.example.net'], pathFaults: [] },
      { file: 'out1.pem', roles: ['client'], dnsNames: ['out1.example.net'], pathFaults: [] },
    ],
  },
  say: ({ file, faults, optedIn }) =>
    `no path leads from ${file} to the trust store: ${faults}; expected a CA that peers trust${optedIn === 1 ? ', as they validate it because of Client MX' : ''}`,
  needs: 'certificates',
  check(facts, report) {
    certificateUses(facts).forEach((use, index) => {
      const judged = judgement(facts, index);
      const given = facts.certificates[index];
      if (given === undefined || judged?.anchored !== false) return;
      const ends = judged.faults.filter(leadsNowhere);
      // Each of these has a rule of its own that says more.
      if (ends.length === 0 || isSelfSigned(given.facts) || lacksIntermediate(given)) return;
      // Under DANE a certificate needs no CA (RFC 7672 §3.1.1), unless Client MX asks for one.
      if (!use.optedIn && hasOwnTlsa(facts, use)) return;
      report.certificate(index, {
        args: { file: fileLabel(facts, index), faults: faultsLabel(ends, judged.path), optedIn: use.optedIn ? 1 : 0 },
        related: usePlaces(facts, use),
        severity: use.optedIn ? 'error' : 'warning',
      });
    });
  },
};
