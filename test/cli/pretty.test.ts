import { describe, expect, test } from 'vitest';
import { Locators } from '../../cli/report/locator.ts';
import type { Look } from '../../cli/report/look.ts';
import { prettyReporter } from '../../cli/report/pretty.ts';
import { findRule } from '../../lib/lint/rules.ts';
import type { Diagnostic, Related, SourceFile } from '../../lib/text/diagnostic.ts';

const plain: Look = { color: false, unicode: true, width: 60 };
const rule = { ...findRule('mx-target-cname')!, cites: ['RFC 2181 §10.3', 'CMX-1.2.3-b'], help: 'Do better.' };

function file(text: string | Uint8Array, name = 'a.zone', included?: SourceFile['included']): SourceFile {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  return included === undefined ? { name, bytes } : { name, bytes, included };
}

/** The place of a piece of text in a file. */
function at(source: SourceFile, piece: string): Diagnostic['place'] {
  const start = Buffer.from(source.bytes).indexOf(piece);
  return { file: source, span: { start, end: start + Buffer.byteLength(piece) } };
}

interface Shown {
  readonly look?: Look;
  readonly related?: readonly Related[];
  readonly showable?: readonly SourceFile[];
  readonly message?: string;
  readonly fixes?: Diagnostic['fixes'];
}

function render(
  place: Diagnostic['place'],
  { look = plain, related = [], showable, message, fixes = [] }: Shown = {},
): string {
  const zone = 'example.net.';
  const diagnostic: Diagnostic = { rule: rule.id, severity: 'error', args: {}, place, zone, related, fixes };
  const context = { locators: new Locators(), showable: new Set(showable ?? [place.file]) };
  return prettyReporter(look).finding({ diagnostic, rule, message: message ?? 'This is wrong.' }, context);
}

/** Only the frame: what stands between the sentence and the help. */
function frame(place: Diagnostic['place'], shown?: Shown): string {
  return render(place, shown)
    .split('\n')
    .slice(1)
    .filter((line) => !/^ {2}(help|see):/.test(line))
    .join('\n');
}

const five = 'one A 1\ntwo A 2\nthree A 3\nfour A 4\nfive A 5\n';

describe('the pretty report', () => {
  test('shows sentence, frame with two lines around, help and sources', () => {
    expect(render(at(file(five), 'A 3'))).toBe(`a.zone:3:7: error mx-target-cname: This is wrong.
 1 │ one A 1
 2 │ two A 2
 3 │ three A 3
   │       ^^^
 4 │ four A 4
 5 │ five A 5
  help: Do better.
  see: RFC 2181 §10.3, draft-chuang-mutual-tls-email-authentication-00 §1.2.3 (CMX-1.2.3-b)
`);
  });

  test('at the first and the last line', () => {
    expect(frame(at(file(five), 'one'))).toBe(` 1 │ one A 1
   │ ^^^
 2 │ two A 2
 3 │ three A 3
`);
    expect(frame(at(file(five), '5'))).toBe(` 3 │ three A 3
 4 │ four A 4
 5 │ five A 5
   │        ^
`);
  });

  test('an empty range, at the end of the file and in an empty file', () => {
    const source = file('a A 1');
    expect(frame({ file: source, span: { start: 5, end: 5 } })).toBe(' 1 │ a A 1\n   │      ^\n');
    const ended = file('a A 1\n');
    expect(frame({ file: ended, span: { start: 6, end: 6 } })).toBe(' 1 │ a A 1\n   │      ^\n');
    expect(frame({ file: file(''), span: { start: 0, end: 0 } })).toBe(' 1 │\n   │ ^\n');
  });

  test('marks every line of a range, its middle left out when it is long', () => {
    expect(frame(at(file('a (\n  b\n  c )\nd\n'), '(\n  b\n  c )'))).toBe(` 1 │ a (
   │   ^
 2 │   b
   │   ^
 3 │   c )
   │   ^^^
 4 │ d
`);
    const long = `(\n${'x\n'.repeat(8)})`;
    expect(frame(at(file(`${long}\nend\n`), long))).toBe(`  1 │ (
    │ ^
  2 │ x
    │ ^
  3 │ x
    │ ^
  4 │ x
    │ ^
  ⋮
 10 │ )
    │ ^
 11 │ end
`);
  });

  test('a range with the line end in it stays on its line', () => {
    expect(frame(at(file('a\r\nb\r\n'), 'a\r\n'))).toBe(' 1 │ a\n   │ ^\n 2 │ b\n');
  });

  test('expands tabs and counts wide, combining and broken characters', () => {
    expect(frame(at(file('a\tA\t1 ; x\n'), '1'))).toBe(' 1 │ a       A       1 ; x\n   │                 ^\n');
    expect(frame(at(file('日本 TXT é e\u0301 🙂 here\n'), 'here'))).toBe(
      ' 1 │ 日本 TXT é e\u0301 🙂 here\n   │                 ^^^^\n',
    );
    expect(frame(at(file('日本 x\n'), '本'))).toBe(' 1 │ 日本 x\n   │   ^^\n');
    const broken = file(Uint8Array.of(0x61, 0xff, 0xc3, 0x62, 0xed, 0xa0, 0x80, 0x0a));
    expect(frame({ file: broken, span: { start: 3, end: 4 } })).toBe(
      ' 1 │ a\ufffd\ufffdb\ufffd\ufffd\ufffd\n   │    ^\n',
    );
  });

  test('makes controls and reordering characters visible, in lines and sentences', () => {
    const shown = render(at(file('a \u001b[31m\u202ex\u007f\n'), 'x'), { message: 'found \u001b]0;t\u0007 there' });
    expect(shown).toContain('error mx-target-cname: found ␛]0;t␇ there\n');
    expect(shown).toContain(' 1 │ a ␛[31m\ufffdx␡\n   │         ^\n');
  });

  test('cuts a long line around the range', () => {
    const line = `${'a'.repeat(200)} HERE ${'b'.repeat(200)}`;
    const [text = '', marks = ''] = frame(at(file(`${line}\n`), 'HERE')).split('\n');
    expect(text).toMatch(/^ 1 │ …a{12,} HERE b+…$/);
    expect(text.length).toBeLessThanOrEqual(60);
    expect(marks.indexOf('^^^^')).toBe(text.indexOf('HERE'));
    const [start = ''] = frame(at(file(`HERE${line}\n`), 'HERE')).split('\n');
    expect(start).toMatch(/^ 1 │ HEREa+…$/);
  });

  test('does not mind a line of many megabytes', () => {
    const bytes = new Uint8Array(24_000_000).fill(0x61);
    bytes.set(new TextEncoder().encode(' HERE '), 20_000_000);
    const source = file(bytes);
    const began = performance.now();
    const shown = frame({ file: source, span: { start: 20_000_001, end: 20_000_005 } });
    expect(shown).toMatch(/^ 1 │ …a+ HERE a+…\n {3}│ +\^\^\^\^\n$/);
    expect(performance.now() - began).toBeLessThan(2000);
  });

  test('labels places that belong to the finding, near and far', () => {
    const source = file(five);
    const related = [
      { place: at(source, 'five'), message: 'and this' },
      { place: at(source, '3'), message: 'the same record' },
    ];
    expect(frame(at(source, 'three'), { related })).toBe(` 1 │ one A 1
 2 │ two A 2
 3 │ three A 3
   │ ^^^^^
   │         - the same record
 4 │ four A 4
 5 │ five A 5
   │ ---- and this
`);
    const far = file(`${five}${'x\n'.repeat(20)}last A 6\n`);
    const moreRelated = [{ place: at(far, 'last'), message: 'far away' }];
    expect(frame(at(far, 'one'), { related: moreRelated })).toBe(`  1 │ one A 1
    │ ^^^
  2 │ two A 2
  3 │ three A 3
  ⋮
 26 │ last A 6
    │ ---- far away
`);
  });

  test('a place in another file has its own frame, a certificate file none', () => {
    const source = file(five);
    const other = file('www A 9\n', 'b.zone');
    const secret = file('-----BEGIN PRIVATE KEY-----\nsecret\n', 'key.pem');
    const related = [
      { place: at(other, 'A 9'), message: 'it is here' },
      { place: at(secret, 'secret'), message: 'and this certificate' },
    ];
    expect(frame(at(source, '5'), { related, showable: [source, other] })).toBe(` 3 │ three A 3
 4 │ four A 4
 5 │ five A 5
   │        ^
  b.zone:1:5: it is here
 1 │ www A 9
   │     ---
  key.pem:2:1: and this certificate
`);
    expect(render(at(secret, 'secret'), { showable: [source] })).not.toMatch(/│/);
  });

  test('tells how an included file was reached', () => {
    const top = file('$INCLUDE b\n', 'a.zone');
    const middle = file('\n\n$INCLUDE c\n', 'b', at(top, '$INCLUDE b'));
    const deep = file('x A 1\n', 'c', at(middle, '$INCLUDE c'));
    expect(frame(at(deep, 'A'))).toBe('  included from b:3\n  included from a.zone:1\n 1 │ x A 1\n   │   ^\n');
  });

  test('names fixes and whether they are safe', () => {
    const source = file(five);
    const fixes = [
      { title: 'write B', safe: true, file: source, edits: [] },
      { title: 'write C', safe: false, file: source, edits: [] },
    ];
    expect(render(at(source, 'A'), { fixes })).toMatch(
      /\n {2}help: .*\n {2}safe fix: write B\n {2}fix: write C\n {2}see: /,
    );
  });

  test('colours nothing but what it means to, and only when asked', () => {
    const place = at(file('a A 1\n'), 'A');
    const coloured = render(place, { look: { ...plain, color: true } });
    expect(coloured).toContain('\u001b[1;31merror\u001b[0m');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are such characters.
    expect(coloured.replace(/\u001b\[[\d;]*m/g, '')).toBe(render(place));
  });

  test('writes ASCII where nothing else can be shown', () => {
    const shown = render(at(file(`ä ${'x'.repeat(80)}\n`), 'ä'), { look: { ...plain, unicode: false } });
    expect(shown).toMatch(/^[\x20-\x7e\n]+$/);
    expect(shown).toContain(' 1 | ? xxx');
    expect(shown).toContain('RFC 2181 section 10.3');
  });
});
