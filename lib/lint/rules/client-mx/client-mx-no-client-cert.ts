import { roleNames } from '../../common-certificates.ts';
import { clientMx } from '../../common-examples.ts';
import { hostsOf } from '../../common-hosts.ts';
import { unsentDomains } from '../../common-senders.ts';
import { bare, counted, listed } from '../../common-words.ts';
import type { MailDomain } from '../../facts.ts';
import type { Rule } from '../../rule.ts';

/** Certificates were given, but none for the sending hosts of a domain that opted in (draft-chuang §1.2.2). */
export const rule: Rule = {
  id: 'client-mx-no-client-cert',
  group: 'client-mx',
  level: 'error',
  cites: ['CMX-1.2.2-a', 'CMX-1.2.3-e'],
  what: 'A domain publishes Client MX, but none of the given certificates is for the client role.',
  why: 'Receivers ask the sending hosts for a certificate; without one every message of the domain fails the check.',
  help: 'Configure a client certificate on the sending hosts and give it with `--client-cert FILE`.',
  bad: {
    zone: `@ MX 10 mx1
@ ${clientMx(10, 'out1')} ; expect
mx1 A 192.0.2.10
out1 A 192.0.2.20
`,
    certificates: [{ file: 'mx1.pem', roles: ['server'], dnsNames: ['mx1.example.net'] }],
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
  say: ({ domain, hosts, others, given }) =>
    `${domain}${others === 0 ? '' : ` (and ${counted(Number(others), 'other domain')})`} publishes Client MX for ${hosts}, but none of the given certificates is for ${given === 0 ? 'clients' : 'these senders'}; expected one that names such a host`,
  needs: 'certificates',
  check(facts, report) {
    const given = roleNames(facts, 'client').count;
    const domains = given === 0 ? facts.mailDomains.filter(sends) : unsentDomains(facts);
    const [domain] = domains;
    const [first, ...more] = hostsOf(domain?.clientMx ?? []);
    if (domain === undefined || first === undefined) return;
    report.record(first.record, 'exchange', {
      args: {
        domain: bare(facts.nameText(domain.owner)),
        hosts: listed([first, ...more].map(({ host }) => host)),
        others: domains.length - 1,
        given,
      },
      related: more.slice(0, 5).map(({ record }) => ({ record, part: 'exchange', message: 'another sending host' })),
    });
  },
};

function sends({ clientMx: senders }: MailDomain): boolean {
  return hostsOf(senders).length > 0;
}
