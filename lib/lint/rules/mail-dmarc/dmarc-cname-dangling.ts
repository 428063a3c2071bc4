import { TYPE } from '../../../rr/types.ts';
import { isHidden } from '../../common-hosts.ts';
import { bare, bareName } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { DMARC_LABEL } from './records.ts';
import { isLabel, textsAt } from './texts.ts';

/** The DMARC record is an alias that leads nowhere (RFC 9989 §4.10). */
export const rule: Rule = {
  id: 'dmarc-cname-dangling',
  group: 'mail-dmarc',
  level: 'warning',
  cites: ['RFC 9989 §4.10', 'RFC 1034 §3.6.2'],
  what: 'The alias at _dmarc leads to a name without a TXT record.',
  why: 'The domain has no DMARC policy, though it looks as if it had one.',
  help: 'Correct the target of the alias, or publish the policy there.',
  bad: {
    zone: '_dmarc CNAME policy ; expect\npolicy A 192.0.2.10\n',
  },
  good: { zone: '_dmarc CNAME policy\npolicy TXT "v=DMARC1; p=reject"\n_dmarc.shop CNAME _dmarc.example.com.\n' },
  say: ({ name, target, reason }) =>
    `${name} is an alias of ${target}, which ${reason}; expected a TXT record with a DMARC policy there`,
  check(facts, report) {
    const { owners, names } = facts.zone;
    for (const record of facts.records(TYPE.CNAME)) {
      const owner = owners[record] as number;
      if (!isLabel(names.arena, names.offsets[owner] as number, DMARC_LABEL) || isHidden(facts, owner)) continue;
      const answer = textsAt(facts, facts.rdata(record));
      // A target that the own zone does not have at all is core-cname-dangling.
      if (answer.kind !== 'none' || (answer.facts === facts && !answer.exists)) continue;
      const args = {
        name: bare(facts.nameText(owner)),
        target: bareName(answer.name),
        reason: answer.exists ? 'has no TXT record' : 'does not exist',
      };
      report.record(record, 'rdata', { args });
    }
  },
};
