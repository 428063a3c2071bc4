import { addressesOf, standingOf } from '../../common-hosts.ts';
import { bare, listed } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { isUnreachable } from './addresses.ts';

/** MX names a host that the Internet cannot reach (RFC 6890). */
export const rule: Rule = {
  id: 'mx-target-private-address',
  group: 'mail-mx',
  level: 'warning',
  cites: ['RFC 6890', 'RFC 5321 §5.1'],
  what: 'An MX record names a host with nothing but private, loopback or link-local addresses.',
  why: 'Senders outside the own network cannot reach the host and try it in vain before every other exchange.',
  help: 'Give the host a public address, or keep this record out of the public zone.',
  bad: {
    zone: `@ MX 10 mx1 ; expect
mx1 A 192.168.1.2
`,
  },
  good: {
    zone: `@ MX 10 mx1
mx1 A 192.0.2.10
`,
  },
  say: ({ domain, host, addresses }) =>
    `MX of ${domain} names ${host}, which has no address but ${addresses}, out of reach from the Internet; expected a public one`,
  check(facts, report) {
    for (const { owner, mx } of facts.mailDomains) {
      for (const target of mx) {
        if (!isUnreachable(facts, target) || standingOf(facts, target) !== 'address') continue;
        const { record, wire, id } = target;
        const found = addressesOf(facts, wire, id);
        report.record(record, 'exchange', {
          args: {
            domain: bare(facts.nameText(owner)),
            host: target.host,
            addresses: listed(found.map((address) => facts.rdataText(address))),
          },
          related: found.slice(0, 5).map((address) => ({ record: address, part: 'rdata', message: 'its address' })),
        });
      }
    }
  },
};
