import { TYPE } from '../../../rr/types.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';

/** An IPv4 address dressed up as IPv6. */
export const rule: Rule = {
  id: 'core-aaaa-v4mapped',
  group: 'dns-core',
  level: 'warning',
  cites: ['RFC 4291 §2.5.5'],
  what: 'An AAAA record has an IPv4-mapped or IPv4-compatible address.',
  why: 'Such addresses are for use inside a host; over the network nobody can reach them.',
  help: 'Write the IPv4 address in an A record.',
  bad: { zone: 'www AAAA ::ffff:192.0.2.10 ; expect\n' },
  good: { zone: 'www A 192.0.2.10\n' },
  say: ({ name, address, ipv4 }) =>
    `${name} has the AAAA record ${address}; the IPv4 address ${ipv4} belongs in an A record`,
  check(facts, report) {
    const { rdata, rdataStarts, rdataLengths } = facts.zone;
    for (const record of facts.records(TYPE.AAAA)) {
      const at = rdataStarts[record] as number;
      if (rdata[at] !== 0 || rdataLengths[record] !== 16 || !embedsIpv4(rdata, at)) continue;
      const ipv4 = [...rdata.subarray(at + 12, at + 16)].join('.');
      report.record(record, 'rdata', {
        args: { name: bare(facts.ownerText(record)), address: facts.rdataText(record), ipv4 },
      });
    }
  },
};

function embedsIpv4(bytes: Uint8Array, at: number): boolean {
  for (let i = 0; i < 10; i++) if (bytes[at + i] !== 0) return false;
  if (bytes[at + 10] === 0xff && bytes[at + 11] === 0xff) return true;
  if (bytes[at + 10] !== 0 || bytes[at + 11] !== 0) return false;
  // :: and ::1 are not IPv4 addresses.
  return bytes[at + 12] !== 0 || bytes[at + 13] !== 0 || bytes[at + 14] !== 0 || (bytes[at + 15] as number) > 1;
}
