import { TYPE } from '../../../rr/types.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';

/** A DS at the zone's own name. */
export const rule: Rule = {
  id: 'dnssec-ds-at-apex',
  group: 'dnssec',
  level: 'error',
  cites: ['RFC 4035 §2.4'],
  what: 'The zone has a DS record at its own name.',
  why: 'The DS of a zone belongs to its parent, which alone can vouch for it. BIND refuses the zone.',
  help: 'Remove the record and hand it to the parent zone.',
  bad: { zone: `@ DS 12345 13 2 ${'0123456789abcdef'.repeat(4)} ; expect\n` },
  good: { zone: `sub NS ns.example.com.\nsub DS 12345 13 2 ${'0123456789abcdef'.repeat(4)}\n` },
  load: true,
  say: ({ zone }) => `the DS record of ${zone} belongs to its parent zone`,
  check(facts, report) {
    const [record] = facts.rrset(facts.zone.apex, TYPE.DS);
    if (record === undefined) return;
    report.record(record, 'type', { args: { zone: bare(facts.nameText(facts.zone.apex)) } });
  },
};
