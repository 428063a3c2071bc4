import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type DnsServer, type FakeClock, fakeClock, rr, startDnsServer, zone } from '../../lib/testing/index.ts';
import '../../lib/testing/vitest.ts';

let dns: DnsServer;
let clock: FakeClock;
beforeEach(async () => {
  clock = fakeClock();
  dns = await startDnsServer({
    clock,
    seed: 42,
    zones: [
      zone('example.test')`
        @               MX   10 mx1
        _smtp-tls._tcp  SRV  0 0 842 mx1
        mx1             A    127.0.0.11
        *.many          A    127.0.0.12
      `,
    ],
  });
});
afterEach(() => dns.close());

const rcode = async (name = 'mx1.example.test', type = 'A'): Promise<string> =>
  (await dns.client.query(name, type)).rcode;

/** RCODEs of as many queries. */
async function rcodes(count: number, name?: string): Promise<string> {
  const found: string[] = [];
  for (let left = count; left > 0; left--) found.push((await rcode(name))[0] ?? '');
  return found.join('');
}

describe('rules are hit', () => {
  test('once, the first, each of some numbers, every so manyth', async () => {
    const once = dns.on({ type: 'A' }).once().servfail();
    expect(await rcodes(3)).toBe('SNN');
    expect([once.hits, once.matched, once.seen.length]).toEqual([1, 3, 1]);
    expect(once.remove()).toBe(true);
    expect(once.remove()).toBe(false);
    const first = dns.on({ type: 'A' }).first(2).refused();
    expect(await rcodes(3)).toBe('RRN');
    first.remove();
    const nth = dns.on({ type: 'A' }).nth(2, 4).servfail();
    expect(await rcodes(5)).toBe('NSNSN');
    nth.remove();
    dns.on({ type: 'A' }).every(3).servfail();
    expect(await rcodes(6)).toBe('NNSNNS');
  });

  test('by chance, the same with the same seed', async () => {
    dns.on({ type: 'A' }).probability(0.5).servfail();
    const found = await rcodes(20);
    dns.tested.faults.reset();
    expect(found).toMatch(/^(?=.*S)(?=.*N)/);
    expect(await rcodes(20)).toBe(found);
  });

  test('between two times', async () => {
    dns.on({ type: 'A' }).between(1000, 2000).servfail();
    expect(await rcode()).toBe('NOERROR');
    await clock.advance(1500);
    expect(await rcode()).toBe('SERVFAIL');
    await clock.advance(1000);
    expect(await rcode()).toBe('NOERROR');
  });

  test('in a state of a machine, which rules move', async () => {
    dns.on({ type: 'A' }).inState('server', 'start').moveTo('server', 'down').servfail();
    dns.on({ type: 'A' }).inState('server', 'down').moveTo('server', 'up').refused();
    expect(await rcodes(3)).toBe('SRN');
    expect(() => dns.on().inState('a', 'start').moveTo('b', 'x')).toThrow("a rule belongs to one machine, here 'a'");
  });

  test('counting each name for itself', async () => {
    dns.on({ suffix: 'many.example.test' }).first(1).per('name').servfail();
    expect(await rcodes(2, 'a.many.example.test')).toBe('SN');
    expect(await rcodes(2, 'b.many.example.test')).toBe('SN');
  });

  test('while they are switched on', async () => {
    const rule = dns.on({ type: 'A' }).servfail().disable();
    expect(await rcode()).toBe('NOERROR');
    rule.enable();
    expect(await rcode()).toBe('SERVFAIL');
    rule.remove();
    expect(() => rule.enable()).toThrow('rule rule-1 is removed');
  });
});

describe('rules do', () => {
  test('one step after the other', async () => {
    const flaky = dns
      .on({ type: 'A' })
      .first(2)
      .servfail()
      .next()
      .refused()
      .next()
      .times(2)
      .nxdomain()
      .next()
      .passThrough();
    expect(flaky.fault.steps?.map(({ times }) => times)).toEqual([2, 1, 2, undefined]);
    const found: string[] = [];
    for (let left = 6; left > 0; left--) found.push(await rcode());
    expect(found).toEqual(['SERVFAIL', 'SERVFAIL', 'REFUSED', 'NXDOMAIN', 'NXDOMAIN', 'NOERROR']);
    expect(() =>
      dns
        .on()
        .respond(() => null)
        .next(),
    ).toThrow('no step can follow');
  });

  test('a last step for ever when nothing else is said', async () => {
    dns
      .on({ type: 'A' })
      .first(1)
      .servfail()
      .next()
      .reply({ answer: [rr.a('mx1', '192.0.2.7')] });
    await rcode();
    const answers = [await dns.client.query('mx1.example.test', 'A'), await dns.client.query('mx1.example.test', 'A')];
    expect(answers.map((each) => each.answers)).toEqual(
      Array.from({ length: 2 }, () => ['mx1.example.test. 60 IN A 192.0.2.7']),
    );
  });

  test('denials with the SOA of the zone', async () => {
    dns.on({ type: 'A' }).nodata();
    dns.on({ type: 'MX' }).nxdomain();
    const [nodata, nxdomain] = [
      await dns.client.query('mx1.example.test', 'A'),
      await dns.client.query('example.test', 'MX'),
    ];
    expect([nodata.rcode, nodata.answers, nodata.authority.length]).toEqual(['NOERROR', [], 1]);
    expect([nxdomain.rcode, nxdomain.answers, nxdomain.authority.length]).toEqual(['NXDOMAIN', [], 1]);
  });

  test('truncation, which TCP helps', async () => {
    dns.on({ type: 'A' }).truncate();
    const answer = await dns.client.query('mx1.example.test', 'A');
    expect([answer.transport, answer.answers.length]).toEqual(['tcp', 1]);
    expect((await dns.client.query('mx1.example.test', 'A', { transport: 'udp' })).truncated).toBe(true);
  });

  test('delays by the clock of the server, and drops', async () => {
    dns.on({ type: 'A' }).delay(5000);
    dns.on({ type: 'MX' }).drop();
    const asked = dns.client.query('mx1.example.test', 'A');
    await clock.untilWaiting();
    await clock.advance(4999);
    expect(clock.waiting).toBe(1);
    await clock.advance(1);
    expect((await asked).answers).toHaveLength(1);
    expect(dns.queries({ type: 'A' })[0]?.ms).toBe(5000);
    await expect(dns.client.query('example.test', 'MX', { timeout: 50 })).rejects.toThrow('MX example.test: 127.0.0.1');
    expect(dns.queries({ type: 'MX', answered: false })).toHaveLength(1);
  });

  test('replies of records, relative to the zone of the rule', async () => {
    dns
      .on({ name: 'new.example.test' })
      .reply({ rcode: 'NOERROR', answer: [rr.mx('new', 5, 'mx1'), 'new 7 MX 6 mx2'] });
    expect((await dns.client.query('new.example.test', 'MX')).answers).toEqual([
      'new.example.test. 60 IN MX 5 mx1.example.test.',
      'new.example.test. 7 IN MX 6 mx2.example.test.',
    ]);
    dns.addZone(zone('other.test')`@ TXT x`);
    expect(() => dns.on({ type: 'A' }).reply({ answer: ['www A 192.0.2.1'] })).toThrow(
      'www A 192.0.2.1: a relative name belongs to no zone here; write it with its final dot',
    );
    expect(() => dns.on({ type: 'A' }).reply({ answer: [rr.a('www', '192.0.2.1')] })).toThrow('www A');
  });

  test('nothing, and keep other rules from acting', async () => {
    const pass = dns.on({ name: 'mx1.example.test' }).passThrough();
    dns.on({ type: 'A' }).servfail();
    expect(await rcode()).toBe('NOERROR');
    expect(await rcode('a.many.example.test')).toBe('SERVFAIL');
    expect(pass.hits).toBe(1);
  });

  test('several things, and let others act', async () => {
    dns.on({ type: 'A' }).andOthers().action({ ttl: 1 });
    dns.on({ type: 'A' }).action({ flags: { aa: false } });
    const answer = await dns.client.query('mx1.example.test', 'A');
    expect([answer.authoritative, answer.answers]).toEqual([false, ['mx1.example.test. 1 IN A 127.0.0.11']]);
    expect(answer.errors.join()).toContain('rule-1');
  });

  test('count TTLs down by the clock of the server', async () => {
    dns.on({ type: 'A' }).action({ ttl: 'countdown' });
    await clock.advance(100_000);
    expect((await dns.client.query('mx1.example.test', 'A')).answers[0]).toContain(' 3500 ');
  });

  test('presets, and what is given as data', async () => {
    const rule = dns.use({ id: 'mine', match: { type: 'MX' }, action: { rcode: 'REFUSED' } });
    expect(await rcode('example.test', 'MX')).toBe('REFUSED');
    expect([rule.id, rule.hits]).toEqual(['mine', 1]);
    const { name } = (await import('../../lib/server/faults/presets.ts')).FAULT_PRESETS[0] ?? { name: '' };
    expect(dns.preset(name, { type: 'TXT' }).fault).toMatchObject({ preset: name, match: { type: 'TXT' } });
  });

  test.each<[string, () => unknown, string]>([
    ['a type', () => dns.on({ type: 'AX' }).servfail(), 'rule rule-1 cannot be used:\n  match.type is "AX"'],
    ['a code', () => dns.on().rcode('SERVFALE'), 'action.rcode'],
    ['a preset', () => dns.preset('nothing-of-the-kind'), 'preset is "nothing-of-the-kind"'],
    ['a chance', () => dns.on().probability(2).servfail(), 'trigger.probability'],
  ])('and tell of %s that is none', (_, make, says) => {
    expect(make).toThrow(says);
  });
});

describe('rules answer in code', () => {
  test('with packets in the shape of dns-packet', async () => {
    dns.on({ type: 'CLIENTMX' }).respond((query, _, { transport }) => ({
      answers: [
        {
          name: query.questions[0]?.name ?? '',
          type: 'CLIENTMX',
          ttl: 5,
          data: { preference: 1, exchange: `${transport}.test` },
        },
      ],
    }));
    const answer = await dns.client.query('example.test', 'CLIENTMX');
    expect([answer.rcode, answer.authoritative, answer.answers]).toEqual([
      'NOERROR',
      true,
      ['example.test. 5 IN CLIENTMX 1 udp.test.'],
    ]);
  });

  test('by changing the answer of the zones, or by leaving it', async () => {
    dns.on({ type: 'A' }).respond((_, answer) => {
      for (const record of answer.answers) record.ttl = 7;
    });
    dns.on({ type: 'MX' }).respond(() => {});
    expect((await dns.client.query('mx1.example.test', 'A')).answers).toEqual(['mx1.example.test. 7 IN A 127.0.0.11']);
    expect((await dns.client.query('example.test', 'MX')).additional).toHaveLength(1);
  });

  test('with a response code, with octets, with nothing at all, and later', async () => {
    dns.on({ type: 'A' }).respond((_, answer) => ({ ...answer, rcode: 'REFUSED', answers: [] }));
    dns.on({ type: 'MX' }).respond(async () => null);
    dns.on({ type: 'TXT' }).respond((query) => Uint8Array.of(query.id >> 8, query.id, 0x84, 3, 0, 0, 0, 0, 0, 0, 0, 0));
    expect(await rcode()).toBe('REFUSED');
    await expect(dns.client.query('example.test', 'MX', { timeout: 50 })).rejects.toThrow('did not answer');
    await dns.client.query('example.test', 'TXT', { timeout: 50 }).catch(() => undefined);
    expect(dns.queries({ type: 'TXT', rcode: 'NXDOMAIN' })).toHaveLength(1);
  });

  test('that is cut for those who can take no more, and asked again over TCP', async () => {
    dns.on({ type: 'TXT' }).respond((query) => ({
      answers: Array.from({ length: 20 }, (_, index) => ({
        name: query.questions[0]?.name ?? '',
        type: 'TXT',
        data: [`${index} ${'x'.repeat(200)}`],
      })),
    }));
    const answer = await dns.client.query('example.test', 'TXT', { edns: false });
    expect([answer.transport, answer.answers.length]).toEqual(['tcp', 20]);
  });

  test('and what they throw is SERVFAIL, told by verify', async () => {
    dns.on({ type: 'A' }).respond(() => {
      throw new Error('my mistake');
    });
    expect(await rcode()).toBe('SERVFAIL');
    expect(() => dns.verify()).toThrow('a responder failed: Error: my mistake');
    dns.reset();
    dns.verify();
  });
});
