import { certificateUses, fileLabel, usePlaces } from '../../common-certificates.ts';
import type { ExampleCertificate, Rule } from '../../rule.ts';
import { aboutNames, faultsLabel, judgement } from './judgement.ts';

const constrained: ExampleCertificate = {
  file: 'mx1.pem',
  roles: ['server'],
  dnsNames: ['mx1.example.net'],
  pathFaults: [
    {
      code: 'name-not-permitted',
      index: 0,
      args: { kind: 'dNSName', name: 'mx1.example.net', issuer: 'CN=Example Org CA' },
    },
  ],
};

/** An issuer of the path may not issue for a name of the certificate (RFC 5280 §4.2.1.10). */
export const rule: Rule = {
  id: 'cert-name-constraints',
  group: 'certificates',
  level: 'error',
  cites: ['RFC 5280 §4.2.1.10', 'CMX-1.2.2-b'],
  what: 'A certificate has a name that the name constraints of an issuer do not allow.',
  why: 'Peers refuse the whole certificate, whichever of its names they look for.',
  help: 'Have the certificate issued by a CA that may issue for all of its names, or leave the name out.',
  bad: { zone: '@ MX 10 mx1\nmx1 A 192.0.2.10\n', certificates: [constrained] },
  good: {
    zone: '@ MX 10 mx1\nmx1 A 192.0.2.10\n',
    certificates: [{ file: 'mx1.pem', roles: ['server'], dnsNames: ['mx1.example.net'], pathFaults: [] }],
  },
  say: ({ file, faults }) =>
    `name constraints forbid the path of ${file}: ${faults}; expected names that every issuer permits`,
  needs: 'certificates',
  check(facts, report) {
    certificateUses(facts).forEach((use, index) => {
      const judged = judgement(facts, index);
      const faults = judged?.faults.filter(aboutNames) ?? [];
      if (judged === undefined || faults.length === 0) return;
      report.certificate(index, {
        args: { file: fileLabel(facts, index), faults: faultsLabel(faults, judged.path) },
        related: usePlaces(facts, use),
      });
    });
  },
};
