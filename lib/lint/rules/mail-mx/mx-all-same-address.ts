import type { Facts } from '../../facts.ts';
import type { Rule } from '../../rule.ts';
import { addressesOf } from '../../shared-hosts.ts';
import { bare, listed } from '../../shared-words.ts';
import { type Exchange, exchangesAt } from './shared.ts';

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
    for (const domain of facts.mailDomains) {
      if (domain.mx.length < 2) continue;
      const exchanges = exchangesAt(facts, domain);
      const [first, ...others] = exchanges;
      const address = first === undefined ? -1 : onlyAddress(facts, first);
      if (first === undefined || address < 0 || exchanges.length !== domain.mx.length) continue;
      if (!others.every((other) => sameRdata(facts, address, onlyAddress(facts, other)))) continue;
      const hosts = [...new Set(exchanges.map(({ host }) => host))];
      // The same name twice is mx-duplicate-target.
      if (hosts.length < 2) continue;
      report.record(first.record, 'exchange', {
        args: { domain: bare(facts.nameText(domain.owner)), hosts: listed(hosts), address: facts.rdataText(address) },
        related: exchanges
          .slice(0, 4)
          .map((each) => ({ record: onlyAddress(facts, each), part: 'rdata', message: `address of ${each.host}` })),
      });
    }
  },
};

/** The one address record of an exchange, -1 when it has none or several. */
function onlyAddress(facts: Facts, { wire, standing }: Exchange): number {
  if (standing !== 'address') return -1;
  const addresses = addressesOf(facts, wire);
  return addresses.length === 1 ? (addresses[0] ?? -1) : -1;
}

function sameRdata(facts: Facts, record: number, other: number): boolean {
  if (other < 0 || facts.zone.types[record] !== facts.zone.types[other]) return false;
  const octets = facts.rdata(other);
  return facts.rdata(record).every((octet, at) => octet === octets[at]);
}
