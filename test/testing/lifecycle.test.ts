import { createConnection } from 'node:net';
import { describe, expect, test } from 'vitest';
import { type DnsServer, fakeClock, startDnsServer, zone } from '../../lib/testing/index.ts';
import { dnsServer } from '../../lib/testing/node.ts';
import { dnsFixture } from '../../lib/testing/vitest.ts';

/** Sockets that are open now. */
async function sockets(): Promise<string[]> {
  await new Promise((resolve) => setTimeout(resolve, 20));
  return process.getActiveResourcesInfo().filter((each) => /^(UDP|TCP|TLS)/u.test(each));
}

describe('a server', () => {
  test('leaves nothing behind when it is closed', async () => {
    const before = await sockets();
    const dns = await startDnsServer({
      zones: { 'example.test': '@ TXT x' },
      listen: [{}, { transports: ['tls', 'https'] }],
    });
    for (const transport of ['udp', 'tcp', 'tls', 'https'] as const)
      await dns.client.query('example.test', 'TXT', { transport });
    const idle = createConnection(dns.port, dns.address);
    await new Promise((resolve) => idle.once('connect', resolve));
    expect((await sockets()).length).toBeGreaterThan(before.length + 2);
    const closed = dns.close();
    expect(dns.close()).toBe(closed);
    await closed;
    idle.destroy();
    expect(await sockets()).toEqual(before);
    await expect(dns.client.query('example.test', 'TXT', { timeout: 200 })).rejects.toThrow();
  });

  test('does not wait for delays when it is closed', async () => {
    const dns = await startDnsServer({ zones: { 'example.test': '@ TXT x' } });
    dns.on().delay(60_000);
    const asked = dns.client.query('example.test', 'TXT');
    await new Promise((resolve) => setTimeout(resolve, 50));
    const start = performance.now();
    await dns.close();
    expect(performance.now() - start).toBeLessThan(1000);
    expect((await asked).answers).toHaveLength(1);
  });

  test('does not start, and listens nowhere, when something is wrong', async () => {
    const before = await sockets();
    await using first = await startDnsServer();
    const taken = startDnsServer({ listen: { port: first.port } });
    await expect(taken).rejects.toThrow(`127.0.0.1:${first.port} is in use`);
    await expect(startDnsServer({ faults: [{ id: 'x', action: { rcode: 'NO' } }] })).rejects.toThrow(
      'fault x cannot be used',
    );
    await first.close();
    expect(await sockets()).toEqual(before);
  });

  test('is one of as many as wanted, each with its own zones, rules and history', async () => {
    const servers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => startDnsServer({ zones: { 'example.test': `@ TXT ${index}` } })),
    );
    servers[3]?.on({ type: 'TXT' }).servfail();
    const answers = await Promise.all(servers.map((each) => each.client.query('example.test', 'TXT')));
    expect(new Set(servers.map(({ port }) => port)).size).toBe(20);
    expect(
      answers.map(({ rcode, answers: [line] }) => (rcode === 'NOERROR' ? line?.split(' ').at(-1) : rcode)),
    ).toEqual(servers.map((_, index) => (index === 3 ? 'SERVFAIL' : `"${index}"`)));
    expect(servers.map((each) => each.queries().length)).toEqual(Array(20).fill(1));
    await Promise.all(servers.map((each) => each.close()));
  });

  test('forgets the oldest queries', async () => {
    await using dns = await startDnsServer({ zones: { 'example.test': '@ TXT x' }, history: 2 });
    for (let left = 5; left > 0; left--) await dns.client.query('example.test', 'TXT');
    expect(dns.queries().map(({ number }) => number)).toEqual([4, 5]);
  });

  test('gives zones and takes changes when told to', async () => {
    await using dns = await startDnsServer({ zones: { 'example.test': '@ TXT x' }, updates: true });
    const axfr = await dns.client.query('example.test', 'AXFR', { transport: 'tcp' });
    expect(axfr.answers).toHaveLength(4);
  });
});

describe('a fixture', () => {
  const options = { zones: [zone('example.test')`@ TXT x`], unmatched: 'fail-test' } as const;

  const used = test.extend<{ dns: DnsServer }>({ dns: dnsFixture(options) });
  used('gives a server to a test', async ({ dns }) => {
    expect((await dns.client.query('example.test', 'TXT')).answers).toHaveLength(1);
  });

  test('fails a test whose names no zone has', async () => {
    const run = dnsFixture(options)({}, async (dns) => {
      await dns.client.query('example.net', 'TXT');
    });
    await expect(run).rejects.toThrow('TXT example.net over udp → REFUSED');
  });

  test('of node:test closes and verifies behind the test', async () => {
    const ends: (() => Promise<void>)[] = [];
    const dns = await dnsServer({ after: (end) => void ends.push(end) }, options);
    await dns.client.query('example.net', 'TXT');
    await expect(ends[0]?.()).rejects.toThrow('TXT example.net over udp → REFUSED');
    await expect(dns.client.query('example.test', 'TXT', { timeout: 100 })).rejects.toThrow();
  });
});

describe('a fake clock', () => {
  test('stands still, and ends waits in their order', async () => {
    const clock = fakeClock('2030-01-01T00:00:00Z');
    expect(new Date(clock.now()).toISOString()).toBe('2030-01-01T00:00:00.000Z');
    const ended: string[] = [];
    const wait = async (name: string, ms: number) => {
      await clock.wait(ms);
      ended.push(`${name} at ${clock.ticks()}`);
    };
    void wait('b', 20).then(() => wait('d', 5));
    void wait('a', 10);
    void wait('c', 100);
    await clock.advance(50);
    expect([ended, clock.waiting, clock.ticks()]).toEqual([['a at 10', 'b at 20', 'd at 25'], 1, 50]);
    await expect(clock.advance(-1)).rejects.toThrow('time does not pass by -1');
    expect(() => fakeClock('soon')).toThrow("'soon' is no time");
  });

  test('is the time of queries', async () => {
    const clock = fakeClock(0);
    await using dns = await startDnsServer({ clock, zones: { 'example.test': '@ TXT x' } });
    await clock.advance(1234);
    await dns.client.query('example.test', 'TXT');
    expect(dns.queries()[0]).toMatchObject({ time: 1234, ms: 0 });
  });
});
