import { TYPE } from '../../../rr/types.ts';
import type { Rule } from '../../rule.ts';
import { bare } from '../../shared-words.ts';
import { type Exchange, exchangesOf } from './shared.ts';

/** MX names a host of this zone that owns no address (RFC 5321 §5.1). */
export const rule: Rule = {
  id: 'mx-target-no-address',
  group: 'mail-mx',
  level: 'error',
  cites: ['RFC 5321 §5.1', 'CMX-1.3-g'],
  what: 'An MX record names a host of this zone that has neither A nor AAAA.',
  why: 'Senders cannot connect to the host; when it is the only exchange, all mail is returned.',
  help: 'Add an A or AAAA record for the host, or name one that has an address.',
  bad: {
    zone: `@ MX 10 mx1 ; expect
www A 192.0.2.10
`,
  },
  good: {
    zone: `@ MX 10 mx1
mx1 A 192.0.2.10
`,
  },
  say: ({ domain, host, exists }) =>
    exists === 1
      ? `MX of ${domain} names ${host}, which has no address; expected an A or AAAA record at it`
      : `MX of ${domain} names ${host}, which does not exist in this zone; expected a host with an A or AAAA record`,
  check(facts, report) {
    if (facts.mayBeBroken(TYPE.A) || facts.mayBeBroken(TYPE.AAAA)) return;
    const missing = new Map<string, Exchange[]>();
    for (const exchange of exchangesOf(facts)) {
      if (exchange.standing !== 'no-address' && exchange.standing !== 'no-name') continue;
      const same = missing.get(exchange.host);
      if (same === undefined) missing.set(exchange.host, [exchange]);
      else same.push(exchange);
    }
    for (const [first, ...others] of missing.values()) {
      if (first === undefined) continue;
      const { host } = first;
      report.record(first.record, 'exchange', {
        args: {
          domain: bare(facts.nameText(first.owner)),
          host,
          exists: first.standing === 'no-address' ? 1 : 0,
        },
        related: others.slice(0, 5).map(({ record }) => ({ record, part: 'exchange', message: `${host} again` })),
      });
    }
  },
};
