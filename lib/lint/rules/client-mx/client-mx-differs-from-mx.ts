import { clientMx } from '../../common-examples.ts';
import { hostsOf } from '../../common-hosts.ts';
import { bare, listed } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';

/** Senders and receivers of a domain are different hosts: shown side by side, nothing is wrong with it. */
export const rule: Rule = {
  id: 'client-mx-differs-from-mx',
  group: 'client-mx',
  level: 'info',
  cites: ['CMX-1-b', 'CMX-1-c'],
  what: 'MX and Client MX of a domain name different hosts.',
  why: 'This is how large domains work; the difference only tells which certificates have to carry which names.',
  help: 'Check that each host has a certificate for the names of its own list.',
  byDefault: false,
  bad: {
    zone: `@ MX 10 mx1
@ ${clientMx(10, 'out1')} ; expect
mx1 A 192.0.2.10
out1 A 192.0.2.20
`,
  },
  good: {
    zone: `@ MX 10 mx1
@ ${clientMx(10, 'mx1')}
mx1 A 192.0.2.10
`,
  },
  say: ({ domain, receiving, sending }) =>
    `mail for ${domain} is taken ${receiving === '' ? 'by no other host' : `by ${receiving}`} and sent ${sending === '' ? 'by no other host' : `by ${sending}`}, beside the hosts in both lists`,
  check(facts, report) {
    for (const { owner, mx, clientMx: senders } of facts.mailDomains) {
      const receiving = new Set(hostsOf(mx).map(({ host }) => host));
      const sending = new Set(hostsOf(senders).map(({ host }) => host));
      const [first] = hostsOf(senders);
      if (first === undefined || receiving.size === 0) continue;
      const onlyReceiving = [...receiving].filter((host) => !sending.has(host));
      const onlySending = [...sending].filter((host) => !receiving.has(host));
      if (onlyReceiving.length === 0 && onlySending.length === 0) continue;
      report.record(first.record, 'exchange', {
        args: {
          domain: bare(facts.nameText(owner)),
          receiving: onlyReceiving.length === 0 ? '' : listed(onlyReceiving),
          sending: onlySending.length === 0 ? '' : listed(onlySending),
        },
      });
    }
  },
};
