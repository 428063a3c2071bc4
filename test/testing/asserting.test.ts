import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type DnsServer, startDnsServer, zone } from '../../lib/testing/index.ts';
import * as node from '../../lib/testing/node.ts';
import '../../lib/testing/vitest.ts';

let dns: DnsServer;
beforeEach(async () => {
  dns = await startDnsServer({
    unmatched: 'fail-test',
    zones: [
      zone('example.test')`
        @    MX  10 mx1
        mx1  A   127.0.0.11
      `,
    ],
  });
});
afterEach(() => dns.close());

describe('queries', () => {
  test('say everything of a query and its answer', async () => {
    dns.on({ type: 'MX' }).as('srv-first').once().servfail();
    await dns.client.query('eXample.test', 'MX', { dnssec: true });
    const [query] = dns.queries();
    expect(query).toMatchObject({
      number: 1,
      name: 'eXample.test',
      type: 'MX',
      class: 'IN',
      transport: 'udp',
      client: { address: '127.0.0.1' },
      opcode: 'QUERY',
      flags: { recursionDesired: true, authenticData: false, checkingDisabled: false },
      edns: { dnssecOk: true, udpSize: 1232 },
      outcome: 'answer',
      zone: 'example.test.',
      faults: ['srv-first'],
      response: { rcode: 'SERVFAIL', answers: [], errors: ['zonewright fault: srv-first'] },
    });
    expect(query?.ms).toBeGreaterThanOrEqual(0);
    expect(Math.abs((query?.time ?? 0) - Date.now())).toBeLessThan(60_000);
  });

  test.each<[string, Parameters<DnsServer['queries']>[0], number]>([
    ['nothing', {}, 3],
    ['a name in other letters, with its dot', { name: 'EXAMPLE.test.' }, 1],
    ['names', { name: ['example.test', 'mx1.example.test'] }, 3],
    ['an expression', { name: /^mx\d/gu }, 2],
    ['a name above', { suffix: 'example.test' }, 3],
    ['a type', { type: 'MX' }, 1],
    ['a type by number', { type: 'TYPE1' }, 1],
    ['types', { type: ['MX', 'AAAA'] }, 2],
    ['a way', { transport: 'tcp' }, 1],
    ['a code', { rcode: 'noerror' }, 3],
    ['an outcome', { outcome: 'nodata' }, 1],
    ['EDNS', { edns: false }, 1],
    ['DO', { dnssecOk: true }, 0],
    ['RD', { recursionDesired: true, client: '127.0.0.1', class: 'IN', opcode: 'query' }, 3],
    ['a function', ({ response }) => (response?.additional.length ?? 0) > 0, 1],
  ])('are found by %s', async (_, wish, count) => {
    await dns.client.query('example.test', 'MX');
    await dns.client.query('mx1.example.test', 'A', { transport: 'tcp' });
    await dns.client.query('mx1.example.test', 'AAAA', { edns: false });
    expect(dns.queries(wish)).toHaveLength(count);
  });

  test.each<[object, string]>([
    [{ type: 'MXX' }, "unknown RR type 'MXX'; did you mean MX?"],
    [{ nmae: 'x' }, "there is no 'nmae' in a query filter"],
    [{ name: 'a..b' }, "'a..b' is no domain name"],
    [{ client: 'localhost' }, "'localhost' is no IP address"],
  ])('are not looked for by %j', (wish, says) => {
    expect(() => dns.queries(wish)).toThrow(says);
  });

  test('are forgotten when told so', async () => {
    await dns.client.query('example.test', 'MX');
    dns.clearQueries();
    expect(dns.queries()).toEqual([]);
  });
});

describe('waiting for a query', () => {
  test('ends when it comes, also when it came before', async () => {
    const waited = dns.waitForQuery({ type: 'MX' }, { times: 2 });
    await dns.client.query('example.test', 'MX');
    await dns.client.query('example.test', 'A');
    await dns.client.query('example.test', 'MX');
    expect((await waited).number).toBe(3);
    expect((await dns.waitForQuery({ type: 'A' })).number).toBe(2);
  });

  test('ends with what came instead, the nearest first', async () => {
    await dns.client.query('mx1.example.test', 'AAAA');
    for (let left = 2; left > 0; left--) await dns.client.query('mx1.example.test', 'A');
    const waited = dns.waitForQuery({ type: 'A', transport: 'tcp' }, { timeout: 10 });
    await expect(waited).rejects.toThrow(
      [
        'waited 10 ms for a query with type A, transport tcp, but 3 queries came:',
        '  A mx1.example.test over udp → NOERROR, 1 record: transport is udp, not tcp (2 times)',
        '  AAAA mx1.example.test over udp → NOERROR, 0 records: type is AAAA, not A; transport is udp, not tcp',
      ].join('\n'),
    );
    await expect(dns.waitForQuery({ type: 'A' }, { timeout: 1, times: 3 })).rejects.toThrow('(it came 2 times)');
  });

  test('ends when the server is closed', async () => {
    const waited = dns.waitForQuery({ type: 'A' });
    await dns.close();
    await expect(waited).rejects.toThrow('the server was closed for a query with type A, but no query came at all');
  });
});

describe('names of no zone', () => {
  test('fail the test at its end, with what may be meant', async () => {
    await dns.client.query('mx1.example.test.corp', 'A');
    expect(dns.unmatched).toHaveLength(1);
    expect(dns).not.toHaveKnownQueriesOnly();
    expect(() => dns.verify()).toThrow(
      'A mx1.example.test.corp over udp → REFUSED: mx1.example.test. with corp. behind it looks like the search list',
    );
    await expect(dns[Symbol.asyncDispose]()).rejects.toThrow('queries for names of no zone');
  });

  test('do not when a rule is for them, or when they are forgotten', async () => {
    dns.on({ suffix: 'corp' }).nxdomain();
    await dns.client.query('mx1.example.test.corp', 'A');
    expect(dns).toHaveKnownQueriesOnly();
    await dns.client.query('example.net', 'A');
    dns.reset();
    dns.verify();
    expect(dns.tested.faults.list()).toEqual([]);
  });
});

describe('reset', () => {
  test('brings back zones and rules as they were at the start', async () => {
    await using own = await startDnsServer({
      zones: { 'example.test': 'a A 192.0.2.1' },
      faults: [{ id: 'begun', match: { type: 'A' }, trigger: { first: 1 }, action: { rcode: 'SERVFAIL' } }],
    });
    const rcode = async () => (await own.client.query('a.example.test', 'A')).rcode;
    expect([await rcode(), await rcode()]).toEqual(['SERVFAIL', 'NOERROR']);
    own.zone('example.test').edit((z) => z.remove('a'));
    own.addZone(zone('example.net')`@ A 192.0.2.1`);
    own.on().refused();
    own.reset();
    expect([await rcode(), await rcode()]).toEqual(['SERVFAIL', 'NOERROR']);
    expect(own.tested.zones.size).toBe(1);
    expect(own.queries()).toHaveLength(2);
  });
});

describe('matchers', () => {
  const failure = (act: () => unknown): string => {
    try {
      act();
    } catch (error) {
      return (error as Error).message;
    }
    return 'nothing was thrown';
  };

  beforeEach(async () => {
    await dns.client.query('example.test', 'MX');
  });

  test('of queries that came', () => {
    expect(dns).toHaveReceivedQuery();
    expect(dns).toHaveReceivedQuery({ type: 'MX' }, { times: 1 });
    expect(dns).not.toHaveReceivedQuery({ type: 'MX' }, { times: 2 });
    expect(dns).not.toHaveReceivedQuery({ type: 'A' });
    expect(failure(() => expect(dns).toHaveReceivedQuery({ type: 'A' }))).toBe(
      'expected a query with type A, but one query came:\n  MX example.test over udp → NOERROR, 1 record: type is MX, not A',
    );
    expect(failure(() => expect(dns).toHaveReceivedQuery({ type: 'MX' }, { times: 3 }))).toContain(
      'expected a query with type MX 3 times, which came once, but one query came:',
    );
    expect(failure(() => expect(dns).not.toHaveReceivedQuery({ type: 'MX' }))).toBe(
      'expected that a query with type MX does not come, but it did:\n  MX example.test over udp → NOERROR, 1 record',
    );
    expect(failure(() => expect({}).toHaveReceivedQuery())).toContain('expected a server that startDnsServer gave');
  });

  test('of answers', () => {
    expect(dns).toHaveAnswered({ type: 'MX' }, 'NOERROR');
    expect(dns).toHaveAnswered({ type: 'MX' }, { answers: ['example.test.  3600  IN  MX  10 mx1.example.test.'] });
    expect(dns).not.toHaveAnswered({ type: 'MX' }, 'SERVFAIL');
    expect(dns).not.toHaveAnswered({ type: 'A' }, 'NOERROR');
    expect(failure(() => expect(dns).toHaveAnswered({ type: 'MX' }, { answers: [] }))).toContain(
      'but:\n  MX example.test over udp → NOERROR, 1 record\n    example.test. 3600 IN MX 10 mx1.example.test.',
    );
  });

  test('of rules', async () => {
    const rule = dns.on({ type: 'A' }).first(1).servfail();
    expect(rule).not.toHaveActed();
    expect(dns).not.toHaveUsedAllRules();
    expect(failure(() => expect(dns).toHaveUsedAllRules())).toContain(
      'one rule never acted:\n  rule-1 on {"type":"A"}: no query fitted\nbut one query came:',
    );
    await dns.client.query('mx1.example.test', 'A');
    await dns.client.query('mx1.example.test', 'A');
    expect(rule).toHaveActed(1);
    expect(dns).toHaveUsedAllRules();
    expect(failure(() => expect(rule).toHaveActed(2))).toBe(
      'expected that rule rule-1 acts 2 times, but it acted once on 2 queries that fit',
    );
  });

  test('of node:test say the same', () => {
    node.assertQuery(dns, { type: 'MX' }, { times: 1 });
    node.assertNoQuery(dns, { type: 'A' });
    node.assertAnswered(dns, { type: 'MX' }, 'NOERROR');
    node.assertAllRulesUsed(dns);
    node.assertKnownQueriesOnly(dns);
    const rule = dns.on().servfail();
    for (const wrong of [
      () => node.assertQuery(dns, { type: 'A' }),
      () => node.assertNoQuery(dns, { type: 'MX' }),
      () => node.assertAnswered(dns, { type: 'MX' }, 'SERVFAIL'),
      () => node.assertAllRulesUsed(dns),
      () => node.assertActed(rule),
    ])
      expect(wrong).toThrow(expect.objectContaining({ name: 'AssertionError', code: 'ERR_ASSERTION' }));
  });
});
