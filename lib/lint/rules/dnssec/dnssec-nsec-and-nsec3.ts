import { TYPE } from '../../../rr/types.ts';
import { bareName } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { hashedExample } from './examples.ts';

/** NSEC and NSEC3 in one zone. */
export const rule: Rule = {
  id: 'dnssec-nsec-and-nsec3',
  group: 'dnssec',
  level: 'warning',
  cites: ['RFC 5155 §10.4', 'RFC 5155 §10.5'],
  what: 'The zone has both NSEC and NSEC3 records.',
  why: 'Only one of them denies names, and only while a zone changes from one to the other it has both. NSEC also tells the names that NSEC3 hides.',
  help: 'Sign the zone again with one of them.',
  bad: hashedExample({}, 'mx NSEC @ A RRSIG NSEC ; expect\n'),
  good: hashedExample(),
  say: ({ zone }) => `${zone} has NSEC records beside NSEC3 records; expected one of the two`,
  check(facts, report) {
    const [nsec] = facts.records(TYPE.NSEC);
    const [nsec3] = facts.records(TYPE.NSEC3);
    if (nsec === undefined || nsec3 === undefined) return;
    report.record(nsec, 'type', {
      args: { zone: bareName(facts.zone.origin) },
      related: [{ record: nsec3, message: 'the first NSEC3 record' }],
    });
  },
};
