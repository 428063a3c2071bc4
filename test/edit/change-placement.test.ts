import { describe, expect, test } from 'vitest';
import { applyChange } from '../../lib/edit/apply-change.ts';
import {
  addRecord,
  addRecords,
  type Change,
  commentOut,
  insertText,
  moveRecord,
  raiseSerial,
  removeRecord,
  removeRecords,
  removeRrset,
  replaceRecord,
  replaceRrset,
  setOwner,
  setRrsetTtl,
  setTtl,
  uncomment,
} from '../../lib/edit/change.ts';
import { changeEdits } from '../../lib/edit/change-edits.ts';
import { sayChangeProblem } from '../../lib/edit/change-problem.ts';
import { typeFromText } from '../../lib/rr/types.ts';
import { applyEdits } from '../../lib/text/edits.ts';
import type { Zone } from '../../lib/zone/zone.ts';
import { wire } from '../zone/zones.ts';
import { ORIGIN, readFiles, recordOf } from './written-zones.ts';

const type = (mnemonic: string): number => typeFromText(mnemonic) ?? 0;
const name = (text: string): Uint8Array => wire(text, ORIGIN);
const bytesOf = (zone: Zone, file: string): string =>
  new TextDecoder().decode(zone.files.find((each) => each.name === file)?.bytes);

/** The main file after changes, or why there are none. */
function changed(
  text: string,
  changes: Change | readonly Change[],
  file = 'main',
  files: Record<string, string> = {},
): string {
  const { zone, problem } = applyChange(readFiles({ ...files, main: text }), changes);
  return problem === undefined ? bytesOf(zone, file) : sayChangeProblem(problem);
}

/** A zone in columns, its lines by name of what stands there. */
const BLANKS = `$TTL 3600
@            IN SOA  ns1 hostmaster ( 2026112101 ; serial
                     2h 1h 2w 1h )
             IN NS   ns1
             IN NS   ns2
; mail
             IN MX   10 mx1
ns1          IN A    192.0.2.1
ns2     60   IN A    192.0.2.2 ; second
mx1          IN A    192.0.2.3
             IN AAAA 2001:db8::3

; the end
`;

const TABS =
  '$ORIGIN example.net.\n$TTL 1h\n@\tIN\tSOA\tns1.example.net. hm.example.net. 41 2h 1h 2w 1h\n' +
  '@\tIN\tNS\tns1.example.net.\nns1\tIN\tA\t192.0.2.1\nw\t5m\tIN\tA\t192.0.2.2\n';

const FREE = '@ 60 SOA ns hm 1 2 3 4 5\nexample.net. 60 NS ns.example.net.\nns.example.net. 60 A 192.0.2.1\n';

/** Lines of `after` that `before` has not, each with the line above it. */
function newLines(before: string, after: string): string[] {
  const old = new Set(before.split('\n'));
  const lines = after.split('\n');
  return lines.flatMap((line, index) => (old.has(line) ? [] : [`${lines[index - 1] ?? ''} | ${line}`]));
}

describe('new records stand where a person would put them', () => {
  test.each<[string, string, Change, string[]]>([
    [
      'beside their RRset',
      BLANKS,
      addRecord(recordOf('@', 'MX', '20 mx2')),
      ['             IN MX   10 mx1 |              IN MX   20 mx2'],
    ],
    [
      'beside their owner',
      BLANKS,
      addRecord(recordOf('ns1', 'AAAA', '2001:db8::1')),
      ['ns1          IN A    192.0.2.1 |              IN AAAA 2001:db8::1'],
    ],
    [
      'behind the host that ends the records of their type',
      BLANKS,
      addRecords([recordOf('mx2', 'A', '192.0.2.4', 300), recordOf('mx2', 'AAAA', '2001:db8::4')]),
      [
        '             IN AAAA 2001:db8::3 | mx2     300  IN A    192.0.2.4',
        'mx2     300  IN A    192.0.2.4 |              IN AAAA 2001:db8::4',
      ],
    ],
    [
      'before the comments that end the file',
      BLANKS,
      addRecord(recordOf('_dmarc', 'TXT', '"v=DMARC1"')),
      ['             IN AAAA 2001:db8::3 | _dmarc       IN TXT  "v=DMARC1"'],
    ],
    [
      'with what a number says behind it',
      BLANKS,
      addRecord(recordOf('@', 'CLIENTMX', '10 out1')),
      [
        '             IN MX   10 mx1 |              IN TYPE265 \\# 20 000a046f757431076578616d706c65036e657400 ; CLIENTMX 10 out1.example.net.',
      ],
    ],
    [
      'in tabs, names absolute',
      TABS,
      addRecord(recordOf('@', 'MX', '10 mx1')),
      ['@\tIN\tNS\tns1.example.net. | @\tIN\tMX\t10 mx1.example.net.'],
    ],
    [
      'with the TTL of their RRset in units',
      TABS,
      addRecord(recordOf('w', 'A', '192.0.2.3')),
      ['w\t5m\tIN\tA\t192.0.2.2 | w\t5m\tIN\tA\t192.0.2.3'],
    ],
    [
      'with another TTL in its column',
      TABS,
      addRecord(recordOf('ns1', 'AAAA', '2001:db8::1', 5400)),
      ['ns1\tIN\tA\t192.0.2.1 | ns1\t1h30m\tIN\tAAAA\t2001:db8::1'],
    ],
    [
      'without columns and class, with the TTL that all write',
      FREE,
      addRecord(recordOf('ns', 'AAAA', '2001:db8::1')),
      ['ns.example.net. 60 A 192.0.2.1 | ns.example.net. 60 AAAA 2001:db8::1'],
    ],
    [
      'in small letters',
      'a in a 192.0.2.1\n',
      addRecord(recordOf('b', 'A', '192.0.2.2')),
      ['a in a 192.0.2.1 | b 3600 in a 192.0.2.2'],
    ],
    ['in a file with nothing in it', '', addRecord(recordOf('a', 'A', '192.0.2.1')), [' | a 3600 IN A 192.0.2.1']],
    [
      'with a comment of theirs',
      'a 5 IN A 192.0.2.1\n',
      addRecord({ ...recordOf('a', 'A', '192.0.2.2'), comment: 'new\nline' }),
      ['a 5 IN A 192.0.2.1 | a 5 IN A 192.0.2.2 ; new line'],
    ],
    [
      'at a place that is named',
      BLANKS,
      addRecord(recordOf('ns3', 'A', '192.0.2.9'), { before: 5 }),
      ['ns1          IN A    192.0.2.1 | ns3          IN A    192.0.2.9'],
    ],
  ])('%s', (_, text, change, lines) => {
    expect(newLines(text, changed(text, change))).toEqual(lines);
  });

  test('in the `$ORIGIN` that they lie in', () => {
    const text =
      '$TTL 5\n@ SOA ns hm 1 2 3 4 5\nw A 192.0.2.1\n$ORIGIN sub.example.net.\nw A 192.0.2.2\n$ORIGIN dep.example.net.\nw A 192.0.2.3\n';
    expect(newLines(text, changed(text, addRecord(recordOf('x.sub', 'A', '192.0.2.9'))))).toEqual([
      'w A 192.0.2.2 | x A 192.0.2.9',
    ]);
    expect(newLines(text, changed(text, addRecord(recordOf('x', 'A', '192.0.2.9'))))).toEqual([
      'w A 192.0.2.1 | x A 192.0.2.9',
    ]);
    expect(newLines(text, changed(text, addRecord(recordOf('x', 'TXT', 'x'))))).toEqual(['w A 192.0.2.1 | x TXT "x"']);
  });

  test('in the included file that their RRset lives in, with its line ends and names', () => {
    const files = { hosts: 'w A 192.0.2.1\r\nv A 192.0.2.2' };
    const text = '$TTL 5\n@ SOA ns hm 1 2 3 4 5\n$INCLUDE hosts sub\n';
    const changes = [addRecord(recordOf('w.sub', 'A', '192.0.2.9')), addRecord(recordOf('v.sub', 'TXT', 'x'))];
    expect(changed(text, changes, 'hosts', files)).toBe('w A 192.0.2.1\r\nw A 192.0.2.9\r\nv A 192.0.2.2\r\nv TXT "x"');
  });

  test('not twice', () => {
    const same = recordOf('ns1', 'A', '192.0.2.1');
    expect(changed(BLANKS, [addRecord(same), addRecord(same)])).toBe(BLANKS);
    expect(changed('a 5 A 192.0.2.1\n', addRecord(recordOf('a', 'A', '192.0.2.1', 6)))).toBe('a 6 A 192.0.2.1\n');
  });
});

describe('what later entries take over is written out', () => {
  test.each<[string, string, Change | readonly Change[], string]>([
    ['the owner of a removed head', 'a 5 A 192.0.2.1\n    AAAA ::1\n', removeRecord(0), 'a 5 AAAA ::1\n'],
    ['the owner, into blanks', 'a       5 A 192.0.2.1\n        5 AAAA ::1\n', removeRecord(0), 'a       5 AAAA ::1\n'],
    [
      'the owner of a head commented out',
      'a 5 A 192.0.2.1\n\tAAAA ::1\n',
      commentOut(0),
      ';a 5 A 192.0.2.1\na 5\tAAAA ::1\n',
    ],
    [
      'the owner of a head moved',
      'a 5 A 192.0.2.1\n 5 AAAA ::1\nb 5 A 192.0.2.2\n',
      moveRecord(0, { after: 2 }),
      'a 5 AAAA ::1\nb 5 A 192.0.2.2\na 5 A 192.0.2.1\n',
    ],
    [
      'the owner behind one put between',
      'a 5 A 192.0.2.1\n 5 AAAA ::1\n',
      addRecord(recordOf('b', 'A', '192.0.2.2', 5), { after: 0 }),
      'a 5 A 192.0.2.1\nb 5 A 192.0.2.2\na 5 AAAA ::1\n',
    ],
    [
      'the owner of a head that gets another',
      'a 5 A 192.0.2.1\n 5 AAAA ::1\n',
      setOwner(0, name('b')),
      'b 5 A 192.0.2.1\na 5 AAAA ::1\n',
    ],
    [
      'the TTL last stated',
      'a 5 A 192.0.2.1\nb A 192.0.2.2\nc A 192.0.2.3\n',
      setTtl(0, 6),
      'a 6 A 192.0.2.1\nb 5 A 192.0.2.2\nc A 192.0.2.3\n',
    ],
    [
      'the TTL, but for those that get it too',
      'a 5 A 192.0.2.1\nb A 192.0.2.2\nc A 192.0.2.3\n',
      setTtl([0, 1], 6),
      'a 6 A 192.0.2.1\nb A 192.0.2.2\nc 5 A 192.0.2.3\n',
    ],
    [
      'no TTL below a $TTL',
      '$TTL 5\na 6 A 192.0.2.1\nb A 192.0.2.2\n',
      setTtl(0, 7),
      '$TTL 5\na 7 A 192.0.2.1\nb A 192.0.2.2\n',
    ],
    ['the class of the zone', 'a 5 CH TXT x\nb 5 TXT y\n', removeRecord(0), 'b 5 CH TXT y\n'],
    [
      'names under another $ORIGIN',
      '$TTL 5\na MX 1 b\n$ORIGIN sub\nc A 192.0.2.1\n',
      moveRecord(0, { after: 1 }),
      '$TTL 5\n$ORIGIN sub\nc A 192.0.2.1\na.example.net. MX 1 b.example.net.\n',
    ],
  ])('%s', (_, text, change, expected) => expect(changed(text, change)).toBe(expected));

  test('when an included file begins with a blank', () => {
    const files = { inc: ' A 192.0.2.1\n' };
    expect(changed('$TTL 5\na TXT x\n$INCLUDE inc\n', removeRecord(0), 'inc', files)).toBe('a A 192.0.2.1\n');
  });
});

describe('edits keep comments and layout', () => {
  const SOA = '@ 5 SOA ns hm ( ; ours\n  7  ; serial\n  2h ; refresh\n  1h 2w 1h ) ; end\n';
  test.each<[string, string, Change | readonly Change[], string]>([
    ['the serial alone', SOA, raiseSerial(0), SOA.replace('7 ', '8 ')],
    ['the serial as a date', SOA, raiseSerial(Date.UTC(2026, 10, 22), 'date'), SOA.replace('7 ', '2026112200 ')],
    [
      'fields that change',
      SOA,
      replaceRecord(0, recordOf('@', 'SOA', 'ns x.org. 7 7200 60 1209600 3600')),
      SOA.replace('hm', 'x.org.').replace('1h 2w', '60 2w'),
    ],
    ['comments of a removed one', SOA, removeRecord(0), '; ours\n; serial\n; refresh\n; end\n'],
    ['none if wished', SOA, removeRecord(0, 'remove'), ''],
    [
      'fewer words',
      'a 5 TXT ( "a" ; one\n "b" ; two\n )\n',
      replaceRecord(0, recordOf('a', 'TXT', '"c"')),
      'a 5 TXT ( "c" ; one\n  ; two\n )\n',
    ],
    [
      'more words',
      'a 5 TXT (\n  "a"\n  "b" )\n',
      replaceRecord(0, recordOf('a', 'TXT', '"a" "c" "d"')),
      'a 5 TXT (\n  "a"\n  "c"\n  "d" )\n',
    ],
    [
      'another type',
      'a 5 A 192.0.2.1 ; x\n',
      replaceRecord(0, recordOf('b', 'MX', '1 m')),
      'b 5 MX 1 m.example.net. ; x\n',
    ],
    [
      'what a number says',
      'a 5 TYPE265 \\# 5 000a 017800 ; CLIENTMX 10 x.\n',
      replaceRecord(0, recordOf('a', 'CLIENTMX', '5 y.')),
      'a 5 TYPE265 \\# 5 0005017900 ; CLIENTMX 5 y.\n',
    ],
    [
      'an RRset',
      'a 5 NS x.\na 5 NS y. ; c\n',
      replaceRrset(name('a'), type('NS'), [
        recordOf('a', 'NS', 'Y.').rdata,
        recordOf('a', 'NS', 'z.').rdata,
        recordOf('a', 'NS', 'w.').rdata,
      ]),
      'a 5 NS z.\na 5 NS y. ; c\na 5 NS w.\n',
    ],
    [
      'a column when the TTL is longer',
      'a  5    A 192.0.2.1\n',
      setRrsetTtl(name('a'), type('A'), 600),
      'a  600  A 192.0.2.1\n',
    ],
    ['a column when the owner is longer', 'a      5 A 192.0.2.1\n', setOwner(0, name('abc')), 'abc    5 A 192.0.2.1\n'],
    [
      'a TTL before class and type',
      'a 5 A 192.0.2.1\nb   IN A 192.0.2.2\n',
      setTtl(1, 7),
      'a 5 A 192.0.2.1\nb 7 IN A 192.0.2.2\n',
    ],
    [
      'CRLF',
      'a 5 A 192.0.2.1\r\nb 5 A 192.0.2.2\r\n',
      [removeRecord(0), addRecord(recordOf('b', 'A', '192.0.2.3'))],
      'b 5 A 192.0.2.2\r\nb 5 A 192.0.2.3\r\n',
    ],
    [
      'no final newline',
      'a 5 A 192.0.2.1',
      addRecord(recordOf('a', 'A', '192.0.2.2')),
      'a 5 A 192.0.2.1\na 5 A 192.0.2.2',
    ],
    [
      'no final newline when all goes',
      'a 5 A 192.0.2.1',
      [removeRecord(0), addRecord(recordOf('b', 'A', '192.0.2.2', 5))],
      'b 5 A 192.0.2.2',
    ],
    [
      'all of an RRset',
      'a 5 A 192.0.2.1\na 5 A 192.0.2.2\nb 5 A 192.0.2.3\n',
      removeRrset(name('A'), type('A')),
      'b 5 A 192.0.2.3\n',
    ],
    [
      'text as it is',
      'a 5 A 192.0.2.1\n 5 AAAA ::1\n',
      insertText('b  TXT  ( x ; y\n )', { after: 0 }),
      'a 5 A 192.0.2.1\nb  TXT  ( x ; y\n )\na 5 AAAA ::1\n',
    ],
    [
      'the `$ORIGIN` and `$TTL` behind a text',
      '$TTL 5\na A 192.0.2.1\n',
      insertText('$TTL 6\n$ORIGIN sub\nb A 192.0.2.2\n'),
      '$TTL 5\na A 192.0.2.1\n$TTL 6\n$ORIGIN sub\nb A 192.0.2.2\n$TTL 5\n$ORIGIN example.net.\n',
    ],
    [
      'a comment that a person wrote',
      'a 5 A 192.0.2.1\n; b 5 A ( 192.0.2.2 ; x\n; )\n',
      uncomment(0, 16, 45),
      'a 5 A 192.0.2.1\nb 5 A ( 192.0.2.2 ; x\n)\n',
    ],
    [
      'several changes of one record',
      'a 5 A 192.0.2.1\n 5 AAAA ::1\n',
      [setOwner(0, name('b')), setTtl(0, 6), moveRecord(0, { after: 1 })],
      'a 5 AAAA ::1\nb 6 A 192.0.2.1\n',
    ],
  ])('%s', (_, text, change, expected) => expect(changed(text, change)).toBe(expected));

  test('comment and take it back give the same octets', () => {
    const commented = applyChange(readFiles({ main: SOA }), commentOut(0)).zone;
    const text = bytesOf(commented, 'main');
    expect(text).toBe(SOA.replace(/^/gm, ';').slice(0, -1));
    const { files } = changeEdits(commented, uncomment(0, 0, text.length - 1));
    expect(new TextDecoder().decode(applyEdits(new TextEncoder().encode(text), files[0]?.edits ?? []))).toBe(SOA);
  });
});

describe('what cannot be done is refused', () => {
  const GENERATE = '$TTL 5\na A 192.0.2.1\n$GENERATE 1-2 g$ A 192.0.2.$\n';
  test.each<[string, string, Change | readonly Change[], string]>([
    ['records of $GENERATE', GENERATE, removeRecord(1), 'the A record of g1.example.net. is made by $GENERATE'],
    ['a number that no record has', GENERATE, removeRecord(9), 'no record with the number 9'],
    [
      'an RRset that is not there',
      GENERATE,
      removeRrset(name('z'), type('A')),
      'there is no A record at z.example.net.',
    ],
    [
      'another zone',
      GENERATE,
      addRecord(recordOf('a.example.org.', 'A', '192.0.2.1')),
      'a.example.org. does not lie in the zone example.net.',
    ],
    ['a broken name', GENERATE, setOwner(0, Uint8Array.of(5, 1)), 'is no domain name'],
    ['a TTL too large', GENERATE, setTtl(0, 2 ** 31), 'a TTL is a whole number'],
    [
      'malformed data',
      GENERATE,
      addRecord({ ...recordOf('a', 'A', '192.0.2.1'), rdata: Uint8Array.of(1) }),
      'the data of the A record is malformed',
    ],
    ['a serial without SOA', GENERATE, raiseSerial(0), 'no SOA record'],
    ['a place outside', GENERATE, moveRecord(0, { endOf: 7 }), 'no such place'],
    [
      'to remove and to change',
      GENERATE,
      [removeRecords([0]), setTtl(0, 6)],
      'two changes want different things of the A record of a.example.net.',
    ],
    ['broken text', GENERATE, insertText('b A x\n'), 'the text cannot be inserted'],
    ['an include in a text', GENERATE, insertText('$INCLUDE x\n'), 'the text has $INCLUDE'],
    ['a $TTL in a text where none is', 'a 5 A 192.0.2.1\n', insertText('$TTL 6\n'), 'the text has $TTL'],
    ['what is no comment', GENERATE, uncomment(0, 0, 3), 'no comment that begins its line'],
    ['a comment that is no record', '; words here\n', uncomment(0, 0, 3), 'no record without their semicolons'],
    [
      'a zone class left behind',
      'a 5 CH TXT x\nb 5 TXT y\n',
      insertText('c 5 CH TXT z\n', { before: 0 }),
      'has to stay the first',
    ],
  ])('%s', (_, text, change, words) => expect(changed(text, change)).toContain(words));

  test('files that are included twice, and files that may not be edited', () => {
    const zone = readFiles({ main: '$TTL 5\n$INCLUDE inc\n$INCLUDE inc sub\n', inc: 'a A 192.0.2.1\n' });
    const refusal = changeEdits(zone, removeRecord(0)).problem;
    expect(refusal && sayChangeProblem(refusal)).toContain('inc is included more than once');
    const other = changeEdits(readFiles({ main: 'a 5 A 192.0.2.1\n' }), removeRecord(0), {
      writable: () => false,
    }).problem;
    expect(other && sayChangeProblem(other)).toBe('main may not be edited');
  });

  test('octets that are no UTF-8 are not moved, but removed and restored', () => {
    const zone = readFiles({ main: 'a 5 A 192.0.2.1 ; ~\nb 5 A 192.0.2.2\n' });
    const [file] = zone.files;
    file?.bytes.set([0xff], 18);
    expect(changeEdits(zone, moveRecord(0, { after: 1 })).problem?.code).toBe('not-utf8');
    expect(applyChange(zone, removeRecord(0, 'remove')).zone.count).toBe(1);
  });
});
