import { describe, expect, it } from 'vitest';
import { sayProblem } from '../../lib/rr/say.ts';
import type { ReadOptions } from '../../lib/zone/options.ts';
import { lines, read, SOA } from './reading.ts';

describe('what the format allows (RFC 1035 §5.1)', () => {
  const cases: [string, string, string[]][] = [
    [
      'relative, absolute and @ owners',
      '@ 60 A 192.0.2.1\nw 60 A 192.0.2.2\nx.example.org. 60 A 192.0.2.3\n',
      ['example.net. 60 IN A 192.0.2.1', 'w.example.net. 60 IN A 192.0.2.2', 'x.example.org. 60 IN A 192.0.2.3'],
    ],
    [
      'blank owner',
      'w 60 A 192.0.2.1\n\t60 AAAA 2001:db8::1\n',
      ['w.example.net. 60 IN A 192.0.2.1', 'w.example.net. 60 IN AAAA 2001:db8::1'],
    ],
    [
      'TTL and class in either order, any case',
      'a 60 in A 192.0.2.1\nb IN 1h a 192.0.2.1\nc 1h30m A 192.0.2.1\n',
      ['a.example.net. 60 IN A 192.0.2.1', 'b.example.net. 3600 IN A 192.0.2.1', 'c.example.net. 5400 IN A 192.0.2.1'],
    ],
    [
      'the last TTL without $TTL, then $TTL',
      'a 60 A 192.0.2.1\nb A 192.0.2.1\n$TTL 1d\nc A 192.0.2.1\n',
      ['a.example.net. 60 IN A 192.0.2.1', 'b.example.net. 60 IN A 192.0.2.1', 'c.example.net. 86400 IN A 192.0.2.1'],
    ],
    [
      'parentheses and comments',
      'm 60 MX ( 10 ; first\n mail ) ; last\nt 60 TXT ("a;b"\n"c)" ) \n',
      ['m.example.net. 60 IN MX 10 mail.example.net.', 't.example.net. 60 IN TXT "a;b" "c)"'],
    ],
    [
      '$ORIGIN relative and absolute',
      '$ORIGIN sub\nw 60 A 192.0.2.1\n$ORIGIN example.org.\n@ 60 A 192.0.2.1\n',
      ['w.sub.example.net. 60 IN A 192.0.2.1', 'example.org. 60 IN A 192.0.2.1'],
    ],
    [
      'escapes in names and strings',
      'a\\.b 60 A 192.0.2.1\nt 60 TXT "\\"\\065"\n',
      ['a\\.b.example.net. 60 IN A 192.0.2.1', 't.example.net. 60 IN TXT "\\"A"'],
    ],
    [
      'owners that look like something else',
      'MX 60 MX 10 in\nin 60 A 192.0.2.1\n3600 60 A 192.0.2.1\n',
      [
        'MX.example.net. 60 IN MX 10 in.example.net.',
        'in.example.net. 60 IN A 192.0.2.1',
        '3600.example.net. 60 IN A 192.0.2.1',
      ],
    ],
    ['no newline at the end', 'w 60 A 192.0.2.1', ['w.example.net. 60 IN A 192.0.2.1']],
    [
      'CRLF lines and a byte order mark',
      '\ufeffw 60 A 192.0.2.1\r\n 60 TXT "x"\r\n',
      ['w.example.net. 60 IN A 192.0.2.1', 'w.example.net. 60 IN TXT "x"'],
    ],
    [
      'Client MX in every form',
      'a 60 TYPE265 \\# 4 000a0000\nb 60 CLIENTMX 10 out1\nc 60 cmx 0 .\n'.replace('\\# 4 000a0000', '\\# 3 000a00'),
      [
        'a.example.net. 60 IN TYPE265 \\# 3 000a00',
        'b.example.net. 60 IN TYPE265 \\# 20 000a046f757431076578616d706c65036e657400',
        'c.example.net. 60 IN TYPE265 \\# 3 000000',
      ],
    ],
    [
      'generic form of any type',
      'a 60 TYPE1 \\# 4 c0000201\nb 60 TYPE65300 \\# 0\n',
      ['a.example.net. 60 IN A 192.0.2.1', 'b.example.net. 60 IN TYPE65300 \\# 0'],
    ],
    [
      '$GENERATE',
      `$GENERATE 1-3/2 h$${'{0,2,d}'} 60 A 192.0.2.$\n`,
      ['h01.example.net. 60 IN A 192.0.2.1', 'h03.example.net. 60 IN A 192.0.2.3'],
    ],
    [
      '$GENERATE in nibbles, the width counting dots, as BIND reads it',
      `$GENERATE 26-26 h$${'{0,3,n}'} 60 A 192.0.2.$\n$GENERATE 26-26 h$${'{0,4,N}'} 60 A 192.0.2.$\n`,
      ['ha.1.example.net. 60 IN A 192.0.2.26', 'hA.1. 60 IN A 192.0.2.26'],
    ],
  ];
  it.each(cases)('%s', (_, text, expected) => {
    expect(lines(read(text))).toEqual(expected);
    expect(lines(read(text, { fast: false }))).toEqual(expected);
  });
});

describe('errors name their exact range and reading goes on', () => {
  const cases: [string, string, [string, string][], number][] = [
    [
      'several in one file',
      'a 60 A 192.0.2\nb 60 MXX 1 x\nc 60 MX 70000 x\nd 60 A 192.0.2.1\n',
      [
        ['parse-error', '192.0.2'],
        ['unknown-type', 'MXX'],
        ['integer-range', '70000'],
      ],
      1,
    ],
    ['an open quote is reported where it starts', 'a 60 TXT "abc\nb 60 A 192.0.2.1\n', [['unclosed-quote', '"abc']], 1],
    [
      'an open parenthesis is reported where it starts',
      'a 60 MX ( 10 x\nb 60 A 192.0.2.1\nc 60 A 192.0.2.1\n',
      [['unbalanced-paren', '(']],
      2,
    ],
    ['a stray parenthesis', 'a 60 MX 10 x )\nb 60 A 192.0.2.1\n', [['unbalanced-paren', ')']], 1],
    ['no owner yet', ' 60 A 192.0.2.1\nb 60 A 192.0.2.1\n', [['no-owner', '60']], 1],
    ['an unknown directive', '$ORGIN x.\nb 60 A 192.0.2.1\n', [['unknown-directive', '$ORGIN']], 1],
    ['a record of another class', 'a 60 IN A 192.0.2.1\nb 60 CH TXT "x"\n', [['class-mismatch', 'CH']], 2],
    ['a type number that is reserved', 'a 60 TYPE0 \\# 0\nb 60 A 192.0.2.1\n', [['meta-type-in-zone', 'TYPE0']], 1],
    [
      'what only some servers read',
      'a 60 TXT @\n$ORIGIN @\n$TTL 60',
      [
        ['nonportable', '@'],
        ['nonportable', '@'],
        ['nonportable', '$TTL'],
      ],
      1,
    ],
    ['no TTL anywhere', 'a A 192.0.2.1\nb A 192.0.2.2\n', [['ttl-missing', 'A']], 2],
    ['an include nobody may read', '$INCLUDE other\nb 60 A 192.0.2.1\n', [['include-problem', 'other']], 1],
  ];
  it.each(cases)('%s', (_, text, expected, count) => {
    const bytes = new TextEncoder().encode(text);
    for (const fast of [true, false]) {
      const zone = read(bytes, { fast });
      const found = zone.problems.map(({ code, start, end }) => [
        code,
        new TextDecoder().decode(bytes.subarray(start, end)),
      ]);
      expect(found).toEqual(expected);
      expect(zone.count).toBe(count);
    }
  });
});

describe('includes', () => {
  const files: Record<string, string> = {
    'hosts.inc': 'w 60 A 192.0.2.1\n$ORIGIN deep\nx 60 A 192.0.2.2\n',
    'self.inc': '$INCLUDE self.inc\nw 60 A 192.0.2.1\n',
    'bad.inc': 'w 60 A 192.0.2\n',
  };
  const readInclude: ReadOptions['readInclude'] = (path) => {
    const text = files[path];
    return text === undefined
      ? { problem: 'there is no such file' }
      : { name: path, bytes: new TextEncoder().encode(text) };
  };

  it('keep origin and owner of the including file', () => {
    const zone = read('o 60 A 192.0.2.9\n$INCLUDE hosts.inc sub\n 60 TXT "still o"\nn 60 A 192.0.2.3\n', {
      readInclude,
    });
    expect(lines(zone)).toEqual([
      'o.example.net. 60 IN A 192.0.2.9',
      'w.sub.example.net. 60 IN A 192.0.2.1',
      'x.deep.sub.example.net. 60 IN A 192.0.2.2',
      'o.example.net. 60 IN TXT "still o"',
      'n.example.net. 60 IN A 192.0.2.3',
    ]);
    expect(zone.files.map((file) => file.name)).toEqual(['example.net.zone', 'hosts.inc']);
  });

  it('report a file that includes itself, once, and read the rest', () => {
    const zone = read('$INCLUDE self.inc\n', { readInclude });
    expect(zone.problems.map(({ code, args }) => [code, args.what])).toEqual([
      ['include-problem', 'the file includes itself'],
    ]);
    expect(zone.count).toBe(1);
  });

  it('place errors in the included file, with the trail', () => {
    const zone = read('\n$INCLUDE bad.inc\n', { readInclude });
    const [problem] = zone.problems;
    const file = zone.files[problem?.file ?? 0];
    expect(file?.name).toBe('bad.inc');
    expect(file?.included).toMatchObject({ file: { name: 'example.net.zone' }, span: { start: 1, end: 17 } });
  });
});

describe('limits', () => {
  it('give up on a zone with too many broken entries, and say so', () => {
    const limits = { includeDepth: 1, includeFiles: 1, generated: 10, broken: 3 };
    const zone = read('x\n'.repeat(10) + SOA, { limits });
    expect(zone.problems).toHaveLength(5);
    expect(sayProblem(zone.problems[4] ?? never())).toMatch(/at most 3 broken entries/);
    expect(zone.broken.at(-1)).toMatchObject({ owner: -1, type: -1 });
  });

  it('keep every octet of a $GENERATE, however long', () => {
    for (const length of [1, 400]) {
      const octets = Array.from({ length }, (_, index) => 0x80 + (index % 128));
      const bytes = Buffer.concat([
        Buffer.from('$GENERATE 1-1 a 60 URI 1 $ "'),
        Buffer.from(octets),
        Buffer.from('"\n'),
      ]);
      expect([...read(bytes).rdataOf(0)]).toEqual([0, 1, 0, 1, ...octets]);
    }
  });

  it('bound what $GENERATE makes', () => {
    const limits = { includeDepth: 1, includeFiles: 1, generated: 10, broken: 3 };
    const zone = read('$GENERATE 1-8 a$ 60 A 192.0.2.$\n$GENERATE 1-8 b$ 60 A 192.0.2.$\n', { limits });
    expect(zone.count).toBe(8);
    expect(zone.problems.map(({ code }) => code)).toEqual(['generate-nonportable', 'parse-error']);
  });
});

function never(): never {
  throw new Error('no problem found');
}
