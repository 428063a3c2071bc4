import { listsType } from '../../../dnssec/bitmaps.ts';
import { nextHashAt } from '../../../dnssec/nsec3.ts';
import { nameLength } from '../../../rr/name.ts';
import { TYPE } from '../../../rr/types.ts';
import { bare } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { Rule } from '../../rule.ts';
import { signedExample } from './examples.ts';
import { isWholeAndSigned } from './signing.ts';

/** A bitmap that denies the very name it stands at (RFC 9824 §2). */
export const rule: Rule = {
  id: 'dnssec-nxname-in-zone',
  group: 'dnssec',
  level: 'error',
  cites: ['RFC 9824 §2', 'RFC 9824 §3.1'],
  what: 'An NSEC or NSEC3 record of a zone file lists NXNAME.',
  why: 'Servers that make NSEC records for each question use NXNAME to say that the name does not exist. In a zone file the name does.',
  help: 'Sign the zone again.',
  bad: { zone: 'www A 192.0.2.10\nwww NSEC @ A RRSIG NSEC TYPE128 ; expect\n' },
  good: signedExample(),
  say: ({ name }) => `the record lists NXNAME, which says that ${name} does not exist; expected the types that it has`,
  check(facts, report) {
    // In a signed zone every bitmap is compared with the types of its name.
    if (isWholeAndSigned(facts)) return;
    for (const type of [TYPE.NSEC, TYPE.NSEC3]) {
      for (const record of facts.records(type)) {
        const rdata = facts.rdata(record);
        if (!listsType(rdata, bitmapAt(facts, record), rdata.length, TYPE.NXNAME)) continue;
        report.record(record, 'types', { args: { name: bare(facts.ownerText(record)) } });
      }
    }
  },
};

function bitmapAt(facts: Facts, record: number): number {
  const rdata = facts.rdata(record);
  if (facts.zone.types[record] === TYPE.NSEC) return Math.max(0, nameLength(rdata, 0));
  const at = nextHashAt(rdata);
  return at < 0 ? rdata.length : at + (rdata[at - 1] ?? 0);
}
