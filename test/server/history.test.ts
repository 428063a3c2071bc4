import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Exchange, Transport } from '../../lib/server/exchange.ts';
import type { QueryRecord } from '../../lib/server/query-record.ts';
import { TestServer } from '../../lib/server/test-server.ts';
import { octets, query, served } from './dialogue.ts';

const TEXT = `$TTL 300
@ SOA ns1 h 1 1 1 1 1
@ NS ns1
ns1 A 192.0.2.1
www A 192.0.2.2
long TXT "${'x'.repeat(200)}"
`;

/** Queries with plain answers, with others, and that a fault acts on. */
const WORDS = [
  'www.example.net. A',
  'long.example.net. TXT',
  'none.example.net. A',
  'example.org. A',
  'ns1.example.net. A',
];

function serverKeeping(most: number): TestServer {
  let ticks = 0;
  const world = { now: () => 0, ticks: () => ticks++ / 7, wait: () => Promise.resolve() };
  const server = new TestServer(served({ 'example.net.': TEXT }), world, { history: most });
  expect(server.faults.add({ id: 'f', match: { name: 'ns1.example.net' }, action: { rcode: 'SERVFAIL' } })).toEqual([]);
  return server;
}

/** Everything that can be known of a record. */
function told({ number, exchange, query: asked, response, summary, faults, ms }: QueryRecord): unknown {
  const { transport, client, now } = exchange;
  const { address, port } = client;
  const sent = response && [...response];
  return { number, transport, address, port, now, asked: [...asked], sent, summary: { ...summary }, faults, ms };
}

const exchanges = fc.record({
  transport: fc.constantFrom<Transport>('udp', 'tcp', 'tls', 'https'),
  client: fc.record({
    address: fc.constantFrom('127.0.0.1', '::1', '192.0.2.9'),
    port: fc.integer({ min: 1, max: 65535 }),
  }),
  now: fc.integer({ min: 0, max: 2 ** 45 }),
});
const steps = fc.array(
  fc.oneof(
    { weight: 9, arbitrary: fc.record({ words: fc.constantFrom(...WORDS), exchange: exchanges }) },
    { weight: 1, arbitrary: fc.constant('clear' as const) },
  ),
  { maxLength: 300 },
);

test('the history tells of the last queries what was told of them when they came', () => {
  fc.assert(
    fc.property(steps, fc.constantFrom(1, 3, 64, 65, 130), (all, most) => {
      const server = serverKeeping(most);
      let seen: unknown[] = [];
      server.history.listen((record) => seen.push(told(record)));
      for (const step of all) {
        if (step === 'clear') {
          server.history.clear();
          seen = [];
          continue;
        }
        server.handle(octets(query(step.words)), step.exchange satisfies Exchange);
      }
      expect(server.history.list().map(told)).toEqual(seen.slice(-most));
    }),
    { numRuns: 60 },
  );
});

test('a list stays as it is while more queries come', () => {
  const server = serverKeeping(2);
  const ask = (words: string): void =>
    void server.handle(octets(query(words)), { transport: 'udp', client: { address: '::1', port: 9 }, now: 5 });
  ask('www.example.net. A');
  ask('long.example.net. TXT');
  const list = server.history.list();
  const before = list.map(told);
  for (let again = 0; again < 5000; again++) ask('long.example.net. TXT');
  expect(list.map(told)).toEqual(before);
});
