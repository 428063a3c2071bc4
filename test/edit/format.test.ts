import { describe, expect, it, test } from 'vitest';
import { formatFile } from '../../lib/edit/format.ts';
import { wire } from '../zone/zones.ts';

function format(text: string, options: Parameters<typeof formatFile>[1] = {}): string {
  const { bytes, refused } = formatFile(new TextEncoder().encode(text), options);
  expect(refused).toBeUndefined();
  return new TextDecoder().decode(bytes);
}

const origin = '$ORIGIN example.net.\n';

const cases: readonly (readonly [what: string, before: string, after: string])[] = [
  [
    'aligns the columns of a block',
    'www 60 IN A 192.0.2.1 ; web\nmx IN AAAA 2001:db8::1\n\tIN\tMX\t10   mx ;mail\n',
    'www 60 IN A    192.0.2.1 ; web\nmx     IN AAAA 2001:db8::1\n       IN MX   10 mx     ;mail\n',
  ],
  ['aligns each block alone', 'a A 192.0.2.1\n\nlonger A 192.0.2.1\n', 'a A 192.0.2.1\n\nlonger A 192.0.2.1\n'],
  ['puts the TTL before the class', 'a IN 60 A 192.0.2.1\n', 'a 60 IN A 192.0.2.1\n'],
  ['writes class and type in capitals', 'a in 1H a 192.0.2.1\n', 'a 1H IN A 192.0.2.1\n'],
  ['keeps owners that look like something else', 'IN A IN A\n', 'IN A IN A\n'],
  [
    'reads a type and not an owner',
    'IN IN A 192.0.2.1\nA A 192.0.2.1\nMX MX 10 MX\n3600 3600 A 192.0.2.1\n',
    'IN        IN A  192.0.2.1\nA            A  192.0.2.1\nMX           MX 10 MX\n3600 3600    A  192.0.2.1\n',
  ],
  [
    'shortens names under the origin',
    `${origin}www.example.net. A 192.0.2.1\nexample.net. MX 10 mx.example.net.\nx MX 5 example.net.\n`,
    `${origin}www A  192.0.2.1\n@   MX 10 mx\nx   MX 5 @\n`,
  ],
  [
    'leaves names whose letters would change',
    `${origin}w.Example.net. NS a.example.NET.\n`,
    `${origin}w.Example.net. NS a.example.NET.\n`,
  ],
  [
    'leaves names outside the origin and texts',
    `${origin}wexample.net. TXT a.example.net.\n`,
    `${origin}wexample.net. TXT a.example.net.\n`,
  ],
  ['leaves names before any origin', 'www.example.net. A 192.0.2.1\n', 'www.example.net. A 192.0.2.1\n'],
  [
    'leaves names under the root',
    '$ORIGIN .\nwww.example.net. A 192.0.2.1\n',
    '$ORIGIN .\nwww.example.net. A 192.0.2.1\n',
  ],
  [
    'gives each number of a SOA a line and a comment',
    '@ SOA ns1 hm 1 2h 3 4 5 ; all\n',
    '@ SOA ns1 hm (\n      1   ; serial\n      2h  ; refresh\n      3   ; retry\n      4   ; expire\n      5 ) ; all\n',
  ],
  [
    'keeps the comments of the author in a SOA',
    '@ SOA ns1 hm ( ; who\n1 ;id\n; next\n2 3 ; both\n4\n5 ; neg\n) ; end\n',
    '@ SOA ns1 hm (\n      ; who\n      1 ;id\n      ; next\n      2 ; refresh\n      3 ; both\n      4 ; expire\n      5 ; neg\n      ) ; end\n',
  ],
  ['joins what fits on a line', 'a TXT ( "b"\n "c" ) ; d\n', 'a TXT "b" "c" ; d\n'],
  [
    'keeps lines that have comments',
    'a ( ; one\n MX ; two\n 10 mx ; three\n ) ; four\n',
    'a MX ( ; one\n       ; two\n       10 mx ; three\n     ) ; four\n',
  ],
  [
    'writes long texts one a line',
    `a TXT "${'b'.repeat(70)}" "${'c'.repeat(70)}" ; d\n`,
    `a TXT ( "${'b'.repeat(70)}"\n        "${'c'.repeat(70)}" ) ; d\n`,
  ],
  [
    'writes long keys in lines of 64',
    `a DNSKEY 257 3 13 ${'A'.repeat(60)} ${'B'.repeat(60)}\n`,
    `a DNSKEY ( 257 3 13\n           ${'A'.repeat(60)}BBBB\n           ${'B'.repeat(56)} )\n`,
  ],
  ['keeps escapes', 'a\\046b\\. TXT "\\"\\\\\\200;" \\065\\;\n', 'a\\046b\\. TXT "\\"\\\\\\200;" \\065\\;\n'],
  ['joins generic hex', 'a TYPE731 \\# 4 ( c000\n\t0201 )\n', 'a TYPE731 \\# 4 c0000201\n'],
  [
    'tells what Client MX means',
    'a TYPE265 \\# 11 000a 036f757403 6e657400\nb TYPE265 \\# 3 000a00 ; mine\nc TYPE265 \\# 3 000a00 ; CLIENTMX 20 old.\nd TYPE265 \\# 1 00\n',
    'a TYPE265 \\# 11 000a036f7574036e657400 ; CLIENTMX 10 out.net.\nb TYPE265 \\# 3 000a00                  ; mine\nc TYPE265 \\# 3 000a00                  ; CLIENTMX 10 .\nd TYPE265 \\# 1 00\n'
      .replaceAll('# 12', '# 11')
      .replace('', ''),
  ],
  [
    'writes Client MX so that every server reads it',
    `${origin}a CMX 10 b\n`,
    `${origin}a TYPE265 \\# 17 000a0162076578616d706c65036e657400 ; CLIENTMX 10 b.example.net.\n`,
  ],
  [
    'tidies directives',
    '$origin  a.  ;x \n$ttl\t1h \n$INCLUDE  "a  b" c.\n',
    '$ORIGIN a. ;x\n$TTL 1h\n$INCLUDE "a  b" c.\n',
  ],
  ['keeps the text of $GENERATE', '$generate  1-2  h$  A  192.0.2.$  \n', '$GENERATE 1-2  h$  A  192.0.2.$\n'],
  [
    'joins blank lines and drops those at the ends',
    '\n \na A 192.0.2.1\n\n\t\n\nb A 192.0.2.1\n\n',
    'a A 192.0.2.1\n\nb A 192.0.2.1\n',
  ],
  ['ends the last line', 'a A 192.0.2.1 ; b', 'a A 192.0.2.1 ; b\n'],
  [
    'keeps CRLF',
    'a\tA 192.0.2.1\r\n\r\n\r\n@ TXT (a ; \u00fc\r\n b)',
    'a A 192.0.2.1\r\n\r\n@ TXT ( a ; \u00fc\r\n        b )\r\n',
  ],
  [
    'leaves what cannot be read',
    'a   A   192.0.2\nb   A\t192.0.2.1\nc  ( A\nd   X  ;\n',
    'a   A   192.0.2\nb A 192.0.2.1\nc  ( A\nd   X  ;\n',
  ],
  [
    'puts comments of several lines under each other',
    'www A 192.0.2.1 ; one\n; left\n  ; alone\nw A 192.0.2.1 ; two\n  ; more\n',
    'www A 192.0.2.1 ; one\n; left\n; alone\nw   A 192.0.2.1 ; two\n                ; more\n',
  ],
  ['keeps an empty file', '', ''],
];

describe('formatFile', () => {
  it.each([600, 3000])('has room for columns as wide as a TTL of %i digits', (digits) => {
    const text = `a ${'60'.padStart(digits, '0')} A 192.0.2.1\n${'b 5 A 192.0.2.2\n'.repeat(1500)}`;
    const once = format(text);
    expect(once).not.toBe(text);
    expect(format(once)).toBe(once);
  });

  test.each(cases)('%s', (_, before, after) => {
    expect(format(before)).toBe(after);
    expect(format(after)).toBe(after);
  });

  it('shortens names by an origin that is given', () => {
    expect(format('www.example.net. NS ns.example.net.\n', { origin: wire('example.net.') })).toBe('www NS ns\n');
  });

  it('knows another number of the Client MX type', () => {
    const text = 'a TYPE265 \\# 3 000a00\nb TYPE65280 \\# 3 000a00\n';
    expect(format(text, { clientMxType: 65280 })).toBe(
      'a TYPE265   \\# 3 000a00\nb TYPE65280 \\# 3 000a00 ; CLIENTMX 10 .\n',
    );
  });

  it('sorts blocks when asked to, comments going with their record', () => {
    const text = '$TTL 1\n@ MX 10 b\n; of b\nb A 192.0.2.2\n  TXT b\n@ NS a\na A 192.0.2.1\n\n TXT last\n';
    expect(format(text, { sort: true })).toBe(
      '$TTL 1\n@ NS  a\n@ MX  10 b\na A   192.0.2.1\n; of b\nb A   192.0.2.2\n  TXT b\n\na TXT last\n',
    );
  });

  it('leaves records behind $GENERATE the owner that it gave them', () => {
    const text = '$TTL 60\nb A 192.0.2.1\na A 192.0.2.2\n$GENERATE 1-2 g$ A 192.0.2.$\n A 192.0.2.77\n';
    expect(format(text, { sort: true }).trimEnd().split('\n').at(-1)).toBe('  A 192.0.2.77');
  });

  it('writes an owner that sorting has moved in full behind another $ORIGIN', () => {
    const text = `${origin}$TTL 60\nb A 192.0.2.1\na A 192.0.2.2\n$ORIGIN example.org.\n A 192.0.2.77\n`;
    expect(format(text, { sort: true })).toMatch(/^a\.example\.net\. A 192\.0\.2\.77$/mu);
  });

  it('lays out without sorting where an entry that stays takes its owner from a record that would move', () => {
    const text = '$TTL 60\nb A 192.0.2.1\na   A 192.0.2.2\n\n ( A 192.0.2.3 )\n';
    const { bytes, unsorted, refused } = formatFile(new TextEncoder().encode(text), { sort: true });
    expect({ unsorted, refused }).toEqual({ unsorted: true, refused: undefined });
    expect(new TextDecoder().decode(bytes)).toBe(text.replace('a   A', 'a A'));
  });

  it('does not sort records that take their TTL from the one before', () => {
    const text = 'b 5 A 192.0.2.2\na 5 A 192.0.2.1\n';
    expect(format(text, { sort: true })).toBe(text);
  });

  it('aligns at most 1,000 lines together', () => {
    const lines = Array.from({ length: 1001 }, (_, index) => `a${index === 1000 ? 'bcdef' : ''} A 192.0.2.1\n`).join(
      '',
    );
    expect(format(lines)).toBe(lines);
  });

  it('says which entries were left, and that nothing changed', () => {
    const result = formatFile(new TextEncoder().encode('a A 192.0.2\nb A 192.0.2.1\n'));
    expect(result.unchanged).toBe(true);
    expect(result.problems.map(({ code }) => code)).toEqual(['parse-error']);
  });
});

describe('a comment in every gap', () => {
  const words = ['a', '60', 'IN', 'MX', '10', 'mx'];
  test.each(words.map((_, open) => open).slice(1))('with the parenthesis before word %i', (open) => {
    const comment = (index: number): string => (index >= open ? ` ; c${index}\n\t` : ' ');
    const text = `; top\n$TTL 1 ; ttl\n${words
      .map((word, index) => `${index === open ? '(' : ''}${comment(index)}${word}`)
      .join('')
      .trim()} ; last\n ) ; behind\n  ; below\n; end`;
    const once = format(text);
    expect([...once.matchAll(/; (\w+)/gu)].map(([, name]) => name)).toEqual([
      'top',
      'ttl',
      ...words.flatMap((_, index) => (index >= open ? [`c${index}`] : [])),
      'last',
      'behind',
      'below',
      'end',
    ]);
    expect(format(once)).toBe(once);
  });

  test('between the numbers of a SOA and its names', () => {
    const fields = ['ns1', 'hm', '1', '2', '3', '4', '5'];
    const text = `@ SOA ( ; c0\n${fields.map((field, index) => ` ${field} ; d${index}\n ; e${index}\n`).join('')} ) ; end\n`;
    const once = format(text);
    expect([...once.matchAll(/; (\w+)/gu)].map(([, name]) => name).sort()).toEqual(
      ['c0', ...fields.flatMap((_, index) => [`d${index}`, `e${index}`]), 'end'].sort(),
    );
    expect(format(once)).toBe(once);
  });
});
