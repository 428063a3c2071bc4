import { describe, expect, test } from 'vitest';
import type { CertificateFacts } from '../../lib/certs/facts.ts';
import { certificateNames, matchNames, normalizeHostName } from '../../lib/certs/names.ts';
import { caseOf, factsOf } from './cases.ts';

const label63 = 'a'.repeat(63);

describe('normalizeHostName', () => {
  test.each([
    ['mx1.example.net', 'mx1.example.net'],
    ['MX1.Example.NET.', 'mx1.example.net'],
    ['localhost', 'localhost'],
    ['exämple.net', 'xn--exmple-cua.net'],
    ['EXÄMPLE.net', 'xn--exmple-cua.net'],
    ['xn--exmple-cua.net', 'xn--exmple-cua.net'],
    ['例え。テスト', 'xn--r8jz45g.xn--zckzah'],
    ['_smtp-tls._tcp.exämple.net', '_smtp-tls._tcp.xn--exmple-cua.net'],
    ['1.2.3', '1.2.3'],
    ['3com.example', '3com.example'],
    [`${label63}.net`, `${label63}.net`],
    [`${`${label63}.`.repeat(3)}${'a'.repeat(61)}`, `${`${label63}.`.repeat(3)}${'a'.repeat(61)}`],
  ])('%s', (name, normal) => {
    expect(normalizeHostName(name)).toBe(normal);
  });

  test.each([
    '',
    '.',
    '..',
    'a..b',
    '.a',
    'a.b..',
    '192.0.2.1',
    '192.0.2.1.',
    '010.1.2.3',
    '999.1.1.1',
    '2001:db8::1',
    '[2001:db8::1]',
    '::1',
    'mx1 .example.net',
    ' mx1.example.net',
    'mx1.example.net\n',
    'a%41.net',
    'a/b.net',
    'user@example.net',
    '*.example.net',
    'mx\\.1.example.net',
    'a\u0000b.net',
    '①②③.net1\ufffd',
    '％41.net',
    'ⓧ․y.net',
    `a${label63}.net`,
    `${`${label63}.`.repeat(3)}${'a'.repeat(62)}`,
    `${'ä'.repeat(63)}.net`,
  ])('refuses %j', (name) => {
    expect(normalizeHostName(name)).toBeUndefined();
  });
});

describe('certificateNames', () => {
  test.each<[string, string[], boolean]>([
    ['san-kinds', ['mx1.example.net', 'mx2.example.net'], false],
    ['san-wildcard', ['*.example.net'], false],
    ['san-trailing-dot', ['mx1.example.net'], false],
    ['san-underscore', ['mx_1.example.net'], false],
    ['san-idn', ['xn--exmple-cua.net'], false],
    ['san-space', [], false],
    ['san-latin1', [], false],
    ['san-nul', [], false],
    ['san-partial-wildcard', [], false],
    ['san-ip-only', [], true],
    ['no-san', [], true],
    ['several-common-names', ['mx1.example.net', 'mx2.example.net'], true],
    ['version-1', ['mx1.example.net'], true],
    ['ec-P-256', ['mx1.example.net'], false],
    ['name-escapes', ['mx1.example.net'], false],
  ])('%s', (name, names, cnFallback) => {
    expect(certificateNames(factsOf(caseOf(name).der))).toEqual({ names, cnFallback });
  });
});

describe('matchNames', () => {
  const named = (...dnsNames: string[]): CertificateFacts => ({ ...factsOf(caseOf('eku-none').der), dnsNames });
  const named2 = named('mx1.example.net', '*.example.net');

  test.each<[string, string[], CertificateFacts, string | undefined, string[]]>([
    ['an equal name', ['mx1.example.net'], named('mx1.example.net'), 'mx1.example.net', []],
    ['case and final dot do not count', ['MX1.EXAMPLE.NET.'], named('mx1.Example.net'), 'mx1.example.net', []],
    [
      'the first host that matches',
      ['mx9.example.net', 'mx2.example.net'],
      named('mx2.example.net'),
      'mx2.example.net',
      [],
    ],
    ['U-label and A-label', ['exämple.net.'], named('xn--exmple-cua.net'), 'xn--exmple-cua.net', []],
    ['another name', ['mx1.example.net'], named('mail.example.net'), undefined, []],
    ['a parent is no match', ['mx1.example.net'], named('example.net'), undefined, []],
    ['a wildcard is no exact match', ['mx1.example.net'], named('*.example.net'), undefined, ['mx1.example.net']],
    [
      'an exact name beside a wildcard',
      ['mx1.example.net', 'mx2.example.net'],
      named2,
      'mx1.example.net',
      ['mx2.example.net'],
    ],
    ['a wildcard covers one label only', ['a.mx1.example.net'], named('*.example.net'), undefined, []],
    ['a wildcard does not cover its parent', ['example.net'], named('*.example.net'), undefined, []],
    ['a wildcard over a top-level domain covers nothing', ['example.net'], named('*.net'), undefined, []],
    ['no hosts', [], named('mx1.example.net'), undefined, []],
    ['an address is no host', ['192.0.2.10'], named('192.0.2.10'), undefined, []],
    ['the root of a null MX', ['.'], named('mx1.example.net'), undefined, []],
  ])('%s', (_, hosts, facts, host, covered) => {
    const match = matchNames(hosts, facts);
    expect(match).toMatchObject({ host, byWildcard: false, cnFallback: false });
    expect(match.coveredByWildcard.map((one) => one.host)).toEqual(covered);
  });

  test('lets a wildcard match when the policy says so', () => {
    expect(matchNames(['mx1.example.net'], named('*.example.net'), { wildcards: true })).toEqual({
      host: 'mx1.example.net',
      byWildcard: true,
      cnFallback: false,
      coveredByWildcard: [{ host: 'mx1.example.net', wildcard: '*.example.net' }],
    });
    expect(matchNames(['mx1.example.net'], named2, { wildcards: true }).byWildcard).toBe(false);
  });

  test('falls back to any of the common names when there is no dNSName', () => {
    const match = matchNames(['mx2.example.net'], factsOf(caseOf('several-common-names').der));
    expect(match).toMatchObject({ host: 'mx2.example.net', cnFallback: true });
  });

  test('never takes a common name beside a dNSName', () => {
    const facts = { ...named('mail.example.net'), subjectCommonNames: ['mx1.example.net'] };
    expect(matchNames(['mx1.example.net'], facts).host).toBeUndefined();
  });
});
