import { TYPE } from '../../../rr/types.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { srvSet, srvSets } from './records.ts';

/** One of several hosts of the same priority has weight 0 (RFC 2782). */
export const rule: Rule = {
  id: 'srv-weight-zero-mix',
  group: 'service-srv',
  level: 'info',
  cites: ['RFC 2782'],
  what: 'SRV records of one priority have the weight 0 and other weights.',
  why: 'A host with weight 0 is hardly ever chosen while the others answer.',
  help: 'Give every record of the priority a weight above 0, or all of them 0.',
  // It may be meant.
  byDefault: false,
  bad: {
    zone: `_imaps._tcp SRV 0 0 993 imap ; expect
_imaps._tcp SRV 0 9 993 imap2
imap A 192.0.2.40
imap2 A 192.0.2.41
`,
  },
  good: {
    zone: `_imaps._tcp SRV 0 1 993 imap
_imaps._tcp SRV 0 9 993 imap2
imap A 192.0.2.40
imap2 A 192.0.2.41
`,
  },
  say: ({ owner, priority, weight }) =>
    `SRV of ${owner} has weight 0 beside weight ${weight} in priority ${priority}; expected weights above 0 for all`,
  needs: [TYPE.SRV],
  check(facts, report) {
    for (const set of srvSets(facts)) {
      if (set.records.length < 2) continue;
      const all = srvSet(facts, set);
      const told = new Set<number>();
      for (const zero of all) {
        if (zero.weight !== 0 || told.has(zero.priority)) continue;
        const other = all.find(({ priority, weight }) => priority === zero.priority && weight > 0);
        if (other === undefined) continue;
        told.add(zero.priority);
        report.record(zero.record, 'weight', {
          args: { owner: bare(facts.nameText(set.owner)), priority: zero.priority, weight: other.weight },
          related: [{ record: other.record, part: 'weight', message: 'the other weight' }],
        });
      }
    }
  },
};
