import { describe, expect, it } from 'vitest';
import { nameToText } from '../../lib/rr/name.ts';
import { findOrigin } from '../../lib/zone/origin.ts';

const SOA = 'IN SOA ns1 hostmaster 1 2 3 4 5\n';

describe('the name of a zone', () => {
  const cases: [string, string, string, string | undefined][] = [
    ['an absolute SOA owner', `example.net. ${SOA}`, 'whatever', 'example.net.'],
    ['a SOA owner relative to $ORIGIN', `$ORIGIN net.\nexample ${SOA}`, 'whatever', 'example.net.'],
    ['@ under $ORIGIN', `$TTL 60\n$origin example.net.\n@ ${SOA}`, 'other.example.zone', 'example.net.'],
    ['the owner carried to a blank SOA line', `example.net. 60 NS ns1\n 60 ${SOA}`, 'x', 'example.net.'],
    ['$ORIGIN without SOA', '$ORIGIN example.net.\nw A 192.0.2.1\n', 'x', 'example.net.'],
    ['the file name example.net.zone', `@ ${SOA}`, '/zones/example.net.zone', 'example.net.'],
    ['the file name example.net.db', `@ ${SOA}`, 'example.net.db', 'example.net.'],
    ['the file name db.example.net', `@ ${SOA}`, 'db.example.net', 'example.net.'],
    ['the file name example.net', `@ ${SOA}`, 'example.net', 'example.net.'],
    ['a reverse zone by file name', `@ ${SOA}`, '2.0.192.in-addr.arpa.zone', '2.0.192.in-addr.arpa.'],
    [
      'a file name the absolute owners agree with',
      `@ ${SOA}w.example.net. A 192.0.2.1\n`,
      'example.net',
      'example.net.',
    ],
    [
      'a file name the absolute owners contradict',
      `@ ${SOA}w.example.org. A 192.0.2.1\n`,
      'old.example.net',
      undefined,
    ],
    [
      '$ORIGIN . before the SOA of a named zone',
      `$ORIGIN .\n@ ${SOA}w.example.net. A 192.0.2.1\n`,
      'example.net',
      'example.net.',
    ],
    ['the root zone', `$ORIGIN .\n@ ${SOA}net. NS a.example.net.\n`, 'root.zone', '.'],
    ['nothing that fits', `@ ${SOA}`, 'zone', undefined],
    ['a byte order mark', `\ufeff$ORIGIN example.net.\n@ ${SOA}`, 'x', 'example.net.'],
    ['a word SOA in a string', 'x.example.org. TXT SOA\n', 'example.net.zone', undefined],
  ];
  it.each(cases)('%s', (_, text, file, expected) => {
    const found = findOrigin(new TextEncoder().encode(text), file);
    expect(found && nameToText(found)).toBe(expected);
  });
});
