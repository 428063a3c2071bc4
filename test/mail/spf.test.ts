import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isTerm, parseSpf, type SpfFault, type SpfProblem } from '../../lib/mail/spf.ts';

/** Fault, the piece it stands at, and what is proposed instead. */
function faults(text: string): string[] {
  const { problems = [] } = parseSpf(text) ?? {};
  return problems.map(({ fault, start, end, instead }: SpfProblem) => {
    const found = `${fault} ${text.slice(start, end)}`;
    return instead === undefined ? found : `${found} -> ${instead}`;
  });
}

describe('the version', () => {
  it.each(['v=spf1', 'v=spf1 ', 'v=spf1 -all', 'V=SPF1 -all'])('%j is SPF', (text) => {
    expect(parseSpf(text)?.valid).toBe(true);
  });

  it.each(['', 'v=spf', 'v=spf10', 'v=spf1;-all', 'v=spf1\t-all', ' v=spf1', 'v=spf2 -all', 'spf2.0/pra -all'])(
    '%j is not',
    (text) => {
      expect(parseSpf(text)).toBeUndefined();
    },
  );
});

describe('terms', () => {
  it('have their ranges in the text', () => {
    const text = 'v=spf1  ~a:%{d2}.example/24//64 ip4:192.0.2.0/28 -all exp=why.example.net ';
    const { terms = [] } = parseSpf(text) ?? {};
    expect(terms.map(({ start, end }) => text.slice(start, end))).toEqual([
      '~a:%{d2}.example/24//64',
      'ip4:192.0.2.0/28',
      '-all',
      'exp=why.example.net',
    ]);
    const [a, network, all, exp] = terms;
    expect(a).toMatchObject({ mechanism: 'a', qualifier: '~', prefix4: 24, prefix6: 64, broken: false });
    expect(a?.kind === 'directive' && a.domain).toMatchObject({ start: 11, end: 24, text: '%{d2}.example' });
    expect(a?.kind === 'directive' && a.domain?.macros).toMatchObject([{ letter: 'd', keep: 2, start: 11, end: 16 }]);
    expect(network).toMatchObject({ qualifier: '+', network: { address: Uint8Array.of(192, 0, 2, 0), prefix: 28 } });
    expect(all).toMatchObject({ mechanism: 'all', qualifier: '-', domain: undefined });
    expect(exp).toMatchObject({ kind: 'modifier', modifier: 'exp', value: { text: 'why.example.net' } });
  });

  it('are read in any letter case', () => {
    expect(parseSpf('v=spf1 MX Include:A.EXAMPLE REDIRECT=b.example')?.terms).toMatchObject([
      { mechanism: 'mx' },
      { mechanism: 'include' },
      { modifier: 'redirect' },
    ]);
  });
});

describe('what the grammar allows', () => {
  it.each([
    'all',
    'a mx ptr',
    'a/24 mx//64 a/0//0 mx:example.net/32//128',
    'a:example.net. include:_spf.example.net',
    'ip4:0.0.0.0/0 ip4:255.255.255.255',
    'ip6::: ip6:2001:db8::/32 ip6:::ffff:192.0.2.1 ip6:2001:db8::192.0.2.1/128',
    'exists:%{ir}.%{v}._spf.%{d2} exists:%{l1r-}.%{o}.%{s}.example include:%{D}',
    'exists:%%.example exists:%_.example exists:%-x.example exists:%{lr.-+,/_=}.example',
    'a:%{d}/24 mx:x.%{i}//64 exists:x%{h}',
    'exists:%{i}.%{s1}.100/86400.rate.%{d}',
    'include:x.a-b include:x.1a include:xn--p1ai.xn--p1ai',
    'moo.cow-far_out=man:dog/cat op=auth rr=all ra=postmaster x=',
    'redirect=%{d2}',
    'exp=%{d}.example',
  ])('%s', (terms) => {
    expect(faults(`v=spf1 ${terms}`)).toEqual([]);
  });
});

describe('what it does not', () => {
  it.each<[string, SpfFault, (string | undefined)?, string?]>([
    ['ipv4:192.0.2.1', 'unknown-term', undefined, 'ip4:192.0.2.1'],
    ['ip:192.0.2.1/24', 'unknown-term', undefined, 'ip4:192.0.2.1/24'],
    ['-ip:2001:db8::1', 'unknown-term', undefined, '-ip6:2001:db8::1'],
    ['192.0.2.1', 'unknown-term', undefined, 'ip4:192.0.2.1'],
    ['2001:db8::/32', 'unknown-term', undefined, 'ip6:2001:db8::/32'],
    ['inlcude:a.example', 'unknown-term', undefined, 'include:a.example'],
    ['redirect:a.example', 'unknown-term', undefined, 'redirect=a.example'],
    ['-all;', 'unknown-term', undefined, '-all'],
    ['~all.', 'unknown-term', undefined, '~all'],
    ['a,mx,-all', 'unknown-term', undefined, 'a mx -all'],
    ['\u00e2\u0080\u0093all', 'unknown-term', undefined, '-all'],
    ['mail', 'unknown-term'],
    ['!all', 'unknown-term'],
    ['--all', 'unknown-term', undefined, '-all'],
    ['include', 'missing-value'],
    ['include:', 'missing-value'],
    ['exists/24', 'missing-value'],
    ['a:', 'missing-value'],
    ['a:/24', 'missing-value', 'a:/24'],
    ['ip4', 'missing-value'],
    ['ip4:/24', 'missing-value'],
    ['redirect=', 'missing-value'],
    ['exp=', 'missing-value'],
    ['all:x', 'unexpected-value', ':x', ''],
    ['-all/8', 'unexpected-value', '/8', ''],
    ['ptr/24', 'unexpected-value', '/24', ''],
    ['ip4:192.0.2', 'bad-network', '192.0.2'],
    ['ip4:192.0.02.1', 'bad-network', '192.0.02.1'],
    ['ip4:192.0.2.256/24', 'bad-network', '192.0.2.256'],
    ['ip6:2001:db8', 'bad-network', '2001:db8'],
    ['ip6:1::2::3', 'bad-network', '1::2::3'],
    ['ip4:2001:db8::/32', 'bad-network', undefined, 'ip6:2001:db8::/32'],
    ['-ip6:192.0.2.1', 'bad-network', 'ip6:192.0.2.1', 'ip4:192.0.2.1'],
    ['ip4:192.0.2.0/33', 'bad-prefix', '/33'],
    ['ip4:192.0.2.0/024', 'bad-prefix', '/024'],
    ['ip4:192.0.2.0/24//64', 'bad-prefix', '/24//64'],
    ['ip6:::/129', 'bad-prefix', '/129'],
    ['a/33', 'bad-prefix', '/33'],
    ['mx//129', 'bad-prefix', '//129'],
    ['a/', 'bad-prefix', '/'],
    ['exists:%{x}.example', 'bad-macro', '%{x}'],
    ['exists:%{d0}.example', 'bad-macro', '%{d0}'],
    ['exists:%{c}.example', 'bad-macro', '%{c}'],
    ['exists:%{d!}.example', 'bad-macro', '%{d!}'],
    ['exists:%{d', 'bad-macro', '%{'],
    ['exists:%d.example', 'bad-macro', '%'],
    ['x=%', 'bad-macro', '%'],
    ['a:b\u00fcro.example', 'bad-character', '\u00fc'],
    ['mx\t-all', 'unknown-term'],
    ['include:a.example\t-all', 'bad-character', '\t'],
    ['include:example', 'bad-domain', 'example'],
    ['a:192.0.2.1', 'bad-domain', '192.0.2.1'],
    ['include:x.123', 'bad-domain', 'x.123'],
    ['include:x.a-', 'bad-domain', 'x.a-'],
    ['include:%{d}example', 'bad-domain', '%{d}example'],
    ['include:example.net/24', 'bad-domain', 'example.net/24'],
    ['-exp=a.example', 'qualified-modifier', undefined, 'exp=a.example'],
    ['ip4=192.0.2.1', 'no-effect', undefined, 'ip4:192.0.2.1'],
    ['redirct=a.example', 'no-effect', undefined, 'redirect=a.example'],
    ['v=spf1', 'no-effect'],
    ['include:a..example', 'odd-name', 'a..example'],
    ['include:a.example,include:b.example', 'odd-name', 'a.example,include:b.example'],
    [`a:${'l'.repeat(64)}.example`, 'odd-name', `${'l'.repeat(64)}.example`],
  ])('%s', (term, fault, at = term, instead = undefined) => {
    expect(faults(`v=spf1 ${term} ~all`)).toContain(
      instead === undefined ? `${fault} ${at}` : `${fault} ${at} -> ${instead}`,
    );
  });

  it('redirect and exp twice', () => {
    expect(faults('v=spf1 redirect=a.example redirect=b.example')).toEqual(['repeated-modifier redirect=b.example']);
  });

  it('counts neither strange names nor unknown modifiers as errors', () => {
    expect(parseSpf('v=spf1 ip4=192.0.2.1 include:a..example -all')?.valid).toBe(true);
    expect(parseSpf('v=spf1 ip:192.0.2.1 -all')?.valid).toBe(false);
  });
});

describe('any text', () => {
  const pieces = fc.constantFrom('a', 'mx', ':', '/', '//', '24', '%{', 'd', '}', '%', '=', '.', ' ', 'ip4', '-', 'x');
  const words = fc.array(fc.oneof(pieces, fc.string({ maxLength: 3 })), { maxLength: 30 });

  it('has terms and problems inside it, in order', () => {
    fc.assert(
      fc.property(words, (parts) => {
        const text = `v=spf1 ${parts.join('')}`;
        const { terms = [], problems = [] } = parseSpf(text) ?? {};
        let before = 0;
        for (const { start, end } of terms) {
          expect(start).toBeGreaterThan(before);
          expect(text.slice(start, end)).not.toMatch(/ |^$/);
          before = end;
        }
        for (const { start, end, term } of problems) {
          expect(start).toBeGreaterThanOrEqual(terms[term]?.start ?? -1);
          expect(end).toBeLessThanOrEqual(terms[term]?.end ?? -1);
          expect(end).toBeGreaterThan(start);
        }
      }),
    );
  });

  it('is read in linear time', () => {
    for (const piece of ['a', '%{', '%{d1', 'ip4:', ':', '/', '//2', 'a:%', 'ip4:192.0.2.1 ', 'x= ']) {
      const begin = performance.now();
      parseSpf(`v=spf1 ${piece.repeat(Math.ceil(65_000 / piece.length))}`);
      expect(performance.now() - begin).toBeLessThan(1000);
    }
  });
});

describe('a word alone', () => {
  it.each(['-all', 'a', 'mx/24', 'include:a.example', 'redirect=a.example'])('%s is a term', (word) => {
    expect(isTerm(word)).toBe(true);
  });

  it.each(['', 'mail', 'include', 'a.net', '-all.example.net', 'x=y', 'all all'])('%j is none', (word) => {
    expect(isTerm(word)).toBe(false);
  });
});
