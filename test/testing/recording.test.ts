import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DnsServer, startDnsServer, zone } from '../../lib/testing/index.ts';
import { Recording } from '../../lib/testing/recording.ts';
import { circleOf } from '../../lib/testing/upstream.ts';
import { RCODE } from '../../lib/wire/codes.ts';
import { OPTION } from '../../lib/wire/edns.ts';

let real: DnsServer;
beforeAll(async () => {
  real = await startDnsServer({
    answers: { cookieSecrets: [new Uint8Array(16)] },
    zones: [
      zone('real.test')`
        www  A    192.0.2.1
        www  A    192.0.2.2
        big  TXT  ${'"'.concat('x'.repeat(250), '" ').repeat(8)}
      `,
    ],
  });
});
afterAll(() => real.close());

/** What a server before the real one has recorded after some questions. */
async function recorded(ask: (front: DnsServer) => Promise<unknown>): Promise<string[]> {
  const lines: string[] = [];
  await using front = await startDnsServer({
    unmatched: { upstream: real.server, record: (line) => void lines.push(line) },
  });
  await ask(front);
  return lines;
}

describe('a recording', () => {
  test('has each question once, and again when the answer is another one', async () => {
    const lines = await recorded(async ({ client }) => {
      for (const name of ['www.real.test', 'WWW.real.test']) await client.query(name, 'A');
      await client.query('www.real.test', 'A', { dnssec: true });
      const match = { name: 'www.real.test' };
      const shuffled = real.use({ match, action: { ttl: 7, records: { order: 'reverse' } } });
      await client.query('www.real.test', 'A');
      shuffled.remove();
      real.use({ match, action: { answer: ['@ 7 A 192.0.2.1'] } });
      await client.query('www.real.test', 'A');
      real.reset();
    });
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      {
        name: 'www.real.test.',
        type: 'A',
        class: 'IN',
        do: false,
        rcode: 'NOERROR',
        answer: ['www.real.test. 3600 IN A 192.0.2.1', 'www.real.test. 3600 IN A 192.0.2.2'],
      },
      { do: true },
      { do: false, answer: ['www.real.test. 7 IN A 192.0.2.1'] },
    ]);
    expect(lines.every((line) => line.endsWith('}\n'))).toBe(true);
  });

  test('has no more than the server has sent: FORMERR with the header alone', async () => {
    const bare = Buffer.from([0, 0, 0x80, 1, 0, 0, 0, 0, 0, 0, 0, 0]).toString('base64');
    const line = JSON.stringify({ name: 'old.test.', type: 'A', class: 'IN', do: false, response: bare });
    await using replay = await startDnsServer({ unmatched: { replay: line } });
    const { message, rcode } = await replay.client.query('old.test', 'A');
    expect([rcode, message.questions, message.edns]).toEqual(['FORMERR', [], undefined]);
  });

  test('is answered with the id and the spelling of the query, whole or cut, and nothing else is', async () => {
    const lines = await recorded(async ({ client }) => {
      await client.query('www.REAL.test', 'A');
      await client.query('big.real.test', 'TXT', { transport: 'udp' });
      await client.query('none.real.test', 'A');
    });
    await using replay = await startDnsServer({ unmatched: { replay: lines } });
    const { client } = replay;
    const asked = await client.query('wWw.real.TEST', 'A', { edns: false });
    expect(asked.answers).toEqual(['wWw.real.TEST. 3600 IN A 192.0.2.1', 'wWw.real.TEST. 3600 IN A 192.0.2.2']);
    expect(asked.message.edns).toBeUndefined();
    expect((await client.query('none.real.test', 'A')).rcode).toBe('NXDOMAIN');
    const whole = await client.query('big.real.test', 'TXT');
    expect([whole.transport, whole.answers.length, whole.size > 2000]).toEqual(['tcp', 1, true]);
    expect((await client.query('big.real.test', 'TXT', { transport: 'udp' })).truncated).toBe(true);
    expect(replay.unmatched).toEqual([]);
    const other = await client.query('www.real.test', 'A', { dnssec: true });
    expect([other.rcode, other.errors]).toEqual([
      'REFUSED',
      ['www.real.test. A with DO was not recorded; it was without DO'],
    ]);
    const silent = await client.query('www.real.test', 'MX');
    expect([silent.rcode, silent.errors]).toEqual(['REFUSED', ['www.real.test. MX was not recorded']]);
    expect(replay.queries({ outcome: 'forwarded' })).toHaveLength(5);
    expect(replay.queries({ outcome: 'outside' })).toHaveLength(2);
    expect(replay.unmatched).toHaveLength(2);
  });

  test('is asked first, and then the server behind it', async () => {
    const lines = await recorded(({ client }) => client.query('www.real.test', 'A'));
    await using front = await startDnsServer({ unmatched: { replay: lines.join(''), upstream: real.server } });
    const before = real.queries().length;
    expect((await front.client.query('www.real.test', 'A')).rcode).toBe('NOERROR');
    expect(real.queries()).toHaveLength(before);
    expect((await front.client.query('else.real.test', 'A')).rcode).toBe('NXDOMAIN');
    expect(real.queries()).toHaveLength(before + 1);
  });

  test('is refused with the lines that are wrong', async () => {
    const [good = ''] = await recorded(({ client }) => client.query('www.real.test', 'A'));
    const changed = (change: object): string => JSON.stringify({ ...JSON.parse(good), ...change });
    const lines = [
      good.trim(),
      'x',
      '7',
      changed({ name: 'a..b' }),
      changed({ type: 'MXX' }),
      changed({ class: 7 }),
      changed({ do: 'no' }),
      changed({ response: 'AAA' }),
      changed({ response: 'AAAA' }),
      changed({ response: Buffer.from(`000000${'00'.repeat(9)}`, 'hex').toString('base64') }),
      '',
      changed({ name: 'other.test' }),
    ];
    const { name, type, class: rrClass, do: dnssecOk, response } = JSON.parse(good);
    const least = JSON.stringify({ name, type, class: rrClass, do: dnssecOk, response });
    expect(new Recording().read(least)).toEqual([]);
    const problems = new Recording().read(lines.join('\r\n'));
    expect(problems.map(({ line, message }) => `${line} ${message}`)).toEqual([
      expect.stringMatching(/^2 this is no JSON: /u),
      '3 expected an object with name, type, class, do and response',
      expect.stringMatching(/^4 "name" is no domain name: /u),
      '5 "type" has to be a type such as MX or TYPE265',
      '6 "class" has to be a class such as IN',
      '7 "do" has to be true or false',
      '8 "response" has to be a DNS message in base64',
      expect.stringMatching(/^9 "response" is no DNS message: /u),
      '10 "response" is a query, not a response',
      '12 "response" is for www.real.test. A, not for other.test. A',
    ]);
    await expect(startDnsServer({ unmatched: { replay: lines.join('\n') } })).rejects.toThrow('\n  line 2: this is no');
  });
});

describe('a server behind a server', () => {
  test('gets no cookies of clients, and what it says gives none', async () => {
    await using front = await startDnsServer({ unmatched: { upstream: real.server } });
    const options = [{ code: OPTION.COOKIE, data: new Uint8Array(8) }];
    const edns = { udpSize: 1232, version: 0, dnssecOk: false, flags: 0, options };
    const asked = await front.client.query('www.real.test', 'A', { message: { edns } });
    expect(asked.rcode).toBe('NOERROR');
    expect(asked.message.edns?.options).toEqual([]);
    const [last] = real.tested.history.list().slice(-1);
    expect(last?.summary.edns?.options).toEqual([]);
  });

  test.each(['forwarded', 'replayed'] as const)('has cookies of its own in what is %s', async (how) => {
    const replay = await recorded(({ client }) => client.query('www.real.test', 'A'));
    await using front = await startDnsServer({
      requireCookie: true,
      unmatched: how === 'replayed' ? { replay } : { upstream: real.server },
    });
    const ask = (data: Uint8Array) => {
      const edns = { udpSize: 1232, version: 0, dnssecOk: false, flags: 0, options: [{ code: OPTION.COOKIE, data }] };
      return front.client.query('www.real.test', 'A', { message: { edns }, transport: 'udp' });
    };
    const refused = await ask(new Uint8Array(8));
    expect(refused.rcode).toBe('BADCOOKIE');
    const [cookie] = refused.message.edns?.options ?? [];
    const answered = await ask(cookie?.data ?? new Uint8Array(8));
    expect([answered.rcode, answered.answers.length]).toEqual(['NOERROR', 2]);
    expect(answered.message.edns?.options).toEqual([cookie]);
    expect(front.queries({ outcome: 'forwarded' })).toHaveLength(1);
  });

  test('is asked for no transfers, whose messages may be many', async () => {
    await using front = await startDnsServer({ unmatched: { upstream: real.server } });
    const before = real.queries().length;
    for (const type of ['AXFR', 'IXFR']) {
      const asked = await front.client.query('real.test', type, { transport: 'tcp' });
      expect(asked.rcode).toBe('NOTAUTH');
    }
    expect(real.queries()).toHaveLength(before);
  });

  test('is told of with its whole response code', async () => {
    await using front = await startDnsServer({ unmatched: { upstream: real.server } });
    const refusing = real.on({ name: 'codes.real.test' }).rcode('BADCOOKIE');
    expect((await front.client.query('codes.real.test', 'A')).rcode).toBe('BADCOOKIE');
    expect(front.tested.history.list().map(({ summary }) => summary.rcode)).toEqual([RCODE.BADCOOKIE]);
    refusing.remove();
  });

  test('may say more than a datagram holds', async () => {
    const edns = { udpSize: 65_535, version: 0, dnssecOk: false, flags: 0, options: [] };
    const text = `"${'x'.repeat(250)}"`;
    const records = Array.from({ length: 243 }, (_, at) => `@ TXT "${String(at).padStart(5, '0')}" ${text}`);
    records.push(`@ TXT "last" "${'x'.repeat(90)}"`);
    const large = real.use({ match: { name: 'large.real.test' }, action: { answer: records } });
    const replay = await recorded(({ client }) => client.query('large.real.test', 'TXT', { transport: 'tcp' }));
    large.remove();
    await using front = await startDnsServer({ unmatched: { replay } });
    const whole = await front.client.query('large.real.test', 'TXT', { transport: 'tcp', message: { edns } });
    expect(whole.size).toBeGreaterThan(65_507);
    const cut = await front.client.query('large.real.test', 'TXT', { transport: 'udp', message: { edns } });
    expect(cut.truncated).toBe(true);
  });

  test.each([
    ['127.0.0.1', '127.0.0.1', true],
    ['127.0.0.1', '0.0.0.0', true],
    ['127.0.0.9', '0.0.0.0', true],
    ['::ffff:127.0.0.1', '127.0.0.1', true],
    ['0.0.0.0', '127.0.0.1', true],
    ['::1', '::', true],
    ['::1', '127.0.0.1', false],
    ['127.0.0.2', '127.0.0.1', false],
    ['192.0.2.1', '0.0.0.0', false],
  ])('%s while it listens at %s', (address, listening, isCircle) => {
    const places = [{ transport: 'udp', address: listening, port: 5300 }] as const;
    expect(circleOf({ address, port: 5300 }, places) !== undefined).toBe(isCircle);
    expect(circleOf({ address, port: 5301 }, places)).toBeUndefined();
  });

  test('is not the server itself', async () => {
    const listen = { port: 5399 };
    const starting = startDnsServer({ listen, unmatched: { upstream: '127.0.0.1:5399' } });
    await expect(starting).rejects.toThrow('127.0.0.1:5399 is this server itself');
  });

  test('is not waited for at the end', async () => {
    await using slow = await startDnsServer();
    slow.on({}).drop();
    const front = await startDnsServer({ unmatched: { upstream: slow.server } });
    const asked = front.client.query('www.slow.test', 'A', { transport: 'udp' });
    await slow.waitForQuery();
    const start = performance.now();
    await front.close();
    expect(performance.now() - start).toBeLessThan(1000);
    expect((await asked).rcode).toBe('SERVFAIL');
  });

  test('is not waited for by more than some hundreds', async () => {
    await using slow = await startDnsServer({ zones: { 'slow.test': '@ TXT slow' } });
    slow.on({}).drop();
    await using front = await startDnsServer({ unmatched: { upstream: slow.server } });
    const each = Array.from({ length: 520 }, (_, index) =>
      front.client.query(`n${index}.slow.test`, 'A', { timeout: 8000 }).then(
        ({ errors }) => errors[0] ?? '',
        () => 'lost',
      ),
    );
    const said = await Promise.all(each);
    expect(said.filter((text) => text.includes('500 queries wait'))).not.toEqual([]);
    expect(said.filter((text) => text.includes('did not answer within 3 s')).length).toBeGreaterThan(400);
  }, 20_000);
});
