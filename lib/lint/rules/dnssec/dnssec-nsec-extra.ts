import { TYPE } from '../../../rr/types.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { signedExample } from './examples.ts';
import { nsecOf } from './nsec-look.ts';
import { denialOf } from './nsec3-look.ts';
import { isWholeAndSigned } from './signing.ts';

/** An NSEC at a name that has nothing else (RFC 4035 §2.3). */
export const rule: Rule = {
  id: 'dnssec-nsec-extra',
  group: 'dnssec',
  level: 'warning',
  cites: ['RFC 4035 §2.3'],
  what: 'An NSEC record stands at a name that has no other records.',
  why: 'The name answers as if it existed. It was an empty non-terminal, or its records were removed after signing.',
  help: 'Sign the zone again.',
  bad: signedExample(
    { 'mx NSEC': 'mx NSEC old A RRSIG NSEC' },
    `old NSEC @ RRSIG NSEC ; expect
old RRSIG NSEC 15 3 3600 20261215000000 20261115000000 60795 example.net. AAAA
`,
  ),
  good: signedExample(),
  say: ({ name }) => `${name} has an NSEC record and nothing else; expected NSEC only at names with records`,
  needs: [TYPE.RRSIG],
  check(facts, report) {
    if (!isWholeAndSigned(facts) || denialOf(facts) !== 'nsec') return;
    for (const record of nsecOf(facts).extra) {
      report.record(record, 'type', { args: { name: bare(facts.ownerText(record)) } });
    }
  },
};
