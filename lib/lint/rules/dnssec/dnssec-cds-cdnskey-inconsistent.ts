import { TYPE, typeToText } from '../../../rr/types.ts';
import type { Facts } from '../../facts.ts';
import type { Rule } from '../../rule.ts';

/** CDS and CDNSKEY that ask the parent for something impossible. */
export const rule: Rule = {
  id: 'dnssec-cds-cdnskey-inconsistent',
  group: 'dnssec',
  level: 'error',
  cites: ['RFC 7344 §4', 'RFC 8078 §4'],
  what: 'CDS or CDNSKEY records name keys in a zone that has none, or ask for removal and for keys at once.',
  why: 'The parent cannot follow such a request. BIND refuses the zone.',
  help: 'Remove the records, or keep only those that fit the keys of the zone.',
  bad: { zone: `@ CDS 12345 13 2 ${'0123456789abcdef'.repeat(4)} ; expect\n` },
  good: { zone: '@ CDS 0 0 0 00\n@ CDNSKEY 0 3 0 AA==\n' },
  load: true,
  say: ({ type, why }) => `this ${type} record ${why}`,
  check(facts, report) {
    for (const type of [TYPE.CDS, TYPE.CDNSKEY]) {
      const records = facts.rrset(facts.zone.apex, type);
      const removal = records.find((record) => asksForRemoval(facts, record));
      const other = records.find((record) => !asksForRemoval(facts, record));
      if (other === undefined) continue;
      const args = { type: typeToText(type) };
      if (removal !== undefined) {
        const related = [{ record: removal, part: 'rdata', message: 'asks for removal' }];
        report.record(other, 'rdata', {
          args: { ...args, why: 'names a key beside one that asks for removal' },
          related,
        });
      } else if (!facts.signed && !facts.mayBeBroken(TYPE.DNSKEY)) {
        report.record(other, 'rdata', { args: { ...args, why: 'names a key, but the zone has no DNSKEY' } });
      }
    }
  },
};

/** Whether the record is `0 0 0 00` or `0 3 0 AA==`, which asks the parent to remove the DS records (RFC 8078 §4). */
function asksForRemoval(facts: Facts, record: number): boolean {
  const removal = facts.zone.types[record] === TYPE.CDS ? [0, 0, 0, 0, 0] : [0, 0, 3, 0, 0];
  const rdata = facts.rdata(record);
  return rdata.length === removal.length && removal.every((octet, at) => rdata[at] === octet);
}
