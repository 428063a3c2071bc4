import { TYPE } from '../../../rr/types.ts';
import { standingAnywhere } from '../../common-hosts.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';

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
      : `MX of ${domain} names ${host}, which does not exist in its zone; expected a host with an A or AAAA record`,
  check(facts, report) {
    if (facts.mayBeBroken(TYPE.A) || facts.mayBeBroken(TYPE.AAAA)) return;
    const missing = new Map<string, Missing[]>();
    for (const { owner, mx } of facts.mailDomains) {
      for (const target of mx) {
        const found = standingAnywhere(facts, target);
        if (found !== 'no-address' && found !== 'no-name') continue;
        const { record, host } = target;
        const same = missing.get(host);
        if (same === undefined) missing.set(host, [{ owner, record, exists: found === 'no-address' ? 1 : 0 }]);
        else same.push({ owner, record, exists: 0 });
      }
    }
    for (const [host, [first, ...others]] of missing) {
      if (first === undefined) continue;
      report.record(first.record, 'exchange', {
        args: { domain: bare(facts.nameText(first.owner)), host, exists: first.exists },
        related: others.slice(0, 5).map(({ record }) => ({ record, part: 'exchange', message: `${host} again` })),
      });
    }
  },
};

interface Missing {
  readonly owner: number;
  readonly record: number;
  readonly exists: number;
}
