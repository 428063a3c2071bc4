import { nameFix } from '../../common-fixes.ts';
import { aliasAt } from '../../common-hosts.ts';
import { bare, bareName } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';

/** MX names an alias (RFC 2181 §10.3). */
export const rule: Rule = {
  id: 'mx-target-cname',
  group: 'mail-mx',
  level: 'error',
  cites: ['RFC 2181 §10.3', 'RFC 5321 §5.1'],
  what: 'An MX record names a host that is an alias (CNAME).',
  why: 'Some senders refuse to follow the alias and bounce the mail; certificates and TLSA records are then looked for under a name the operator did not mean.',
  help: 'Name the host the alias leads to.',
  fix: 'unsafe',
  bad: {
    zone: `@ MX 10 mail ; expect
mail CNAME mx1
mx1 A 192.0.2.10
`,
  },
  good: {
    zone: `@ MX 10 mx1
mail CNAME mx1
mx1 A 192.0.2.10
`,
  },
  say: ({ domain, host, target, wildcard }) =>
    `MX of ${domain} names ${host}, an alias of ${target}${wildcard === '' ? '' : ` (through ${wildcard})`}; the exchange must own address records itself`,
  check(facts, report) {
    for (const { owner, mx } of facts.mailDomains) {
      for (const target of mx) {
        const { record } = target;
        const alias = aliasAt(facts, target);
        if (alias?.outcome.kind !== 'alias') continue;
        const { home, outcome } = alias;
        const canonical = bareName(outcome.target);
        const wildcard = outcome.wildcard === undefined ? '' : bare(home.nameText(outcome.wildcard));
        report.record(record, 'exchange', {
          args: { domain: bare(facts.nameText(owner)), host: target.host, target: canonical, wildcard },
          related: [{ place: home.place(outcome.record, 'entry'), message: `the alias, leading to ${canonical}` }],
          fixes: nameFix(facts, record, 'exchange', outcome.target, `name ${canonical} itself`),
        });
      }
    }
  },
};
