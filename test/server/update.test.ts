import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CLASSES, TYPE } from '../../lib/rr/types.ts';
import type { Exchange } from '../../lib/server/exchange.ts';
import { OPCODE, rcodeToText } from '../../lib/wire/codes.ts';
import { OPTION } from '../../lib/wire/edns.ts';
import type { Message, ResourceRecord } from '../../lib/wire/message.ts';
import { wire } from '../zone/zones.ts';
import { EDNS, line, messageOf, octets, query } from './dialogue.ts';
import { handled, recordOf, serialOf, textOf, updatable, updated, updateOf } from './updates.ts';

const TEXT = `; the zone of the tests
$ORIGIN example.net.
$TTL 3600
@      SOA ns1 hostmaster 7 7200 1800 1209600 3600 ; made by hand
@      NS  ns1
@      NS  ns2 ; the second
ns1    A   192.0.2.1
ns2    A   192.0.2.2
www    A   192.0.2.80 ; the web
www    A   192.0.2.81
alias  CNAME www
deep.empty TXT "x"
`;

/** All records of the zone but the SOA, sorted. */
function records(server: ReturnType<typeof updatable>): string[] {
  const reply = handled(server, query('example.net. AXFR'), { transport: 'tcp' });
  const all = [reply.bytes, ...(reply.more ?? [])].flatMap((bytes) => messageOf(bytes).answer.map(line));
  return [...new Set(all)].filter((each) => !each.includes(' SOA ')).sort();
}

const word = (rcode: number): string => rcodeToText(rcode);

describe('the zone section', () => {
  test.each<[string, string, Partial<Message>]>([
    ['no zone', 'FORMERR', { questions: [] }],
    ['two zones', 'FORMERR', { questions: [...updateOf([]).questions, ...updateOf([]).questions] }],
    ['another type', 'FORMERR', { questions: [{ name: wire('example.net.'), type: TYPE.A, class: 1 }] }],
    ['a zone not served', 'NOTAUTH', { questions: [{ name: wire('example.org.'), type: TYPE.SOA, class: 1 }] }],
    ['a name in the zone', 'NOTAUTH', { questions: [{ name: wire('www.example.net.'), type: TYPE.SOA, class: 1 }] }],
    ['another class', 'NOTAUTH', { questions: [{ name: wire('example.net.'), type: TYPE.SOA, class: CLASSES.CH }] }],
    ['another version of EDNS', 'BADVERS', { edns: { ...EDNS, version: 1 } }],
    ['nothing to do', 'NOERROR', {}],
  ])('with %s is %s', (_, expected, change) => {
    const server = updatable(TEXT);
    const reply = messageOf(handled(server, updateOf([], change)).bytes);
    expect([word(reply.rcode), reply.response, reply.opcode, reply.id]).toEqual([expected, true, OPCODE.UPDATE, 4711]);
    expect(serialOf(server)).toBe(7);
  });

  test('is for those alone who may', () => {
    const server = updatable(TEXT, { mayUpdate: ({ client }) => client.port === 1 });
    const update = updateOf(['prereq yxdomain nowhere', 'add new 60 A 192.0.2.9']);
    expect(word(messageOf(handled(server, update).bytes).rcode)).toBe('REFUSED');
    const allowed = handled(server, update, { client: { address: '192.0.2.1', port: 1 } });
    expect(word(messageOf(allowed.bytes).rcode)).toBe('NXDOMAIN');
  });

  test('is not implemented by servers that take no updates', () => {
    const server = updatable(TEXT);
    Object.assign(server, { mayUpdate: undefined });
    expect(word(updated(server, 'add new 60 A 192.0.2.9'))).toBe('NOTIMP');
  });
});

describe('a cookie', () => {
  const answers = { cookieSecrets: [new Uint8Array(16)], requireCookie: true };
  const add = ['add new 60 A 192.0.2.9'];
  const CLIENT = Buffer.from('0102030405060708', 'hex');
  const withCookie = (...data: Uint8Array[]): Partial<Message> => ({
    edns: { ...EDNS, options: data.map((each) => ({ code: OPTION.COOKIE, data: each })) },
  });

  /** RCODE and TC of the reply, its cookie, and the serial then. */
  function told(
    change: Partial<Message>,
    from: Partial<Exchange> = {},
    options = answers,
  ): { said: [string, boolean, number | undefined]; cookie: Uint8Array | undefined } {
    const server = updatable(TEXT, { answers: options });
    const { rcode, truncated, edns } = messageOf(handled(server, updateOf(add, change), from).bytes);
    const cookie = edns?.options.find(({ code }) => code === OPTION.COOKIE)?.data;
    return { said: [word(rcode), truncated, serialOf(server)], cookie };
  }

  const bad = told(withCookie(CLIENT));
  const good = bad.cookie ?? new Uint8Array(0);

  test('that is not there or not of this server changes nothing over UDP where one is demanded', () => {
    expect(bad.said).toEqual(['BADCOOKIE', false, 7]);
    expect(Buffer.from(good).subarray(0, 8)).toEqual(CLIENT);
    expect(told(withCookie(good), { client: { address: '192.0.2.1', port: 1 } }).said).toEqual(['BADCOOKIE', false, 7]);
    expect(told(withCookie(CLIENT.subarray(1))).said).toEqual(['FORMERR', false, 7]);
    for (const change of [{}, withCookie()]) expect(told(change).said).toEqual(['REFUSED', true, 7]);
  });

  test('of this server, a connection or a signature is enough, and so is nothing where none is demanded', () => {
    expect(told(withCookie(good))).toEqual({ said: ['NOERROR', false, 8], cookie: good });
    expect(told({}, { transport: 'tcp' }).said).toEqual(['NOERROR', false, 8]);
    expect(told({}, { key: wire('a.key.') }).said).toEqual(['NOERROR', false, 8]);
    expect(told({}, {}, { ...answers, requireCookie: false }).said).toEqual(['NOERROR', false, 8]);
  });
});

describe('a prerequisite', () => {
  test.each<[string, string]>([
    ['prereq yxdomain www', 'NOERROR'],
    ['prereq yxdomain WWW', 'NOERROR'],
    ['prereq yxdomain nowhere', 'NXDOMAIN'],
    ['prereq yxdomain empty', 'NXDOMAIN'],
    ['prereq nxdomain nowhere', 'NOERROR'],
    ['prereq nxdomain empty', 'NOERROR'],
    ['prereq nxdomain www', 'YXDOMAIN'],
    ['prereq yxrrset www A', 'NOERROR'],
    ['prereq yxrrset www AAAA', 'NXRRSET'],
    ['prereq yxrrset nowhere A', 'NXRRSET'],
    ['prereq nxrrset www AAAA', 'NOERROR'],
    ['prereq nxrrset www A', 'YXRRSET'],
    ['prereq yxrrset ns1 A 192.0.2.1', 'NOERROR'],
    ['prereq yxrrset ns1 A 192.0.2.2', 'NXRRSET'],
    ['prereq yxrrset www A 192.0.2.80', 'NXRRSET'],
    ['prereq yxrrset nowhere A 192.0.2.80', 'NXRRSET'],
    ['prereq yxdomain example.org.', 'NOTZONE'],
    ['prereq nxrrset . A', 'NOTZONE'],
    ['prereq yxrrset www AXFR', 'FORMERR'],
    ['prereq nxrrset www OPT', 'NOERROR'],
  ])('%s: %s', (prerequisite, expected) => {
    // An OPT record cannot be written as one of the records of a section.
    if (prerequisite.endsWith(' OPT')) return expect(() => octets(updateOf([prerequisite]))).toThrow('not-writable');
    const server = updatable(TEXT);
    expect(word(updated(server, prerequisite, 'add new 60 A 192.0.2.9'))).toBe(expected);
    expect(serialOf(server)).toBe(expected === 'NOERROR' ? 8 : 7);
  });

  test('with values is about the whole RRset, in any order', () => {
    const both = ['prereq yxrrset www A 192.0.2.81', 'prereq yxrrset www A 192.0.2.80'];
    expect(updated(updatable(TEXT), ...both)).toBe(0);
    expect(updated(updatable(TEXT), ...both, 'prereq yxrrset www A 192.0.2.80')).toBe(0);
    expect(word(updated(updatable(TEXT), ...both, 'prereq yxrrset www A 192.0.2.82'))).toBe('NXRRSET');
    expect(updated(updatable(TEXT), 'prereq yxrrset alias CNAME WWW')).toBe(0);
  });

  test.each<[string, string, Partial<ResourceRecord>]>([
    ['a TTL', 'FORMERR', { ttl: 1 }],
    ['data in class ANY', 'FORMERR', { class: CLASSES.ANY, rdata: Uint8Array.of(1, 2, 3, 4) }],
    ['data in class NONE', 'FORMERR', { class: CLASSES.NONE, rdata: Uint8Array.of(1, 2, 3, 4) }],
    ['another class', 'FORMERR', { class: CLASSES.CH }],
    ['a value of all types', 'FORMERR', { type: TYPE.ANY }],
  ])('with %s is %s', (_, expected, change) => {
    const answer = [{ ...recordOf('www', 0, 'A', '192.0.2.80'), ...change }];
    const reply = handled(updatable(TEXT), updateOf(['add new 60 A 192.0.2.9'], { answer }));
    expect(word(messageOf(reply.bytes).rcode)).toBe(expected);
  });
});

describe('an update', () => {
  const base = records(updatable(TEXT));

  test.each<[string, string[], { gone?: string[]; come?: string[] }]>([
    ['adds a record', ['add new 60 TXT "a b"'], { come: ['new.example.net. 60 TXT "a b"'] }],
    ['adds TYPE265', ['add @ 60 TYPE265 \\# 3 000000'], { come: ['example.net. 60 TYPE265 \\# 3 000000'] }],
    ['adds what is there', ['add www 3600 A 192.0.2.80'], {}],
    [
      'gives an RRset the TTL of the record added last',
      ['add ns1 60 A 192.0.2.3'],
      {
        gone: ['ns1.example.net. 3600 A 192.0.2.1'],
        come: ['ns1.example.net. 60 A 192.0.2.1', 'ns1.example.net. 60 A 192.0.2.3'],
      },
    ],
    ['deletes a record', ['delete www A 192.0.2.80'], { gone: ['www.example.net. 3600 A 192.0.2.80'] }],
    [
      'deletes an RRset',
      ['delete www A'],
      { gone: ['www.example.net. 3600 A 192.0.2.80', 'www.example.net. 3600 A 192.0.2.81'] },
    ],
    ['deletes a name', ['delete deep.empty'], { gone: ['deep.empty.example.net. 3600 TXT "x"'] }],
    ['deletes what is not there', ['delete nowhere', 'delete www AAAA', 'delete www A 192.0.2.99'], {}],
    [
      'deletes and adds in one',
      ['delete www A', 'add www 60 A 192.0.2.9'],
      {
        gone: ['www.example.net. 3600 A 192.0.2.80', 'www.example.net. 3600 A 192.0.2.81'],
        come: ['www.example.net. 60 A 192.0.2.9'],
      },
    ],
    ['adds and deletes in one', ['add new 60 A 192.0.2.9', 'delete new'], {}],
    ['puts no CNAME beside others', ['add www 60 CNAME ns1'], {}],
    ['puts nothing beside a CNAME', ['add alias 60 A 192.0.2.9'], {}],
    [
      'replaces a CNAME',
      ['add alias 3600 CNAME ns1'],
      {
        gone: ['alias.example.net. 3600 CNAME www.example.net.'],
        come: ['alias.example.net. 3600 CNAME ns1.example.net.'],
      },
    ],
    [
      'puts a CNAME where others were',
      ['delete deep.empty', 'add deep.empty 60 CNAME www'],
      { gone: ['deep.empty.example.net. 3600 TXT "x"'], come: ['deep.empty.example.net. 60 CNAME www.example.net.'] },
    ],
    ['keeps SOA and NS of the zone', ['delete @', 'delete @ NS', 'delete @ SOA'], {}],
    [
      'keeps the last NS of the zone',
      ['delete @ NS ns1', 'delete @ NS ns2'],
      { gone: ['example.net. 3600 NS ns1.example.net.'] },
    ],
    [
      'ignores a SOA that is not later',
      ['add @ 60 SOA ns1 hostmaster 7 1 1 1 1', 'add @ 60 SOA ns1 hostmaster 6 1 1 1 1'],
      {},
    ],
    ['ignores a SOA elsewhere', ['add www 60 SOA ns1 hostmaster 9 1 1 1 1'], {}],
  ])('%s', (_, lines, { gone = [], come = [] }) => {
    const server = updatable(TEXT);
    expect(updated(server, ...lines)).toBe(0);
    expect(records(server)).toEqual([...base.filter((each) => !gone.includes(each)), ...come].sort());
    expect(serialOf(server)).toBe(gone.length + come.length > 0 ? 8 : 7);
  });

  test.each<[string, string, Partial<ResourceRecord>]>([
    ['a name outside of the zone', 'NOTZONE', { name: wire('example.org.') }],
    ['all types to be added', 'FORMERR', { type: TYPE.ANY, rdata: new Uint8Array(0) }],
    ['type 0', 'FORMERR', { type: 0 }],
    ['AXFR to be added', 'FORMERR', { type: TYPE.AXFR }],
    ['data that is no address', 'FORMERR', { rdata: Uint8Array.of(1, 2, 3) }],
    ['no data', 'FORMERR', { rdata: new Uint8Array(0) }],
    ['another class', 'FORMERR', { class: CLASSES.CH }],
    ['class ANY and a TTL', 'FORMERR', { class: CLASSES.ANY, ttl: 1, rdata: new Uint8Array(0) }],
    ['class ANY and data', 'FORMERR', { class: CLASSES.ANY, ttl: 0 }],
    ['class ANY and AXFR', 'FORMERR', { class: CLASSES.ANY, ttl: 0, type: TYPE.AXFR, rdata: new Uint8Array(0) }],
    ['class NONE and a TTL', 'FORMERR', { class: CLASSES.NONE, ttl: 1 }],
    ['class NONE and all types', 'FORMERR', { class: CLASSES.NONE, ttl: 0, type: TYPE.ANY }],
  ])('with %s is %s, and nothing of it is done', (_, expected, change) => {
    const server = updatable(TEXT);
    const authority = [recordOf('new', 60, 'A', '192.0.2.9'), { ...recordOf('www', 60, 'A', '192.0.2.9'), ...change }];
    expect(word(messageOf(handled(server, updateOf([], { authority })).bytes).rcode)).toBe(expected);
    expect(textOf(server)).toBe(TEXT);
  });

  test('changes the lines it has to, and keeps comments', () => {
    const server = updatable(TEXT);
    expect(updated(server, 'delete www A 192.0.2.81', 'add www 3600 A 192.0.2.82', 'add new 60 TXT "x"')).toBe(0);
    expect(textOf(server)).toBe(
      TEXT.replace('hostmaster 7 ', 'hostmaster 8 ')
        .replace('192.0.2.81', '192.0.2.82')
        .replace('deep.empty TXT "x"\n', 'deep.empty TXT "x"\nnew 60 TXT "x"\n'),
    );
  });

  test('takes the serial of a later SOA and raises it no further', () => {
    const server = updatable(TEXT);
    expect(updated(server, 'add @ 3600 SOA ns1 hostmaster 100 1 2 3 4', 'add new 60 A 192.0.2.9')).toBe(0);
    expect(serialOf(server)).toBe(100);
  });

  test('goes past the last serial', () => {
    const server = updatable(TEXT.replace('hostmaster 7 ', 'hostmaster 4294967295 '));
    expect(updated(server, 'add new 60 A 192.0.2.9')).toBe(0);
    expect(serialOf(server)).toBe(1);
  });

  test('of what $GENERATE makes writes the records out', () => {
    const server = updatable(`${TEXT}$GENERATE 1-3 host$ A 192.0.2.$\n`);
    expect(updated(server, 'delete host2')).toBe(0);
    const hosts = records(server).filter((each) => each.startsWith('host'));
    expect(hosts).toEqual(['host1.example.net. 3600 A 192.0.2.1', 'host3.example.net. 3600 A 192.0.2.3']);
  });

  test('is looked at without throwing, whatever its octets', () => {
    const lines = [
      'prereq yxrrset www A 192.0.2.80',
      'prereq nxdomain x',
      'add new 60 MX 10 ns1',
      'delete www A',
      'delete @ NS ns1',
    ];
    const bytes = octets(updateOf(lines));
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { maxLength: 4 }),
        fc.nat(bytes.length),
        (changes, end) => {
          const changed = bytes.slice(0, Math.max(12, end));
          for (const [at, octet] of changes) if (at > 2 && at < changed.length) changed[at] = octet;
          const server = updatable(TEXT);
          const before = textOf(server);
          const { bytes: reply } = handled(server, changed);
          const { rcode } = messageOf(reply);
          if (rcode !== 0) expect(textOf(server)).toBe(before);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('updates', () => {
  const names = ['@', 'a', 'b', 'x.a', '*'];
  const data: Readonly<Record<string, readonly string[]>> = {
    A: ['192.0.2.1', '192.0.2.2', '192.0.2.3'],
    TXT: ['"a"', '"b"'],
    NS: ['ns1', 'b', 'NS1'],
    CNAME: ['a', 'b'],
    MX: ['10 a', '10 A', '20 b'],
  };
  const types = fc.constantFrom(...Object.keys(data));
  const value = types.chain((type) => fc.constantFrom(...(data[type] ?? [])).map((rdata) => [type, rdata] as const));
  const name = fc.constantFrom(...names);
  const add = fc
    .tuple(name, fc.constantFrom(60, 300), value)
    .map(([owner, ttl, [type, rdata]]) => `add ${owner} ${ttl} ${type} ${rdata}`);
  const remove = fc.oneof(
    name.map((owner) => `delete ${owner}`),
    fc.tuple(name, types).map(([owner, type]) => `delete ${owner} ${type}`),
    fc.tuple(name, value).map(([owner, [type, rdata]]) => `delete ${owner} ${type} ${rdata}`),
  );
  const updates = fc.array(fc.array(fc.oneof(add, add, remove), { minLength: 1, maxLength: 6 }), {
    minLength: 1,
    maxLength: 5,
  });

  /** Owner and type to TTL and values, as RFC 2136 §3.4.2 says it in words. */
  function model(all: readonly (readonly string[])[]): string[] {
    const zone = new Map<string, { ttl: number; values: Set<string> }>([
      ['@ NS', { ttl: 3600, values: new Set(['ns1']) }],
    ]);
    const setsOf = (owner: string): string[] => [...zone.keys()].filter((key) => key.startsWith(`${owner} `));
    for (const each of all.flat()) {
      const [what = '', owner = '', ...rest] = each.split(' ');
      const [ttl, type, rdata] =
        what === 'add' ? [Number(rest[0]), rest[1], rest.slice(2)] : [0, rest[0], rest.slice(1)];
      const key = `${owner} ${type}`;
      const text = rdata.join(' ').toLowerCase();
      if (what === 'add') {
        const others = setsOf(owner).filter((other) => other.endsWith(' CNAME') !== (type === 'CNAME'));
        if (others.length > 0) continue;
        const held = zone.get(key)?.values ?? new Set();
        zone.set(key, { ttl, values: new Set(type === 'CNAME' ? [text] : [...held, text]) });
      } else if (type === undefined) {
        for (const gone of setsOf(owner)) if (gone !== '@ NS') zone.delete(gone);
      } else if (text === '') {
        if (key !== '@ NS') zone.delete(key);
      } else {
        const held = zone.get(key);
        if (held === undefined || (key === '@ NS' && held.values.size === 1)) continue;
        held.values.delete(text);
        if (held.values.size === 0) zone.delete(key);
      }
    }
    return [...zone]
      .flatMap(([key, { ttl, values }]) =>
        [...values].map((rdata) => `${key.split(' ')[0]} ${ttl} ${key.split(' ')[1]} ${rdata}`),
      )
      .sort();
  }

  test('do what a plain model of them does', () => {
    const text = '$ORIGIN example.net.\n$TTL 3600\n@ SOA ns1 h 7 1 1 1 1\n@ NS ns1 ; first\n';
    fc.assert(
      fc.property(updates, (all) => {
        const server = updatable(text);
        for (const lines of all) expect(updated(server, ...lines)).toBe(0);
        const shown = records(server)
          .map((each) => each.toLowerCase())
          .sort();
        const wanted = model(all).map((each) => {
          const [owner = '', ttl, type = '', ...rdata] = each.split(' ');
          return recordLine(owner, Number(ttl), type, rdata.join(' '));
        });
        expect(shown).toEqual(wanted.sort());
      }),
      { numRuns: 300 },
    );
  });

  function recordLine(owner: string, ttl: number, type: string, rdata: string): string {
    return line(recordOf(owner, ttl, type, rdata)).toLowerCase();
  }

  test('leave nothing behind in what is remembered but themselves', () => {
    const server = updatable(TEXT, { history: 10 });
    updated(server, 'add new 60 A 192.0.2.9');
    expect(server.history.list()).toMatchObject([{ summary: { outcome: 'update', rcode: 0, opcode: OPCODE.UPDATE } }]);
  });
});

test('a client that gets no answers may change nothing either', () => {
  for (const mayQuery of [true, false]) {
    const server = updatable(TEXT_OF_CLIENTS, { answers: { mayQuery: () => mayQuery } });
    const { rcode } = messageOf(handled(server, octets(updateOf(['add new 60 A 192.0.2.9']))).bytes);
    expect([rcode, textOf(server).includes('new')]).toEqual(mayQuery ? [0, true] : [5, false]);
  }
});

const TEXT_OF_CLIENTS = '$TTL 300\n@ SOA ns1 h 1 1 1 1 1\n@ NS ns1\nns1 A 192.0.2.1\n';
