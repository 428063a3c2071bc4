import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answer } from '../../../lib/server/answer.ts';
import type { Transport } from '../../../lib/server/exchange.ts';
import type { Fault, FaultAction, FaultTrigger, QuerySelector } from '../../../lib/server/faults/fault.ts';
import { FaultSet } from '../../../lib/server/faults/fault-set.ts';
import { FAULT_PRESETS } from '../../../lib/server/faults/presets.ts';
import { sentSummary } from '../../../lib/server/faults/sent.ts';
import { TestServer } from '../../../lib/server/test-server.ts';
import { asked, exchange, messageOf, octets } from '../dialogue.ts';
import { faulted, faultSet, OPTIONS, ZONES } from './acting.ts';

const A = 'www.example.net. A';
const drop: FaultAction = { drop: true };

describe('a selector', () => {
  test.each<[QuerySelector, fits: string, doesNot: string]>([
    [{ name: 'WWW.example.net' }, A, 'ns1.example.net. A'],
    [{ name: ['x.example.net.', 'www.example.net.'] }, 'WwW.eXample.net. A', 'a.www.example.net. A'],
    [{ suffix: 'example.net' }, 'example.net. A', 'xexample.net. A'],
    [{ suffix: 'example.net' }, 'a.b.example.net. A', 'example.org. A'],
    [{ suffix: 'net' }, A, '7\\003net.org. A'],
    [{ suffix: 'net' }, A, 'x.abc\\003net. A'],
    [{ suffix: '.' }, A, ''],
    [{ pattern: '^w+\\.example\\.' }, 'WWW.example.net. A', 'ns1.example.net. A'],
    [{ pattern: 'net$' }, A, 'www.net.example. A'],
    [{ type: ['MX', 'cmx'] }, 'example.net. TYPE265', A],
    [{ type: 'TYPE1' }, A, 'www.example.net. AAAA'],
    [{ class: 'CH' }, 'version.bind. TXT CH', 'version.bind. TXT'],
    [{ transport: ['tcp', 'tls'] }, `${A} +tcp`, A],
    [{ edns: false }, A, `${A} +edns`],
    [{ dnssecOk: true }, `${A} +do`, `${A} +edns`],
    [{ recursionDesired: true }, `${A} +rd`, A],
    [{ outcome: 'nodata' }, 'www.example.net. MX', 'none.example.net. MX'],
    [{ name: 'www.example.net', type: 'A', edns: true }, `${A} +edns`, A],
    [{ opcode: ['QUERY', '9'] }, A, ''],
  ])('%j fits %s and not %s', (match, fits, doesNot) => {
    const set = faultSet([{ id: 'f', match, action: drop }]);
    expect(faulted(set, fits)?.faults).toEqual(['f']);
    if (doesNot !== '') expect(faulted(set, doesNot)).toBeUndefined();
  });

  test.each([
    ['192.0.2.0/25', '192.0.2.127', '192.0.2.128'],
    ['192.0.2.1', '::ffff:192.0.2.1', '192.0.2.2'],
    ['2001:db8::/32', '2001:db8:ffff::1%eth0', '2001:db9::1'],
    ['0.0.0.0/0', '198.51.100.7', '::1'],
    ['::/0', '::1', '127.0.0.1'],
  ])('with clients of %s fits %s and not %s', (client, fits, doesNot) => {
    const set = faultSet([{ id: 'f', match: { client }, action: drop }]);
    const from = (address: string) => ({ client: { address, port: 1 } });
    for (let round = 0; round < 2; round++) {
      expect(faulted(set, A, from(fits))?.faults).toEqual(['f']);
      expect(faulted(set, A, from(doesNot))).toBeUndefined();
    }
  });

  test('never fits what gets no answer, and fits broken queries only when it asks for nothing of theirs', () => {
    const set = faultSet([
      { id: 'name', match: { suffix: '.' }, action: drop },
      { id: 'all', action: { rcode: 'REFUSED' } },
    ]);
    const query = octets(asked(A).message);
    const response = query.slice();
    response[2] = 0x80;
    const apply = (bytes: Uint8Array) => set.apply(bytes, answer(bytes, ZONES, exchange(), OPTIONS), exchange(), ZONES);
    expect(apply(response)).toBeUndefined();
    expect(apply(query.subarray(0, 11))).toBeUndefined();
    expect(apply(query.subarray(0, 20))).toMatchObject({ faults: ['all'] });
  });
});

describe('a trigger', () => {
  /** Numbers of the queries that are hit, of the first twelve. */
  const hits = (trigger: FaultTrigger, words: readonly string[] = [A], seed = 1): number[] => {
    const set = faultSet([{ id: 'f', trigger, action: drop }], { seed });
    return Array.from({ length: 12 }, (_, at) => at + 1).filter(
      (number) => faulted(set, words[(number - 1) % words.length] ?? A) !== undefined,
    );
  };

  test.each<[FaultTrigger, number[]]>([
    [{}, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]],
    [{ first: 2 }, [1, 2]],
    [{ nth: 3 }, [3]],
    [{ nth: [2, 5] }, [2, 5]],
    [{ every: 4 }, [4, 8, 12]],
    [{ every: 2, first: 5 }, [2, 4]],
    [{ probability: 0 }, []],
    [{ probability: 1 }, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]],
  ])('%j hits %j', (trigger, expected) => {
    expect(hits(trigger)).toEqual(expected);
  });

  test('counts names or clients for themselves', () => {
    expect(hits({ first: 1, per: 'name' }, [A, 'ns1.example.net. A', 'WWW.example.net. A'])).toEqual([1, 2]);
    const set = faultSet([{ id: 'f', trigger: { nth: 2, per: 'client' }, action: drop }]);
    const from = (address: string) => faulted(set, A, { client: { address, port: 1 } }) !== undefined;
    expect(['a', 'b', 'a', 'b', 'b'].map((each) => from(`192.0.2.${each === 'a' ? 1 : 2}`))).toEqual([
      false,
      false,
      true,
      true,
      false,
    ]);
  });

  test('forgets names that were counted long ago', () => {
    const set = faultSet([{ id: 'f', trigger: { nth: 2, per: 'name' }, action: drop }]);
    const ask = (name: string) => faulted(set, `${name}. A`) !== undefined;
    ask('first');
    for (let at = 0; at < 65_536; at++) ask(`n${at}`);
    expect([ask('first'), ask('n65535'), ask('first')]).toEqual([false, true, true]);
  }, 30_000);

  test('throws with the seed, whatever other faults do', () => {
    const alone = hits({ probability: 0.5 });
    expect(hits({ probability: 0.5 })).toEqual(alone);
    expect([2, 3, 4].some((seed) => hits({ probability: 0.5 }, [A], seed).join() !== alone.join())).toBe(true);
    const other: Fault = { id: 'g', pass: true, trigger: { probability: 0.9 }, action: { delay: { min: 0, max: 9 } } };
    const set = faultSet([other, { id: 'f', trigger: { probability: 0.5 }, action: drop }]);
    const beside = Array.from({ length: 12 }, (_, at) => at + 1).filter(() => faulted(set, A)?.faults.includes('f'));
    expect(beside).toEqual(alone);
    set.reset();
    expect(Array.from({ length: 12 }, (_, at) => at + 1).filter(() => faulted(set, A)?.faults.includes('f'))).toEqual(
      alone,
    );
    const many = faultSet([{ id: 'f', trigger: { probability: 0.3 }, action: drop }]);
    const share =
      Array.from({ length: 4000 }, () => faulted(many, A)).filter((each) => each !== undefined).length / 4000;
    expect(Math.abs(share - 0.3)).toBeLessThan(0.03);
  });

  test('acts from one moment to another, anew after a reset', () => {
    let now = 1000;
    const set = faultSet([{ id: 'f', trigger: { from: 100, until: 200 }, action: drop }], { now: () => now });
    const at = (moment: number): boolean => {
      now = moment;
      return faulted(set, A) !== undefined;
    };
    expect([at(1099), at(1100), at(1199), at(1200)]).toEqual([false, true, true, false]);
    set.reset();
    expect([at(1299), at(1300)]).toEqual([false, true]);
  });
});

describe('steps and states', () => {
  const run = (faults: readonly Fault[], count: number, words = A): (string | undefined)[] => {
    const set = faultSet(faults);
    return Array.from({ length: count }, () => {
      const result = faulted(set, words);
      return result && `${result.faults} ${result.bytes === undefined ? 'none' : messageOf(result.bytes).rcode}`;
    });
  };

  test('steps follow one another, and queries pass where there is no action and behind the last', () => {
    const steps = [{ times: 2, action: { rcode: 2 } }, { times: 1 }, { times: 1, action: { rcode: 5 } }];
    expect(run([{ id: 'f', steps }], 6)).toEqual(['f 2', 'f 2', undefined, 'f 5', undefined, undefined]);
    expect(run([{ id: 'f', steps: [{ times: 1, action: drop }, { action: { rcode: 5 } }] }], 3)).toEqual([
      'f none',
      'f 5',
      'f 5',
    ]);
  });

  test('steps count only what the trigger lets through, for each name when it says so', () => {
    const f: Fault = {
      id: 'f',
      trigger: { every: 2 },
      steps: [
        { times: 1, action: drop },
        { times: 1, action: { rcode: 5 } },
      ],
    };
    expect(run([f], 6)).toEqual([undefined, 'f none', undefined, 'f 5', undefined, undefined]);
    const set = faultSet([{ id: 'f', trigger: { per: 'name' }, steps: [{ times: 1, action: drop }] }]);
    expect([A, A, 'ns1.example.net. A'].map((words) => faulted(set, words) !== undefined)).toEqual([true, false, true]);
  });

  test('a machine goes from state to state, and faults act in theirs', () => {
    const set = faultSet([
      { id: 'down', match: { type: 'SOA' }, state: { machine: 'm', in: 'start', next: 'down' } },
      { id: 'up', match: { type: 'NS' }, state: { machine: 'm', in: ['down'], next: 'start' } },
      { id: 'fails', state: { machine: 'm', in: 'down' }, preset: 'servfail' },
      { id: 'off', enabled: false, state: { machine: 'other' }, preset: 'lame' },
    ]);
    const say = (type: string) => faulted(set, `example.net. ${type}`)?.faults.join() ?? '-';
    expect([...set.states]).toEqual([
      ['m', 'start'],
      ['other', 'start'],
    ]);
    expect(['MX', 'NS', 'SOA', 'MX', 'SOA', 'NS', 'MX'].map(say)).toEqual([
      '-',
      '-',
      'down',
      'fails',
      'fails',
      'up',
      '-',
    ]);
    say('SOA');
    expect(set.states.get('m')).toBe('down');
    set.reset();
    expect([set.states.get('m'), say('MX')]).toEqual(['start', '-']);
    set.remove('off');
    expect([...set.states.keys()]).toEqual(['m']);
  });
});

describe('a set', () => {
  test('has its faults in order, replaced in place, switched on and off', () => {
    const set = new FaultSet({ now: () => 0, seed: 1 });
    expect([set.active, set.list()]).toEqual([false, []]);
    set.add({ id: 'a', action: { rcode: 2 } });
    set.add({ id: 'b', action: { rcode: 5 }, enabled: false });
    expect(faulted(set, A)?.faults).toEqual(['a']);
    expect(set.enable('a', false)).toBe(true);
    expect([set.active, faulted(set, A)]).toEqual([false, undefined]);
    set.enable('b', true);
    expect([set.active, faulted(set, A)?.faults]).toEqual([true, ['b']]);
    set.add({ id: 'a', action: { rcode: 3 } });
    expect([faulted(set, A)?.faults, set.list().map(({ fault, hit }) => [fault.id, hit])]).toEqual([
      ['a'],
      [
        ['a', 1],
        ['b', 1],
      ],
    ]);
    expect(set.add({ id: 'a', match: { type: 'SVR' }, action: drop })).toHaveLength(1);
    expect(faulted(set, A)?.faults).toEqual(['a']);
    expect([set.remove('x'), set.remove('a'), set.enable('a', true)]).toEqual([false, true, false]);
    set.clear();
    expect([set.active, set.list()]).toEqual([false, []]);
  });

  test('counts what fitted and what was hit, from nothing after a reset', () => {
    const set = faultSet([{ id: 'f', match: { type: 'A' }, trigger: { every: 3 }, action: drop }]);
    for (let at = 0; at < 7; at++) faulted(set, A);
    faulted(set, 'example.net. MX');
    expect(set.list()).toMatchObject([{ matched: 7, hit: 2, enabled: true }]);
    set.reset();
    expect(set.list()).toMatchObject([{ matched: 0, hit: 0 }]);
    expect([faulted(set, A), faulted(set, A), faulted(set, A)?.faults]).toEqual([undefined, undefined, ['f']]);
  });
});

describe('a handler', () => {
  const world = { now: () => 0, ticks: () => 0, wait: async () => {} };
  const query = octets(asked(`${A} +edns`).message);

  test('gives octets that leave as they are, or none', async () => {
    const server = new TestServer(ZONES, world);
    server.faults.add({ id: 'f', handler: async (_, answered) => answered.bytes?.slice(0, 5) });
    expect((await server.handle(query, exchange())).bytes).toHaveLength(5);
    server.faults.add({ id: 'f', handler: () => undefined });
    expect((await server.handle(query, exchange())).bytes).toBeUndefined();
    expect(server.history.list().map(({ faults }) => faults)).toEqual([['f'], ['f']]);
  });

  test('may be followed by an action and by other faults', async () => {
    const server = new TestServer(ZONES, world);
    server.faults.add({ id: 'f', pass: true, handler: (_, { bytes }) => bytes, action: { flags: { aa: false } } });
    server.faults.add({ id: 'g', action: { ttl: 5 } });
    const message = messageOf((await server.handle(query, exchange())).bytes);
    expect([message.authoritative, message.answer[0]?.ttl]).toEqual([false, 5]);
  });

  test('that throws is told', async () => {
    const server = new TestServer(ZONES, world);
    server.faults.add({
      id: 'f',
      handler: () => {
        throw new Error('broken');
      },
    });
    await expect(server.handle(query, exchange())).rejects.toThrow('broken');
  });
});

test('a summary tells what was really sent', () => {
  const query = octets(asked(`${A} +edns`).message);
  const { bytes, summary } = answer(query, ZONES, exchange(), OPTIONS);
  expect(sentSummary({ summary, response: bytes, faults: [] })).toBe(summary);
  const sent = (action: FaultAction) => {
    const result = faulted(faultSet([{ id: 'f', action }]), `${A} +edns`);
    return sentSummary({ summary, response: result?.bytes, faults: ['f'] });
  };
  expect(sent({ rcode: 'BADCOOKIE' })).toMatchObject({ rcode: 23, authoritative: false, outcome: 'answer' });
  expect(sent({ truncate: 'udp' })).toMatchObject({ rcode: 0, truncated: true });
  expect(sent(drop)).toMatchObject({ rcode: undefined, answerSize: 0 });
  expect(sent({ octets: { cut: 20 } })).toMatchObject({ rcode: 0, authoritative: true, answerSize: 20 });
});

const names = fc.constantFrom(
  'www.example.net',
  'example.net',
  'none.example.net',
  'sub.example.net',
  'x.sub.example.net',
  'example.org',
  '.',
);
const types = fc.constantFrom('A', 'AAAA', 'MX', 'SRV', 'TYPE265', 'SOA', 'NS', 'ANY', 'AXFR', 'TYPE65280');
const optional = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined });
const known = <Known extends object>(value: object): Known =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as Known;

const actions: fc.Arbitrary<FaultAction> = fc
  .record({
    delay: optional(fc.nat(9)),
    drop: optional(fc.constant(true as const)),
    rcode: optional(fc.nat(4095)),
    deny: optional(fc.constantFrom('nodata' as const, 'nxdomain' as const)),
    answer: optional(fc.constant(['@ A 192.0.2.1', 'x.test. TXT "a"'])),
    referral: optional(fc.constantFrom('root', 'ns.example')),
    ttl: optional(fc.constantFrom('countdown' as const, 0, 0xffffffff)),
    soaMinimum: optional(fc.nat(9)),
    serial: optional(fc.nat(9)),
    records: optional(
      fc.constantFrom(
        { duplicate: true as const, order: 'shuffle' as const },
        { foreign: ['@ MX 1 x.'], section: 'answer' as const },
        { without: ['A', 'SOA'], ownerCase: 'random' as const },
      ),
    ),
    truncate: optional(fc.constantFrom('udp' as const, 'always' as const)),
    flags: optional(fc.constantFrom({ aa: false, qr: false }, { tc: true, opcode: 15 })),
    id: optional(fc.constantFrom('wrong' as const, 3)),
    question: optional(fc.constantFrom('other-name', 'other-type', 'upper', 'lower', 'missing', 'twice')),
    edns: optional(fc.constantFrom('absent', 'formerr', 'badvers', 'drop', 'twice', 'wrong-cookie', 'no-cookie')),
    compress: optional(fc.constantFrom('SRV', 'TYPE265')),
    octets: optional(
      fc.constantFrom(
        { cut: -7 },
        { cut: 3, pointerLoop: true as const },
        { junk: 9, counts: { answers: 9 } },
        { raw: '00' },
      ),
    ),
    copies: optional(fc.integer({ min: 1, max: 9 })),
    connection: optional(
      fc.constantFrom('hang', 'reset', 'close', 'close-after-length', 'half', 'wrong-length', 'close-after'),
    ),
  })
  .map((action) => Object.assign({ flags: { aa: true } }, known(action)) as FaultAction);

const faults: fc.Arbitrary<Omit<Fault, 'id'>> = fc.record({
  match: fc
    .record({
      suffix: optional(names),
      type: optional(types),
      transport: optional(fc.constantFrom<Transport>('udp', 'tcp', 'https')),
    })
    .map((each) => known<QuerySelector>(each)),
  trigger: fc
    .record({ every: optional(fc.integer({ min: 1, max: 3 })), probability: optional(fc.constantFrom(0, 0.5, 1)) })
    .map((each) => known<FaultTrigger>(each)),
  action: actions,
  pass: fc.constant(true as const),
});

const queries = fc
  .tuple(names, types, fc.constantFrom('', ' +edns', ' +do', ' +tcp', ' +tcp +edns', ' +rd'), fc.nat(400), fc.boolean())
  .map(([name, type, flags, at, broken]) => {
    const { message, transport } = asked(`${name.replace(/\.?$/u, '.')} ${type}${flags}`);
    const bytes = octets(message);
    if (broken) bytes[at % bytes.length] = at & 255;
    return { bytes, transport };
  });

test('faults never throw, and an answer that no fault hits is the one of the zones', () => {
  fc.assert(
    fc.property(
      fc.array(faults, { minLength: 1, maxLength: 6 }),
      fc.array(queries, { maxLength: 12 }),
      (given, sent) => {
        const set = faultSet(given.map((fault, at) => ({ ...fault, id: `f${at}` })));
        for (const { bytes, transport } of sent) {
          const at = exchange(transport);
          const answered = answer(bytes, ZONES, at, OPTIONS);
          const before = answered.bytes?.slice();
          const result = set.apply(bytes, answered, at, ZONES);
          expect(result).not.toBeInstanceOf(Promise);
          expect(answered.bytes).toEqual(before);
          if (result === undefined || result instanceof Promise) continue;
          expect(result.faults.length).toBeGreaterThan(0);
          const hit = result.faults.map((id) => given[Number(id.slice(1))]?.action ?? {});
          const isSpecial = hit.some(({ octets: octet, edns, compress }) => octet ?? (edns === 'twice' || compress));
          if (transport === 'udp' && !isSpecial) expect(result.bytes?.length ?? 0).toBeLessThanOrEqual(1232);
        }
      },
    ),
    { numRuns: 300 },
  );
});

test('the same seed and the same queries have the same faults', () => {
  const all = FAULT_PRESETS.map(({ name }) => ({ id: name, preset: name, pass: true as const }));
  fc.assert(
    fc.property(fc.array(queries, { maxLength: 10 }), fc.nat(5), (sent, seed) => {
      const run = (): unknown[] => {
        const set = faultSet(all, { seed });
        return sent.map(({ bytes, transport }) =>
          set.apply(bytes, answer(bytes, ZONES, exchange(transport), OPTIONS), exchange(transport), ZONES),
        );
      };
      expect(run()).toEqual(run());
    }),
    { numRuns: 50 },
  );
});
