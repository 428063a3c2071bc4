import { TYPE } from '../../../rr/types.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { differences } from './bitmap-fault.ts';
import { APEX_HASH, hashedExample, MX_HASH } from './examples.ts';
import { nsec3Of } from './nsec3-look.ts';
import { isWholeAndSigned } from './signing.ts';

/** An NSEC3 that lists other types than stand at its name (RFC 5155 §3.1.8). */
export const rule: Rule = {
  id: 'dnssec-nsec3-bitmap',
  group: 'dnssec',
  level: 'error',
  cites: ['RFC 5155 §3.1.8', 'RFC 5155 §7.1'],
  what: 'The types that an NSEC3 record lists are not those that its name has.',
  why: 'Resolvers may answer from it that a type does not exist, and those who ask never see the records. Knot DNS does not load the zone.',
  help: 'Sign the zone again, with a tool that knows all its types (TYPE265 included).',
  bad: hashedExample({ [`${MX_HASH} NSEC3`]: `${MX_HASH} NSEC3 1 0 0 - ${APEX_HASH} A AAAA RRSIG ; expect` }),
  good: hashedExample(),
  load: true,
  say: ({ name, difference }) => `NSEC3 of ${name} ${difference}`,
  needs: [TYPE.RRSIG],
  check(facts, report) {
    if (!isWholeAndSigned(facts)) return;
    for (const fault of nsec3Of(facts).flatMap(({ bitmaps }) => bitmaps)) {
      const args = { name: bare(facts.nameText(fault.owner)), difference: differences(fault) };
      report.record(fault.record, 'types', { args });
    }
  },
};
