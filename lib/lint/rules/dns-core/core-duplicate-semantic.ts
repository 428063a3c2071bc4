import { TYPE, typeToText } from '../../../rr/types.ts';
import { removal } from '../../common-edits.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { duplicatesOf } from './duplicates.ts';

/** The same record twice, with names in other letter case. */
export const rule: Rule = {
  id: 'core-duplicate-semantic',
  group: 'dns-core',
  level: 'warning',
  cites: ['RFC 2181 §5', 'RFC 4343 §3'],
  what: 'Two records of an RRset differ only in the letter case of a name.',
  why: 'They are one record to DNS. Which spelling is kept differs from server to server.',
  help: 'Remove one of the two.',
  bad: { zone: 'mx1 A 192.0.2.10\n@ MX 10 mx1\n@ MX 10 MX1 ; expect\n' },
  good: { zone: 'mx1 A 192.0.2.10\nmx2 A 192.0.2.11\n@ MX 10 mx1\n@ MX 20 mx2\n' },
  fix: 'safe',
  say: ({ name, type, data, first }) =>
    `the ${type} records ${first} and ${data} of ${name} are the same: letter case does not count`,
  check(facts, report) {
    for (const { record, earlier, exact } of duplicatesOf(facts)) {
      const type = facts.zone.types[record] ?? 0;
      if (exact || type === TYPE.SOA) continue;
      const args = {
        name: bare(facts.ownerText(record)),
        type: typeToText(type),
        data: facts.rdataText(record),
        first: facts.rdataText(earlier),
      };
      const related = [{ record: earlier, part: 'rdata', message: 'the first spelling' }];
      const edit = removal(facts, record);
      const fixes = edit === undefined ? [] : [{ title: 'remove the second record', safe: true, edits: [edit] }];
      report.record(record, 'rdata', { args, related, fixes });
    }
  },
};
