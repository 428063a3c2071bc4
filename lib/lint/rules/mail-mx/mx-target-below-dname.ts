import { TYPE } from '../../../rr/types.ts';
import { nameFix } from '../../common-fixes.ts';
import { mayBeAlias } from '../../common-hosts.ts';
import { bare, bareName } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';

/** MX names a host that a DNAME above it turns into an alias (RFC 6672 §2.2). */
export const rule: Rule = {
  id: 'mx-target-below-dname',
  group: 'mail-mx',
  level: 'error',
  cites: ['RFC 6672 §2.2', 'RFC 2181 §10.3'],
  what: 'An MX record names a host below a DNAME, which makes it an alias.',
  why: 'Every answer for the host is a CNAME made from the DNAME, and senders may refuse an exchange that is an alias.',
  help: 'Name a host that owns address records, outside the redirected subtree.',
  fix: 'unsafe',
  bad: {
    zone: `@ MX 10 mx1.old ; expect
old DNAME new
mx1.new A 192.0.2.10
`,
  },
  good: {
    zone: `@ MX 10 mx1.new
old DNAME new
mx1.new A 192.0.2.10
`,
  },
  say: ({ domain, host, dname, target }) =>
    `MX of ${domain} names ${host}, which the DNAME at ${dname} turns into an alias of ${target}; the exchange must own address records itself`,
  needs: [TYPE.DNAME],
  check(facts, report) {
    for (const { owner, mx } of facts.mailDomains) {
      for (const target of mx) {
        const { record, wire, id } = target;
        const outcome = mayBeAlias(facts, id) ? facts.lookup(wire, TYPE.A) : undefined;
        if (outcome?.kind !== 'rewrite') continue;
        const dname = bare(facts.nameText(outcome.name));
        const canonical = outcome.target === undefined ? 'a name that is too long' : bareName(outcome.target);
        report.record(record, 'exchange', {
          args: { domain: bare(facts.nameText(owner)), host: target.host, dname, target: canonical },
          related: [{ record: outcome.record, message: `everything below ${dname} is redirected here` }],
          fixes:
            outcome.target === undefined
              ? []
              : nameFix(facts, record, 'exchange', outcome.target, `name ${canonical} itself`),
        });
      }
    }
  },
};
