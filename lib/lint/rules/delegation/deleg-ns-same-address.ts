import { bareName, listed } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { apexServers, type ServerAddresses } from './server-addresses.ts';

/** All name servers of the zone at one address, or in one network. */
export const rule: Rule = {
  id: 'deleg-ns-same-address',
  group: 'delegation',
  level: 'warning',
  cites: ['RFC 2182 §3.1', 'RFC 1034 §4.1'],
  what: 'All name servers of the zone have the same address.',
  why: 'They are one machine under several names: when it fails, the whole zone is gone, mail included.',
  help: 'Run a second name server elsewhere.',
  options: {
    ipv4Prefix: { what: 'leading bits in which IPv4 addresses must differ', default: 32, least: 8, most: 32 },
    ipv6Prefix: { what: 'leading bits in which IPv6 addresses must differ', default: 128, least: 16, most: 128 },
  },
  bad: {
    zone: '$ORIGIN example.net.\n$TTL 3600\n@ SOA ns1 hostmaster 2026112001 7200 3600 1209600 3600\n@ NS ns1 ; expect\n@ NS ns2\nns1 A 192.0.2.1\nns2 A 192.0.2.1\n',
    whole: true,
  },
  good: {
    zone: '$ORIGIN example.net.\n$TTL 3600\n@ SOA ns1 hostmaster 2026112001 7200 3600 1209600 3600\n@ NS ns1\n@ NS ns2\nns1 A 192.0.2.1\nns2 A 198.51.100.1\n',
    whole: true,
  },
  say: ({ servers, where }) => `the name servers ${servers} are all at ${where}; expected a second place`,
  check(facts, report, settings) {
    const servers = apexServers(facts);
    const [first, ...others] = servers ?? [];
    if (first === undefined || others.length === 0) return;
    const bits = { ipv4: settings.number('ipv4Prefix'), ipv6: settings.number('ipv6Prefix') };
    if (differAtOnce(servers ?? [], bits)) return;
    const places = new Set((servers ?? []).flatMap(({ addresses }) => addresses.map((each) => network(each, bits))));
    const families = new Set([...places].map((place) => place.includes(':')));
    if (places.size !== families.size) return;
    const names = [...new Set((servers ?? []).map(({ record }) => bareName(facts.rdata(record))))];
    if (names.length < 2) return;
    report.record(first.record, 'rdata', {
      args: { servers: listed(names), where: listed([...places].map((place) => place.replace(/\/(?:32|128)$/, ''))) },
      related: others.slice(0, 4).map(({ record }) => ({ record, part: 'rdata', message: 'the same place' })),
    });
  },
};

/** Whether two addresses of one family begin with different octets, as most do: no need to write their networks down. */
function differAtOnce(
  servers: readonly ServerAddresses[],
  bits: { readonly ipv4: number; readonly ipv6: number },
): boolean {
  let [first4, first6] = [-1, -1];
  for (const { addresses } of servers) {
    for (const { ipv6, octets } of addresses) {
      const octet = octets[0] ?? 0;
      const before = ipv6 ? first6 : first4;
      if (before >= 0 && before !== octet && (ipv6 ? bits.ipv6 : bits.ipv4) >= 8) return true;
      if (ipv6) first6 = octet;
      else first4 = octet;
    }
  }
  return false;
}

function network(
  { ipv6, octets }: ServerAddresses['addresses'][number],
  bits: { readonly ipv4: number; readonly ipv6: number },
): string {
  const prefix = ipv6 ? bits.ipv6 : bits.ipv4;
  const masked = octets.map((octet, at) => octet & (0xff00 >> Math.max(0, Math.min(8, prefix - at * 8))) & 0xff);
  if (!ipv6) return `${masked.join('.')}/${prefix}`;
  const words = Array.from({ length: 8 }, (_, at) =>
    (((masked[2 * at] ?? 0) << 8) | (masked[2 * at + 1] ?? 0)).toString(16),
  );
  return `${words.join(':')}/${prefix}`;
}
