import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lintZone } from '../../../lib/lint/engine.ts';
import { rules } from '../../../lib/lint/rules/style/list.ts';
import { nameFromText } from '../../../lib/rr/name.ts';
import { applyEdits } from '../../../lib/text/edits.ts';
import { canonicalChunks } from '../../../lib/zone/canonical.ts';
import { readZone } from '../../../lib/zone/read.ts';
import type { Zone } from '../../../lib/zone/zone.ts';

const origin = nameFromText('example.net.');

function read(text: string): Zone {
  if ('problem' in origin) throw new Error('no origin');
  return readZone({ name: 'example.net.zone', bytes: new TextEncoder().encode(text), origin: origin.name });
}

/** The text after every safe fix of the style rules, one after the other, at most `limit` of them. */
function restyled(text: string, limit: number): string {
  let now = text;
  for (let count = 0; count < limit; count++) {
    const found = lintZone(
      { zone: read(now), certificateFiles: new Map(), now: 0 },
      rules.map((rule) => ({ rule, severity: rule.level })),
    );
    const fix = found.flatMap((one) => one.fixes).find((each) => each.safe);
    if (fix === undefined) return now;
    now = new TextDecoder().decode(applyEdits(new TextEncoder().encode(now), fix.edits));
  }
  throw new Error('the fixes never end');
}

const blank = fc.constantFrom(' ', '\t', '  ', ' \t ');
const owner = fc.constantFrom(
  '@',
  'WWW',
  'www.example.net.',
  'a.Sub',
  '',
  'example.net.',
  'x.example.org.',
  '*',
  'a\\.b',
);
const middle = fc.constantFrom('IN', '1h', '300 IN', 'IN 2D', '');
const data = fc.constantFrom(
  'A 192.0.2.1',
  'TXT hello "two words" x',
  'TXT a;b',
  'TXT "a\tb  " c',
  'TXT "ends \n  here"',
  'TYPE265 \\# 20 000a046f757431076578616d706c65036e657400',
  'MX ( 10\n mx1 ) ; why\t',
  'CNAME w\\"w',
);
const record = fc
  .tuple(owner, blank, middle, blank, data, fc.constantFrom('', ' ', '\t', ' ; note ', ';x'))
  .map(([a, b, c, d, e, f]) => `${a}${b}${c}${d}${e}${f}\n`);
const line = fc.oneof(
  { weight: 6, arbitrary: record },
  fc.constantFrom(
    '\n',
    ' \n',
    '\t\n',
    '$ORIGIN sub\n',
    '$ORIGIN example.net.\n',
    '$TTL 1h \n',
    '; alone  \n',
    '"open\n',
  ),
);

describe('the fixes of style', () => {
  it('never change what a zone says, and come to an end', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
        const text = `$TTL 3600\n${lines.join('')}`;
        const after = restyled(text, 200);
        expect([...canonicalChunks(read(after))].join('')).toBe([...canonicalChunks(read(text))].join(''));
        expect(read(after).broken.length).toBe(read(text).broken.length);
      }),
      { numRuns: 300 },
    );
  });
});
