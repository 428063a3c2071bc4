import { TYPE } from '../../../rr/types.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';

/** DELEG at the apex of a zone. */
export const rule: Rule = {
  id: 'deleg-deleg-at-apex',
  group: 'delegation',
  level: 'error',
  cites: ['draft-ietf-deleg §4'],
  what: 'A DELEG record stands at the zone name.',
  why: 'DELEG speaks about a child and belongs to the parent zone, as DS does; newer Knot DNS refuses the zone.',
  help: 'Move the record to the parent zone.',
  bad: { zone: '@ TYPE61440 \\# 4 00010000 ; expect\n' },
  good: { zone: 'sub NS ns1\nsub TYPE61440 \\# 4 00010000\n' },
  say: ({ name }) => `the DELEG record of ${name} belongs to its parent zone, not to the zone itself`,
  check(facts, report) {
    for (const record of facts.rrset(facts.zone.apex, TYPE.DELEG)) {
      report.record(record, 'owner', { args: { name: bare(facts.nameText(facts.zone.apex)) } });
    }
  },
};
