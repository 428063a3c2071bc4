import { typeToText } from '../../../rr/types.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { eachBigSet, MAX_SET } from './set-sizes.ts';

/** What fits in a UDP answer without fragments (DNS flag day 2020, RFC 9715). */
const UDP = 1232;

/** An RRset that no UDP answer can carry. */
export const rule: Rule = {
  id: 'core-rrset-too-big',
  group: 'dns-core',
  level: 'warning',
  cites: ['RFC 6891 §6.2.5', 'RFC 9715 §3.1'],
  what: 'An RRset is too large for a UDP answer of 1232 octets.',
  why: 'Resolvers get a truncated answer and must ask again over TCP; where that is blocked the name does not resolve.',
  help: 'Remove records that are no longer used, or spread them over several names.',
  bad: {
    zone: `${Array.from({ length: 6 }, (_, at) => `@ TXT "${at}${'x'.repeat(220)}"${at === 0 ? ' ; expect' : ''}\n`).join('')}`,
  },
  good: { zone: `${Array.from({ length: 4 }, (_, at) => `@ TXT "${at}${'x'.repeat(220)}"\n`).join('')}` },
  say: ({ name, type, octets }) =>
    `the ${type} records of ${name} make an answer of ${octets} octets; UDP carries ${UDP}`,
  check(facts, report) {
    eachBigSet(facts, UDP, ({ owner, records, octets, stored }) => {
      if (stored > MAX_SET) return;
      const [record = 0] = records;
      const args = { name: bare(facts.nameText(owner)), type: typeToText(facts.zone.types[record] ?? 0), octets };
      report.record(record, 'entry', { args });
    });
  },
};
