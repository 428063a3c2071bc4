import { TYPE } from '../../../rr/types.ts';
import { addressesOf, answering, standing } from '../../common-hosts.ts';
import { bare, bareName, listed } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { Rule } from '../../rule.ts';
import { type Address, addressOfReverse, sameOctets } from './reverse-address.ts';

/** A PTR record and the addresses of the host it names, in another zone given, do not agree. */
export const rule: Rule = {
  id: 'core-ptr-forward-mismatch',
  group: 'dns-core',
  level: 'warning',
  cites: ['RFC 1912 §2.1'],
  what: 'A PTR record names a host of another zone given, and the host does not have that address.',
  why: 'Mail servers look a client up both ways and refuse or mistrust those whose names do not agree.',
  help: 'Name the host that has the address, or give the host the address.',
  bad: {
    whole: true,
    origin: '2.0.192.in-addr.arpa',
    zone: `$ORIGIN 2.0.192.in-addr.arpa.
$TTL 3600
@ SOA ns1.example.com. hostmaster.example.com. 2026112001 7200 3600 1209600 3600
@ NS ns1.example.com.
10 PTR mx1.example.com. ; expect
`,
    others: [{ origin: 'example.com', zone: 'mx1 A 192.0.2.20\n' }],
  },
  good: {
    whole: true,
    origin: '2.0.192.in-addr.arpa',
    zone: `$ORIGIN 2.0.192.in-addr.arpa.
$TTL 3600
@ SOA ns1.example.com. hostmaster.example.com. 2026112001 7200 3600 1209600 3600
@ NS ns1.example.com.
10 PTR mx1.example.com.
`,
    others: [{ origin: 'example.com', zone: 'mx1 A 192.0.2.10\n' }],
  },
  say: ({ name, host, why }) => `the PTR record of ${name} names ${host}, which ${why}`,
  needs: [TYPE.PTR],
  check(facts, report) {
    for (const record of facts.records(TYPE.PTR)) {
      const host = facts.rdata(record);
      const home = answering(facts, host);
      const address = home && addressOfReverse(facts.zone.ownerOf(record));
      if (home === undefined || address === undefined) continue;
      const why = disagreement(home, host, address);
      if (why === undefined) continue;
      const [first] = addressesOf(home, host);
      report.record(record, 'rdata', {
        args: { name: bare(facts.ownerText(record)), host: bareName(host), why },
        related: first === undefined ? [] : [{ place: home.place(first, 'entry'), message: 'its address' }],
      });
    }
  },
};

/** Hosts behind aliases are left alone: where those lead is another zone's affair. */
function disagreement(home: Facts, host: Uint8Array, address: Address): string | undefined {
  const state = standing(home, host);
  if (state === 'no-name') return 'does not exist in its zone';
  if (state === 'no-address') return 'has no address';
  if (state !== 'address') return undefined;
  const all = addressesOf(home, host);
  const same = all.filter((each) => home.zone.types[each] === address.type);
  if (same.some((each) => sameOctets(home.rdata(each), address.octets))) return undefined;
  return `has ${listed((same.length === 0 ? all : same).map((each) => home.rdataText(each)))}, not this address`;
}
