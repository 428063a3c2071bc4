import { looksLikeAddress } from '../../../rr/name.ts';
import { TYPE, typeRow, typeToText } from '../../../rr/types.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';

/** Types that name a host, and where the name begins in their RDATA. */
const TARGETS: readonly (readonly [type: number, offset: number])[] = [
  [TYPE.NS, 0],
  [TYPE.MX, 2],
  [TYPE.SRV, 6],
  [TYPE.CNAME, 0],
  [TYPE.PTR, 0],
];

/** Octets that an address can begin with. */
const BEGINS: readonly boolean[] = Array.from({ length: 256 }, (_, octet) =>
  /[\da-f:]/i.test(String.fromCharCode(octet)),
);

/** An address where a host name belongs. */
export const rule: Rule = {
  id: 'core-target-is-ip',
  group: 'dns-core',
  level: 'error',
  cites: ['RFC 1035 §3.3', 'RFC 1912 §2.4', 'RFC 5321 §5.1'],
  what: 'The target of an NS, MX, SRV, CNAME or PTR record is an IP address.',
  why: 'The field is a domain name, so the digits are taken as labels of a name that does not exist.',
  help: 'Name a host, and give that host the address with an A or AAAA record.',
  bad: { zone: '@ MX 10 192.0.2.10 ; expect\n' },
  good: { zone: '@ MX 10 mx1\nmx1 A 192.0.2.10\n' },
  say: ({ type, found }) => `the target of this ${type} record is the address ${found}; it must be the name of a host`,
  check(facts, report) {
    const { zone } = facts;
    for (const [type, offset] of TARGETS) {
      const field = typeRow(type)?.fields.at(-1)?.name ?? 'rdata';
      for (const record of facts.records(type)) {
        if (!mayBeAddress(zone.rdata, (zone.rdataStarts[record] as number) + offset)) continue;
        const found = facts.source(record, field);
        if (looksLikeAddress(found))
          report.record(record, field, { args: { type: typeToText(type), found: bare(found) } });
      }
    }
  },
};

/** Whether a name begins with a label of one to three digits, or one with a colon. */
function mayBeAddress(bytes: Uint8Array, start: number): boolean {
  const size = bytes[start] as number;
  if (!BEGINS[bytes[start + 1] as number]) return false;
  let digits = 0;
  for (let at = start + 1; at <= start + size; at++) {
    const octet = bytes[at] as number;
    if (octet === 0x3a) return true;
    if (octet >= 0x30 && octet <= 0x39) digits++;
  }
  return size > 0 && size < 4 && digits === size;
}
