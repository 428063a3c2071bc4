import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSts, parseSts, seemsSts } from '../../lib/mail/mta-sts.ts';
import { matchesPattern, parsePolicy } from '../../lib/mail/mta-sts-policy.ts';

interface Problem {
  readonly fault: string;
  readonly start: number;
  readonly end: number;
  readonly instead: string | undefined;
}

/** Fault, the piece it stands at, and what is proposed instead. */
function shown(text: string, problems: readonly Problem[]): string[] {
  return problems.map(({ fault, start, end, instead }) => {
    const found = `${fault} ${text.slice(start, end)}`;
    return instead === undefined ? found : `${found} -> ${instead}`;
  });
}

describe('the record at _mta-sts', () => {
  it.each([
    'v=STSv1; id=20261121',
    'v=STSv1;id=a',
    'v=STSv1 ; id=20261121000000Z;',
    `v=STSv1; id=${'a'.repeat(32)};`,
    'v=STSv1; id=1; x-y.z=a/b',
  ])('%s', (text) => {
    expect(isSts(text)).toBe(true);
    expect(parseSts(text).problems).toEqual([]);
    expect(parseSts(text).id?.value).toMatch(/^[a-zA-Z0-9]+$/);
  });

  it('has the range of the id', () => {
    const text = 'v=STSv1;  id=20261121; x=y';
    const { id } = parseSts(text);
    expect(text.slice(id?.start, id?.end)).toBe('20261121');
  });

  it.each([
    ['v=STSv1', ['id-missing v=STSv1']],
    ['v=STSv1;', ['id-missing v=STSv1;']],
    ['v=STSv1; id=2026-11-21', ['bad-id 2026-11-21 -> 20261121']],
    ['v=STSv1; id=has space;', ['bad-id has space -> hasspace']],
    ['v=STSv1; id=', ['bad-id id=']],
    [`v=STSv1; id=${'a'.repeat(33)}`, [`bad-id ${'a'.repeat(33)}`]],
    ['v=STSv1; ID=1', ['id-missing ID -> id']],
    ['v=STSv1; id=1; id=2', ['id-repeated id=2']],
    ['v=STSv1; id = 1', ['blank id = 1 -> id=1']],
    ['v=stsv1; id=1', ['version v=stsv1;  -> v=STSv1; ']],
    ['v=STSv1 id=1', ['version v=STSv1  -> v=STSv1; ']],
    ['v=STS1, id=1', ['version v=STS1,  -> v=STSv1; ']],
    ['v=STSv2; id=1', ['version v=STSv2;  -> v=STSv1; ']],
    [' v=STSv1; id=1', ['version  v=STSv1;  -> v=STSv1; ']],
    ['v=STSv1; id=1; nonsense', ['no-field nonsense']],
    ['v=STSv1; id=1; x=a b', ['bad-field x=a b']],
    ['v=STSv1; id=1; -x=a', ['bad-field -x']],
  ])('%s', (text, problems) => {
    expect(shown(text, parseSts(text).problems)).toEqual(problems);
  });

  it.each([
    ['v=STSv1;', true],
    ['v=STS; id=1', true],
    ['v = stsv1', true],
    ['v=STSclub', false],
    ['v=spf1', false],
    ['id=1; v=STSv1', false],
  ])('%s was meant: %s', (text, meant) => {
    expect(seemsSts(text)).toBe(meant);
  });
});

const GOOD = ['version: STSv1', 'mode: enforce', 'mx: mx1.example.net', 'mx: *.example.org', 'max_age: 604800'];

function policy(lines: readonly string[], end = '\r\n'): ReturnType<typeof parsePolicy> {
  return parsePolicy(new TextEncoder().encode(lines.map((line) => line + end).join('')));
}

describe('the policy file', () => {
  it.each(['\r\n', '\n'])('with line ends %j', (end) => {
    const { mode, maxAge, mx, problems } = policy(GOOD, end);
    expect({ mode, maxAge, problems }).toEqual({ mode: 'enforce', maxAge: 604_800, problems: [] });
    expect(mx.map(({ pattern }) => pattern)).toEqual(['mx1.example.net', '*.example.org']);
  });

  it('without a line end at its end, in any order, with other keys and blanks', () => {
    const text = 'max_age:1\nx-note: a: b\nmx:\t MX1.Example.Net  \nmode:testing\nversion:   STSv1';
    const { mode, maxAge, mx, problems } = parsePolicy(new TextEncoder().encode(text));
    expect(problems).toEqual([]);
    expect({ mode, maxAge, mx: mx.map(({ pattern }) => pattern) }).toEqual({
      mode: 'testing',
      maxAge: 1,
      mx: ['mx1.example.net'],
    });
  });

  it('needs no mx in mode none', () => {
    expect(policy(['version: STSv1', 'mode: none', 'max_age: 86400']).problems).toEqual([]);
  });

  it('has ranges in octets', () => {
    const bytes = new TextEncoder().encode('x: \u00fc\r\nmode:  enforce \r\n');
    const { modeLine } = parsePolicy(bytes);
    const piece = (span: { start: number; end: number } | undefined): string =>
      new TextDecoder().decode(bytes.subarray(span?.start, span?.end));
    expect([piece(modeLine?.keySpan), piece(modeLine?.valueSpan), piece(modeLine?.line)]).toEqual([
      'mode',
      'enforce',
      'mode:  enforce \r\n',
    ]);
  });

  const replaced = (index: number, ...by: string[]): string[] => [
    ...GOOD.slice(0, index),
    ...by,
    ...GOOD.slice(index + 1),
  ];

  it.each([
    ['no version', replaced(0), ['missing-key mode: enforce']],
    ['another version', replaced(0, 'version: STSv2'), ['bad-version STSv2 -> STSv1']],
    ['the version in small letters', replaced(0, 'version: stsv1'), ['bad-version stsv1 -> STSv1']],
    ['a wrong mode', replaced(1, 'mode: enforced'), ['bad-mode enforced -> enforce']],
    ['no mode at all', replaced(1, 'mode:'), ['bad-mode mode:']],
    ['a key in capitals', replaced(1, 'Mode: enforce'), ['bad-key Mode -> mode']],
    ['a blank before the colon', replaced(1, 'mode : enforce'), ['bad-key mode  -> mode']],
    ['an equals sign', replaced(1, 'mode=enforce'), ['no-colon mode=enforce -> mode: enforce']],
    ['a hyphen for an underscore', replaced(4, 'max-age: 1'), ['bad-key max-age -> max_age']],
    ['a period in days', replaced(4, 'max_age: 7d'), ['bad-max-age 7d']],
    ['a negative period', replaced(4, 'max_age: -1'), ['bad-max-age -1']],
    ['eleven digits', replaced(4, 'max_age: 10000000000'), ['bad-max-age 10000000000']],
    ['a key twice', [...GOOD, 'mode: none'], ['repeated-key mode: none\r\n -> ']],
    ['an empty line', replaced(1, '', 'mode: enforce'), ['empty-line \r\n -> ']],
    ['prose', [...GOOD, 'hello'], ['no-colon hello']],
    ['an address', replaced(2, 'mx: 192.0.2.1'), ['bad-mx 192.0.2.1']],
    ['a final dot', replaced(2, 'mx: mx1.example.net.'), ['bad-mx mx1.example.net. -> mx1.example.net']],
    ['a preference', replaced(2, 'mx: 10 mx1.example.net'), ['bad-mx 10 mx1.example.net -> mx1.example.net']],
    ['a star inside', replaced(2, 'mx: mx*.example.net'), ['bad-mx mx*.example.net']],
    ['a dot in front', replaced(2, 'mx: .example.net'), ['bad-mx .example.net']],
    ['two stars', replaced(2, 'mx: *.*.example.net'), ['bad-mx *.*.example.net']],
    ['no mx', GOOD.filter((line) => !line.startsWith('mx')), ['no-mx mode: enforce\r\n']],
    ['a byte order mark', ['\ufeffversion: STSv1', ...GOOD.slice(1)], ['byte-order-mark \u00ef\u00bb\u00bf -> ']],
  ])('%s', (_, lines, problems) => {
    const bytes = new TextEncoder().encode(lines.map((line) => `${line}\r\n`).join(''));
    const text = Buffer.from(bytes).toString('latin1');
    expect(shown(text, parsePolicy(bytes).problems)).toEqual(problems);
  });

  it('may not be empty', () => {
    const faults = parsePolicy(new Uint8Array(0)).problems.map(({ fault, key }) => `${fault} ${key}`);
    expect(faults).toEqual(['missing-key version', 'missing-key mode', 'missing-key max_age', 'no-mx mx']);
  });

  it('may have 64 kilobytes', () => {
    const long = `x: ${'a'.repeat(65_536)}`;
    expect(policy([...GOOD, long]).problems.map(({ fault }) => fault)).toEqual(['too-large']);
  });

  it('is read whatever it is, with ranges inside it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('mode', ':', ' ', '\r\n', '\n', 'mx', '*.', 'x', '\r', 'max_age', '9')),
        (parts) => {
          const bytes = new TextEncoder().encode(parts.join(''));
          for (const { start, end } of parsePolicy(bytes).problems) {
            expect(start).toBeGreaterThanOrEqual(0);
            expect(end).toBeGreaterThanOrEqual(start);
            expect(end).toBeLessThanOrEqual(bytes.length);
          }
        },
      ),
    );
  });
});

describe('patterns', () => {
  it.each([
    ['mx1.example.net', 'mx1.example.net', true],
    ['mx1.example.net', 'mx2.example.net', false],
    ['*.example.net', 'mx1.example.net', true],
    ['*.example.net', 'example.net', false],
    ['*.example.net', 'a.mx1.example.net', false],
    ['*.example.net', 'mx1.badexample.net', false],
  ])('%s and %s: %s', (pattern, host, matches) => {
    expect(matchesPattern(pattern, host)).toBe(matches);
  });
});
