import { describe, expect, it, test } from 'vitest';
import { fixed, linesOf, lintText, pointedAt, sayOf, TOP } from './run.ts';

/** Rule, what the case is about, records behind TOP, and the lines that carry a finding. */
const cases: readonly (readonly [rule: string, about: string, records: string, lines: readonly number[]])[] = [
  ['core-cname-and-other-data', 'names below a delegation too', 'sub NS ns1\nx.sub CNAME y.\nx.sub A 192.0.2.3\n', [2]],
  ['core-cname-and-other-data', 'RRSIG and NSEC may stand beside it', 'w CNAME ns1\nw NSEC x CNAME\n', []],
  ['core-cname-and-other-data', 'a KEY may not, as NSD and Knot see it', 'w CNAME ns1\nw KEY 256 3 13 AAAA\n', [1]],
  ['core-cname-and-other-data', 'the order does not matter', 'w A 192.0.2.3\nw CNAME ns1\n', [2]],
  ['core-cname-and-other-data', 'a CNAME in another class is none', 'w CH CNAME ns1\nw A 192.0.2.3\n', []],
  ['core-cname-multiple', 'the same CNAME twice is a duplicate', 'w CNAME ns1\nw CNAME NS1\n', []],
  ['core-cname-multiple', 'three are one finding', 'w CNAME a\nw CNAME b\nw CNAME c\n', [2]],
  ['core-cname-loop', 'an alias of itself', 'a CNAME a\n', [1]],
  ['core-cname-loop', 'a tail before the circle', 'a CNAME b\nb CNAME c\nc CNAME b\n', [2]],
  ['core-cname-loop', 'a wildcard that answers for its own target', '*.w CNAME x.w\n', [1]],
  ['core-cname-loop', 'two circles', 'a CNAME b\nb CNAME a\nc CNAME d\nd CNAME c\n', [1, 3]],
  ['core-cname-loop', 'letter case does not count', 'a CNAME B\nb CNAME A\n', [1]],
  ['core-cname-chain-long', 'only the first of a chain', 'a CNAME b\nb CNAME c\nc CNAME d\nd A 192.0.2.3\n', [1]],
  ['core-cname-chain-long', 'a circle is no chain', 'x CNAME a\na CNAME b\nb CNAME a\n', []],
  ['core-cname-dangling', 'a target in another zone', 'w CNAME nowhere.example.org.\n', []],
  ['core-cname-dangling', 'a target below a delegation', 'sub NS ns1\nw CNAME nowhere.sub\n', []],
  ['core-cname-dangling', 'a target that a wildcard answers for', '*.d A 192.0.2.3\nw CNAME x.d\n', []],
  ['core-cname-dangling', 'a target whose own entry is broken', 'w CNAME x\nx A 192.0.2\n', []],
  ['core-cname-dangling', 'an empty non-terminal exists', 'a.x A 192.0.2.3\nw CNAME x\n', []],
  ['core-dname-below', 'each name below once', 'd DNAME x.\na.d A 192.0.2.3\na.d TXT y\nb.c.d TXT z\n', [2, 4]],
  ['core-dname-below', 'the owner itself may have data', 'd DNAME x.\nd A 192.0.2.3\n', []],
  ['core-dname-with-cname-or-ns', 'NS at the apex is fine', '@ DNAME x.example.org.\n', []],
  ['core-dname-multiple', 'the same DNAME twice is a duplicate', 'd DNAME x.\nd DNAME X.\n', []],
  ['core-soa-not-at-apex', 'out of the zone is another rule', 'x.example.org. SOA a b 1 2 3 4 5\n', []],
  ['core-soa-multiple', 'the same SOA twice too', '@ SOA ns1 hostmaster 2026112101 7200 3600 1209600 3600\n', [1]],
  ['core-apex-ns-single', 'two of TOP', '', []],
  ['core-ttl-mismatch', 'signatures have the TTL of what they sign', sigs(), []],
  ['core-ttl-mismatch', 'one finding for an RRset', 'w 1 A 192.0.2.3\nw 2 A 192.0.2.4\nw 3 A 192.0.2.5\n', [2]],
  ['core-ttl-mismatch', 'types apart', 'w 1 A 192.0.2.3\nw 2 TXT x\nw 3 AAAA 2001:db8::1\n', []],
  ['core-ttl-zero', 'one finding for an RRset', 'w 0 A 192.0.2.3\nw 0 A 192.0.2.4\n', [1]],
  ['core-ttl-short', 'zero is another rule', 'w 0 A 192.0.2.3\nx 59 A 192.0.2.3\ny 60 A 192.0.2.3\n', [2]],
  ['core-ttl-long', 'a week is not long', 'w 604800 A 192.0.2.3\nx 604801 A 192.0.2.3\n', [2]],
  ['core-duplicate-record', 'TTL does not make a difference', 'w 60 A 192.0.2.3\nw 90 A 192.0.2.3\n', [2]],
  ['core-duplicate-record', 'among many records', many(40), [21]],
  ['core-duplicate-record', 'other case is another rule', 'w MX 1 a.\nw MX 1 A.\n', []],
  ['core-duplicate-semantic', 'Client MX compares octet by octet', clientMx(), []],
  ['core-duplicate-semantic', 'case counts in text', 'w TXT a\nw TXT A\n', []],
  ['core-duplicate-semantic', 'among many records', `${manyMx(40)}w MX 3 MX.example.org.\n`, [41]],
  ['core-out-of-zone', 'one finding for each owner', 'a.org. A 192.0.2.3\na.org. TXT x\nb.org. TXT y\n', [1, 3]],
  ['core-out-of-zone', 'the root', '. TXT x\n', [1]],
  ['core-out-of-zone', 'a name that only ends alike', 'notexample.net. TXT x\n', [1]],
  ['core-trailing-dot-missing', 'the second name of a record', 'w RP . www.example.net\n', [1]],
  ['core-trailing-dot-missing', 'letter case does not count', 'w CNAME www.EXAMPLE.NET\n', [1]],
  ['core-trailing-dot-missing', 'behind an $ORIGIN', '$ORIGIN sub.example.net.\nw CNAME www.example.net\n', [2]],
  ['core-trailing-dot-missing', 'written out on purpose', 'w CNAME www.example.net.example.net.\n', []],
  ['core-trailing-dot-missing', 'another zone', 'w CNAME www.example.org\n', []],
  ['core-label-repeats-zone', 'a report destination', 'example.net._report._dmarc TXT "v=DMARC1"\n', []],
  ['core-label-repeats-zone', 'behind an $ORIGIN', '$ORIGIN sub.example.net.\nexample.net TXT x\n', [2]],
  ['core-wildcard-nonterminal', 'a label with more than the star', 'a.*b TXT x\n', []],
  ['core-wildcard-nonterminal', 'two levels above', 'a.b.*.c TXT x\n*.c TXT y\n', [1]],
  ['core-wildcard-ns', 'below a delegation too', 'sub NS ns1\n*.sub NS ns1\n*.sub NS ns2\n', [2]],
  ['core-wildcard-shadowed', 'no address, no finding', '*.d MX 10 ns1\nw.d TXT x\n', []],
  ['core-wildcard-shadowed', 'its own records count', '*.d MX 10 ns1\nw.d A 192.0.2.3\nw.d MX 10 ns1\n', []],
  ['core-hostname-invalid', 'an address at a wildcard', '*.w A 192.0.2.3\n', []],
  ['core-hostname-invalid', 'a null target', 'w MX 0 .\n_x._tcp SRV 0 0 0 .\n', []],
  ['core-hostname-invalid', 'targets of MX, NS and SRV', hosts('a\\032b'), [1, 2, 3]],
  [
    'core-hostname-invalid',
    'an owner with both kinds of address once',
    'a\\!b A 192.0.2.3\na\\!b AAAA 2001:db8::1\n',
    [1],
  ],
  ['core-underscore-host', 'targets of MX, NS and SRV', hosts('a_b'), [1, 2, 3]],
  ['core-underscore-host', 'an owner of other types', 'a_b TXT x\n_dmarc TXT y\n', []],
  ['core-underscore-host', 'Active Directory', 'gc._msdcs A 192.0.2.3\n', []],
  ['core-hyphen-misplaced', 'targets of MX, NS and SRV', hosts('a-'), [1, 2, 3]],
  ['core-hyphen-misplaced', 'an A-label has hyphens there', 'xn--mller-kva A 192.0.2.3\n', []],
  ['core-idn-invalid', 'any owner, any case', 'XN--A TXT x\nok.xn--0 A 192.0.2.3\nxn--4ca TXT x\n', [1, 2]],
  ['core-idn-invalid', 'an A-label within one', 'xn--xn---epa A 192.0.2.3\n', [1]],
  ['core-idn-ulabel-hint', 'scripts that go together', 'xn--eckwd4c7c.xn--zckzah TXT x\n', []],
  ['core-target-is-ip', 'relative and absolute', 'w MX 1 192.0.2.9\nx CNAME 192.0.2.9.\ny NS 2001:db8::1\n', [1, 2, 3]],
  [
    'core-target-is-ip',
    'names with digits',
    'w MX 1 1.2.3\nx CNAME 10.example.org.\ny CNAME 1.2.3.4.in-addr.arpa.\n',
    [],
  ],
  ['core-address-special-use', 'localhost', 'localhost A 127.0.0.1\n', []],
  ['core-address-special-use', 'answers of a block list', '2.0.0.127.bl A 127.0.0.2\n', []],
  ['core-address-special-use', 'a name once', 'w A 10.0.0.1\nw A 10.0.0.2\nw AAAA fe80::1\n', [1, 3]],
  ['core-address-special-use', 'kinds of addresses', special(), [1, 2, 3, 4, 5, 6, 7, 8]],
  ['core-aaaa-v4mapped', 'neither :: nor ::1', 'w AAAA ::1\nx AAAA ::\ny AAAA ::192.0.2.1\n', [3]],
  ['core-txt-unquoted-multi', 'some quoted', 'w TXT a "b"\n', []],
  ['core-txt-unquoted-multi', 'one word', 'w TXT v=spf1\n', []],
  ['core-txt-unquoted-multi', 'generic form', 'w TXT \\# 4 01610162\n', []],
  ['core-txt-unquoted-multi', 'a quote in the next record', 'w TXT a b\nx TXT "c"\n', [1]],
  ['core-txt-backslash-semicolon', 'outside quotes it is needed', 'w TXT a\\;b\n', []],
  ['core-txt-placeholder', 'words in other words', 'w TXT "unchangemeter todos photodode"\n', []],
  ['core-txt-placeholder', 'in angle brackets', 'w TXT "v=spf1 include:<your provider> -all"\n', [1]],
  ['core-txt-placeholder', 'any case', 'w TXT "key=TODO"\n', [1]],
  ['core-rrset-too-big', 'types apart', txts(3) + txts(3).replaceAll('TXT', 'SPF'), []],
  ['core-obsolete-type', 'once for an RRset', 'w MG x\nw MG y\n', [1]],
  ['core-sshfp-sha1', 'each algorithm', sshfp(), [1]],
  ['core-rp-txt-missing', 'none is promised', 'w RP a.example.org. .\nx RP a.example.org. b.example.org.\n', []],
  ['core-ptr-not-arpa', 'service discovery', 'b._dns-sd._udp PTR @\n', []],
  ['core-special-name', 'names that only look alike', 'w CNAME a.locals.\nx CNAME local.example.org.\n', []],
  ['core-special-name', 'the null MX in disguise', 'w MX 0 localhost.\n', [1]],
  ['deleg-ns-no-address', 'a wildcard gives one', '* A 192.0.2.3\nsub NS foo\n', []],
  ['deleg-ns-no-address', 'a closer name hides the wildcard', '* A 192.0.2.3\nx.b TXT x\nsub NS foo.b\n', [3]],
  ['deleg-ns-no-address', 'an empty non-terminal', 'a.foo TXT x\nsub NS foo\n', [2]],
  ['deleg-ns-no-address', 'below another delegation', 's1 NS ns.s2\ns2 NS ns1\n', []],
  ['deleg-ns-no-address', 'below another delegation, without address', 's1 NS ns.s2\ns2 NS ns1\nns.s2 TXT x\n', [1]],
  ['deleg-ns-no-address', 'NS below a delegation', 'sub NS ns1\nx.sub NS nowhere\n', []],
  ['deleg-ns-no-address', 'the address is broken', 'sub NS foo\nfoo A 192.0.2\n', []],
  ['deleg-glue-missing', 'AAAA is glue', 'sub NS ns.sub\nns.sub AAAA 2001:db8::1\n', []],
  ['deleg-glue-missing', 'the child itself as server', 'sub NS sub\n', [1]],
  ['deleg-ns-cname', 'alias of the apex', '@ NS al\nal CNAME ns1\n', [1]],
  ['deleg-ns-below-dname', 'at the apex', 'd DNAME x.example.org.\n@ NS ns.d\n', [2]],
];

describe('rules of plain DNS at their edges', () => {
  it.each(cases)('%s: %s', (rule, _, records, lines) => {
    expect(linesOf(rule, records)).toEqual(lines);
  });

  test('the part at fault is pointed at', () => {
    const parts: [rule: string, records: string, part: string][] = [
      ['core-trailing-dot-missing', 'w SRV 1 2 3 www.example.net\n', 'www.example.net'],
      ['core-target-is-ip', 'w MX 10 192.0.2.9\n', '192.0.2.9'],
      ['core-ttl-zero', 'w 0 A 192.0.2.3\n', '0'],
      ['core-out-of-zone', 'a.org. A 192.0.2.3\n', 'a.org.'],
      ['deleg-ns-no-address', 'sub NS foo\n', 'foo'],
      ['core-ttl-mismatch', 'w 1 A 192.0.2.3\nw 2m A 192.0.2.4\n', '2m'],
    ];
    for (const [rule, records, part] of parts) {
      expect(lintText(TOP + records, [rule]).map(pointedAt), rule).toEqual([part]);
    }
  });

  test('a long chain of aliases is a warning', () => {
    const chain = (length: number): string =>
      `${Array.from({ length }, (_, at) => `a${at} CNAME a${at + 1}\n`).join('')}a${length} A 192.0.2.3\n`;
    const severity = (length: number): string[] =>
      lintText(TOP + chain(length), ['core-cname-chain-long']).map((one) => one.severity);
    expect([1, 2, 8, 9].map(severity)).toEqual([[], ['info'], ['info'], ['warning']]);
  });

  test('a zone of private addresses alone is one for an inner network', () => {
    const inner = TOP.replace(/A \d.*/g, 'A 10.0.0.1').concat('w A 192.168.1.1\nx AAAA fd00::1\n');
    expect(lintText(inner, ['core-address-special-use'])).toEqual([]);
    expect(lintText(`${inner}y A 8.8.8.8\n`, ['core-address-special-use'])).not.toEqual([]);
  });

  test('documentation addresses are at home in documentation domains only', () => {
    expect(lintText(TOP, ['core-address-special-use'], 'sub.example.org')).toEqual([]);
    expect(lintText(TOP, ['core-address-special-use'], 'example.de')).toHaveLength(2);
  });

  test('the sentence names what was found and what was expected', () => {
    const said = (rule: string, records: string): string[] => lintText(TOP + records, [rule]).map(sayOf);
    expect(said('core-trailing-dot-missing', '@ MX 10 mx1.example.net\n')).toEqual([
      '"mx1.example.net" has no final dot and stands for mx1.example.net.example.net',
    ]);
    expect(said('core-label-repeats-zone', 'www.example.net A 192.0.2.3\n')).toEqual([
      'the owner is www.example.net.example.net, with the zone name twice; was www.example.net meant?',
    ]);
    expect(said('core-ttl-mismatch', 'w 300 A 192.0.2.3\nw 1h A 192.0.2.4\n')).toEqual([
      'the A records of w.example.net have TTLs of 5 minutes and 1 hour; all should have 5 minutes',
    ]);
    expect(said('core-cname-loop', 'a CNAME b\nb CNAME a\n')).toEqual([
      'the aliases a.example.net -> b.example.net -> a.example.net lead in a circle; one of them must name a host',
    ]);
  });
});

describe('SOA rules at their edges', () => {
  const soa = (data: string, rest = ''): string =>
    `$TTL 3600\n@ SOA ${data}\n@ NS ns.example.com.\n@ NS ns.example.org.\n${rest}`;
  const numbers = (serial: number, refresh: number, retry: number, expire: number, minimum: number): string =>
    soa(`ns.example.com. hostmaster.example.com. ${serial} ${refresh} ${retry} ${expire} ${minimum}`);

  it.each([
    ['core-soa-refresh-range', numbers(1, 1200, 600, 604_800, 300), 0],
    ['core-soa-refresh-range', numbers(1, 86_401, 600, 604_800, 300), 1],
    ['core-soa-expire-range', numbers(1, 7200, 3600, 604_799, 300), 1],
    ['core-soa-expire-range', numbers(1, 400_000, 300_000, 604_800, 300), 1],
    ['core-soa-expire-range', numbers(1, 86_400, 7200, 3_600_000, 300), 0],
    ['core-soa-minimum-range', numbers(1, 7200, 3600, 604_800, 86_400), 0],
    ['core-soa-serial-format', numbers(2_026_112_201, 1, 1, 1, 1), 0],
    ['core-soa-serial-format', numbers(2_026_112_401, 1, 1, 1, 1), 1],
    ['core-soa-serial-format', numbers(2_026_022_901, 1, 1, 1, 1), 1],
    ['core-soa-serial-format', numbers(2_030_364_105, 1, 1, 1, 1), 0],
    ['core-soa-serial-format', numbers(1_700_000_000, 1, 1, 1, 1), 0],
    ['core-soa-rname-at-sign', soa('ns.example.com. @ 1 2 3 4 5'), 0],
    ['core-soa-rname-at-sign', soa('ns.example.com. a\\@b 1 2 3 4 5'), 0],
    ['core-soa-rname-invalid', soa('ns.example.com. a\\@b 1 2 3 4 5'), 1],
    ['core-soa-rname-invalid', soa('ns.example.com. . 1 2 3 4 5'), 1],
    ['core-soa-rname-invalid', soa('ns.example.com. admin 1 2 3 4 5'), 0],
    ['core-soa-rname-invalid', soa('ns.example.com. a.dns.example.org. 1 2 3 4 5'), 0],
    ['core-soa-mname-invalid', soa('. admin 1 2 3 4 5'), 1],
    ['core-soa-mname-invalid', soa('ns_1 admin 1 2 3 4 5', 'ns_1 A 192.0.2.1\n'), 1],
    ['core-soa-mname-invalid', soa('ns1 admin 1 2 3 4 5', 'ns1 TXT x\n'), 1],
    ['core-soa-mname-invalid', soa('ns1 admin 1 2 3 4 5', 'ns1 A 192.0.2\n'), 0],
    ['core-soa-not-first', soa('ns.example.com. admin 1 2 3 4 5'), 0],
  ] as const)('%s %#', (rule, text, count) => {
    expect(lintText(text, [rule])).toHaveLength(count);
  });
});

describe('reverse zones', () => {
  const lines = (records: string, origin: string): number[] => linesOf('core-ptr-owner-shape', records, origin);

  test('IPv4 owners', () => {
    const records = '5 PTR a.\n256 PTR a.\n05 PTR a.\n1.5 PTR a.\n5.0/25 PTR a.\nb._dns-sd._udp PTR a.\n@ PTR a.\n';
    expect(lines(records, '2.0.192.in-addr.arpa')).toEqual([2, 3, 4]);
  });

  test('IPv6 owners', () => {
    const nibbles = (count: number): string => Array.from({ length: count }, () => '0').join('.');
    const records = `${nibbles(24)} PTR a.\n${nibbles(23)} PTR a.\n${nibbles(25)} PTR a.\n10.${nibbles(23)} PTR a.\n`;
    expect(lines(records, '8.b.d.0.1.0.0.2.ip6.arpa')).toEqual([2, 3, 4]);
  });
});

describe('fixes leave the records around them as they are', () => {
  it.each([
    [
      'core-duplicate-record',
      'a line goes',
      'w A 192.0.2.3\nw A 192.0.2.3\nx A 192.0.2.4\n',
      'w A 192.0.2.3\nx A 192.0.2.4\n',
    ],
    ['core-duplicate-record', 'its comment stays', 'w TXT x\nw TXT x ; why\n', 'w TXT x\n; why\n'],
    [
      'core-duplicate-record',
      'the next record takes the same owner',
      'w TXT x\nw TXT x\n  TXT y\n',
      'w TXT x\n  TXT y\n',
    ],
    [
      'core-duplicate-record',
      'the next record would get another owner',
      'w TXT x\nv TXT y\nw TXT x\n  TXT z\n',
      undefined,
    ],
    [
      'core-duplicate-record',
      'generated records have no line',
      'h1 A 192.0.2.1\n$GENERATE 1-2 h$ A 192.0.2.$\n',
      undefined,
    ],
    [
      'core-ttl-mismatch',
      'a TTL is put in',
      'w 60 IN A 192.0.2.3\nw IN A 192.0.2.4\n',
      'w 60 IN A 192.0.2.3\nw 60 IN A 192.0.2.4\n',
    ],
    ['core-ttl-mismatch', 'a TTL is changed', 'w 90 TXT x\n  60 TXT y\n', 'w 60 TXT x\n  60 TXT y\n'],
    ['core-trailing-dot-missing', 'a dot is put in', 'w CNAME www.example.net ; x\n', 'w CNAME www.example.net. ; x\n'],
    [
      'core-label-repeats-zone',
      'in each line of the owner',
      'w.example.net A 192.0.2.3\n  TXT x\nw.example.net TXT y\n',
      'w.example.net. A 192.0.2.3\n  TXT x\nw.example.net. TXT y\n',
    ],
    ['core-txt-unquoted-multi', 'the text as it stands', 'w TXT v=spf1  mx -all\n', 'w TXT "v=spf1  mx -all"\n'],
    ['core-txt-unquoted-multi', 'parentheses are left alone', 'w TXT ( v=spf1\n -all )\n', undefined],
    ['core-txt-backslash-semicolon', 'only inside quotes', 'w TXT "a\\;b" c\\;d\n', 'w TXT "a;b" c\\;d\n'],
  ] as const)('%s: %s', (rule, _, records, expected) => {
    expect(fixed(rule, TOP + records)).toEqual(expected === undefined ? undefined : TOP + expected);
  });

  test('a TTL that a later record takes over is not changed', () => {
    const top = TOP.replace('$TTL 3600\n', '').replace('@ SOA', '@ 3600 SOA');
    expect(fixed('core-ttl-mismatch', `${top}w 60 TXT x\nw 90 TXT y\nv TXT z\n`)).toBeUndefined();
  });

  test.each([
    ['john.doe@example.net.', 'john\\.doe.example.net.'],
    ['host@example.net', 'host.example.net.'],
    ['host@sub', 'host.sub'],
  ])('the mailbox %s becomes %s', (found, expected) => {
    const soa = (mailbox: string): string => `$TTL 1h\n@ SOA ns.example.com. ${mailbox} 1 7200 3600 1209600 3600\n`;
    expect(fixed('core-soa-rname-at-sign', soa(found))).toBe(soa(expected));
  });

  test('a missing $TTL is put at the top with the value that servers take', () => {
    const zone = '@ SOA ns.example.com. admin 1 7200 3600 1209600 300\n@ NS ns.example.com.\n';
    expect(fixed('core-ttl-missing', zone)).toBe(`$TTL 300\n${zone}`);
  });
});

function sigs(): string {
  const sig = (type: string, ttl: number): string =>
    `w ${ttl} RRSIG ${type} 13 3 ${ttl} 20300101000000 20200101000000 1 example.net. AAAA\n`;
  return sig('A', 60) + sig('TXT', 90);
}

function many(count: number): string {
  return Array.from({ length: count }, (_, at) => `w A 192.0.2.${at === 20 ? 3 : at}\n`).join('');
}

function manyMx(count: number): string {
  return Array.from({ length: count }, (_, at) => `w MX ${at} mx.example.org.\n`).join('');
}

function clientMx(): string {
  return 'w TYPE265 \\# 6 000a 0261 6200\nw TYPE265 \\# 6 000a 0241 4200\n';
}

function hosts(name: string): string {
  return `w MX 10 ${name}.example.org.\nsub NS ${name}.example.org.\n_x._tcp SRV 0 0 1 ${name}.example.org.\n`;
}

function special(): string {
  const v4 = ['10.0.0.1', '172.16.0.1', '169.254.1.1', '100.64.0.1', '224.0.0.1'];
  const v6 = ['fd00::1', 'fe80::1', 'ff02::1'];
  return [...v4.map((a, at) => `a${at} A ${a}\n`), ...v6.map((a, at) => `b${at} AAAA ${a}\n`)].join('');
}

function txts(count: number): string {
  return Array.from({ length: count }, (_, at) => `w TXT "${at}${'x'.repeat(240)}"\n`).join('');
}

function sshfp(): string {
  return `w SSHFP 1 1 ${'ab'.repeat(20)}\nw SSHFP 4 1 ${'ab'.repeat(20)}\nw SSHFP 4 2 ${'ab'.repeat(32)}\n`;
}
