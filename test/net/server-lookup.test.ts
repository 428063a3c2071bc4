import { describe, expect, test } from 'vitest';
import type { AskOptions } from '../../lib/net/ask.ts';
import { parseServerAddress, type ServerLookup, serverLookup } from '../../lib/net/server-lookup.ts';
import { nameToText } from '../../lib/rr/name.ts';
import { TYPE } from '../../lib/rr/types.ts';
import { extendedErrorOption } from '../../lib/wire/extended-errors.ts';
import type { Message, ResourceRecord } from '../../lib/wire/message.ts';
import { join, record, wire } from '../wire/messages.ts';
import { fakeServer, octets, reply } from './fake-dns.ts';

const mx = (name: string): ResourceRecord => record(name, TYPE.MX, join([0, 10], wire('mx1.example.net.')), 600);
const cname = (name: string, target: string): ResourceRecord => record(name, TYPE.CNAME, wire(target), 60);
const dname = (name: string, target: string): ResourceRecord => record(name, TYPE.DNAME, wire(target), 90);
const soa = record('example.net.', TYPE.SOA, join(wire('ns.'), wire('host.'), new Uint8Array(18), [1, 44]), 900);
const ns = (zone: string): ResourceRecord => record(zone, TYPE.NS, wire('ns.elsewhere.'));
const extended = (code: number, text = ''): Partial<Message> => ({
  edns: { udpSize: 1232, version: 0, dnssecOk: false, flags: 0, options: [extendedErrorOption({ code, text })] },
});

/** Looks up with a server that answers each name as listed, by REFUSED what is not. */
async function withServer<Result>(
  answers: Readonly<Record<string, Partial<Message>>>,
  work: (lookup: ServerLookup) => Promise<Result>,
  options: Partial<AskOptions> = {},
): Promise<Result> {
  await using server = await fakeServer({
    udp: (query, send) => {
      const name = nameToText(query.questions[0]?.name ?? wire('.'));
      send(octets(reply(query, answers[name] ?? { rcode: 5 })));
    },
  });
  return await work(serverLookup(server, { random: () => 77, timeout: 1000, ...options }));
}

function ask(answers: Readonly<Record<string, Partial<Message>>>, name = 'example.net', type: number = TYPE.MX) {
  return withServer(answers, (lookup) => lookup.ask({ name, type }));
}

describe('an answer', () => {
  test('has the records in their order, and is secure with AD alone', async () => {
    const answer = [mx('EXAMPLE.net.'), { ...mx('example.net.'), ttl: 30 }];
    const found = {
      kind: 'records',
      rdata: answer.map(({ rdata }) => rdata),
      ttl: 30,
      canonical: 'example.net',
      aliases: [],
    };
    expect(await ask({ 'example.net.': { answer, authoritative: true } })).toMatchObject({
      ...found,
      security: 'insecure',
    });
    expect(await ask({ 'example.net.': { answer, authenticData: true } })).toMatchObject({
      ...found,
      security: 'secure',
    });
  });

  test('that is absent has the times of the SOA (RFC 2308 §5)', async () => {
    const times = { soaTtl: 900, soaMinimum: 300 };
    expect(await ask({ 'example.net.': { authority: [soa] } })).toMatchObject({ kind: 'nodata', times });
    expect(await ask({ 'example.net.': { authority: [soa], rcode: 3 } })).toMatchObject({ kind: 'nxdomain', times });
    const bare = await ask({ 'example.net.': { rcode: 3 } });
    expect([bare.kind, 'times' in bare]).toEqual(['nxdomain', false]);
    expect((await ask({ 'example.net.': { recursionAvailable: true } })).kind).toBe('nodata');
  });

  test('does not take the SOA of another zone', async () => {
    const elsewhere = { ...soa, name: wire('example.org.') };
    expect(await ask({ 'example.net.': { authority: [elsewhere] } })).toMatchObject({ reason: 'outside' });
  });

  test('counts a TTL above 2^31-1 as 0 (RFC 2181 §8)', async () => {
    expect(await ask({ 'example.net.': { answer: [{ ...mx('example.net.'), ttl: 2 ** 31 }] } })).toMatchObject({
      ttl: 0,
    });
  });
});

describe('aliases', () => {
  const aliases = [
    { type: 'CNAME', owner: 'a.example.net', target: 'b.example.net' },
    { type: 'CNAME', owner: 'b.example.net', target: 'c.example.net' },
  ];
  const first = cname('a.example.net.', 'b.example.net.');
  const second = cname('b.example.net.', 'c.example.net.');

  test('are followed within one answer, in whatever order', async () => {
    const answer = [mx('c.example.net.'), second, first];
    const found = await ask({ 'a.example.net.': { answer } }, 'a.example.net');
    expect(found).toMatchObject({ kind: 'records', canonical: 'c.example.net', aliases, ttl: 60 });
  });

  test('are followed by asking again where an answer ends; secure is what is so all the way', async () => {
    const answers = (authenticData: boolean) => ({
      'a.example.net.': { answer: [first], authenticData: true },
      'b.example.net.': { answer: [second], authenticData },
      'c.example.net.': { answer: [mx('c.example.net.')], authenticData: true },
    });
    for (const security of ['secure', 'insecure']) {
      await withServer(answers(security === 'secure'), async (lookup) => {
        expect(await lookup.ask({ name: 'a.example.net', type: TYPE.MX })).toMatchObject({
          kind: 'records',
          aliases,
          security,
        });
        expect(lookup.queries.map(({ name }) => name)).toEqual(['a', 'b', 'c'].map((each) => `${each}.example.net`));
      });
    }
  });

  test('to a name that is absent (RFC 6604)', async () => {
    const answers = { 'a.example.net.': { answer: [first], authority: [soa], rcode: 3 } };
    expect(await ask(answers, 'a.example.net')).toMatchObject({ kind: 'nxdomain', canonical: 'b.example.net' });
  });

  test('are not followed for the alias itself', async () => {
    const found = await ask({ 'a.example.net.': { answer: [first] } }, 'a.example.net', TYPE.CNAME);
    expect(found).toMatchObject({ kind: 'records', aliases: [], rdata: [first.rdata] });
  });

  test('by DNAME count once, whether the server adds a CNAME or not', async () => {
    const alias = dname('example.net.', 'example.org.');
    for (const answer of [[alias], [alias, cname('a.b.example.net.', 'a.b.example.org.')]]) {
      const found = await ask(
        { 'a.b.example.net.': { answer: [...answer, mx('a.b.example.org.')] } },
        'a.b.example.net',
      );
      const target = 'a.b.example.org';
      expect(found).toMatchObject({
        kind: 'records',
        aliases: [{ type: 'DNAME', owner: 'example.net', target }],
        ttl: 90,
      });
    }
  });

  test('by DNAME to a name too long', async () => {
    const long = dname('example.net.', `${`${'x'.repeat(60)}.`.repeat(4)}`);
    const found = await ask({ 'aaaaaaaaaaaa.example.net.': { answer: [long], rcode: 6 } }, 'aaaaaaaaaaaa.example.net');
    expect(found).toMatchObject({ reason: 'server-failure' });
    expect('detail' in found && found.detail).toContain('longer than 255 octets');
  });

  test.each<[string, Readonly<Record<string, Partial<Message>>>, string]>([
    [
      'to itself',
      { 'a.example.net.': { answer: [cname('a.example.net.', 'A.example.net.')] } },
      'lead back to a.example.net',
    ],
    [
      'within one answer',
      { 'a.example.net.': { answer: [first, cname('b.example.net.', 'a.example.net.')] } },
      'lead back',
    ],
    [
      'from answer to answer',
      {
        'a.example.net.': { answer: [first] },
        'b.example.net.': { answer: [cname('b.example.net.', 'a.example.net.')] },
      },
      'lead back to a.example.net',
    ],
    [
      'that never end',
      Object.fromEntries(
        ['a', ...Array.from({ length: 30 }, (_, index) => `n${index}`)].map((name, index) => [
          `${name}.example.net.`,
          { answer: [cname(`${name}.example.net.`, `n${index}.example.net.`)] },
        ]),
      ),
      'more than 8 aliases',
    ],
  ])('%s are a loop', async (_, answers, words) => {
    const found = await ask(answers, 'a.example.net');
    expect(found).toMatchObject({ kind: 'failure', reason: 'alias-loop' });
    expect('detail' in found && found.detail).toContain(words);
  });
});

describe('a failure', () => {
  test.each<[string, Partial<Message>, string, string]>([
    ['SERVFAIL', { rcode: 2 }, 'server-failure', 'answered SERVFAIL (asked for example.net MX)'],
    [
      'SERVFAIL with a reason',
      { rcode: 2, ...extended(22, 'ns1 timed out') },
      'server-failure',
      '(no reachable authority: ns1 timed out)',
    ],
    ['SERVFAIL of a validator', { rcode: 2, ...extended(7) }, 'bogus', 'answered SERVFAIL (signature expired)'],
    ['REFUSED', { rcode: 5, ...extended(18) }, 'refused', 'REFUSED (prohibited): it does not answer for example.net'],
    ['NOTAUTH', { rcode: 9 }, 'server-failure', 'answered NOTAUTH'],
    [
      'a referral',
      { authority: [ns('net.')] },
      'outside',
      'is not authoritative for example.net, does not recurse and only points to the name servers of net;',
    ],
    ['a referral to the root', { authority: [ns('.')] }, 'outside', 'of the root;'],
    ['nothing', {}, 'outside', 'is not authoritative for example.net, does not recurse; ask a resolver'],
  ])('%s', async (_, message, reason, words) => {
    const found = await ask({ 'example.net.': message });
    expect(found).toMatchObject({ kind: 'failure', reason, security: 'insecure' });
    expect('detail' in found && found.detail).toContain(words);
  });

  test('is an alias that leads into a zone the server does not hold', async () => {
    const answers = {
      'a.example.net.': {
        authoritative: true,
        answer: [cname('a.example.net.', 'b.example.org.')],
        authority: [ns('org.')],
      },
      'b.example.org.': { authority: [ns('org.')] },
    };
    const found = await ask(answers, 'a.example.net');
    expect(found).toMatchObject({
      reason: 'outside',
      canonical: 'b.example.org',
      aliases: [{ target: 'b.example.org' }],
    });
  });

  test('is what is no name', async () => {
    for (const name of ['', 'a..b', `${'x'.repeat(64)}.net`])
      expect(await ask({}, name)).toMatchObject({ reason: 'malformed' });
  });

  test('is silence; a server that never answered is soon not asked any more', async () => {
    await using server = await fakeServer({});
    const lookup = serverLookup(server, { random: () => 1, timeout: 150 });
    const start = Date.now();
    for (let index = 0; index < 20; index++) {
      const found = await lookup.ask({ name: `n${index}.example.net`, type: TYPE.MX });
      expect(found).toMatchObject({ kind: 'failure', reason: 'timeout' });
    }
    expect(Date.now() - start).toBeLessThan(1500);
    expect(lookup.queries.length).toBe(2);
  });
});

describe('a lookup', () => {
  test('asks the same question once, also at the same time, and tells what it asked', async () => {
    const answers = { 'example.net.': { answer: [mx('example.net.')] }, 'b.example.net.': { rcode: 3 } };
    await withServer(answers, async (lookup) => {
      const asked = ['example.net', 'example.net', 'b.example.net'].map((name) => lookup.ask({ name, type: TYPE.MX }));
      await Promise.all(asked);
      await lookup.ask({ name: 'example.net', type: TYPE.MX });
      expect(lookup.queries).toEqual([
        { name: 'example.net', type: TYPE.MX, outcome: 'NOERROR', transport: 'udp' },
        { name: 'b.example.net', type: TYPE.MX, outcome: 'NXDOMAIN', transport: 'udp' },
      ]);
    });
  });

  test('has at most sixteen questions on their way', async () => {
    let open = 0;
    let most = 0;
    await using server = await fakeServer({
      udp: (query, send) => {
        most = Math.max(most, ++open);
        setTimeout(() => {
          open--;
          send(octets(reply(query, { rcode: 3 })));
        }, 20);
      },
    });
    const lookup = serverLookup(server, { random: () => 1, timeout: 4000, retries: 0 });
    const asked = Array.from({ length: 60 }, (_, index) => lookup.ask({ name: `n${index}.net`, type: TYPE.MX }));
    for (const found of await Promise.all(asked)) expect(found.kind).toBe('nxdomain');
    expect(most).toBeLessThanOrEqual(16);
    expect(most).toBeGreaterThan(1);
  });
});

describe('the address of a server', () => {
  test.each([
    ['127.0.0.1', '127.0.0.1', 53],
    ['127.0.0.1:5300', '127.0.0.1', 5300],
    ['::1', '::1', 53],
    ['[::1]', '::1', 53],
    ['[::1]:65535', '::1', 65535],
    ['2001:db8::53', '2001:db8::53', 53],
    ['fe80::1%lo', 'fe80::1%lo', 53],
    ['::1:5300', '::1:5300', 53],
  ])('%s', (text, address, port) => {
    expect(parseServerAddress(text)).toEqual({ address, port });
  });

  test.each([
    ['localhost:5300', 'write 127.0.0.1:5300 or [::1]:5300'],
    ['localhost', 'write 127.0.0.1 or [::1]'],
    ['ns1.example.net', "'ns1.example.net' is no IP address"],
    ['127.0.0.1:0', "'0' is no port: write a number from 1 to 65535"],
    ['127.0.0.1:65536', "'65536' is no port"],
    ['127.0.0.1:', "'' is no port"],
    ['127.0.0.1:53x', "'53x' is no port"],
    ['[::1]:', "'' is no port"],
    ['[127.0.0.1]:53', 'write 127.0.0.1:53'],
    ['[::1', 'is no IP address'],
    ['[::g]:53', "'::g' is no IPv6 address"],
    [':53', 'the address is missing'],
    ['', 'the address is missing'],
    ['256.0.0.1', 'is no IP address'],
  ])('%s is none', (text, words) => {
    const parsed = parseServerAddress(text);
    expect('problem' in parsed && parsed.problem).toContain(words);
  });
});
