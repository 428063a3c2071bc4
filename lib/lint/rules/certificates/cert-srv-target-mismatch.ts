import { fileLabel, namesLabel, namesOf } from '../../common-certificates.ts';
import { hostsOf } from '../../common-hosts.ts';
import { strayServers } from '../../common-strays.ts';
import { bare, listed } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';

/** A server certificate has no name that the SRV records lead to, in a domain without MX (RFC 6186 §5, RFC 9525 §6). */
export const rule: Rule = {
  id: 'cert-srv-target-mismatch',
  group: 'certificates',
  level: 'error',
  cites: ['SRV-5-a', 'SRV-4-h3', 'RFC 9525 §6.1'],
  what: 'A server certificate names neither a target of the _smtp-tls SRV records nor the domain they are for.',
  why: 'Senders that follow SRV must use TLS and compare the certificate with the target; they do not deliver.',
  help: 'Issue the certificate for the name of the SRV target.',
  bad: {
    zone: `_smtp-tls._tcp SRV 0 0 842 mx1 ; expect
mx1 A 192.0.2.10
mail A 192.0.2.10
`,
    certificates: [{ file: 'mx1.pem', roles: ['server'], dnsNames: ['mail.example.net'] }],
  },
  good: {
    zone: `@ MX 10 mx1
_smtp-tls._tcp SRV 0 0 842 mx1
mx1 A 192.0.2.10
`,
    certificates: [{ file: 'mx1.pem', roles: ['server'], dnsNames: ['mx1.example.net'] }],
  },
  say: ({ file, names, count, domain, hosts }) =>
    names === 'no host'
      ? `server certificate ${file} names no host, while SRV of ${domain} leads to ${hosts}; expected such a name among its dNSNames`
      : `no SRV of ${domain} leads to ${names}, the ${count === 1 ? 'name' : 'names'} in server certificate ${file}; expected ${hosts}`,
  needs: 'certificates',
  check(facts, report) {
    for (const { certificate, domain, target } of strayServers(facts)) {
      if (hostsOf(domain.mx).length > 0) continue;
      const source = bare(facts.nameText(domain.owner));
      const services = facts.certificates[certificate]?.facts.srvNames ?? [];
      if (namesOf(facts, certificate).includes(source.toLowerCase())) continue;
      if (services.some((name) => name.toLowerCase() === `${facts.drafts.label}.${source.toLowerCase()}`)) continue;
      report.record(target.record, 'target', {
        args: {
          file: fileLabel(facts, certificate),
          names: namesLabel(facts, certificate, 'or'),
          count: namesOf(facts, certificate).length,
          domain: source,
          hosts: listed([...new Set(hostsOf(domain.srv).map(({ host }) => host))], 3, 'or'),
        },
      });
    }
  },
};
