import { TYPE, typeToText } from '../../../rr/types.ts';
import type { Facts } from '../../facts.ts';
import type { Rule } from '../../rule.ts';
import { soaOf } from '../dns-core/soa.ts';

const IMMEDIATE = 1;
const SOA_MINIMUM = 2;
const HALF = 2 ** 31;

/** A CSYNC record the parent cannot act on. */
export const rule: Rule = {
  id: 'deleg-csync-invalid',
  group: 'delegation',
  level: 'warning',
  cites: ['RFC 7477 §2.1', 'RFC 7477 §3.1'],
  what: 'A CSYNC record has unknown flags, types the parent does not copy, a serial the zone has not reached, or stands below the apex.',
  why: 'The parent ignores the record, and its NS and glue stay as they are.',
  help: 'Write `CSYNC SERIAL 3 A NS AAAA` at the zone name, with the serial of the SOA.',
  bad: { zone: '@ CSYNC 2026112101 3 A NS AAAA ; expect\n' },
  good: { zone: '@ CSYNC 2026112001 3 A NS AAAA\n' },
  say: ({ why }) => `the parent cannot act on this CSYNC record: ${why}`,
  needs: [TYPE.CSYNC],
  check(facts, report) {
    for (const record of facts.records(TYPE.CSYNC)) {
      const [part, why] = trouble(facts, record) ?? [];
      if (part !== undefined && why !== undefined) report.record(record, part, { args: { why } });
    }
  },
};

function trouble(facts: Facts, record: number): readonly [part: string, why: string] | undefined {
  if (facts.zone.owners[record] !== facts.zone.apex) return ['owner', 'it belongs to the zone name'];
  const serial = facts.numberField(record, 'serial') ?? 0;
  const flags = facts.numberField(record, 'flags') ?? 0;
  if (flags & ~(IMMEDIATE | SOA_MINIMUM)) return ['flags', `of the flags ${flags} only 1 and 2 have a meaning`];
  const words = facts.rdataText(record).split(' ').slice(2);
  const other = words.find((word) => ![TYPE.A, TYPE.NS, TYPE.AAAA].some((type) => typeToText(type) === word));
  if (other !== undefined) return ['types', `parents copy A, AAAA and NS records, not ${other}`];
  const soa = soaOf(facts);
  if ((flags & SOA_MINIMUM) === 0 || soa === undefined) return undefined;
  const ahead = (serial - soa.serial + 2 ** 32) % 2 ** 32;
  if (ahead === 0 || ahead >= HALF) return undefined;
  return ['serial', `it waits for the serial ${serial}, the zone is at ${soa.serial}`];
}
