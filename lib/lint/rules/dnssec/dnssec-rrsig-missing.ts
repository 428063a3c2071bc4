import { TYPE, typeToText } from '../../../rr/types.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { EXPECT, signedExample } from './examples.ts';
import { signaturesOf } from './signature-look.ts';
import { isWholeAndSigned } from './signing.ts';

/** An RRset of a signed zone without signature (RFC 4035 §2.2). */
export const rule: Rule = {
  id: 'dnssec-rrsig-missing',
  group: 'dnssec',
  level: 'error',
  cites: ['RFC 4035 §2.2'],
  what: 'An RRset of a signed zone has no signature.',
  why: 'Validating resolvers refuse it: the name cannot be resolved by them. Knot DNS does not load the zone.',
  help: 'Sign the zone again after every change of its records.',
  bad: signedExample({ 'mx A': EXPECT, 'mx RRSIG A': '' }),
  good: signedExample(),
  load: true,
  say: ({ name, type }) => `no RRSIG is over the ${type} records of ${name}; expected one, as the zone is signed`,
  needs: [TYPE.RRSIG],
  check(facts, report) {
    if (!isWholeAndSigned(facts)) return;
    for (const record of signaturesOf(facts).missing) {
      const args = { name: bare(facts.ownerText(record)), type: typeToText(facts.zone.types[record] ?? TYPE.RRSIG) };
      report.record(record, 'type', { args });
    }
  },
};
