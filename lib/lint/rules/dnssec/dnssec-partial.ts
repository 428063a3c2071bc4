import { TYPE, typeToText } from '../../../rr/types.ts';
import type { Args } from '../../../text/diagnostic.ts';
import { bare, bareName } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { Rule } from '../../rule.ts';
import { signedExample } from './examples.ts';
import { signingOf } from './signing.ts';

/** Records of a signed zone in a zone that is not signed (RFC 4035 §2). */
export const rule: Rule = {
  id: 'dnssec-partial',
  group: 'dnssec',
  level: 'error',
  cites: ['RFC 4035 §2.2', 'RFC 4035 §2.3'],
  what: 'The zone has signatures or NSEC records, but no signature over its SOA.',
  why: 'A zone is signed as a whole or not at all. Resolvers that know a key of the zone refuse all answers that lack a signature.',
  help: 'Sign the whole zone, or remove what is left of signing it.',
  bad: { zone: 'w TXT x\nw RRSIG TXT 13 3 3600 20261215000000 20261115000000 12345 example.net. AAAA ; expect\n' },
  good: signedExample(),
  say: ({ type, name, zone }) => `${name} has an ${type} record, but no signature is over the SOA of ${zone}`,
  check(facts, report) {
    const { signed, keys } = signingOf(facts);
    if (signed || facts.mayBeBroken(TYPE.RRSIG)) return;
    for (const type of [TYPE.RRSIG, TYPE.NSEC, TYPE.NSEC3]) {
      const [record] = facts.records(type);
      if (record === undefined) continue;
      const level = keys.length > 0 || type === TYPE.RRSIG ? 'error' : 'warning';
      report.record(record, 'type', { args: leftover(facts, record, type), severity: level });
      return;
    }
  },
};

function leftover(facts: Facts, record: number, type: number): Args {
  const zone = bareName(facts.zone.origin);
  return { type: typeToText(type), name: bare(facts.ownerText(record)), zone };
}
