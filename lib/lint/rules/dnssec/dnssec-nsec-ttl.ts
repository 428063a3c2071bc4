import { TYPE, typeToText } from '../../../rr/types.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { signedExample } from './examples.ts';

/** NSEC or NSEC3 records that live longer than a negative answer may (RFC 9077 §3). */
export const rule: Rule = {
  id: 'dnssec-nsec-ttl',
  group: 'dnssec',
  level: 'warning',
  cites: ['RFC 9077 §3.1', 'RFC 9077 §3.2'],
  what: 'NSEC or NSEC3 records have a longer TTL than negative answers: the lesser of the MINIMUM field and the TTL of the SOA.',
  why: 'Resolvers that answer from NSEC keep saying that a new name does not exist for longer than the zone wants it.',
  help: 'Sign the zone again with a tool that follows RFC 9077, or raise the TTL of the SOA.',
  bad: signedExample({ '@ NSEC': '@ 86400 NSEC mx NS SOA RRSIG NSEC DNSKEY ; expect' }),
  good: signedExample(),
  say: ({ type, name, ttl, least, all }) =>
    `the ${type} record of ${name} has the TTL ${ttl}; expected at most ${least}, the TTL of negative answers${all}`,
  check(facts, report) {
    const [soa] = facts.rrset(facts.zone.apex, TYPE.SOA);
    const minimum = soa === undefined ? undefined : facts.numberField(soa, 'minimum');
    if (soa === undefined || minimum === undefined) return;
    const least = Math.min(minimum, facts.zone.ttls[soa] ?? minimum);
    for (const type of [TYPE.NSEC, TYPE.NSEC3]) {
      const longer = facts.records(type).filter((record) => (facts.zone.ttls[record] ?? 0) > least);
      const [record] = longer;
      if (record === undefined) continue;
      const all = longer.length > 1 ? `; ${longer.length} records have more` : '';
      const ttl = facts.zone.ttls[record] ?? 0;
      report.record(record, 'ttl', {
        args: { type: typeToText(type), name: bare(facts.ownerText(record)), ttl, least, all },
        related: [{ record: soa, part: ttl > minimum ? 'minimum' : 'ttl', message: 'says so' }],
      });
    }
  },
};
