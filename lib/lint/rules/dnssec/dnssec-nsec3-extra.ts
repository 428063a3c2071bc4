import { TYPE } from '../../../rr/types.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { APEX_HASH, hashedExample, MX_HASH } from './examples.ts';
import { nsec3Of } from './nsec3-look.ts';
import { isWholeAndSigned } from './signing.ts';

const OTHER = '2t7b4g4vsa5smi47k61mv5bv1a22bojr';

/** An NSEC3 that is about no name of the zone (RFC 5155 §7.1). */
export const rule: Rule = {
  id: 'dnssec-nsec3-extra',
  group: 'dnssec',
  level: 'warning',
  cites: ['RFC 5155 §7.1'],
  what: 'An NSEC3 record has a hash that no name of the zone has.',
  why: 'The records of its name were removed after signing, or it was made with other parameters.',
  help: 'Sign the zone again.',
  bad: hashedExample(
    { [`${APEX_HASH} NSEC3`]: `${APEX_HASH} NSEC3 1 0 0 - ${OTHER} NS SOA RRSIG DNSKEY NSEC3PARAM` },
    `${OTHER} NSEC3 1 0 0 - ${MX_HASH} A RRSIG ; expect
${OTHER} RRSIG NSEC3 15 3 3600 20261215000000 20261115000000 60795 example.net. AAAA
`,
  ),
  good: hashedExample(),
  say: ({ name }) => `${name} is the hash of no name in the zone`,
  needs: [TYPE.RRSIG],
  check(facts, report) {
    if (!isWholeAndSigned(facts)) return;
    for (const record of nsec3Of(facts).flatMap(({ extra }) => extra)) {
      report.record(record, 'owner', { args: { name: bare(facts.ownerText(record)) } });
    }
  },
};
