import { TYPE, typeToText } from '../../../rr/types.ts';
import { bare, listed } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { isMailRecord, occludedNames } from './occluded.ts';

/** Data at or below a delegation that the parent zone cannot give out. */
export const rule: Rule = {
  id: 'deleg-occluded-data',
  group: 'delegation',
  level: 'warning',
  cites: ['RFC 2181 §6', 'RFC 5936 §3.5'],
  what: 'Records stand at or below a delegation and are not what the delegation needs.',
  why: 'The name belongs to the delegated zone: servers answer with a referral and never give these records out, though nobody is told.',
  help: 'Move the records to the delegated zone, or remove the delegation.',
  bad: { zone: 'sub NS ns1\nwww.sub TXT "hello" ; expect\n' },
  good: { zone: 'sub NS ns.sub\nns.sub A 192.0.2.9\n' },
  say: ({ name, types, cut }) =>
    `${name} has ${types}, but ${cut} is delegated: only glue addresses and the NS and DS records of the delegation count here`,
  check(facts, report) {
    for (const { cut, records } of occludedNames(facts)) {
      const lost = records.filter((record) => !isMailRecord(facts, record));
      const [first, ...others] = lost;
      if (first === undefined) continue;
      const types = [...new Set(lost.map((record) => typeToText(facts.zone.types[record] ?? 0)))];
      report.record(first, 'entry', {
        args: {
          name: bare(facts.ownerText(first)),
          types: `${listed(types)} data`,
          cut: bare(facts.nameText(cut)),
        },
        related: [
          ...others.slice(0, 4).map((record) => ({ record, message: 'this too' })),
          ...facts
            .rrset(cut, TYPE.NS)
            .slice(0, 1)
            .map((record) => ({ record, message: 'the delegation' })),
        ],
      });
    }
  },
};
