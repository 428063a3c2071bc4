import { describe, expect, test } from 'vitest';
import { TYPE } from '../../../lib/rr/types.ts';
import type { FaultAction } from '../../../lib/server/faults/fault.ts';
import { FAULT_PRESETS } from '../../../lib/server/faults/presets.ts';
import { decodeMessage } from '../../../lib/wire/decode.ts';
import { OPTION } from '../../../lib/wire/edns.ts';
import type { Message } from '../../../lib/wire/message.ts';
import { asked, EDNS, messageOf, octets, query, served, told } from '../dialogue.ts';
import { acted, actedLines, errorsOf, faulted, faultedMessage, faultSet, ZONES } from './acting.ts';

const SOA = 'authority example.net. 600 SOA ns1.example.net. hostmaster.example.net. 7 7200 1800 1209600 600';
const WWW = ['answer www.example.net. 3600 A 192.0.2.80', 'answer www.example.net. 3600 A 192.0.2.81'];
const A = 'www.example.net. A';

/** What an action makes of the answer to a query, in lines. */
const LINES: readonly (readonly [action: FaultAction, asked: string, lines: readonly string[]])[] = [
  [{ rcode: 'SERVFAIL' }, A, ['SERVFAIL']],
  [{ rcode: 'refused' }, `${A} +rd`, ['REFUSED rd']],
  [{ rcode: 'NXDOMAIN' }, A, ['NXDOMAIN aa']],
  [{ rcode: 'BADCOOKIE' }, `${A} +edns`, ['BADCOOKIE']],
  [{ rcode: 'BADCOOKIE' }, A, ['SERVFAIL']],
  [{ rcode: 4095 }, `${A} +edns`, ['RCODE4095']],
  [{ deny: 'nodata' }, A, ['NOERROR aa', SOA]],
  [{ deny: 'nxdomain' }, A, ['NXDOMAIN aa', SOA]],
  [{ deny: 'nxdomain' }, 'x.example.org. A', ['NXDOMAIN aa']],
  [{ deny: 'nodata', soaMinimum: 5 }, A, ['NOERROR aa', SOA.replaceAll('600', '5').replace('12095', '1209600')]],
  [
    { answer: ['@ 60 A 192.0.2.9', 'b.example. TXT "x"'] },
    A,
    ['NOERROR aa', 'answer www.example.net. 60 A 192.0.2.9', 'answer b.example. 3600 TXT "x"'],
  ],
  [{ answer: ['@ A 192.0.2.9'] }, 'none.example.net. A', ['NOERROR aa', 'answer none.example.net. 3600 A 192.0.2.9']],
  [
    { referral: ['ns.other.example', 'ns2.other.example.'] },
    A,
    [
      'NOERROR',
      'authority example.net. 3600 NS ns.other.example.',
      'authority example.net. 3600 NS ns2.other.example.',
    ],
  ],
  [{ ttl: 0 }, A, ['NOERROR aa', ...WWW.map((line) => line.replace('3600', '0'))]],
  [{ ttl: 0x80000000 }, 'none.example.net. A', ['NXDOMAIN aa', SOA]],
  [{ ttl: 'countdown' }, A, ['NOERROR aa', ...WWW]],
  [
    { serial: 4294967295 },
    'example.net. SOA',
    [
      'NOERROR aa',
      'answer example.net. 3600 SOA ns1.example.net. hostmaster.example.net. 4294967295 7200 1800 1209600 600',
    ],
  ],
  [{ records: { duplicate: true } }, A, ['NOERROR aa', WWW[0] ?? '', ...WWW]],
  [
    { records: { order: 'reverse' } },
    'alias.example.net. A',
    ['NOERROR aa', ...[...WWW].reverse(), 'answer alias.example.net. 3600 CNAME www.example.net.'],
  ],
  [
    { records: { foreign: ['bank.example. A 192.0.2.6'] } },
    A,
    ['NOERROR aa', ...WWW, 'additional bank.example. 3600 A 192.0.2.6'],
  ],
  [
    { records: { foreign: ['@ NS bank.example'], section: 'authority' } },
    A,
    ['NOERROR aa', ...WWW, 'authority www.example.net. 3600 NS bank.example.'],
  ],
  [
    { records: { without: ['AAAA', 'A'] } },
    'example.net. MX',
    ['NOERROR aa', 'answer example.net. 3600 MX 10 mx.example.net.'],
  ],
  [
    { records: { ownerCase: 'upper' } },
    A,
    ['NOERROR aa', ...WWW.map((line) => line.replace('www.example.net', 'WWW.EXAMPLE.NET'))],
  ],
  [{ truncate: 'udp' }, A, ['NOERROR aa tc']],
  [{ truncate: 'always' }, `${A} +tcp`, ['NOERROR aa tc']],
  [{ flags: { aa: false, tc: true } }, A, ['NOERROR tc', ...WWW]],
];

describe('an action', () => {
  test.each(LINES)('%j done to %s', (action, words, lines) => {
    expect(actedLines(action, words)).toEqual(lines);
  });

  test.each<[FaultAction, Partial<Message>]>([
    [{ flags: { qr: false } }, { response: false }],
    [{ flags: { ra: true, ad: true, opcode: 9 } }, { recursionAvailable: true, authenticData: true, opcode: 9 }],
    [{ id: 7 }, { id: 7 }],
    [{ question: 'missing' }, { questions: [] }],
    [{ question: 'other-type' }, { questions: [{ ...query('www.example.net. AAAA').questions[0]! }] }],
    [{ question: 'twice' }, { questions: [query(A).questions[0]!, query(A).questions[0]!] }],
    [{ question: 'upper' }, { questions: query('WWW.EXAMPLE.NET. A').questions }],
    [{ question: 'other-name' }, { questions: query('xww.example.net. A').questions }],
  ])('%j changes the header or the question', (action, expected) => {
    expect(messageOf(acted(action, A)?.bytes)).toMatchObject({ ...expected, answer: [{}, {}] });
  });

  test('may have another id, another spelling or another order, always the same with one seed', () => {
    const action: FaultAction = { id: 'wrong', records: { order: 'shuffle', ownerCase: 'random' } };
    const run = (seed: number): string[] => {
      const set = faultSet([{ id: 'f', action }], { seed });
      return Array.from({ length: 5 }, () => Buffer.from(faulted(set, A)?.bytes ?? []).toString('hex'));
    };
    expect(run(1)).toEqual(run(1));
    expect(run(1)).not.toEqual(run(2));
    const ids = run(3).map((hex) => Number.parseInt(hex.slice(0, 4), 16));
    expect(ids).not.toContain(4711);
    expect(new Set(run(3).map((hex) => hex.slice(4))).size).toBeGreaterThan(1);
  });

  test('counts TTL down from the start on', () => {
    let now = 5000;
    const set = faultSet([{ id: 'f', action: { ttl: 'countdown' } }], { now: () => now });
    const ttl = (): number | undefined => messageOf(faulted(set, A)?.bytes).answer[0]?.ttl;
    expect(ttl()).toBe(3600);
    now += 100_900;
    expect(ttl()).toBe(3500);
    now += 10_000_000;
    expect(ttl()).toBe(0);
  });

  test('refers to the root', () => {
    const { authority, authoritative } = messageOf(acted({ referral: 'root' }, A)?.bytes);
    expect([authoritative, authority.length, authority[0]?.name]).toEqual([false, 13, Uint8Array.of(0)]);
  });
});

describe('EDNS', () => {
  const cookie = { code: OPTION.COOKIE, data: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8) };
  const withCookie = { ...query(A), edns: { ...EDNS, options: [cookie] } };
  const made = (edns: NonNullable<FaultAction['edns']>) =>
    faultedMessage(faultSet([{ id: 'f', action: { edns } }]), withCookie);
  const cookieOf = (message: Message): Uint8Array | undefined =>
    message.edns?.options.find(({ code }) => code === OPTION.COOKIE)?.data;

  test.each([
    ['absent', 0, 2],
    ['formerr', 1, 0],
    ['notimp', 4, 0],
    ['refused', 5, 0],
  ] as const)('%s has no OPT', (edns, rcode, records) => {
    const message = messageOf(made(edns)?.bytes);
    expect([message.edns, message.rcode, message.answer.length]).toEqual([undefined, rcode, records]);
    // Who does not use EDNS has no trouble.
    expect(acted({ edns }, A)).toBeUndefined();
  });

  test('may be missing, twice, of no version or unanswered', () => {
    expect(messageOf(made('badvers')?.bytes)).toMatchObject({ rcode: 16, edns: { version: 0 }, answer: [] });
    expect(decodeMessage(made('twice')?.bytes ?? new Uint8Array(0))).toMatchObject({ problem: { code: 'edns-twice' } });
    expect(made('drop')).toMatchObject({ bytes: undefined, faults: ['f'] });
  });

  test('may carry a wrong cookie or none, which only those see who have one', () => {
    const right = cookieOf(messageOf(faultedMessage(faultSet([{ id: 'f', action: { delay: 1 } }]), withCookie)?.bytes));
    expect(right?.slice(0, 8)).toEqual(cookie.data);
    const wrong = cookieOf(messageOf(made('wrong-cookie')?.bytes));
    expect([wrong?.length, wrong?.slice(0, 8)]).toEqual([24, cookie.data.map((octet) => octet ^ 0xff)]);
    expect(cookieOf(messageOf(made('no-cookie')?.bytes))).toBeUndefined();
    expect(acted({ edns: 'wrong-cookie' }, `${A} +edns`)).toBeUndefined();
  });
});

describe('octets', () => {
  const plain = acted({ delay: 1 }, A)?.bytes ?? new Uint8Array(0);
  const made = (action: NonNullable<FaultAction['octets']>, words = A): Uint8Array =>
    acted({ octets: action }, words)?.bytes ?? new Uint8Array(0);

  test('are cut, followed by others, or counted wrongly', () => {
    expect(made({ cut: 5 })).toEqual(plain.subarray(0, 5));
    expect(made({ cut: -3 })).toEqual(plain.subarray(0, -3));
    expect(made({ cut: 60_000 })).toEqual(plain);
    expect(made({ junk: 9 }).length).toBe(plain.length + 9);
    expect(made({ junk: 9 }).subarray(0, plain.length)).toEqual(plain);
    expect([
      ...made({ counts: { questions: 1, answers: -1, authorities: 65_535, additionals: -9 } }).subarray(4, 12),
    ]).toEqual([0, 2, 0, 1, 255, 255, 0, 0]);
  });

  test('hold a pointer to itself', () => {
    expect([...made({ pointerLoop: true }).subarray(12, 18)]).toEqual([0xc0, 12, 0, 1, 0, 1]);
    expect(decodeMessage(made({ pointerLoop: true }))).toMatchObject({ problem: { code: 'pointer-target' } });
  });

  test('are given as they are, with the id of the query', () => {
    expect(Buffer.from(made({ raw: 'ffff 8180 00' })).toString('hex')).toBe('1267818000');
    expect(Buffer.from(made({ raw: 'ff' })).toString('hex')).toBe('12');
    expect(Buffer.from(made({ raw: 'ffff8180', cut: 3 }, `${A} +edns`)).toString('hex')).toBe('126781');
  });

  test('of names are compressed where they must not be', () => {
    const srv = '_smtp-tls._tcp.example.net. SRV';
    const before = acted({ delay: 1 }, srv)?.bytes ?? new Uint8Array(0);
    const after = acted({ compress: ['SRV', 'CMX'] }, srv)?.bytes ?? new Uint8Array(0);
    expect(after.length).toBe(before.length - 14);
    // Who follows pointers everywhere reads the same.
    expect(messageOf(after).answer).toEqual(messageOf(before).answer);
    const clientMx = messageOf(acted({ compress: 'CLIENTMX' }, 'example.net. CMX')?.bytes).answer[0];
    expect([clientMx?.type, clientMx && Buffer.from(clientMx.rdata).toString('hex')]).toEqual([
      TYPE.CLIENTMX,
      '000a026d78c00c',
    ]);
  });
});

describe('what leaves', () => {
  test.each([
    [{ drop: true }, 'udp', { bytes: undefined }],
    [{ drop: true }, 'https', { bytes: undefined, delivery: { end: 'hang' } }],
    [{ copies: 3 }, 'udp', { delivery: { copies: 3 } }],
    [{ connection: 'hang' }, 'tcp', { bytes: undefined, delivery: { end: 'hang' } }],
    [{ connection: 'reset' }, 'tls', { bytes: undefined, delivery: { end: 'reset' } }],
    [{ connection: 'close' }, 'tcp', { bytes: undefined, delivery: { end: 'close' } }],
    [{ connection: 'close-after-length' }, 'tcp', { delivery: { cut: 2, end: 'close' } }],
    [{ connection: 'half' }, 'tcp', { delivery: { cut: 34, end: 'hang' } }],
    [{ connection: 'wrong-length' }, 'tcp', { delivery: { length: 32 } }],
    [{ connection: 'close-after' }, 'tcp', { delivery: { end: 'close' } }],
    [{ delay: 40 }, 'udp', { delay: 40 }],
  ] as const)('after %j over %s', (action, transport, expected) => {
    expect(acted(action, A, { transport })).toMatchObject(expected);
  });

  test.each([
    [{ copies: 2 }, 'tcp'],
    [{ connection: 'hang' }, 'udp'],
    [{ truncate: 'udp' }, 'tls'],
  ] as const)('%j is no matter over %s', (action, transport) => {
    const set = faultSet([{ id: 'f', action, trigger: { first: 1 } }]);
    expect(faulted(set, A, { transport })).toBeUndefined();
    expect(set.list()).toMatchObject([{ matched: 0, hit: 0 }]);
  });

  test('waits between two bounds', () => {
    const set = faultSet([{ id: 'f', action: { delay: { min: 20, max: 80 } } }]);
    const delays = Array.from({ length: 200 }, () => faulted(set, A)?.delay ?? -1);
    expect([
      Math.min(...delays) >= 20,
      Math.max(...delays) <= 80,
      Math.max(...delays) - Math.min(...delays) > 50,
    ]).toEqual([true, true, true]);
  });
});

describe('the id of a fault', () => {
  test('stands in the extended error of answers with EDNS', () => {
    expect(errorsOf(acted({ rcode: 'SERVFAIL' }, `${A} +edns`))).toEqual(['0 zonewright fault: f']);
    expect(errorsOf(acted({ rcode: 'SERVFAIL' }, A))).toEqual([]);
    expect(errorsOf(acted({ delay: 1 }, `${A} +edns +tcp`))).toEqual(['0 zonewright fault: f']);
    expect(errorsOf(acted({ edns: 'absent' }, `${A} +edns`))).toEqual([]);
  });

  test('of all that acted', () => {
    const set = faultSet([
      { id: 'a', pass: true, action: { ttl: 1 } },
      { id: 'b', pass: true, match: { type: 'MX' }, action: { ttl: 2 } },
      { id: 'c', action: { serial: 1 } },
      { id: 'd', action: { ttl: 3 } },
    ]);
    const result = faulted(set, `${A} +edns`);
    expect([result?.faults, errorsOf(result)]).toEqual([
      ['a', 'c'],
      ['0 zonewright fault: a', '0 zonewright fault: c'],
    ]);
    expect(messageOf(result?.bytes).answer[0]?.ttl).toBe(1);
  });

  test('never makes an answer too long', () => {
    const words = `big.example.org. TXT`;
    const zones = served({
      'example.org.': `@ SOA a b 1 1 1 1 1\nbig TXT "${'x'.repeat(200)}" "${'y'.repeat(200)}" "${'z'.repeat(45)}"\n`,
    });
    const big = { ...query(words), edns: { ...EDNS, udpSize: 512 } };
    expect(told(zones, words)[0]).toBe('NOERROR aa');
    const set = faultSet([{ id: 'f', action: { delay: 1 } }]);
    const result = faultedMessage(set, big, undefined, zones);
    expect([messageOf(result?.bytes).truncated, errorsOf(result)]).toEqual([false, []]);
  });
});

describe('limits', () => {
  const many = Array.from({ length: 60 }, (_, at) => `@ TXT "${at} ${'x'.repeat(20)}"`);

  test('hold for what faults add', () => {
    const udp = messageOf(acted({ answer: many }, 'www.example.net. TXT')?.bytes);
    expect([udp.truncated, udp.answer.length]).toEqual([true, 0]);
    const tcp = messageOf(acted({ answer: many }, 'www.example.net. TXT +tcp')?.bytes);
    expect([tcp.truncated, tcp.answer.length]).toEqual([false, 60]);
  });

  test.each([
    ['', 65_507],
    [' +tcp', 65_535],
  ])('of what can be sent hold whatever octets a fault makes:%s', (transport, most) => {
    expect(acted({ octets: { junk: 65_535 } }, `${A}${transport}`)?.bytes?.length).toBe(most);
    expect(acted({ octets: { raw: 'ab'.repeat(65_535) } }, `${A}${transport}`)?.bytes?.length).toBe(most);
  });

  test('are broken by junk alone', () => {
    const { message } = asked(A);
    expect(acted({ octets: { junk: 2000 } }, A)?.bytes?.length).toBeGreaterThan(2000);
    expect(octets(message).length).toBeLessThan(512);
  });
});

test.each(FAULT_PRESETS.map((preset) => [preset.name, preset] as const))(
  'the preset %s acts on some query',
  (name, preset) => {
    expect([preset.description, preset.source].every((text) => text.length > 5)).toBe(true);
    const queries = [
      'www.example.net. A +do',
      'www.example.net. AAAA +edns',
      'none.example.net. A',
      '_25._tcp.mx.example.net. TLSA',
      '_smtp-tls._tcp.example.net. SRV',
      'example.net. CMX',
      'www.example.net. A +tcp',
    ];
    const cookie = { ...query(A), edns: { ...EDNS, options: [{ code: OPTION.COOKIE, data: new Uint8Array(8) }] } };
    const set = faultSet([{ id: 'f', preset: name }]);
    const hits = Array.from({ length: 10 }, () => [
      ...queries.map((words) => faulted(set, words)),
      faultedMessage(set, cookie),
    ]).flat();
    expect(hits.some((hit) => hit?.faults.includes('f'))).toBe(true);
    expect(ZONES.size).toBe(1);
  },
);
