import { TYPE } from '../../../rr/types.ts';
import { addressesOf, standingOf } from '../../common-hosts.ts';
import { bare, listed } from '../../common-words.ts';
import type { Facts, MailTarget } from '../../facts.ts';
import type { Rule } from '../../rule.ts';

/** Several exchanges are one machine under several names. */
export const rule: Rule = {
  id: 'mx-all-same-address',
  group: 'mail-mx',
  level: 'info',
  cites: ['RFC 5321 §5.1'],
  what: 'All MX records of a domain lead to the same address.',
  why: 'A sender that could not reach one exchange tries the others in vain, because they are the same machine.',
  help: 'Give the exchanges different addresses, or keep one MX record.',
  bad: {
    zone: `@ MX 10 mx1 ; expect
@ MX 20 mx2
mx1 A 192.0.2.10
mx2 A 192.0.2.10
`,
  },
  good: {
    zone: `@ MX 10 mx1
@ MX 20 mx2
mx1 A 192.0.2.10
mx2 A 198.51.100.10
`,
  },
  say: ({ domain, hosts, address }) =>
    `the MX records of ${domain} name ${hosts}, which all have the one address ${address}; expected a second machine behind the second name`,
  check(facts, report) {
    for (const { owner, mx } of facts.mailDomains) {
      const [first, ...others] = mx;
      const [second] = others;
      if (first === undefined || second === undefined || differ(facts, first, second)) continue;
      const address = onlyAddress(facts, first);
      if (address < 0) continue;
      if (!others.every((other) => sameRdata(facts, address, onlyAddress(facts, other)))) continue;
      const hosts = [...new Set(mx.map(({ host }) => host))];
      // The same name twice is mx-duplicate-target.
      if (hosts.length < 2) continue;
      report.record(first.record, 'exchange', {
        args: { domain: bare(facts.nameText(owner)), hosts: listed(hosts), address: facts.rdataText(address) },
        related: mx
          .slice(0, 4)
          .map((each) => ({ record: onlyAddress(facts, each), part: 'rdata', message: `address of ${each.host}` })),
      });
    }
  },
};

/** Whether two exchanges plainly have different IPv4 addresses, as most do. */
function differ(facts: Facts, first: MailTarget, second: MailTarget): boolean {
  const { tree, zone } = facts;
  const one = tree.firstOf(first.id, TYPE.A);
  const other = one < 0 ? -1 : tree.firstOf(second.id, TYPE.A);
  if (other < 0) return false;
  const [a, b] = [zone.rdataStarts[one] ?? 0, zone.rdataStarts[other] ?? 0];
  for (let at = 0; at < 4; at++) if (zone.rdata[a + at] !== zone.rdata[b + at]) return true;
  return false;
}

/** The one address record of an exchange, -1 when it has none or several. */
function onlyAddress(facts: Facts, target: MailTarget): number {
  if (standingOf(facts, target) !== 'address') return -1;
  const addresses = addressesOf(facts, target.wire, target.id);
  return addresses.length === 1 ? (addresses[0] ?? -1) : -1;
}

function sameRdata(facts: Facts, record: number, other: number): boolean {
  if (other < 0 || facts.zone.types[record] !== facts.zone.types[other]) return false;
  const octets = facts.rdata(other);
  return facts.rdata(record).every((octet, at) => octet === octets[at]);
}
