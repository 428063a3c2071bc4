import { typeToText } from '../../../rr/types.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { ASSOCIATIONS, associationOf } from './shared.ts';

/** Numbers beyond these are not assigned, but for 255, which is for private use (RFC 7218 §2). */
const LAST = { usage: 3, selector: 1, matchingType: 2 } as const;
const PRIVATE = 255;

/** A number of a TLSA record means nothing (RFC 6698 §7). */
export const rule: Rule = {
  id: 'tlsa-fields',
  group: 'dane',
  level: 'error',
  cites: ['RFC 6698 §2.1', 'RFC 6698 §7', 'RFC 8162 §2'],
  what: 'The usage, selector or matching type of a TLSA or SMIMEA record is a number that is not assigned.',
  why: 'Clients cannot use the record; mail servers then accept any certificate, and others refuse to connect.',
  help: 'Write a usage from 0 to 3, the selector 0 or 1, and a matching type from 0 to 2; "3 1 1" for most servers.',
  bad: {
    zone: `_25._tcp.mx1 TLSA 9 1 1 ff93c54faa36413b7c0da6e414be6163f42b7f0d75c62eb89fe7672d17597bb9 ; expect
mx1 A 192.0.2.10
`,
  },
  good: {
    zone: `_25._tcp.mx1 TLSA 3 1 1 ff93c54faa36413b7c0da6e414be6163f42b7f0d75c62eb89fe7672d17597bb9
mx1 A 192.0.2.10
`,
  },
  say: ({ owner, type, field, found, last }) =>
    `${type} record of ${owner} has the ${field} ${found}, which is not assigned; expected 0 to ${last}`,
  check(facts, report) {
    for (const type of ASSOCIATIONS) {
      for (const record of facts.records(type)) {
        const { usage, selector, matching } = associationOf(facts, record);
        if (usage <= LAST.usage && selector <= LAST.selector && matching <= LAST.matchingType) continue;
        const fields = { usage, selector, matchingType: matching };
        for (const field of ['usage', 'selector', 'matchingType'] as const) {
          const found = fields[field];
          if (found <= LAST[field] || found === PRIVATE) continue;
          report.record(record, field, {
            args: {
              owner: bare(facts.ownerText(record)),
              type: typeToText(type),
              field: field === 'matchingType' ? 'matching type' : field,
              found,
              last: LAST[field],
            },
          });
        }
      }
    }
  },
};
