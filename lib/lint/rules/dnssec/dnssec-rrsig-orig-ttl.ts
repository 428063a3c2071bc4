import { readSignature } from '../../../dnssec/signatures.ts';
import { typeToText } from '../../../rr/types.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { signedExample } from './examples.ts';
import { signaturesOf } from './signature-look.ts';

/** A signature over another TTL than that of the records (RFC 4034 §3.1.4). */
export const rule: Rule = {
  id: 'dnssec-rrsig-orig-ttl',
  group: 'dnssec',
  level: 'error',
  cites: ['RFC 4034 §3.1.4', 'RFC 4035 §2.2'],
  what: 'The original TTL of a signature is not the TTL of the records that it is over.',
  why: 'Somebody changed the TTL after signing. Knot DNS does not load the zone; resolvers keep the records no longer than was signed.',
  help: 'Sign the zone again, or give the records the TTL they were signed with.',
  bad: signedExample({ 'mx A': 'mx 300 A 192.0.2.10', 'mx RRSIG A': '$& ; expect' }),
  good: signedExample(),
  load: true,
  say: ({ type, name, original, ttl }) =>
    `the ${type} records of ${name} were signed with a TTL of ${original}; expected ${ttl}, the TTL they have`,
  check(facts, report) {
    for (const record of signaturesOf(facts).originalTtl) {
      const { originalTtl, typeCovered } = readSignature(facts.rdata(record));
      const [first] = facts.rrset(facts.zone.owners[record] ?? -1, typeCovered);
      if (first === undefined) continue;
      const args = { name: bare(facts.ownerText(record)), type: typeToText(typeCovered), original: originalTtl };
      report.record(record, 'originalTtl', {
        args: { ...args, ttl: facts.zone.ttls[first] ?? 0 },
        related: [{ record: first, part: 'ttl', message: 'has this TTL' }],
      });
    }
  },
};
