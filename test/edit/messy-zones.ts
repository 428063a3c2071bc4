import fc from 'fast-check';

/** RDATA as a person might write it: words that may be parted by any gap. */
const RDATA: readonly (readonly string[])[] = [
  ['A', '192.0.2.1'],
  ['a', '192.0.2.2'],
  ['AAAA', '2001:db8::1'],
  ['MX', '10', 'mx1'],
  ['MX', '010', 'mx2.example.net.'],
  ['MX', '20', 'example.net.'],
  ['NS', 'ns1.example.net.'],
  ['NS', 'ns1.Example.NET.'],
  ['CNAME', '@'],
  ['CNAME', 'sub.example.net.'],
  ['CNAME', 'a\\.b.example.net.'],
  ['TXT', '"v=spf1 -all"'],
  ['TXT', '"a; b"', 'c', '"\\"d\\\\ (e)"'],
  ['TXT', '\\065\\;', '"\u00fc"'],
  ['TXT', `"${'k'.repeat(100)}"`, `"${'l'.repeat(100)}"`],
  ['SRV', '0', '10', '842', 'mx1.example.net.'],
  ['TYPE265', '\\#', '20', '000a046f757431076578616d706c65036e657400'],
  ['TYPE265', '\\#', '20', '000a046f757431076578616d', '706c65036e657400'],
  ['CLIENTMX', '10', 'out1'],
  ['TYPE65280', '\\#', '4', 'c000', '0201'],
  ['TYPE1', '\\#', '4', 'c0000201'],
  ['TLSA', '3', '1', '1', 'ab'.repeat(16), 'cd'.repeat(16)],
  ['DS', '1', '13', '2', 'ab'.repeat(32)],
  ['CAA', '0', 'issue', '"ca.example"'],
  ['DNSKEY', '257', '3', '13', 'AAAA'.repeat(40)],
  ['RP', 'a.example.net.', 'b.example.net.'],
  ['NSEC', 'b.example.net.', 'A', 'MX', 'RRSIG'],
  ['HTTPS', '1', '.', 'alpn="h2,h3"', 'port=443'],
  ['NAPTR', '1', '1', '"U"', '"x"', '""', '.'],
  ['LOC', '1', 'N', '1', 'E', '0m'],
  ['HINFO', '"a"', 'b'],
  ['SOA', 'ns1', 'hostmaster.example.net.', '1', '1h', '15m', '2w', '1h'],
  // Not to be read, so not to be touched.
  ['A', '192.0.2'],
  ['MX', 'mx1'],
  ['BOGUS', 'x'],
];

const OWNERS = [
  '',
  '',
  '@',
  'www',
  'Mail',
  'IN',
  'A',
  'MX',
  '3600',
  '1h',
  'TYPE265',
  'example.net.',
  'www.example.net.',
  'x.sub.example.net.',
  '*',
  'a\\032b',
  '\\$x',
  'very-long-owner-name-that-goes-beyond-the-column.of.owners',
];
const MIDDLES = [[], ['IN'], ['in'], ['60'], ['1h30m'], ['60', 'IN'], ['IN', '1W'], ['CLASS1', '60']];
const DIRECTIVES = [
  '$TTL 3600',
  '$ttl  1h',
  '$ORIGIN example.net.',
  '$ORIGIN sub.example.net.',
  '$Origin sub',
  '$ORIGIN .',
  '$INCLUDE  other.zone ',
  '$GENERATE 1-2  h$  A  192.0.2.$',
  '$BOGUS x',
];

const blank = fc.constantFrom(' ', '  ', '\t', ' \t ');
/** A gap between two words of a record, inside parentheses or not. */
const gap = (inside: boolean): fc.Arbitrary<string> =>
  inside
    ? fc.oneof(
        { weight: 5, arbitrary: blank },
        fc.constantFrom('\n\t', ' ; in\n ', '\n\n  ', ';\n', ' ; ü (\n ; two\n\t'),
      )
    : blank;

const record: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom(...OWNERS), fc.constantFrom(...MIDDLES), fc.constantFrom(...RDATA), fc.nat(), fc.boolean())
  .chain(([owner, middle, rdata, at, parens]) => {
    const words = [...middle, ...rdata];
    const open = parens ? at % words.length : -1;
    return fc
      .tuple(
        fc.array(gap(true), { minLength: words.length + 1, maxLength: words.length + 1 }),
        fc.array(blank, { minLength: words.length + 1, maxLength: words.length + 1 }),
        fc.constantFrom('', ' ', '\t', ' ; end', ';end', ' ; \u00e0', ' ; CLIENTMX 5 old.example.'),
      )
      .map(([inner, outer, end]) => {
        const parts = words.map((word, index) => {
          const within = open >= 0 && index > open;
          const lead = (within ? inner[index] : outer[index]) ?? ' ';
          return `${lead}${index === open ? '( ' : ''}${word}`;
        });
        return `${owner}${parts.join('')}${open >= 0 ? `${inner[words.length]})` : ''}${end}`;
      });
  });

const line = fc.oneof(
  { weight: 8, arbitrary: record },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(...DIRECTIVES)
      .chain((text) => fc.constantFrom('', ' ', ' ; why', ';why').map((end) => text + end)),
  },
  { weight: 1, arbitrary: fc.constantFrom('', '  ', '\t; indented', '; comment', ';', ';; \u00e0 ') },
);

/** Zone files laid out in any way, a few entries wrong. */
export const messyZone: fc.Arbitrary<string> = fc
  .tuple(fc.array(line, { maxLength: 14 }), fc.constantFrom('\n', '\n', '\r\n'), fc.boolean())
  .map(([lines, end, closed]) => {
    const text = `$ORIGIN example.net.\n@ 3600 IN SOA ns1 hm 1 2 3 4 5\n${lines.join('\n')}${closed ? '\n' : ''}`;
    return end === '\n' ? text : text.replaceAll('\n', end);
  });

/** Zone files in which everything can be read by every server. */
export const goodZone: fc.Arbitrary<string> = fc
  .array(
    fc.tuple(
      fc.constantFrom('@', 'www', '3600', 'IN', 'www.example.net.', 'v.w', '*.w', '_25._tcp.mx'),
      fc.constantFrom(' ', ' IN ', ' IN 60 ', '\t60\tIN\t'),
      fc.constantFrom(
        'A 192.0.2.1',
        'AAAA ( 2001:db8::1 )',
        'MX ( 10 ; c\n mx1.example.net. )',
        'TXT "a;b" ( "c" ; d\n e )',
        `TXT ("${'k'.repeat(90)}"\n\t"${'l'.repeat(90)}")`,
        'SRV 0 10 842 mx1',
        'TYPE265 \\# 20 000a046f757431076578616d706c65036e657400',
        `TLSA 3 1 1 ( ${'ab'.repeat(16)}\n ${'cd'.repeat(16)} )`,
        'CAA 0 issue "ca.example"',
        'NAPTR 1 1 "U" "x" "" a.example.net.',
      ),
      fc.constantFrom('\n', ' ; c\n', '\n\n\n', '\t \n'),
    ),
    { maxLength: 12 },
  )
  .map(
    (records) =>
      `$ORIGIN example.net.\n$TTL 1h\n@ IN SOA ns1 hm ( 1 2\n3 ; r\n4 5 )\n@ NS ns1\nns1 A 192.0.2.9\n${records.map((parts) => parts.join('')).join('')}`,
  );
