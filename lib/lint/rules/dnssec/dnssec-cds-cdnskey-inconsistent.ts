import { asksForRemoval, readDs } from '../../../dnssec/digests.ts';
import { readKey } from '../../../dnssec/keys.ts';
import { TYPE, typeToText } from '../../../rr/types.ts';
import type { Facts } from '../../facts.ts';
import type { Rule } from '../../rule.ts';
import { signingOf } from './signing.ts';

/** CDS and CDNSKEY that ask the parent for something impossible. */
export const rule: Rule = {
  id: 'dnssec-cds-cdnskey-inconsistent',
  group: 'dnssec',
  level: 'error',
  cites: ['RFC 7344 §4', 'RFC 8078 §4'],
  what: 'CDS or CDNSKEY records name keys of an algorithm that the zone has no key of, or ask for removal and for keys at once.',
  why: 'The parent cannot follow such a request. BIND refuses the zone.',
  help: 'Remove the records, or keep only those that fit the keys of the zone.',
  bad: { zone: `@ CDS 12345 13 2 ${'0123456789abcdef'.repeat(4)} ; expect\n` },
  good: { zone: '@ CDS 0 0 0 00\n@ CDNSKEY 0 3 0 AA==\n' },
  load: true,
  say: ({ type, why }) => `this ${type} record ${why}`,
  check(facts, report) {
    const algorithms = new Set(signingOf(facts).keys.map(({ key }) => key.algorithm));
    for (const type of [TYPE.CDS, TYPE.CDNSKEY]) {
      const records = facts.rrset(facts.zone.apex, type);
      const removal = records.find((record) => asksForRemoval(facts.rdata(record)));
      const keys = records.filter((record) => !asksForRemoval(facts.rdata(record)));
      const args = { type: typeToText(type) };
      if (removal !== undefined) {
        const related = [{ record: removal, part: 'rdata', message: 'asks for removal' }];
        const why = 'names a key beside one that asks for removal';
        for (const record of keys.slice(0, 1)) report.record(record, 'rdata', { args: { ...args, why }, related });
        continue;
      }
      if (facts.mayBeBroken(TYPE.DNSKEY)) continue;
      const stranger = keys.find((record) => !algorithms.has(algorithmIn(facts, record)));
      if (stranger === undefined) continue;
      const algorithm = algorithmIn(facts, stranger);
      const why = facts.signed
        ? `names a key of algorithm ${algorithm}, but the zone has no DNSKEY of it`
        : 'names a key, but the zone has no DNSKEY';
      report.record(stranger, 'rdata', { args: { ...args, why } });
    }
  },
};

function algorithmIn(facts: Facts, record: number): number {
  const rdata = facts.rdata(record);
  const fields = facts.zone.types[record] === TYPE.CDS ? readDs(rdata) : readKey(rdata);
  return fields?.algorithm ?? -1;
}
