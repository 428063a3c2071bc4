import { certificateUses, fileLabel, usePlaces } from '../../common-certificates.ts';
import type { Rule } from '../../rule.ts';

/** A certificate was given without saying whether it takes or sends mail. */
export const rule: Rule = {
  id: 'cert-role-unknown',
  group: 'certificates',
  level: 'info',
  cites: ['CMX-1-b', 'CMX-1-c'],
  what: 'A certificate was given without a role.',
  why: 'Its names are compared with all lists of the zone, so that a certificate for the wrong list is not noticed.',
  help: 'Write the role behind the file: `--cert FILE:server`, `--cert FILE:client` or both.',
  bad: {
    zone: '@ MX 10 mx1\nmx1 A 192.0.2.10\n',
    certificates: [{ file: 'mx1.pem', roles: [], dnsNames: ['mx1.example.net'] }],
  },
  good: {
    zone: '@ MX 10 mx1\nmx1 A 192.0.2.10\n',
    certificates: [{ file: 'mx1.pem', roles: ['server'], dnsNames: ['mx1.example.net'] }],
  },
  say: ({ file, guess }) =>
    `${file} was given without a role; by its names it is for ${guess}, expected --cert ${file}:${guess}`,
  needs: 'certificates',
  check(facts, report) {
    certificateUses(facts).forEach((use, index) => {
      if (facts.certificates[index]?.roles.length !== 0) return;
      const server = use.mx ?? use.srv ?? use.serverWildcard;
      const client = use.clientMx ?? use.clientWildcard;
      // What matches nothing is cert-unused.
      if (server === undefined && client === undefined) return;
      const guess = [server && 'server', client && 'client'].filter((role) => role !== undefined).join(',');
      report.certificate(index, { args: { file: fileLabel(facts, index), guess }, related: usePlaces(facts, use) });
    });
  },
};
