import { describe, expect, test } from 'vitest';
import { ServedZones } from '../../lib/server/served-zones.ts';
import { type Called, Controlled, ZONE } from './control-calls.ts';

interface Listed {
  readonly found: number;
  readonly queries: readonly { readonly number: number; readonly name: string; readonly type: string }[];
}

const listed = ({ json }: Called): Listed => json;

async function asked(...words: readonly string[]): Promise<Controlled> {
  const controlled = new Controlled();
  for (const each of words) await controlled.ask(each);
  return controlled;
}

describe('queries', () => {
  test('are told with what was sent', async () => {
    const controlled = await asked('wWw.example.net. A +do');
    const [first] = listed(await controlled.call('GET /v1/queries')).queries;
    expect(first).toEqual({
      number: 1,
      time: '2023-11-14T22:13:20.000Z',
      id: 4711,
      client: '127.0.0.1',
      clientPort: 5000,
      transport: 'udp',
      opcode: 'QUERY',
      name: 'wWw.example.net.',
      type: 'A',
      class: 'IN',
      flags: [],
      outcome: 'answer',
      rcode: 'NOERROR',
      aa: true,
      tc: false,
      zone: 'example.net.',
      faults: [],
      querySize: 33,
      answerSize: 49,
      ms: 0,
    });
  });

  test.each([
    ['', [1, 2, 3, 4]],
    ['limit=2', [3, 4]],
    ['name=WWW.example.net', [1, 2]],
    ['name=www.example.net.&type=MX', [2]],
    ['suffix=example.net', [1, 2, 3]],
    ['suffix=@', [1, 2, 3, 4]],
    ['type=TYPE15', [2]],
    ['type=CLIENTMX', [3]],
    ['rcode=NXDOMAIN', []],
    ['rcode=refused', [4]],
    ['rcode=0', [1, 2, 3]],
    ['rcode=none', []],
    ['since=2', [3, 4]],
    ['since=2&type=A', [4]],
    ['transport=tcp', []],
    ['fault=x', []],
  ])('are found by %s', async (filter, numbers) => {
    const controlled = await asked('www.example.net. A', 'www.example.net. MX', 'example.net. TYPE265', 'a.test. A');
    const { queries } = listed(await controlled.call(`GET /v1/queries?${filter}`));
    expect(queries.map(({ number }) => number)).toEqual(numbers);
  });

  test('without an answer have no rcode', async () => {
    const controlled = await asked();
    await controlled.call('POST /v1/faults', { id: 'deaf', action: { drop: true } });
    await controlled.ask('www.example.net. A');
    const { queries } = listed(await controlled.call('GET /v1/queries?rcode=none'));
    expect(queries).toMatchObject([{ number: 1, answerSize: 0, faults: ['deaf'], outcome: 'answer' }]);
    expect(queries[0]).not.toHaveProperty('rcode');
  });

  test('that are no questions are told too', async () => {
    const controlled = await asked();
    await controlled.server.handle(new Uint8Array(12), {
      transport: 'udp',
      client: { address: '::1', port: 1 },
      now: 0,
    });
    await controlled.server.handle(new Uint8Array(3), {
      transport: 'udp',
      client: { address: '::1', port: 1 },
      now: 0,
    });
    expect(listed(await controlled.call('GET /v1/queries')).queries).toMatchObject([
      { rcode: 'FORMERR' },
      { outcome: 'ignored' },
    ]);
    expect(listed(await controlled.call('GET /v1/queries?name=a&type=A')).found).toBe(0);
  });

  test('are told one by one with their octets and records', async () => {
    const controlled = await asked('www.example.net. A');
    expect((await controlled.call('GET /v1/queries/1')).json).toMatchObject({
      number: 1,
      query: expect.stringMatching(/^1267/u) as string,
      response: expect.stringMatching(/^12678400/u) as string,
      answer: ['www.example.net. 300 IN A 192.0.2.80'],
      authority: [],
      additional: [],
    });
  });

  test('are forgotten', async () => {
    const controlled = await asked('www.example.net. A');
    expect((await controlled.call('DELETE /v1/queries')).status).toBe(204);
    expect((await controlled.call('GET /v1/queries')).json).toEqual({ total: 1, found: 0, queries: [] });
  });
});

describe('waiting for a query', () => {
  test('ends at once for one that has come', async () => {
    const controlled = await asked('www.example.net. A', 'www.example.net. A');
    const { queries } = listed(await controlled.call('GET /v1/queries/wait?name=www.example.net&timeout=0'));
    expect(queries.map(({ number }) => number)).toEqual([1]);
  });

  test('ends when as many have come as were wanted', async () => {
    const controlled = await asked('www.example.net. MX');
    const waiting = controlled.call('GET /v1/queries/wait?type=MX&count=2&timeout=5000');
    await controlled.ask('www.example.net. A');
    await controlled.ask('example.net. MX');
    await controlled.ask('example.net. MX');
    expect(listed(await waiting).queries.map(({ number }) => number)).toEqual([1, 3]);
  });

  test('goes on for those behind a number', async () => {
    const controlled = await asked('www.example.net. MX');
    const waiting = controlled.call('GET /v1/queries/wait?type=MX&since=1&timeout=5000');
    await controlled.ask('example.net. MX');
    expect(listed(await waiting).queries.map(({ number }) => number)).toEqual([2]);
  });

  test('ends with what was asked instead', async () => {
    const controlled = await asked('www.example.net. A', 'www.example.net. A');
    const called = await controlled.call('GET /v1/queries/wait?name=www.example.net&type=MX&timeout=1');
    expect(called.status).toBe(504);
    expect(called.json).toEqual({
      error: {
        code: 'timed-out',
        message: 'no query with name www.example.net, type MX came within 1 ms; asked was www.example.net. A',
      },
    });
    const nothing = await new Controlled().call('GET /v1/queries/wait?count=3&timeout=1');
    expect(nothing.text).toContain('only 0 of 3 queries came within 1 ms; nothing was asked');
  });

  test('ends when nobody waits any more', async () => {
    const controlled = await asked();
    const gone = new AbortController();
    const waiting = controlled.call('GET /v1/queries/wait?timeout=600000', undefined, { signal: gone.signal });
    gone.abort();
    expect((await waiting).status).toBe(504);
    const late = controlled.call('GET /v1/queries/wait?timeout=600000', undefined, { signal: gone.signal });
    expect((await late).status).toBe(504);
  });
});

describe('events', () => {
  const feed = async (controlled: Controlled, target: string, headers = {}): Promise<() => string> => {
    const { reply } = await controlled.call(`GET ${target}`, undefined, { headers });
    return () => reply.events?.next() ?? 'no events';
  };

  test('tell of queries from then on', async () => {
    const controlled = await asked('www.example.net. A');
    const next = await feed(controlled, '/v1/events');
    expect(next()).toBe('');
    await controlled.ask('www.example.net. MX');
    expect(next()).toMatch(/^event: query\nid: 2\ndata: \{"number":2,.*"type":"MX".*\}\n\n$/u);
    expect(next()).toBe('');
  });

  test.each([
    ['/v1/events?since=0', {}, ['1', '2']],
    ['/v1/events?since=1', {}, ['2']],
    ['/v1/events', { 'last-event-id': '1' }, ['2']],
    ['/v1/events', { 'last-event-id': 'x' }, []],
    ['/v1/events?since=0&type=A', {}, ['1']],
  ])('of %s with %j begin with what is remembered', async (target, headers, ids) => {
    const controlled = await asked('www.example.net. A', 'www.example.net. MX');
    const text = (await feed(controlled, target, headers))();
    expect([...text.matchAll(/^id: (\d+)$/gmu)].map(([, id]) => id)).toEqual(ids);
  });

  test('tell of zones, whoever changed them', async () => {
    const controlled = await asked();
    const next = await feed(controlled, '/v1/events');
    await controlled.call('PATCH /v1/zones/example.net', { op: 'raise-serial' });
    await controlled.call('PUT /v1/zones/example.org', ZONE.replaceAll('example.net', 'example.org'));
    const told = next();
    expect(told).toContain(
      'event: zone\ndata: {"change":"changed","name":"example.net.","class":"IN","serial":2026112102,"records":8}\n\n',
    );
    expect(told).toContain('{"change":"added","name":"example.org."');
    controlled.server.zones = new ServedZones([]);
    expect(next().match(/"change":"removed"/gu)).toHaveLength(2);
    expect(next()).toBe('');
  });

  test('tell of faults and what they count', async () => {
    const controlled = await asked();
    const next = await feed(controlled, '/v1/events');
    await controlled.call('POST /v1/faults', { id: 'a', action: { rcode: 'REFUSED' } });
    expect(next()).toMatch(/^event: fault\ndata: \{"id":"a","enabled":true,"matched":0,"hit":0,.*\}\n\n$/u);
    await controlled.ask('www.example.net. A');
    expect(next()).toContain('"matched":1,"hit":1');
    await controlled.call('PATCH /v1/faults/a', { enabled: false });
    expect(next()).toContain('"enabled":false');
    await controlled.call('DELETE /v1/faults');
    expect(next()).toBe('event: fault\ndata: {"change":"removed","id":"a"}\n\n');
  });

  test('keep few queries for those who do not look, and say how many are left out', async () => {
    const controlled = await asked();
    const next = await feed(controlled, '/v1/events');
    for (let count = 0; count < 1200; count++) await controlled.ask('www.example.net. A');
    const told = next();
    expect(told.match(/^event: query$/gmu)).toHaveLength(500);
    expect(told).toContain('event: skipped\ndata: {"queries":700}\n\n');
  });

  test('repeat all that is remembered, a part at each look', async () => {
    const controlled = await asked();
    for (let count = 0; count < 1200; count++) await controlled.ask('www.example.net. A');
    const next = await feed(controlled, '/v1/events?since=100');
    await controlled.ask('www.example.net. A');
    const looks = [next(), next(), next(), next()].map((told) => told.match(/^event: query$/gmu)?.length);
    expect(looks).toEqual([500, 500, 101, undefined]);
  });

  test('end with the one who listens', async () => {
    const controlled = await asked();
    const { reply } = await controlled.call('GET /v1/events');
    reply.events?.close();
    await controlled.ask('www.example.net. A');
    expect(reply.events?.next()).toBe('');
  });
});
