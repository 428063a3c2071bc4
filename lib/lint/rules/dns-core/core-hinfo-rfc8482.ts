import { TYPE } from '../../../rr/types.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';

/** A HINFO record that servers make up themselves. */
export const rule: Rule = {
  id: 'core-hinfo-rfc8482',
  group: 'dns-core',
  level: 'info',
  cites: ['RFC 8482 §4.2'],
  what: 'The zone has a HINFO record with the text RFC8482.',
  why: 'Servers answer queries for all types with such a record; one in the zone, perhaps copied from an answer, cannot be told from it.',
  help: 'Remove the record.',
  bad: { zone: '@ HINFO "RFC8482" "" ; expect\n' },
  good: { zone: 'host HINFO "PC" "Linux"\n' },
  say: ({ name }) => `the HINFO record of ${name} looks like one that a server makes up for queries of type ANY`,
  needs: [TYPE.HINFO],
  check(facts, report) {
    for (const record of facts.records(TYPE.HINFO)) {
      if (!/^RFC8482/i.test(facts.text(record))) continue;
      report.record(record, 'rdata', { args: { name: bare(facts.ownerText(record)) } });
    }
  },
};
