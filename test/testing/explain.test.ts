import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DnsServer, startDnsServer, zone } from '../../lib/testing/index.ts';

let dns: DnsServer;
beforeAll(async () => {
  dns = await startDnsServer({
    zones: [
      zone('example.test')`
        @        MX     10 mx1
        mx1      A      127.0.0.11
        www      CNAME  mx1
        *.wild   TXT    any
        sub      NS     ns.sub
        ns.sub   A      192.0.2.53
        old      DNAME  example.net.
      `,
    ],
  });
});
afterAll(() => dns.close());

describe('explain tells', () => {
  test.each<[string, string, object]>([
    [
      'mx1.example.test',
      'A',
      { outcome: 'answer', rcode: 'NOERROR', types: ['A'], closestEncloser: 'mx1.example.test.' },
    ],
    ['mx1.example.test', 'TXT', { outcome: 'nodata', hints: ['there is no TXT at mx1.example.test.; it has A'] }],
    [
      'mx2.example.test',
      'A',
      { outcome: 'nxdomain', closestEncloser: 'example.test.', hints: ['did you mean mx1.example.test.?'] },
    ],
    ['www.example.test', 'A', { outcome: 'answer', types: ['CNAME'] }],
    ['a.b.wild.example.test', 'TXT', { wildcard: '*.wild.example.test.', closestEncloser: 'wild.example.test.' }],
    ['wild.example.test', 'TXT', { outcome: 'nodata', emptyNonTerminal: true, types: [] }],
    ['x.sub.example.test', 'A', { outcome: 'referral', closestEncloser: 'sub.example.test.' }],
    ['x.old.example.test', 'A', { outcome: 'alias', closestEncloser: 'old.example.test.', types: ['DNAME'] }],
    [
      'exampel.test',
      'MX',
      { outcome: 'outside', rcode: 'REFUSED', zone: undefined, hints: ['did you mean example.test.?'] },
    ],
  ])('of %s %s', (name, type, facts) => {
    expect(dns.explain(name, type)).toMatchObject(facts);
    expect(dns.queries()).toEqual([]);
  });

  test.each([
    ['mx1.example.test.corp', 'mx1.example.test. with corp. behind it looks like the search list'],
    ['mx1.example.test.example.test', 'mx1.example.test. with example.test. behind it looks like the search list'],
  ])('that %s is made by a search list', (name, says) => {
    expect(dns.explain(name, 'A').hints).toEqual([expect.stringContaining(says)]);
  });

  test('which rules fit, and why others do not', async () => {
    const rules = [
      dns.on({ type: 'SRV', transport: 'tcp' }).servfail(),
      dns.on({ name: 'mx1.example.test' }).inState('machine', 'broken').servfail(),
      dns.on({ type: 'A' }).every(3).servfail(),
      dns.on({ suffix: 'example.test' }).refused(),
      dns.on({ type: 'A' }).servfail(),
      dns.on().servfail().disable(),
    ];
    await dns.client.query('mx1.example.test', 'A');
    const explained = dns.explain('mx1.example.test', 'A');
    expect(explained.rules.map(({ fits, acts, why }) => [fits, acts, ...why])).toEqual([
      [false, false, 'its type is SRV', 'its transport is tcp'],
      [false, false, 'machine is in state start, not broken'],
      [true, true],
      [true, true],
      [true, false],
      [false, false, 'it is switched off'],
    ]);
    expect(String(explained)).toBe(
      [
        'A mx1.example.test. over udp: NOERROR (answer), then rule rule-3 acts in its turn',
        '  zone: example.test.',
        '  the name exists and has A',
        '  answer: mx1.example.test. 3600 IN A 127.0.0.11',
        '  rule rule-1 does not fit: its type is SRV; its transport is tcp',
        '  rule rule-2 does not fit: machine is in state start, not broken',
        '  rule rule-3 fits, its turn is: every 3',
        '  rule rule-4 fits and acts (acted once)',
        '  rule rule-5 fits, but a rule before it acts',
        '  rule rule-6 does not fit: it is switched off',
      ].join('\n'),
    );
    for (const rule of rules) rule.remove();
    dns.clearQueries();
  });

  test('what a question over TCP gets', () => {
    const rule = dns.on({ transport: 'tcp', dnssecOk: true, client: '192.0.2.0/24' }).servfail();
    const fits = (options: object) => dns.explain('mx1.example.test', 'A', options).rules[0]?.fits;
    expect(fits({ transport: 'tcp', dnssecOk: true, client: '192.0.2.7' })).toBe(true);
    expect(fits({ transport: 'tcp', dnssecOk: true })).toBe(false);
    expect(fits({})).toBe(false);
    rule.remove();
  });
});
