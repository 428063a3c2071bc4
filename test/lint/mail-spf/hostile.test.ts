import { describe, expect, it } from 'vitest';
import { rules as spf } from '../../../lib/lint/rules/mail-spf/list.ts';
import { rules as sts } from '../../../lib/lint/rules/mta-sts/list.ts';
import { lintExample } from '../example.ts';

const active = [...spf, ...sts].map((rule) => ({ rule, severity: rule.level }));

/** A TXT record with a text in strings of a length. */
function txt(owner: string, text: string, length = 255): string {
  return `${owner} TXT ${text
    .match(new RegExp(`.{1,${length}}`, 'gs'))
    ?.map((piece) => `"${piece}"`)
    .join(' ')}\n`;
}

describe('records of any size', () => {
  it.each([
    ['unknown terms', txt('@', `v=spf1 ${'x '.repeat(32_000)}`)],
    ['the same term', txt('@', `v=spf1 ${'a '.repeat(32_000)}`)],
    ['ptr', txt('@', `v=spf1 ${'ptr '.repeat(16_000)}`)],
    ['includes of itself', txt('@', `v=spf1 ${'include:example.net '.repeat(3_200)}`)],
    ['networks', `@ TXT "v=spf1" ${'" ip4:192.0.2.1" '.repeat(3_000)}\n`],
    ['short strings', txt('@', `v=spf1${'-all'.repeat(6_000)}`, 4)],
    ['strings of one octet', txt('@', `v=spf1 ${'a'.repeat(20_000)}`, 1)],
    ['macros', txt('@', `v=spf1 exists:${'%{d'.repeat(20_000)}`)],
    ['fields', txt('_mta-sts', `v=STSv1; ${'x; '.repeat(20_000)}`)],
    ['ids', txt('_mta-sts', `v=STSv1; ${'id=1; '.repeat(10_000)}`)],
    ['addresses', txt('_smtp._tls', `v=TLSRPTv1; rua=${'x,'.repeat(30_000)}`)],
    [
      'many records',
      txt('@', 'v=spf1 a -all', 20) +
        Array.from({ length: 3_000 }, (_, n) => `@ TXT "v=spf1 ip4:192.0.2.${n % 256} exp=a${n}.example"\n`).join(''),
    ],
    [
      'a chain',
      Array.from({ length: 1_500 }, (_, n) => `n${n} TXT "v=spf1 include:n${n + 1}.example.net -all"\n`).join(''),
    ],
    [
      'includes of each other',
      Array.from(
        { length: 300 },
        (_, n) =>
          `n${n} TXT "v=spf1 ${Array.from({ length: 9 }, (__, m) => `include:n${(n * 7 + m * 13) % 300}.example.net`).join(' ')} -all"\n`,
      ).join(''),
    ],
  ])('%s', (_, zone) => {
    const begin = performance.now();
    const found = lintExample({ zone }, active);
    for (const { rule: id, args } of found) {
      expect(active.find(({ rule }) => rule.id === id)?.rule.say(args)).toMatch(/^\S.{10,400}\S$/su);
    }
    expect(performance.now() - begin).toBeLessThan(5_000);
  });

  it('a large policy', () => {
    const policies = [{ domain: 'example.net', text: 'mx: x.\nmode\n'.repeat(20_000) }];
    expect(lintExample({ zone: '@ MX 10 ns1\n', policies }, active).length).toBeGreaterThan(2);
  });
});
