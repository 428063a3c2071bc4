import { hostFix } from '../../common-additions.ts';
import { certificateUses, fileLabel, namesLabel, namesOf } from '../../common-certificates.ts';
import { clientMx } from '../../common-examples.ts';
import { hostsOf } from '../../common-hosts.ts';
import { strayClients } from '../../common-strays.ts';
import { bare, listed } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';

/** A client certificate has no name that is a Client MX host of the zone (draft-chuang §1.2.3). */
export const rule: Rule = {
  id: 'cert-client-name-not-in-client-mx',
  group: 'certificates',
  level: 'error',
  cites: ['CMX-1.2.3-e', 'CMX-1.2.1-i', 'CMX-1-c'],
  what: 'A client certificate names no host that a Client MX record of the zone names.',
  why: 'Receivers compare the certificate with Client MX; when none fits, the mail this host sends fails the check and may be refused.',
  help: 'Name the host of the certificate in Client MX, or issue the certificate for a host that is there.',
  fix: 'unsafe',
  bad: {
    zone: `@ MX 10 mx1
@ ${clientMx(10, 'out1')} ; expect
mx1 A 192.0.2.10
out1 A 192.0.2.20
out9 A 192.0.2.29
`,
    certificates: [
      { file: 'mx1.pem', roles: ['server'], dnsNames: ['mx1.example.net'] },
      { file: 'out1.pem', roles: ['client'], dnsNames: ['out9.example.net'] },
    ],
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
  say: ({ file, names, count, domain, hosts, inMx }) => {
    if (hosts === '')
      return `${domain} has the null Client MX, so client certificate ${file} (${names}) can never match; expected a Client MX record for it`;
    if (names === 'no host')
      return `client certificate ${file} names no host, while Client MX of ${domain} names ${hosts}; expected such a name among its dNSNames`;
    const hint = inMx === 1 ? ' (that it is in MX does not count for senders)' : '';
    return `no Client MX of ${domain} names ${names}, the ${count === 1 ? 'name' : 'names'} in client certificate ${file}${hint}; expected ${hosts}`;
  },
  needs: 'certificates',
  check(facts, report) {
    const uses = certificateUses(facts);
    for (const { certificate, domain, target } of strayClients(facts, uses)) {
      const hosts = hostsOf(domain.clientMx);
      report.record(target.record, 'exchange', {
        args: {
          file: fileLabel(facts, certificate),
          names: namesLabel(facts, certificate, 'or'),
          count: namesOf(facts, certificate).length,
          domain: bare(facts.nameText(domain.owner)),
          hosts: hosts.length === 0 ? '' : listed([...new Set(hosts.map(({ host }) => host))], 3, 'or'),
          inMx: uses[certificate]?.mx === undefined ? 0 : 1,
        },
        related: hosts
          .filter(({ record }) => record !== target.record)
          .slice(0, 3)
          .map(({ record, host }) => ({ record, part: 'exchange', message: `nor is it ${host}` })),
        fixes: hostFix(facts, target.record, namesOf(facts, certificate)),
      });
    }
  },
};
