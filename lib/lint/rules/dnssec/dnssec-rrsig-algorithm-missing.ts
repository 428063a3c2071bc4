import { algorithmText } from '../../../dnssec/algorithms.ts';
import { TYPE, typeToText } from '../../../rr/types.ts';
import { bare, listed } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { EXPECT, signedExample } from './examples.ts';
import { signaturesOf } from './signature-look.ts';
import { isWholeAndSigned } from './signing.ts';

/** The second key of the examples, of another algorithm, and signatures by it. */
const OTHER =
  '@ DNSKEY 257 3 13 mdsswUyr3DPW132mOi8V9xESWE8jTo0dxCjjnopKl+GqJxpVXckHAeF+KkxLbxILfDLUT0rAK9iUzy1L53eKGQ==';

/** An RRset that one algorithm of the zone's keys does not sign (RFC 4035 §2.2). */
export const rule: Rule = {
  id: 'dnssec-rrsig-algorithm-missing',
  group: 'dnssec',
  level: 'error',
  cites: ['RFC 4035 §2.2', 'RFC 6840 §5.11'],
  what: 'An RRset has valid signatures of some, but not of every algorithm that the zone has keys of.',
  why: 'Resolvers that know the other algorithm alone refuse the RRset.',
  help: 'Sign the zone with all its keys, or remove the keys of the other algorithm.',
  bad: signedExample({
    '@ DNSKEY': `$& ; expect\n${OTHER}`,
    'mx A': EXPECT,
    '@ SOA': EXPECT,
    '@ NS ns1': EXPECT,
    '@ NSEC': EXPECT,
    'mx NSEC': EXPECT,
  }),
  good: signedExample(),
  say: ({ name, type, algorithms }) =>
    `the ${type} records of ${name} have no valid signature of algorithm ${algorithms}, of which the zone has a key`,
  needs: [TYPE.RRSIG],
  check(facts, report) {
    if (!isWholeAndSigned(facts)) return;
    for (const { record, algorithms } of signaturesOf(facts).unevenly) {
      const type = typeToText(facts.zone.types[record] ?? 0);
      const args = { name: bare(facts.ownerText(record)), type, algorithms: listed(algorithms.map(algorithmText)) };
      report.record(record, 'type', { args });
    }
  },
};
