import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalChunks, canonicalLines } from '../../lib/zone/canonical.ts';
import { run } from '../rr/tools.ts';
import { VECTORS } from '../rr/vectors/all.ts';
import { compileZone, linesRefused, normalRecord } from './compilezone.ts';
import { zoneOf } from './zones.ts';

const missing = run('named-compilezone', ['-v']) === undefined;
if (missing) console.log('comparison with named-compilezone skipped: it is not installed');

const HEAD = `$ORIGIN example.net.
$TTL 300
@ 60 SOA ns host 1 2 3 4 5
@ NS ns
ns A 192.0.2.1
ns.sub A 192.0.2.3
`;

/** The same octets, but BIND spells them otherwise: a serial-number time, a type it does not know, a mnemonic. */
const OTHERWISE = /^RRSIG .* 1970|NXNAME|TYPE128|^CERT .*(RSASHA256|PRIVATEOID|\b254\b|\b8\b)/i;

describe.skipIf(missing)('canonical text holds the records of named-compilezone', () => {
  test('for every type that BIND knows', () => {
    const vectors = VECTORS.flatMap(({ type, good }) =>
      good.map(({ text }) => `${type} ${text.replaceAll('\n', ' ')}`),
    );
    const lines = vectors.map((vector, index) =>
      vector.startsWith('SOA ') || OTHERWISE.test(vector) ? '' : `v${index} ${vector}`,
    );
    const refused = linesRefused('example.net.', `${HEAD}${lines.join('\n')}\n`);
    const before = HEAD.split('\n').length;
    const known = lines.filter((line, index) => line !== '' && !refused?.has(before + index));
    expect(known.length).toBeGreaterThan(150);
    expectSame(`${HEAD}${known.join('\n')}\n`);
  });

  const owner = fc.constantFrom(
    '@',
    'a',
    'b',
    'C',
    'b.a',
    '*.a',
    'x\\.y',
    '\\001\\200',
    'sub',
    'h.sub',
    'example.org.',
  );
  const rdata = fc.constantFrom(
    'A 192.0.2.1',
    'A 192.0.2.2',
    'MX 10 Mail',
    'MX 5 mail.EXAMPLE.net.',
    'TXT "a b" c',
    'TXT "A b" c',
    'TYPE265 \\# 8 000A 044d61694c 00',
    'NS ns.sub',
    'NS NS.example.org.',
    'SRV 0 0 842 mail',
    'CAA 0 issue "ca.example"',
    'NSEC Next A MX',
    'TLSA 3 1 1 ABCDEFABCDEFABCDEFABCDEFABCDEFABCDEFABCDEFABCDEFABCDEFABCDEFABCD',
    'RRSIG A 13 2 60 20300101000000 20200101000000 1 @ AbCd',
    'RRSIG MX 13 2 30 20300101000000 20200101000000 1 @ AbCd',
  );

  test('for duplicates, mixed letters, several TTLs, data outside and below a delegation', () => {
    const ttl = fc.constantFrom('', '', '60', '2m', '1h1s');
    const record = fc.tuple(owner, ttl, rdata).filter(([name, , data]) => !(name === '*.a' && data.startsWith('NS ')));
    fc.assert(
      fc.property(fc.array(record, { minLength: 60, maxLength: 90 }), (records) => {
        expectSame(HEAD + records.map((words) => `${words.join(' ')}\n`).join(''));
      }),
      { numRuns: 10, endOnFailure: true },
    );
  });
});

test.each([
  ['A.Net.\t 60 IN MX\t10  Mail.', 'a.net. 60 IN MX 10 mail.'],
  ['a. 60 IN TXT "A  b"  "C"', 'a. 60 IN TXT "A  b" "C"'],
  ['a. 60 IN DS 1 8 2 AB CD', 'a. 60 IN DS 1 8 2 abcd'],
  ['a. 60 IN DNSKEY 256 3 8 Ab Cd', 'a. 60 IN DNSKEY 256 3 8 AbCd'],
  ['a. 60 IN TYPE999 \\# 2 AB CD', 'a. 60 IN TYPE999 \\# 2 abcd'],
  ['a. 60 IN SVCB 1 B. alpn="h2,H3"', 'a. 60 IN SVCB 1 b. alpn="h2,H3"'],
])('%s is compared as %s', (line, normal) => {
  expect(normalRecord(line)).toBe(normal);
});

/** The same records, and the canonical text read by BIND gives them once more. */
function expectSame(text: string): void {
  const zone = zoneOf('example.net.', text);
  const theirs = compileZone('example.net.', text);
  expect([...canonicalLines(zone)].map(normalRecord).sort()).toEqual(theirs?.toSorted());
  const again = compileZone('example.net.', [...canonicalChunks(zone)].join(''));
  expect(again?.toSorted()).toEqual(theirs?.toSorted());
}
