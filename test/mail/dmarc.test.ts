import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bareName } from '../../lib/lint/common-words.ts';
import { dmarcTag, mayBeDmarc, parseDmarc, policyIn, policyInForce } from '../../lib/mail/dmarc.ts';

/** Code and text of each problem: what the octets of its range say. */
function problems(text: string): string[] {
  return parseDmarc(text).problems.map(({ code, from, to }) => `${code}: ${text.slice(from, to)}`);
}

describe('DMARC records', () => {
  it.each([
    'v=DMARC1; p=none',
    'v=DMARC1;p=reject;',
    'v = DMARC1 ; p = reject ; ',
    'v=DMARC1',
    'v=DMARC1; rua=mailto:a@example.net, mailto:b@example.net; ruf=mailto:c@example.net; fo=1:d:s; p=none',
    'v=DMARC1; p=Reject; adkim=S; aspf=r; psd=n; np=reject; t=N',
    'v=DMARC1; p=none; rua=mailto:a@example.net?subject=x',
    'v=DMARC1;; p=none',
  ])('has nothing against %s', (text) => {
    expect(problems(text)).toEqual([]);
    expect(parseDmarc(text).counts).toBe(true);
  });

  it.each([
    ['v=dmarc1; p=none', ['version-wrong: v=dmarc1']],
    ['V=DMARC1; p=none', ['version-wrong: V=DMARC1']],
    ['v=DMARC1.0; p=none', ['version-wrong: v=DMARC1.0']],
    ['p=none; v=DMARC1', ['version-not-first: v=DMARC1']],
    ['p=none; rua=mailto:a@example.net', ['version-missing: p']],
    [' v=DMARC1; p=none', ['blank-first:  ']],
    ['v=DMARC1 p=none', ['semicolon-missing:  ']],
    ['v=DMARC1, p=none', ['semicolon-missing: , ']],
    ['v=DMARC1p=none', ['semicolon-missing: ']],
    ['v=DMARC1; p=none rua=mailto:a@example.net', ['semicolon-missing:  ']],
    ['v=DMARC1; p=nonerua=mailto:a@example.net', ['semicolon-missing: ']],
    ['v=DMARC1; rua=mailto:a@example.net, ruf=mailto:b@example.net', ['semicolon-missing: , ']],
    ['v=DMARC1: p=none', ['version-wrong: v=DMARC1:', 'semicolon-missing:  ']],
    ['"v=DMARC1; p=none"', ['quoted: "']],
    ['v=DMARC1; p=none"', ['quoted: "']],
    ['v=DMARC1; none', ['not-a-tag: none']],
    ['v=DMARC1; =none', ['not-a-tag: =none']],
    ['v=DMARC1; p=none; p=reject', ['duplicate: p']],
    ['v=DMARC1;\xc2\xa0p=none', ['false-blank: \xc2\xa0']],
    ['v=DMARC1; p=none; fo=2', ['value: 2']],
    ['v=DMARC1; p=none; fo=1:', ['value: 1:']],
    ['v=DMARC1; p=none; psd=yes', ['value: yes']],
    ['v=DMARC1; p=none; t=', ['value: t=']],
    ['', ['version-missing: ']],
  ] as const)('finds what is wrong in %j', (text, expected) => {
    expect(problems(text)).toEqual(expected);
  });

  it('goes on behind a fault: tags told apart keep their octets', () => {
    const text = 'v=DMARC1 p=none rua=mailto:a@example.net';
    const record = parseDmarc(text);
    expect(record.tags.map(({ nameStart, valueEnd }) => text.slice(nameStart, valueEnd))).toEqual([
      'v=DMARC1',
      'p=none',
      'rua=mailto:a@example.net',
    ]);
    expect(policyIn(record, 'p')).toBe('none');
    // The version is not followed by a semicolon, so that receivers leave the record out.
    expect(record.counts).toBe(false);
  });

  it.each([
    ['v=DMARC1; p=reject', 'reject'],
    ['v=DMARC1; p=QUARANTINE', 'quarantine'],
    ['v=DMARC1; p=bogus', undefined],
    ['v=DMARC1; p=bogus; rua=mailto:a@example.net', 'none'],
    ['v=DMARC1; rua=mailto:a@example.net', 'none'],
    ['v=DMARC1; rua=a@example.net', undefined],
    ['v=dmarc1; p=reject', undefined],
  ] as const)('knows the policy in force in %s', (text, policy) => {
    expect(policyInForce(parseDmarc(text))).toBe(policy);
  });

  it.each([
    ['v=DMARC1', true],
    ['V = dmarc1; p=none', true],
    ['"v=DMARC1"', true],
    ['DMARC1; p=none', true],
    ['p=none; v=DMARC1', true],
    ['v=spf1 -all', false],
    ['see dmarc.example.net', false],
  ] as const)('tells whether %s was meant as one', (text, meant) => {
    expect(mayBeDmarc(text)).toBe(meant);
  });
});

describe('URIs for reports', () => {
  const uris = (value: string): string[] => {
    const text = `v=DMARC1; p=none; rua=${value}; fo=1`;
    return parseDmarc(text).rua.map(({ from, to, fault, domain, size }) => {
      const says = fault ?? (domain === undefined ? '' : bareName(domain));
      return `${text.slice(from, to)} > ${says}${size === undefined ? '' : ` ${text.slice(size.from, size.to)}`}`;
    });
  };

  it.each([
    ['mailto:a@example.net', ['mailto:a@example.net > example.net']],
    ['MAILTO:a@Example.Net', ['MAILTO:a@Example.Net > Example.Net']],
    ['mailto:a@example.net.', ['mailto:a@example.net. > example.net']],
    ['mailto:a@example.net!10m', ['mailto:a@example.net > example.net !10m']],
    ['mailto:a@example.net!10x', ['mailto:a@example.net > bad-size !10x']],
    ['mailto:a!b@example.net', ['mailto:a > no-address !b@example.net']],
    ['mailto:a%21b@ex%61mple.net', ['mailto:a%21b@ex%61mple.net > example.net']],
    [
      'mailto:a@example.net , mailto:b@example.org',
      ['mailto:a@example.net > example.net', 'mailto:b@example.org > example.org'],
    ],
    ['mailto:a@example.net,b@example.net', ['mailto:a@example.net > example.net', 'b@example.net > no-scheme']],
    ['mailto:a@example.net,', ['mailto:a@example.net > example.net', ' > empty']],
    ['https://example.net/dmarc', ['https://example.net/dmarc > other-scheme']],
    ['mailto://a@example.net', ['mailto://a@example.net > slashes']],
    ['mailto:example.net', ['mailto:example.net > no-address']],
    ['mailto:a@localhost', ['mailto:a@localhost > bad-domain']],
    ['mailto:a@exa_mple.net', ['mailto:a@exa_mple.net > bad-domain']],
    ['mailto:a@.net', ['mailto:a@.net > bad-domain']],
    [`mailto:a@${'x'.repeat(64)}.net`, [`mailto:a@${'x'.repeat(64)}.net > bad-domain`]],
    ['mailto:a@example.net?subject=a%2Cb', ['mailto:a@example.net?subject=a%2Cb > example.net']],
    ['mailto:<a@example.net>', ['mailto:<a@example.net> > bad-octet']],
    ['mailto:a b@example.net', ['mailto:a b@example.net > bad-octet']],
  ] as const)('reads %s', (value, expected) => {
    expect(uris(value)).toEqual(expected);
  });
});

describe('any text', () => {
  const piece = fc.constantFrom(
    'v',
    '=',
    'DMARC1',
    ';',
    ' ',
    'p',
    'none',
    'rua',
    'mailto:a@b.c',
    ',',
    '!',
    '"',
    '\xa0',
    'x',
  );
  const text = fc.oneof(
    fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join('')),
    fc.string({ unit: 'binary-ascii' }),
  );

  it('is read without a throw, every range within the text and tags in their order', () => {
    fc.assert(
      fc.property(text, (one) => {
        const record = parseDmarc(one);
        const ranges = [...record.problems, ...record.rua, ...record.ruf];
        for (const { from, to } of ranges) expect(0 <= from && from <= to && to <= one.length).toBe(true);
        let last = 0;
        for (const { nameStart, nameEnd, valueStart, valueEnd, name } of record.tags) {
          expect(last <= nameStart && nameStart < nameEnd && nameEnd < valueStart && valueStart <= valueEnd).toBe(true);
          expect(one.slice(nameStart, nameEnd)).toBe(name);
          last = valueEnd;
        }
        expect(new Set(record.tags.map(({ name }) => name)).size).toBe(record.tags.length);
      }),
    );
  });

  it.each([
    ['semicolons', ';'.repeat(60_000)],
    ['blanks', `v=DMARC1; p=${' '.repeat(60_000)}x`],
    ['tags', Array.from({ length: 12_000 }, (_, index) => `t${index}=y`).join(';')],
    ['tags without semicolons', 'p=none '.repeat(9000)],
    ['commas', `v=DMARC1; rua=${','.repeat(60_000)}`],
    ['equals signs', `v=DMARC1; rua=${' p ='.repeat(15_000)}`],
  ])('is read in a moment: %s', (_, hostile) => {
    const start = performance.now();
    parseDmarc(hostile);
    expect(performance.now() - start).toBeLessThan(1000);
  });

  it('finds tags by name, letter by letter', () => {
    expect(dmarcTag(parseDmarc('v=DMARC1; P=none'), 'p')).toBeUndefined();
  });
});
