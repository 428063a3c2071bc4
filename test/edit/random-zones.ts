import fc from 'fast-check';

/** RDATA that may stand together at one owner, `type rdata`. */
const RDATA = [
  'A 192.0.2.1',
  'A 192.0.2.2',
  'A 198.51.100.7',
  'AAAA 2001:db8::1',
  'AAAA 2001:DB8:0::2',
  'MX 10 a',
  'MX 10 A',
  'MX 20 mx.example.org.',
  'MX 30 b',
  'TXT "v=spf1 -all"',
  'TXT one two',
  'TXT "semi; \\"quoted\\" \\\\ \\255"',
  `TXT ${'"0123456789abcdef0123456789abcdef0123456789abcdef" '.repeat(12)}`,
  'TYPE265 \\# 17 000a016107657861 6d706c65036e657400',
  'CLIENTMX 10 A',
  'CLIENTMX 0 out2.example.org.',
  'TYPE65280 \\# 0',
  'TYPE65280 \\# 3 414243',
  'SRV 0 0 465 a',
  'SRV 0 5 465 B',
  'CAA 0 issue "ca.example"',
  'TLSA 3 1 1 0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef',
  'HTTPS 1 . alpn=h2,h3 ipv4hint=192.0.2.1',
  'NAPTR 1 1 "u" "E2U+sip" "!^.*$!sip:a@example.net!" .',
  'SSHFP 4 2 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef',
  'DS 12345 13 2 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef',
  'CNAME www.example.org.',
  'CNAME a',
] as const;

const OWNERS = [
  '@',
  'a',
  'b',
  'A.b',
  '*.w',
  '_25._tcp.a',
  'x\\.y',
  'c\\;d\\"e',
  'under_score',
  '\\000\\255',
  'mx',
  'mx.sub',
];

const rrset = fc.record({
  owner: fc.constantFrom(...OWNERS),
  ttl: fc.constantFrom(0, 60, 300, 3600),
  rdata: fc.uniqueArray(fc.constantFrom(...RDATA), { minLength: 1, maxLength: 6 }),
});

const apex = fc.record({
  ttl: fc.constantFrom(60, 3600),
  refresh: fc.constantFrom(7200, 7201),
  mname: fc.constantFrom('ns1', 'NS1', 'ns2'),
  servers: fc.uniqueArray(fc.constantFrom('ns1', 'ns2', 'ns3', 'ns.example.org.', 'x.ns'), {
    minLength: 1,
    maxLength: 4,
  }),
  address: fc.constantFrom('192.0.2.53', '192.0.2.54'),
});

/** A zone but for its serial. */
export interface RandomZone {
  /** The zone file with a serial. */
  text(serial: number): string;
}

/**
 * Zones as a name server takes them, of few names and values, so that two have much in common: a CNAME alone, one TTL for each
 * RRset, name servers with addresses.
 */
export const randomZone: fc.Arbitrary<RandomZone> = fc
  .record({ apex, sets: fc.array(rrset, { maxLength: 14 }) })
  .map(({ apex: { ttl, refresh, mname, servers, address }, sets }) => {
    const ttls = new Map<string, number>();
    const aliases = new Map<string, boolean>();
    const lines: string[] = [];
    for (const set of sets) {
      for (const rdata of set.rdata) {
        const owner = set.owner.toLowerCase();
        const isAlias = rdata.startsWith('CNAME ');
        const known = aliases.get(owner);
        if (known !== undefined && (known || isAlias)) continue;
        // A DS stands with the NS of a delegation (RFC 4034 §5).
        const isDs = rdata.startsWith('DS ');
        if ((isAlias && owner === '@') || (isDs && /^[@*]/u.test(owner))) continue;
        aliases.set(owner, isAlias);
        const type = rdata.slice(0, rdata.indexOf(' ')).replace('CLIENTMX', 'TYPE265');
        const key = `${owner} ${type}`;
        ttls.set(key, ttls.get(key) ?? set.ttl);
        lines.push(`${set.owner} ${ttls.get(key)} IN ${rdata}`);
        if (isDs) lines.push(`${set.owner} 300 IN NS ns.example.org.`);
      }
    }
    for (const name of servers) {
      lines.push(`@ ${ttl} IN NS ${name}`);
      if (!name.endsWith('.')) lines.push(`${name} 60 IN A ${address}`);
    }
    return {
      text: (serial) =>
        `@ ${ttl} IN SOA ${mname} hostmaster ${serial} ${refresh} 1800 1209600 3600\n${lines.join('\n')}\n`,
    };
  });
