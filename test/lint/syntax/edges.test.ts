import { describe, expect, it, test } from 'vitest';
import { RULES } from '../../../lib/lint/rules.ts';
import { fixed, linesOf, lintText, pointedAt, sayOf, TOP } from '../dns-core/run.ts';

/** Rule, what the case is about, records behind TOP, and the lines that carry a finding. */
const cases: readonly (readonly [rule: string, about: string, records: string, lines: readonly number[]])[] = [
  [
    'syntax-parse-error',
    'reading goes on at the next entry',
    'a A\nb A 192.0.2.3 x\nc MX ns1\nd A 192.0.2.3\n',
    [1, 2, 3],
  ],
  ['syntax-parse-error', 'in the line of the word that is wrong', 'a SOA ( ns1 h\n 1 2 3\n x 5 )\n', [3]],
  ['syntax-unbalanced-paren', 'where it opens', 'a TXT ( "x"\n "y"\nb TXT z\n', [1]],
  ['syntax-unbalanced-paren', 'one inside another', 'a MX ( 10 ( ns1 ) )\n', [1]],
  ['syntax-unclosed-quote', 'each line on its own', 'a TXT "x\nb TXT y"\n', [1, 2]],
  ['syntax-unknown-directive', 'a dollar sign inside a name', 'a$b TXT x\n', []],
  ['syntax-generate-nonportable', 'a directive in small letters', '$generate 1-2 h$ A 192.0.2.$\n', [1]],
  ['syntax-class-mismatch', 'each record', 'a CH TXT x\nb HS TXT y\nc IN TXT z\n', [1, 2]],
  ['syntax-label-too-long', 'a label of 63 octets with escapes', `${'\\097'.repeat(63)} TXT x\n`, []],
  ['syntax-label-too-long', 'one octet more', `${'\\097'.repeat(64)} TXT x\n`, [1]],
  ['syntax-empty-label', 'owner, target and front', 'a..b TXT x\nc MX 1 d..e\n.f TXT x\n', [1, 2, 3]],
  ['syntax-string-too-long', 'escapes count as one octet', `a TXT "${'\\097'.repeat(255)}"\n`, []],
  [
    'syntax-non-ascii',
    'names and words, not comments',
    'm\xc3\xbc TXT x\na TXT m\xc3\xbc ; m\xc3\xbc\nb TXT x ; \xe9\n',
    [1, 2],
  ],
  ['syntax-integer-range', 'at the limit', 'a MX 65535 ns1\nb MX 65536 ns1\n', [2]],
  ['syntax-ttl-too-large', 'at the limit', 'a 2147483647 TXT x\nb 2147483648 TXT x\n', [2]],
  ['syntax-ttl-invalid', 'beyond 32 bits', 'a 4294967295 TXT x\nb 4294967296 TXT x\n', [2]],
  [
    'syntax-rfc3597-length',
    'too long and too short',
    'a TYPE9 \\# 1 0000\nb TYPE9 \\# 3 0000\nc TYPE65300 \\# 2 0000\n',
    [1, 2],
  ],
  ['syntax-rfc3597-hex', 'odd and no digit', 'a TYPE65300 \\# 1 0\nb TYPE65300 \\# 1 0x\n', [1, 2]],
  [
    'syntax-rfc3597-known-type',
    'a type without name',
    'a TYPE65300 \\# 1 00\nb A \\# 4 c0000203\nc TYPE265 \\# 3 000000\n',
    [2],
  ],
  ['syntax-rfc3597-known-type', 'a name that some servers do not know', 'a TYPE261 \\# 2 0161\n', []],
  ['syntax-rfc3597-split-hex', 'one word and several', 'a TYPE265 \\# 3 000000\nb TYPE265 \\# 3 00 00 00\n', [2]],
  ['syntax-rfc3597-split-hex', 'over several lines', 'b TYPE265 \\# 3 ( 00\n 00 ; two\n 00 )\n', [1]],
  ['syntax-multiple-origins', 'absolute and @', '$ORIGIN a.example.net.\n$ORIGIN @\n$ORIGIN b\n', [3]],
  ['syntax-mixed-line-ends', 'CRLF throughout', '', []],
  ['syntax-nonportable', 'what one server refuses', 'a!b TXT x\nc TXT "a""b"\nd TXT "a" "b"\n', [1, 2]],
];

describe('rules of the text at their edges', () => {
  it.each(cases)('%s: %s', (rule, _, records, lines) => {
    expect(linesOf(rule, records)).toEqual(lines);
  });

  test('a file with CRLF throughout is nonportable, not mixed', () => {
    const crlf = TOP.replaceAll('\n', '\r\n');
    expect(lintText(crlf, ['syntax-mixed-line-ends'])).toEqual([]);
    expect(lintText(crlf, ['syntax-nonportable'])).toHaveLength(1);
    expect(lintText(`${crlf}a TXT x\n`, ['syntax-mixed-line-ends']).map(sayOf)).toEqual([
      '6 of 7 lines end in CRLF, the others in LF',
    ]);
  });

  test('an empty file has no last line', () => {
    expect(lintText('', ['syntax-no-final-newline'])).toEqual([]);
    expect(lintText('$TTL 1h', ['syntax-no-final-newline'])).toHaveLength(1);
  });

  test('the word at fault is pointed at', () => {
    const parts: [rule: string, records: string, part: string][] = [
      ['syntax-unknown-type', 'a MXX 10 b\n', 'MXX'],
      ['syntax-class-mismatch', 'a CH TXT b\n', 'CH'],
      ['syntax-integer-range', 'a MX 70000 b\n', '70000'],
      ['syntax-rfc3597-length', 'a TYPE65300 \\# 2 00\n', '2'],
      ['syntax-unknown-directive', '$ORGIN a.\n', '$ORGIN'],
      ['syntax-multiple-origins', '$ORIGIN sub\n', 'sub'],
    ];
    for (const [rule, records, part] of parts) {
      expect(lintText(TOP + records, [rule]).map(pointedAt), rule).toEqual([part]);
    }
  });

  test('every rule of a reader code has a sentence that names what was found', () => {
    const said = (rule: string, records: string): string[] => lintText(TOP + records, [rule]).map(sayOf);
    expect(said('syntax-unknown-type', '@ MXX 10 a\n')[0]).toMatch(/MXX.*MX/);
    expect(said('syntax-integer-range', '@ MX 70000 a\n')[0]).toMatch(/70000.*65535/);
    expect(said('syntax-rfc3597-length', 'a TYPE65300 \\# 2 00\n')[0]).toMatch(/2.*1/);
    expect(said('syntax-class-mismatch', 'a CH TXT b\n')[0]).toMatch(/CH.*IN/);
  });
});

describe('fixes of the text', () => {
  it.each([
    ['syntax-unknown-type', 'the type that was meant', '@ MXX 10 a\n', '@ MX 10 a\n'],
    ['syntax-unknown-directive', 'the directive that was meant', '$ORGIN a.\n', '$ORIGIN a.\n'],
    ['syntax-unclosed-quote', 'at the end of the line', 'a TXT "b\n', 'a TXT "b"\n'],
    ['syntax-unbalanced-paren', 'a stray one goes', 'a TXT b )\n', 'a TXT b \n'],
    ['syntax-unbalanced-paren', 'an open one stays', 'a TXT ( b\n', undefined],
    ['syntax-class-mismatch', 'the class of the zone', 'a CH TXT b\n', 'a IN TXT b\n'],
    ['syntax-empty-label', 'inside a name', 'a..b TXT c\n', 'a.b TXT c\n'],
    ['syntax-empty-label', 'in front', '.a TXT c\n', 'a TXT c\n'],
    [
      'syntax-string-too-long',
      'quoted',
      `a TXT "${'b'.repeat(600)}"\n`,
      `a TXT "${'b'.repeat(255)}" "${'b'.repeat(255)}" "${'b'.repeat(90)}"\n`,
    ],
    ['syntax-string-too-long', 'unquoted', `a TXT ${'b'.repeat(256)}\n`, `a TXT "${'b'.repeat(255)}" "b"\n`],
    [
      'syntax-string-too-long',
      'never inside an escape',
      `a TXT "${'b'.repeat(254)}\\065\\"c"\n`,
      `a TXT "${'b'.repeat(254)}\\065" "\\"c"\n`,
    ],
    ['syntax-string-too-long', 'a type with one string', `a HINFO "${'b'.repeat(256)}" c\n`, undefined],
    ['syntax-non-ascii', 'a name', 'm\xc3\xbcller TXT x\n', 'xn--mller-kva TXT x\n'],
    ['syntax-non-ascii', 'a name with its dot', 'a MX 1 m\xc3\xbcller.de.\n', 'a MX 1 xn--mller-kva.de.\n'],
    ['syntax-non-ascii', 'octets of a text', 'a TXT m\xc3\xbc\n', 'a TXT m\\195\\188\n'],
    ['syntax-non-ascii', 'a name that is no UTF-8', 'm\xfcller TXT x\n', undefined],
    ['syntax-rfc3597-length', 'the right number', 'a TYPE65300 \\# 9 0102\n', 'a TYPE65300 \\# 2 0102\n'],
    ['syntax-rfc3597-known-type', 'the own form', 'a MX \\# 5 000a 0162 00\n', 'a MX 10 b.\n'],
    ['syntax-rfc3597-known-type', 'what fits no own form', 'a MX \\# 6 000a 0162 63 00\n', undefined],
    ['syntax-rfc3597-known-type', 'the own form of an address', 'a A \\# 4 c0000203\n', 'a A 192.0.2.3\n'],
    [
      'syntax-rfc3597-split-hex',
      'inside parentheses',
      'a TYPE265 \\# 3 ( 00\n  00 00 )\n',
      'a TYPE265 \\# 3 ( 000000 )\n',
    ],
    ['syntax-rfc3597-split-hex', 'a comment between is kept', 'a TYPE265 \\# 3 ( 00 ; b\n  0000 )\n', undefined],
    [
      'syntax-generate-nonportable',
      'the records',
      '$GENERATE 1-3/2 h$ 60 A 192.0.2.$\n',
      'h1 60 A 192.0.2.1\nh3 60 A 192.0.2.3\n',
    ],
    ['syntax-generate-nonportable', 'too many to write out', '$GENERATE 1-2000 h$ TXT x\n', undefined],
    [
      'syntax-generate-nonportable',
      'too much to write out',
      `$GENERATE 1-1000 h$ TXT ${'x '.repeat(1000)}\n`,
      undefined,
    ],
    ['syntax-multiple-origins', 'in full', '$ORIGIN sub\n', '$ORIGIN sub.example.net.\n'],
    ['syntax-mixed-line-ends', 'LF everywhere', 'a TXT b\r\nc TXT d\n', 'a TXT b\nc TXT d\n'],
    ['syntax-no-final-newline', 'a newline', 'a TXT b', 'a TXT b\n'],
  ] as const)('%s: %s', (rule, _, records, expected) => {
    expect(fixed(rule, TOP + records)).toEqual(expected === undefined ? undefined : TOP + expected);
  });

  test('what is assumed is never called safe', () => {
    const guesses = ['unknown-type', 'unknown-directive', 'unclosed-quote', 'unbalanced-paren', 'empty-label'];
    for (const id of guesses) {
      const rule = RULES.find((one) => one.id === `syntax-${id}`);
      expect(rule?.fix).toBe('unsafe');
      const records = { 'unknown-type': '@ MXX 1 a\n', 'unclosed-quote': 'a TXT "b\n' }[id];
      if (records === undefined) continue;
      expect(lintText(TOP + records, [`syntax-${id}`]).flatMap((one) => one.fixes.map((fix) => fix.safe))).toEqual([
        false,
      ]);
    }
  });
});
