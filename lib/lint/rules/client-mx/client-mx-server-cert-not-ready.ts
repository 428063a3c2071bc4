import { clientMx } from '../../common-examples.ts';
import { hostsOf } from '../../common-hosts.ts';
import { unreadyDomains } from '../../common-strays.ts';
import { bare, counted, listed } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';

/** A domain opted in, but none of its receiving hosts is in a server certificate given (draft-chuang §1.2.1). */
export const rule: Rule = {
  id: 'client-mx-server-cert-not-ready',
  group: 'client-mx',
  level: 'error',
  cites: ['CMX-1.2.1-f', 'CMX-1.2.1-i', 'CMX-1.2.3-b'],
  what: 'A domain publishes Client MX, but none of the given server certificates names one of its MX hosts.',
  why: 'Client MX has the receiving hosts validated as well: senders that comply close the connection and the domain gets no mail from them.',
  help: 'Give each MX host a certificate with its name, or withdraw Client MX until then.',
  bad: {
    zone: `@ MX 10 mx1 ; expect
@ ${clientMx(10, 'out1')}
mx1 A 192.0.2.10
out1 A 192.0.2.20
`,
    certificates: [{ file: 'out1.pem', roles: ['client'], dnsNames: ['out1.example.net'] }],
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
  say: ({ domain, hosts, others }) =>
    `${domain}${others === 0 ? '' : ` (and ${counted(Number(others), 'other domain')})`} publishes Client MX, so senders check its servers, but none of the given certificates names ${hosts} for the server role`,
  check(facts, report) {
    if (facts.certificates.length === 0) return;
    const domains = unreadyDomains(facts);
    const [domain] = domains;
    const [first, ...more] = hostsOf(domain?.mx ?? []);
    if (domain === undefined || first === undefined) return;
    report.record(first.record, 'exchange', {
      args: {
        domain: bare(facts.nameText(domain.owner)),
        hosts: listed([first, ...more].map(({ host }) => host)),
        others: domains.length - 1,
      },
      related: [
        ...more.slice(0, 3).map(({ record }) => ({ record, part: 'exchange', message: 'another MX host' })),
        ...domain.clientMx.slice(0, 1).map(({ record }) => ({ record, message: 'by this the domain opted in' })),
      ],
    });
  },
};
