import { typeToText } from '../../../rr/types.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { eachBigSet, MAX_SET } from './set-sizes.ts';

/** An RRset that no DNS message can carry. */
export const rule: Rule = {
  id: 'core-rrset-over-64k',
  group: 'dns-core',
  level: 'error',
  cites: ['RFC 1035 §4.2.2'],
  what: 'An RRset is too large for any DNS message.',
  why: 'A message has at most 65,535 octets, so the RRset can never be given out. BIND refuses the zone.',
  help: 'Spread the records over several names.',
  bad: {
    zone: `@ TYPE65300 \\# 40000 00${'00'.repeat(39_999)} ; expect\n@ TYPE65300 \\# 40000 01${'00'.repeat(39_999)}\n`,
  },
  good: { zone: '@ TYPE65300 \\# 3 000001\n@ TYPE65300 \\# 3 000002\n' },
  load: true,
  say: ({ name, type, octets }) =>
    `the ${type} records of ${name} take ${octets} octets; a DNS message carries fewer than 65,535`,
  check(facts, report) {
    eachBigSet(facts, MAX_SET, ({ owner, records, stored }) => {
      if (stored <= MAX_SET) return;
      const [record = 0] = records;
      const args = {
        name: bare(facts.nameText(owner)),
        type: typeToText(facts.zone.types[record] ?? 0),
        octets: stored,
      };
      report.record(record, 'entry', { args });
    });
  },
};
