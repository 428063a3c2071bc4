import { TYPE } from '../../../rr/types.ts';
import { numberFix } from '../../common-fixes.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { srvSet, srvSets } from './records.ts';

/** A weight where there is nothing to choose from (RFC 2782). */
export const rule: Rule = {
  id: 'srv-weight-single',
  group: 'service-srv',
  level: 'info',
  cites: ['RFC 2782'],
  what: 'The only SRV record of its priority has a weight other than 0.',
  why: 'The weight decides nothing; with 0 the records are easier to read.',
  help: 'Write the weight 0.',
  fix: 'safe',
  // Harmless, and usual.
  byDefault: false,
  bad: {
    zone: `_imaps._tcp SRV 0 5 993 imap ; expect
imap A 192.0.2.40
`,
  },
  good: {
    zone: `_imaps._tcp SRV 0 0 993 imap
imap A 192.0.2.40
`,
  },
  say: ({ owner, weight, priority }) =>
    `SRV of ${owner} has weight ${weight} and is the only one of priority ${priority}; expected weight 0`,
  needs: [TYPE.SRV],
  check(facts, report) {
    for (const set of srvSets(facts)) {
      const all = srvSet(facts, set);
      const counts = new Map<number, number>();
      for (const { priority } of all) counts.set(priority, (counts.get(priority) ?? 0) + 1);
      for (const { record, priority, weight, isNull } of all) {
        if (weight === 0 || counts.get(priority) !== 1 || isNull) continue;
        report.record(record, 'weight', {
          args: { owner: bare(facts.nameText(set.owner)), weight, priority },
          fixes: numberFix(facts, record, 'weight', weight, 0),
        });
      }
    }
  },
};
