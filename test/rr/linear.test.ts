import { describe, expect, it } from 'vitest';
import { parseRdata, printRdata } from '../../lib/rr/codec.ts';
import { Entry, scanEntry } from '../../lib/text/entry.ts';
import { ByteSink } from '../../lib/text/sink.ts';
import { ORIGIN, typeNumber } from './rdata.ts';

const MEGABYTE = 1 << 20;
const QUARTER = MEGABYTE / 4;

/** Hostile RDATA texts of about the size given. */
const INPUTS: Readonly<Record<string, (size: number) => string>> = {
  'TLSA one hexadecimal word': (size) => `3 0 0 ${'ab'.repeat(size / 2)}`,
  'TLSA single digits': (size) => `3 0 0 ${'a '.repeat(size / 2)}`,
  'DNSKEY one base64 word': (size) => `256 3 8 ${'AbC/'.repeat(size / 4)}`,
  'TYPE65280 generic': (size) => `\\# 65535 ${'00'.repeat(size / 2)}`,
  'TXT one quoted string': (size) => `"${'x'.repeat(size)}"`,
  'TXT backslashes': (size) => `"${'\\\\'.repeat(size / 2)}"`,
  'TXT unclosed quotes': (size) => `( ${'"\\"\n '.repeat(size / 5)})`,
  'TXT many strings': (size) => '"" '.repeat(size / 3),
  'NS one label': (size) => 'a'.repeat(size),
  'NS escapes': (size) => '\\097'.repeat(size / 4),
  'NS dots': (size) => 'a.'.repeat(size / 2),
  'MX digits': (size) => `${'1'.repeat(size)} a`,
  'A digits': (size) => '1'.repeat(size),
  'AAAA colons': (size) => '1:'.repeat(size / 2),
  'NSEC one type': (size) => `a ${'A '.repeat(size / 2)}`,
  'NSEC all types': (size) => `a ${Array.from({ length: size / 10 }, (_, i) => `TYPE${(i % 65535) + 1}`).join(' ')}`,
  'APL prefixes': (size) => '1:0.0.0.0/0 '.repeat(size / 12),
  'HIP servers': (size) => `2 ab AA== ${'. '.repeat(size / 2)}`,
  'SVCB keys': (size) => `1 . ${Array.from({ length: size / 9 }, (_, i) => `key${i % 65536}=`).join(' ')}`,
  'SVCB one value': (size) => `1 . alpn=${'h2,'.repeat(size / 3)}h3`,
  'SVCB path': (size) => `1 . dohpath="/${'{?a,b'.repeat(size / 5)}"`,
  'NAPTR expression': (size) => `1 1 "" "" "!${'(['.repeat(size / 2)}" .`,
  'SOA units': (size) => `a b 1 ${'1s'.repeat(size / 2)} 1 1 1`,
  'IPN digits': (size) => '9'.repeat(size),
  'LOC digits': (size) => `${'9'.repeat(size)} N 0 E 0`,
  'WKS ports': (size) => `192.0.2.1 6 ${'65535 '.repeat(size / 6)}`,
  'CAA tag': (size) => `0 ${'a'.repeat(size)} "x"`,
  'RRSIG time': (size) => `A 8 2 0 ${'2'.repeat(size)} 0 1 . AAAA`,
};

/** Milliseconds to scan and read one RDATA, the better of two. */
function time(type: number, text: string): number {
  const bytes = new Uint8Array(Buffer.from(text, 'latin1'));
  const entry = new Entry();
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 2; round++) {
    const start = performance.now();
    scanEntry(bytes, 0, entry);
    parseRdata(entry, 0, type, { origin: ORIGIN, report: () => {} }, new ByteSink());
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

describe('hostile RDATA takes linear time', () => {
  it.each(Object.entries(INPUTS))('%s', (name, make) => {
    const type = typeNumber(name.split(' ')[0] ?? '');
    const small = time(type, make(QUARTER));
    const large = time(type, make(MEGABYTE));
    expect(large).toBeLessThan(Math.max(4 * 4 * small, 500));
  });

  it('printing 65535 octets of each shape is quick', () => {
    const start = performance.now();
    for (const type of ['TLSA', 'DNSKEY', 'TXT', 'NSEC', 'APL', 'WKS', 'SVCB', 'TYPE65280']) {
      printRdata(typeNumber(type), new Uint8Array(65535), { native: true });
    }
    expect(performance.now() - start).toBeLessThan(1000);
  });
});
