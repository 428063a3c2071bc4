import { TYPE } from '../../../rr/types.ts';
import { clientMx } from '../../common-examples.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';

/** Type 265 is used though it is not assigned (RFC 6895 §3.1). */
export const rule: Rule = {
  id: 'client-mx-unassigned-type',
  group: 'client-mx',
  level: 'info',
  cites: ['CMX-1.5-a', 'RFC 6895 §3.1'],
  what: 'The zone uses type 265, which IANA has not assigned.',
  why: 'The draft may get another number, or 265 may go to another type; then the records mean something else.',
  help: 'Use the record in a laboratory only, or be ready to change the type number.',
  byDefault: false,
  bad: { zone: `@ ${clientMx(10, 'out1')} ; expect\n@ MX 10 mx1\nmx1 A 192.0.2.10\nout1 A 192.0.2.20\n` },
  good: { zone: '@ MX 10 mx1\nmx1 A 192.0.2.10\n' },
  say: ({ domain, count, type }) =>
    `type ${type} (Client MX) of ${domain} is not assigned by IANA yet; the zone has ${count} of these records`,
  check(facts, report) {
    const records = facts.records(TYPE.CLIENTMX);
    const [first] = records;
    if (first === undefined) return;
    report.record(first, 'type', {
      args: { domain: bare(facts.ownerText(first)), count: records.length, type: facts.drafts.clientMxType },
    });
  },
};
