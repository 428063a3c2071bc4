import { TYPE } from '../../../rr/types.ts';
import { standingOf } from '../../common-hosts.ts';
import { bare, listed } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';

/** No exchange of a domain can be reached by IPv6 (RFC 5321 §5.2). */
export const rule: Rule = {
  id: 'mx-no-aaaa',
  group: 'mail-mx',
  level: 'info',
  cites: ['RFC 5321 §5.2'],
  what: 'None of the hosts in the MX records has an IPv6 address.',
  why: 'Senders that have IPv6 only cannot deliver.',
  help: 'Add an AAAA record to at least one exchange that listens on IPv6.',
  byDefault: false,
  bad: {
    zone: `@ MX 10 mx1 ; expect
mx1 A 192.0.2.10
`,
  },
  good: {
    zone: `@ MX 10 mx1
mx1 A 192.0.2.10
mx1 AAAA 2001:db8::10
`,
  },
  say: ({ domain, hosts, count }) =>
    `no MX of ${domain} can be reached by IPv6: ${hosts} ${count === 1 ? 'has' : 'have'} no AAAA record`,
  check(facts, report) {
    if (facts.mayBeBroken(TYPE.AAAA)) return;
    for (const { owner, mx } of facts.mailDomains) {
      const [first] = mx;
      if (first === undefined || mx.some((target) => standingOf(facts, target) !== 'address')) continue;
      if (mx.some(({ wire }) => facts.lookup(wire, TYPE.AAAA).kind === 'answer')) continue;
      report.record(first.record, 'exchange', {
        args: { domain: bare(facts.nameText(owner)), hosts: listed(mx.map(({ host }) => host)), count: mx.length },
      });
    }
  },
};
