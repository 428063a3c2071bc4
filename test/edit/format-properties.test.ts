import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatFile } from '../../lib/edit/format.ts';
import { COMMENT_TOKEN, Entry, scanEntry } from '../../lib/text/entry.ts';
import { compileZone } from '../zone/compilezone.ts';
import { recordLines, zoneOf } from '../zone/zones.ts';
import { goodZone, messyZone } from './messy-zones.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

function format(text: string, options: Parameters<typeof formatFile>[1] = {}): string {
  const { bytes, refused } = formatFile(encoder.encode(text), options);
  expect(refused).toBeUndefined();
  return decoder.decode(bytes);
}

function comments(text: string): string[] {
  const bytes = encoder.encode(text);
  const entry = new Entry();
  const found: string[] = [];
  for (let at = 0; at < bytes.length; at = entry.end) {
    scanEntry(bytes, at, entry);
    for (let token = 0; token < entry.tokenCount; token++) {
      if (entry.kinds[token] !== COMMENT_TOKEN) continue;
      found.push(decoder.decode(bytes.subarray(entry.starts[token], entry.tokenEnd(token))).replace(/[ \t\r]+$/u, ''));
    }
  }
  return found;
}

/** The comments of `before` that `after` lacks; those the formatter keeps up to date left out. */
function lost(before: string, after: string): string[] {
  const kept = comments(after);
  return comments(before).filter((comment) => {
    const index = kept.indexOf(comment);
    if (index >= 0) kept.splice(index, 1);
    return index < 0 && !/^; CLIENTMX \d+ \S+\.$/u.test(comment);
  });
}

const kinds = [{}, { sort: true }, { lineWidth: 50 }, { blankLines: 0 }] as const;

describe('formatting any zone', () => {
  it.each(kinds)('keeps records and comments, and once is enough (%j)', (options) => {
    fc.assert(
      fc.property(messyZone, (text) => {
        const once = format(text, options);
        expect(format(once, options)).toBe(once);
        const [before, after] = [recordLines(zoneOf('example.net.', text)), recordLines(zoneOf('example.net.', once))];
        if ('sort' in options) expect(after.sort()).toEqual(before.sort());
        else expect(after).toEqual(before);
        expect(lost(text, once)).toEqual([]);
        if (!text.includes('\r')) expect(once).not.toMatch(/\r/u);
      }),
      { numRuns: 500 },
    );
  });

  it('never throws, whatever the bytes', () => {
    const piece = fc.constantFrom(
      ' ',
      '\n',
      '\r',
      '(',
      ')',
      '"',
      ';',
      '\\',
      'a',
      '$TTL',
      '$ORIGIN',
      'TXT',
      'A',
      '1',
      '.',
      '\t',
    );
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 120 }),
      fc.array(piece, { maxLength: 60 }).map((pieces) => encoder.encode(pieces.join(''))),
    );
    fc.assert(
      fc.property(bytes, (file) => {
        const { bytes: once, refused } = formatFile(file);
        expect(refused).toBeUndefined();
        expect(formatFile(once).unchanged).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  it('named-compilezone writes the same zone before and after', (context) => {
    if (compileZone('example.net', '@ 60 IN SOA a b 1 2 3 4 5\n@ 60 IN NS a\na 60 A 192.0.2.1\n') === undefined) {
      context.skip('named-compilezone is not installed');
    }
    fc.assert(
      fc.property(goodZone, (text) => {
        expect(compileZone('example.net', format(text))?.sort()).toEqual(compileZone('example.net', text)?.sort());
      }),
      { numRuns: 25 },
    );
  });
});
