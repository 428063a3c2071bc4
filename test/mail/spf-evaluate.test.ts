import { describe, expect, it } from 'vitest';
import { spfVerdict } from '../../lib/mail/spf-evaluate.ts';
import { spfCost, spfLoop } from '../../lib/mail/spf-lookups.ts';
import { expandDomain } from '../../lib/mail/spf-names.ts';
import { networkHas } from '../../lib/mail/spf-networks.ts';
import { nameToText } from '../../lib/rr/name.ts';
import { answersOf, found, octets, wire } from './spf-answers.ts';

const ANSWERS = answersOf({
  spf: {
    'example.net': 'v=spf1 -all',
    '_spf.example.net': 'v=spf1 ip4:198.51.100.0/24 ~all',
    'neutral.example.net': 'v=spf1 ip4:198.51.100.0/24',
    'broken.example.net': 'v=spf1 ip:198.51.100.0/24',
    'gone.example.net': null,
    'self.example.net': 'v=spf1 include:self.example.net -all',
  },
  addresses: {
    'example.net': ['192.0.2.1'],
    'mx1.example.net': ['192.0.2.10', '2001:db8::10'],
    'nothing.example.net': [],
  },
  mx: {
    'example.net': ['mx1.example.net'],
    'other.example.net': ['mx.example.org'],
    'many.example.net': Array.from({ length: 11 }, (_, index) => `mx${index}.example.org`),
  },
});

describe('a check of an address', () => {
  it.each([
    ['-all', '192.0.2.1', 'fail'],
    ['~all', '192.0.2.1', 'softfail'],
    ['', '192.0.2.1', 'neutral'],
    ['a -all', '192.0.2.1', 'pass'],
    ['a -all', '192.0.2.2', 'fail'],
    ['a/24 -all', '192.0.2.77', 'pass'],
    ['mx -all', '192.0.2.10', 'pass'],
    ['mx//64 -all', '2001:db8::1', 'pass'],
    ['mx -all', '2001:db8::1', 'fail'],
    ['mx:other.example.net -all', '192.0.2.10', 'unknown'],
    ['a:nothing.example.net ?all', '192.0.2.10', 'neutral'],
    ['a:mx.example.org -all', '192.0.2.10', 'unknown'],
    ['ip4:192.0.2.0/28 -all', '192.0.2.15', 'pass'],
    ['ip4:192.0.2.0/28 -all', '192.0.2.16', 'fail'],
    ['ip6:2001:db8::/32 -all', '2001:db8:1::', 'pass'],
    ['-ip4:192.0.2.1 +all', '192.0.2.1', 'fail'],
    ['include:_spf.example.net -all', '198.51.100.1', 'pass'],
    ['include:_spf.example.net -all', '192.0.2.1', 'fail'],
    ['?include:_spf.example.net -all', '198.51.100.1', 'neutral'],
    ['include:neutral.example.net -all', '192.0.2.1', 'fail'],
    ['include:gone.example.net -all', '192.0.2.1', 'permerror'],
    ['include:broken.example.net -all', '192.0.2.1', 'permerror'],
    ['include:self.example.net -all', '192.0.2.1', 'permerror'],
    ['include:_spf.example.org -all', '192.0.2.1', 'unknown'],
    ['redirect=_spf.example.net', '192.0.2.1', 'softfail'],
    ['redirect=gone.example.net', '192.0.2.1', 'permerror'],
    ['-all redirect=_spf.example.net', '198.51.100.1', 'fail'],
    ['include:_spf.%{d} -all', '198.51.100.1', 'pass'],
    ['exists:%{i}.example.net -all', '192.0.2.1', 'unknown'],
    ['ptr -all', '192.0.2.1', 'unknown'],
    ['ip:192.0.2.1 -all', '192.0.2.1', 'permerror'],
    [`${'a:nothing.example.net '.repeat(10)}ip4:192.0.2.1`, '192.0.2.1', 'pass'],
    [`${'a:nothing.example.net '.repeat(11)}ip4:192.0.2.1`, '192.0.2.1', 'permerror'],
    ['mx:many.example.net -all', '192.0.2.1', 'permerror'],
  ])('%s says to %s %s', (terms, address, verdict) => {
    expect(spfVerdict(found('example.net', `v=spf1 ${terms}`), octets(address), ANSWERS)).toBe(verdict);
  });
});

describe('look-ups', () => {
  it.each([
    ['ip4:192.0.2.1 ip6:::1 all', 0, 0],
    ['a mx ptr exists:%{i}.x.example -all', 4, 0],
    ['a -all mx ptr', 1, 0],
    ['exp=why.example.net op=x -all', 0, 0],
    ['include:_spf.example.net -all', 1, 0],
    ['include:self.example.net -all', 2, 0],
    ['include:a.example.org include:%{i}.example.net redirect=b.example.org', 3, 3],
    ['-all redirect=b.example.org', 0, 0],
  ])('%s needs %i, of which %i lead away', (terms, lookups, unfollowed) => {
    expect(spfCost(found('example.net', `v=spf1 ${terms}`), ANSWERS)).toMatchObject({ lookups, unfollowed });
  });

  it('counts what is included once for each include', () => {
    const answers = answersOf({ spf: { 'a.example': 'v=spf1 a mx include:b.example', 'b.example': 'v=spf1 a ?all' } });
    const cost = spfCost(found('example.net', 'v=spf1 include:a.example include:b.example -all'), answers);
    expect(cost.terms.map(({ lookups }) => lookups)).toEqual([5, 2]);
    expect(cost.lookups).toBe(7);
  });

  it('tells which find nothing', () => {
    const text = 'v=spf1 a:nothing.example.net a:mx1.example.net a:mx.example.org mx -all';
    const { voids } = spfCost(found('example.net', text), ANSWERS);
    expect(voids.map(({ term }) => text.slice(term.start, term.end))).toEqual(['a:nothing.example.net']);
  });

  it('ends for records that include each other many times', () => {
    const spf = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => {
        const next = `include:n${index + 1}.example`;
        return [`n${index}.example`, `v=spf1 ${next} ${next} ${next} -all`];
      }),
    );
    expect(spfCost(found('n0.example', spf['n0.example'] ?? ''), answersOf({ spf })).lookups).toBe(50);
  });
});

describe('circles', () => {
  const answers = answersOf({
    spf: {
      'a.example': 'v=spf1 include:b.example -all',
      'b.example': 'v=spf1 mx redirect=c.example',
      'c.example': 'v=spf1 include:d.example include:a.example -all',
      'd.example': 'v=spf1 -all include:a.example',
      'e.example': 'v=spf1 include:a.example -all',
      'f.example': 'v=spf1 include:%{d} -all',
    },
  });

  it.each([
    ['a.example', ['a.example', 'b.example', 'c.example']],
    ['c.example', ['c.example', 'a.example', 'b.example']],
    ['d.example', undefined],
    ['e.example', undefined],
    ['f.example', ['f.example']],
  ])('from %s', (name, names) => {
    const start = answers.record(wire(name));
    if (typeof start === 'string') throw new Error(start);
    const way = spfLoop(start, answers)?.map((step) => nameToText(step.found.name).slice(0, -1));
    expect(way).toEqual(names);
  });
});

describe('names with macros', () => {
  it.each([
    ['%{d}', 'mail.example.net'],
    ['%{d2}', 'example.net'],
    ['%{dr}', 'net.example.mail'],
    ['%{d2r}.x', 'example.mail.x'],
    ['_spf.%{d9}', '_spf.mail.example.net'],
    ['%{da}.x', undefined],
    ['%{i}.x', undefined],
    ['a..%{d}', undefined],
    ['%%.%{d}', undefined],
  ])('%s', (spec, name) => {
    const record = found('mail.example.net', `v=spf1 include:${spec}`);
    const [term] = record.spf.terms;
    const domain = term?.kind === 'directive' ? term.domain : undefined;
    const expanded = domain && expandDomain(domain, record.name);
    expect(expanded && nameToText(expanded).slice(0, -1)).toBe(name);
  });

  it('split at the delimiters written', () => {
    const record = found('a-b.example.net', 'v=spf1 include:%{d1-}');
    const [term] = record.spf.terms;
    const domain = term?.kind === 'directive' ? term.domain : undefined;
    expect(domain && nameToText(expandDomain(domain, record.name) ?? wire('x'))).toBe('b.example.net.');
  });
});

describe('networks', () => {
  it.each([
    ['192.0.2.0', 23, '192.0.3.255', true],
    ['192.0.2.0', 23, '192.0.4.0', false],
    ['192.0.2.1', 32, '192.0.2.1', true],
    ['0.0.0.0', 0, '192.0.2.1', true],
    ['::', 0, '192.0.2.1', false],
    ['2001:db8::', 33, '2001:db8:8000::', false],
  ])('%s/%i and %s', (address, prefix, candidate, inside) => {
    expect(networkHas({ address: octets(address), prefix }, octets(candidate))).toBe(inside);
  });
});
