import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { docsOf, helpUri, homepage } from '../../cli/report/docs.ts';
import { Fingerprints, hash } from '../../cli/report/fingerprint.ts';
import { sourceLink } from '../../cli/report/links.ts';
import { Locator } from '../../cli/report/locator.ts';
import { RULES } from '../../lib/lint/rules.ts';
import { cli, folderOf, zone } from './run.ts';

const locator = (text: string): Locator => new Locator(new TextEncoder().encode(text));

describe('places', () => {
  test('a byte order mark is no character', () => {
    const marked = locator('\ufeffab\nc');
    expect([0, 3, 4, 6].map((offset) => marked.position(offset).column)).toEqual([1, 1, 2, 1]);
    expect([0, 3, 4, 6, 7].map((offset) => marked.characters(offset))).toEqual([0, 0, 1, 3, 4]);
  });

  test('characters are counted alike from near and from far', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'é', '日', '🙂', '\n'), maxLength: 30 });
    fc.assert(
      fc.property(text, fc.nat(9000), (piece, before) => {
        const whole = `${'x'.repeat(before)}${piece}`;
        const one = locator(whole);
        expect(one.characters(Buffer.byteLength(whole))).toBe([...whole].length);
        expect(one.characters(before)).toBe(before);
      }),
    );
  });
});

describe('fingerprints', () => {
  const place = (text: string, piece: string): { range: { start: object; end: object }; text: Locator } => {
    const here = locator(text);
    const start = Buffer.from(text).indexOf(piece);
    return { range: { start: here.position(start), end: here.position(start + piece.length) }, text: here };
  };
  const print = (text: string, piece: string, more = {}): string => {
    const { range, text: here } = place(text, piece);
    const finding = { rule: 'a-b', file: 'a.zone', zone: 'example.net.', range, ...more };
    return new Fingerprints().of(finding as Parameters<Fingerprints['of']>[0], here);
  };
  const usual = print('x\nmx MX 10 mail ; why\n', 'mail');

  test.each([
    ['lines above', 'y\ny\nx\nmx MX 10 mail ; why\n'],
    ['other blanks', 'x\nmx\tMX   10 mail;why\n'],
    ['another comment', 'x\nmx MX 10 mail ; because of "this"\n'],
    ['CRLF', 'x\r\nmx MX 10 mail\r\n'],
  ])('stay with %s', (_, text) => expect(print(text, 'mail')).toBe(usual));

  test.each([
    ['another record', 'x\nmx MX 20 mail ; why\n', 'mail', {}],
    ['another place in the line', 'x\nmx MX 10 mail ; why\n', 'MX', {}],
    ['another rule', 'x\nmx MX 10 mail ; why\n', 'mail', { rule: 'a-c' }],
    ['another file', 'x\nmx MX 10 mail ; why\n', 'mail', { file: 'b.zone' }],
    ['another zone', 'x\nmx MX 10 mail ; why\n', 'mail', { zone: 'example.org.' }],
    ['another owner', 'x\nmx MX 10 mail ; why\n', 'mail', { name: 'mx.example.net.' }],
  ])('differ for %s', (_, text, piece, more) => expect(print(text, piece, more)).not.toBe(usual));

  test('a semicolon in quotes or behind a backslash begins no comment', () => {
    expect(print('a TXT "x;y" z\n', 'TXT')).not.toBe(print('a TXT "x;w" z\n', 'TXT'));
    expect(print('a TXT x\\;y z\n', 'TXT')).not.toBe(print('a TXT x\\;w z\n', 'TXT'));
    expect(print('a TXT "x" ;y\n', 'TXT')).toBe(print('a TXT "x"\n', 'TXT'));
  });

  test('equal findings are told apart by their count', () => {
    const { range, text } = place('x\n', 'x');
    const finding = { rule: 'a-b', file: 'a', zone: 'b.', range } as Parameters<Fingerprints['of']>[0];
    const prints = new Fingerprints();
    const [first, second] = [prints.of(finding, text), prints.of(finding, text)];
    expect(first).not.toBe(second);
    expect(new Fingerprints().of(finding, text)).toBe(first);
  });

  test('a line of many megabytes costs nothing', () => {
    const bytes = new Uint8Array(24_000_000).fill(0x61);
    const text = new Locator(bytes);
    const range = { start: text.position(12_000_000), end: text.position(20_000_000) };
    const prints = new Fingerprints();
    const began = performance.now();
    for (let index = 0; index < 200; index++) prints.of({ rule: 'a-b', file: 'a', zone: 'b.', range }, text);
    expect(performance.now() - began).toBeLessThan(1000);
  });
});

describe('the hash', () => {
  test('has 32 digits and no collision in many small texts', () => {
    const texts = Array.from({ length: 100_000 }, (_, index) => `rule\n${index % 317}\n${index}`);
    const hashes = new Set(texts.map(hash));
    expect(hashes.size).toBe(texts.length);
    // Eight digits alone are still a fair hash: of 100,000 numbers of 32 bits about one pair falls together.
    for (const at of [0, 8, 16, 24]) {
      const part = new Set([...hashes].map((each) => each.slice(at, at + 8)));
      expect(part.size).toBeGreaterThan(99_980);
    }
    expect([...hashes].every((each) => /^[0-9a-f]{32}$/.test(each))).toBe(true);
  });

  test('changes about half of its bits for one bit of its text', () => {
    const bits = (text: string): bigint => BigInt(`0x${hash(text)}`);
    for (let at = 0; at < 40; at++) {
      const text = 'mx-target-cname\na.zone\nexample.net.\nmx 10'.padEnd(60, 'x');
      const other = `${text.slice(0, at)}${String.fromCharCode(text.charCodeAt(at) ^ 1)}${text.slice(at + 1)}`;
      const changed = (bits(text) ^ bits(other)).toString(2).replaceAll('0', '').length;
      expect(changed).toBeGreaterThan(35);
      expect(changed).toBeLessThan(93);
    }
  });
});

describe('where a rule is described', () => {
  test('the homepage is that of package.json', () => {
    const file = new URL('../../package.json', import.meta.url);
    expect(homepage).toBe((JSON.parse(readFileSync(file, 'utf8')) as { homepage?: string }).homepage);
  });

  test('its page where there is a homepage, else its first standard', () => {
    expect(docsOf('a-b')).toBe('docs/rules/a-b.md');
    expect(helpUri('a-b', [], 'https://example.org/zw/#readme')).toBe('https://example.org/zw/docs/rules/a-b.md');
    expect(helpUri('a-b', ['practice', 'RFC 7505 §3'], undefined)).toBe(
      'https://www.rfc-editor.org/rfc/rfc7505#section-3',
    );
    expect(helpUri('a-b', ['practice'], undefined)).toBeUndefined();
  });

  test.each([
    ['RFC 5321 §4.5.3.1.1', 'https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.1.1'],
    ['RFC 2782', 'https://www.rfc-editor.org/rfc/rfc2782'],
    ['RFC 4034 §B', 'https://www.rfc-editor.org/rfc/rfc4034#appendix-B'],
    [
      'CMX-1.2.3-b',
      'https://datatracker.ietf.org/doc/html/draft-chuang-mutual-tls-email-authentication-00#section-1.2.3',
    ],
    ['SRV-2-e', 'https://datatracker.ietf.org/doc/html/draft-nurpmeso-smtp-tls-srv#section-2'],
  ])('%s stands at %s', (cite, link) => expect(sourceLink(cite)).toBe(link));

  test('nearly every rule has a standard that can be opened', () => {
    const without = RULES.filter(({ cites, id }) => helpUri(id, cites, undefined) === undefined);
    expect(without.length / RULES.length).toBeLessThan(0.2);
  });
});

describe('a JSON report', () => {
  test('lists the files that were checked, and those that were not', async () => {
    const folder = folderOf({
      'a.zone': zone('$INCLUDE more\n'),
      'b.zone': new Uint8Array([1, 0]),
      more: 'x A y\n',
      'unknown.txt': 'www 60 IN A 192.0.2.1\n',
    });
    try {
      const { stdout, code } = await cli(['lint', '.', 'unknown.txt', '--format', 'json'], { cwd: folder.path });
      const { files, failures, diagnostics } = JSON.parse(stdout);
      expect(code).toBe(2);
      expect(files).toEqual(['a.zone']);
      expect(failures.map(({ file, skipped }: { file: string; skipped: boolean }) => [file, skipped])).toEqual([
        ['b.zone', true],
        ['unknown.txt', false],
      ]);
      const included = diagnostics.find(({ file }: { file: string }) => file === 'more');
      expect(included.includedFrom).toEqual([{ file: 'a.zone', line: 8 }]);
    } finally {
      folder.remove();
    }
  });
});
