import { TYPE } from '../../../rr/types.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { differences } from './bitmap-fault.ts';
import { signedExample } from './examples.ts';
import { nsecOf } from './nsec-look.ts';
import { denialOf } from './nsec3-look.ts';
import { isWholeAndSigned } from './signing.ts';

/** An NSEC that lists other types than stand at its name (RFC 4034 §4.1.2). */
export const rule: Rule = {
  id: 'dnssec-nsec-bitmap',
  group: 'dnssec',
  level: 'error',
  cites: ['RFC 4034 §4.1.2', 'RFC 4035 §2.3'],
  what: 'The types that an NSEC record lists are not those that its name has.',
  why: 'Resolvers may answer from it that a type does not exist, and those who ask never see the records. Knot DNS does not load the zone.',
  help: 'Sign the zone again, with a tool that knows all its types (TYPE265 included).',
  bad: signedExample({ 'mx NSEC': 'mx NSEC example.net. AAAA RRSIG NSEC ; expect' }),
  good: signedExample(),
  load: true,
  say: ({ name, difference }) => `NSEC of ${name} ${difference}`,
  needs: [TYPE.RRSIG],
  check(facts, report) {
    if (!isWholeAndSigned(facts) || denialOf(facts) !== 'nsec') return;
    for (const fault of nsecOf(facts).bitmaps) {
      const args = { name: bare(facts.nameText(fault.owner)), difference: differences(fault) };
      report.record(fault.record, 'types', { args });
    }
  },
};
