import type { GivenCertificate } from '../../../certs/load.ts';
import type { PathFault } from '../../../certs/path-faults.ts';
import { certificateUses, fileLabel, usePlaces } from '../../common-certificates.ts';
import type { ExampleCertificate, Rule } from '../../rule.ts';
import { aboutNames, faultsLabel, isInFile, type Judgement, judgement, leadsNowhere } from './judgement.ts';

const wrongIssuer: ExampleCertificate = {
  file: 'mx1.pem',
  roles: ['server'],
  dnsNames: ['mx1.example.net'],
  pathFaults: [{ code: 'signature-invalid', index: 0, args: { issuer: 'CN=Example Issuing CA,O=Example' } }],
};

/**
 * The path of a certificate breaks a rule that no other rule of this group is about (RFC 5280 §6.1). Without a trust store the
 * part of the path that stands in the file is judged, for what is wrong there stays wrong whatever peers trust.
 */
export const rule: Rule = {
  id: 'cert-path-invalid',
  group: 'certificates',
  level: 'error',
  cites: ['RFC 5280 §6.1', 'CMX-1.2.2-b'],
  what: 'The path from a certificate upwards is not valid: a signature, a CA flag, a length, a policy or an extension is wrong.',
  why: 'Peers that validate certificates refuse it, whatever its names and dates are.',
  help: 'Put the right issuers behind the certificate, or have it issued by a CA in order.',
  bad: { zone: '@ MX 10 mx1\nmx1 A 192.0.2.10\n', certificates: [wrongIssuer] },
  good: {
    zone: '@ MX 10 mx1\nmx1 A 192.0.2.10\n',
    certificates: [{ file: 'mx1.pem', roles: ['server'], dnsNames: ['mx1.example.net'], pathFaults: [] }],
  },
  say: ({ file, faults }) => `the path of ${file} is not valid: ${faults}; expected one that RFC 5280 allows`,
  needs: 'certificates',
  check(facts, report) {
    certificateUses(facts).forEach((use, index) => {
      const given = facts.certificates[index];
      const judged = judgement(facts, index);
      if (given === undefined || judged === undefined) return;
      const faults = judged.faults.filter((fault) => !hasOwnRule(fault, judged, given));
      if (faults.length === 0) return;
      report.certificate(index, {
        args: { file: fileLabel(facts, index), faults: faultsLabel(faults, judged.path) },
        related: usePlaces(facts, use),
      });
    });
  },
};

/** Whether another rule speaks of a fault. */
function hasOwnRule(fault: PathFault, { path }: Judgement, given: GivenCertificate): boolean {
  const { code, index } = fault;
  const member = path[index];
  switch (code) {
    // cert-expired, cert-not-yet-valid and cert-key-weak look at the certificates of the file.
    case 'expired':
    case 'not-yet-valid':
    case 'explicit-curve':
      return member !== undefined && isInFile(given, member);
    // cert-eku-client-missing, cert-eku-server-missing; without a role no purpose is wanted.
    case 'extended-key-usage':
      return index === 0 || given.roles.length === 0;
    // cert-keyusage.
    case 'key-usage-role':
      return true;
    default:
      return (code !== 'too-long' && leadsNowhere(fault)) || aboutNames(fault);
  }
}
