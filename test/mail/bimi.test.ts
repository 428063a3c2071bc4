import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isBimi, parseBimi } from '../../lib/mail/bimi.ts';

describe('BIMI records', () => {
  it.each<[text: string, faults: string[], declines: boolean]>([
    ['v=BIMI1; l=https://www.example.net/logo.svg', [], false],
    ['v=BIMI1;l=https://www.example.net/logo.svg;a=', [], false],
    ['v=BIMI1; l=https://www.example.net/logo.svg; a=https://www.example.net/mark.pem;', [], false],
    ['v=BIMI1; l=; a=https://www.example.net/mark.pem', [], false],
    ['v=BIMI1; l=; a=;', [], true],
    ['v=BIMI1; l=', [], true],
    ['v=BIMI1; l=https://www.example.net/logo.svgz; avp=brand; lps=news', [], false],
    ['v=BIMI1; l=https://www.example.net/logo.svg?v=2', [], false],
    ['v = BIMI1 ; l = https://www.example.net/logo.SVG', [], false],
    ['v=bimi1; l=https://www.example.net/logo.svg', ['version'], false],
    ['v=BIMI; l=https://www.example.net/logo.svg', ['version'], false],
    ['l=https://www.example.net/logo.svg; v=BIMI1', ['version'], false],
    ['v=BIMI1', ['location-missing'], false],
    ['v=BIMI1; l=http://www.example.net/logo.svg', ['location'], false],
    ['v=BIMI1; l=www.example.net/logo.svg', ['location'], false],
    ['v=BIMI1; l=https://a.example/a.svg,https://b.example/b.svg', ['location'], false],
    ['v=BIMI1; l=https://www.example.net/logo.png', ['location-format'], false],
    ['v=BIMI1; l=https://www.example.net/logo.svg; a=self', ['evidence'], false],
    ['v=BIMI1; l=https://www.example.net/a.svg; l=https://www.example.net/b.svg', ['duplicate'], false],
    ['v=BIMI1; https://www.example.net/logo.svg', ['no-tag', 'location-missing'], false],
    ['', ['version', 'location-missing'], false],
  ])('%j', (text, faults, declines) => {
    const record = parseBimi(text);
    expect(record.problems.map(({ fault }) => fault)).toEqual(faults);
    expect(record.declines).toBe(declines);
  });

  it.each([
    ['v=BIMI1; l=', true],
    ['V = bimi 1 ;', true],
    ['v=BIMI1', true],
    ['v=BIMI2; l=', true],
    ['v=BIMI1x; l=', false],
    ['v=DMARC1; p=none', false],
    ['bimi', false],
  ])('recognizes %j: %s', (text, expected) => {
    expect(isBimi(text)).toBe(expected);
  });

  it('never throws, and ranges hold what they say', () => {
    const piece = fc.constantFrom('v=BIMI1', ';', ' ', 'l=', 'a=', 'https://a.example/x.svg', '=', 'x', '\u00ff');
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 16 }).map((pieces) => pieces.join('')),
        (text) => {
          for (const { start, end, found, fault } of parseBimi(text).problems) {
            expect(end).toBeLessThanOrEqual(text.length);
            if (fault !== 'duplicate' && fault !== 'location-missing') expect(text.slice(start, end)).toBe(found);
          }
        },
      ),
    );
  });
});
