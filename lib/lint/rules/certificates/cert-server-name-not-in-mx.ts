import { hostFix } from '../../common-additions.ts';
import { fileLabel, namesLabel, namesOf } from '../../common-certificates.ts';
import { hostsOf } from '../../common-hosts.ts';
import { strayServers } from '../../common-strays.ts';
import { bare, listed } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';

/** A server certificate has no name that is an MX host of the zone (draft-chuang §1.2.3). */
export const rule: Rule = {
  id: 'cert-server-name-not-in-mx',
  group: 'certificates',
  level: 'error',
  cites: ['CMX-1.2.3-b', 'CMX-1.2.1-i', 'CMX-1-b'],
  what: 'A server certificate names no host that an MX record of the zone names.',
  why: 'Senders compare the certificate with the MX hosts; where the domain has opted in by Client MX they close the connection when none fits.',
  help: 'Issue the certificate for the name of the MX host, or name in MX the host the certificate is for.',
  fix: 'unsafe',
  bad: {
    zone: `@ MX 10 mx1 ; expect
mx1 A 192.0.2.10
mail A 192.0.2.10
`,
    certificates: [{ file: 'mx1.pem', roles: ['server'], dnsNames: ['mail.example.net'] }],
  },
  good: {
    zone: `@ MX 10 mx1
mx1 A 192.0.2.10
mail A 192.0.2.10
`,
    certificates: [{ file: 'mx1.pem', roles: ['server'], dnsNames: ['mx1.example.net', 'mail.example.net'] }],
  },
  say: ({ file, names, count, domain, hosts }) =>
    names === 'no host'
      ? `server certificate ${file} names no host, while MX of ${domain} names ${hosts}; expected such a name among its dNSNames`
      : `no MX of ${domain} names ${names}, the ${count === 1 ? 'name' : 'names'} in server certificate ${file}; expected ${hosts}`,
  needs: 'certificates',
  check(facts, report) {
    for (const { certificate, domain, target } of strayServers(facts)) {
      const hosts = hostsOf(domain.mx);
      // Without MX hosts it is cert-srv-target-mismatch.
      if (hosts.length === 0) continue;
      report.record(target.record, 'exchange', {
        args: {
          file: fileLabel(facts, certificate),
          names: namesLabel(facts, certificate, 'or'),
          count: namesOf(facts, certificate).length,
          domain: bare(facts.nameText(domain.owner)),
          hosts: listed([...new Set(hosts.map(({ host }) => host))], 3, 'or'),
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
