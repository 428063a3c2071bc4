import { TYPE, typeToText } from '../../../rr/types.ts';
import { removal } from '../../common-edits.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { duplicatesOf } from './duplicates.ts';

/** The same record twice. */
export const rule: Rule = {
  id: 'core-duplicate-record',
  group: 'dns-core',
  level: 'warning',
  cites: ['RFC 2181 §5'],
  what: 'The same record stands in the zone twice.',
  why: 'Servers keep one of them; a later change to the other one has no effect, which is easy to overlook.',
  help: 'Remove one of the two.',
  bad: { zone: 'www A 192.0.2.10\nwww A 192.0.2.10 ; expect\n' },
  good: { zone: 'www A 192.0.2.10\nwww A 192.0.2.11\n' },
  fix: 'safe',
  say: ({ name, type, data }) => `${name} has the ${type} record ${data} twice`,
  check(facts, report) {
    for (const { record, earlier, exact } of duplicatesOf(facts)) {
      const type = facts.zone.types[record] ?? 0;
      if (!exact || type === TYPE.SOA) continue;
      const args = { name: bare(facts.ownerText(record)), type: typeToText(type), data: facts.rdataText(record) };
      const related = [{ record: earlier, part: 'entry', message: 'the first one' }];
      const edit = removal(facts, record);
      const fixes = edit === undefined ? [] : [{ title: 'remove the second record', safe: true, edits: [edit] }];
      report.record(record, 'entry', { args, related, fixes });
    }
  },
};
