import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TYPE, TYPES } from '../../lib/rr/types.ts';
import { decodeMessage } from '../../lib/wire/decode.ts';
import { type EncodeOptions, encodeMessage } from '../../lib/wire/encode.ts';
import type { Message, ResourceRecord } from '../../lib/wire/message.ts';
import { sayMessageProblem } from '../../lib/wire/problem.ts';
import { rdataLayout } from '../../lib/wire/rdata-layout.ts';
import { join, messages, record, responseFor, someTypes, wire } from './messages.ts';

function encoded(message: Message, options?: EncodeOptions): Uint8Array {
  const result = encodeMessage(message, options);
  if ('problem' in result) throw new Error(sayMessageProblem(result.problem));
  return result.bytes;
}

function decoded(bytes: Uint8Array): Message {
  const result = decodeMessage(bytes);
  if ('problem' in result) throw new Error(sayMessageProblem(result.problem));
  return result.message;
}

describe('a message', () => {
  test('is read as it was written', () => {
    fc.assert(
      fc.property(messages(), (message) => {
        expect(decoded(encoded(message))).toEqual(message);
      }),
      { numRuns: 400 },
    );
  });

  test('stays within its limit by whole RRsets, from the end', () => {
    fc.assert(
      fc.property(messages(12), fc.nat(2000), (message, limit) => {
        const result = encodeMessage(message, { limit });
        if ('problem' in result) {
          expect(result.problem.code).toBe('limit-too-small');
          return;
        }
        expect(result.bytes.length).toBeLessThanOrEqual(limit);
        const kept = decoded(result.bytes);
        expect(kept.edns).toEqual(message.edns);
        const left = (section: 'answer' | 'authority' | 'additional') =>
          message[section].slice(kept[section].length).length > 0;
        expect(kept.answer).toEqual(message.answer.slice(0, kept.answer.length));
        expect(kept.additional).toEqual(message.additional.slice(0, kept.additional.length));
        if (left('answer')) expect([kept.authority, kept.additional]).toEqual([[], []]);
        if (left('authority')) expect(kept.additional).toEqual([]);
        expect(kept.truncated).toBe(message.truncated || left('answer') || left('authority'));
        expect(result.shortened).toBe(left('answer') || left('authority') || left('additional'));
      }),
      { numRuns: 400 },
    );
  });

  test('never makes the decoder throw, whatever its octets', () => {
    const mutated = fc
      .tuple(messages(), fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 8 }), fc.nat(), fc.boolean())
      .map(([message, changes, length, cut]) => {
        const bytes = encoded(message);
        for (const [at, octet] of changes) bytes[at % bytes.length] = octet;
        return cut ? bytes.subarray(0, length % (bytes.length + 1)) : bytes;
      });
    fc.assert(
      fc.property(fc.oneof(mutated, fc.uint8Array({ maxLength: 300 })), (bytes) => {
        const result = decodeMessage(bytes);
        if ('message' in result) return;
        expect(sayMessageProblem(result.problem)).not.toContain('undefined');
        expect(result.problem.offset).toBeLessThanOrEqual(bytes.length);
        expect(result.header === undefined).toBe(bytes.length < 12);
      }),
      { numRuns: 3000 },
    );
  });

  test('that was read from changed octets can be written and is read the same again', () => {
    const changed = fc.tuple(messages(), fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 3 }));
    fc.assert(
      fc.property(changed, ([message, changes]) => {
        const bytes = encoded(message);
        for (const [at, octet] of changes) bytes[at % bytes.length] = octet;
        const first = decodeMessage(bytes);
        if ('message' in first) expect(decoded(encoded(first.message))).toEqual(first.message);
      }),
      { numRuns: 1000 },
    );
  });
});

const MX = join([0, 10], wire('mx1.example.net.'));

describe('compression', () => {
  const owner = 'example.net.';
  const length = (type: number, rdata: Uint8Array): number =>
    encoded({ ...responseFor(owner, type), answer: [record(owner, type, rdata)] }).length;
  const head = 12 + wire(owner).length + 4 + 2 + 10;

  test('shortens the names of RFC 1035 types alone (RFC 3597 §4)', () => {
    expect(length(TYPE.MX, MX)).toBe(head + 2 + 6);
    expect(length(TYPE.NS, wire('mx1.example.net.'))).toBe(head + 6);
    expect(length(TYPE.CLIENTMX, MX)).toBe(head + MX.length);
    const srv = join([0, 0, 0, 0, 3, 0x4a], wire('mx1.example.net.'));
    expect(length(TYPE.SRV, srv)).toBe(head + srv.length);
    expect(length(TYPE.DNAME, wire('mx1.example.net.'))).toBe(head + wire('mx1.example.net.').length);
  });

  test('keeps the case of every name', () => {
    const message = { ...responseFor('Example.NET.', TYPE.MX), answer: [record('example.net.', TYPE.MX, MX)] };
    expect(decoded(encoded(message))).toEqual(message);
  });

  test('points to nothing beyond 16383 octets', () => {
    const filler = Array.from({ length: 70 }, (_, index) => record(`n${index}.`, TYPE.TXT, new Uint8Array(250)));
    const late = [record('late.example.', TYPE.A, new Uint8Array(4)), record('late.example.', TYPE.A, MX)];
    const message = { ...responseFor('example.net.', TYPE.TXT), answer: [...filler, ...late] };
    expect(decoded(encoded(message))).toEqual(message);
  });

  test('every type whose names may be compressed has a known way through its RDATA', () => {
    const withNames = TYPES.filter(({ number }) => rdataLayout(number) !== undefined);
    expect(withNames.length).toBeGreaterThan(15);
    for (const { number, mnemonic } of withNames) {
      const steps = rdataLayout(number) ?? [];
      const rest = steps.findIndex(({ kind }) => kind === 'rest');
      expect([mnemonic, rest === -1 || rest === steps.length - 1]).toEqual([mnemonic, true]);
    }
  });

  test.each([
    ['SRV', TYPE.SRV, [0, 1, 0, 2, 3, 0x4a], wire('mx.example.net.')],
    ['NAPTR', TYPE.NAPTR, [0, 1, 0, 2, 1, 0x73, 0, 0], wire('mx.example.net.')],
    ['MX', TYPE.MX, [0, 1], wire('mx.example.net.')],
  ])('is understood in %s', (_, type, before, name) => {
    const query = encoded(responseFor('example.net.', type));
    query[7] = 1;
    const rdata = join(before, [2, 0x6d, 0x78, 0xc0, 12]);
    const bytes = join(query, [0xc0, 12, type >> 8, type & 255, 0, 1, 0, 0, 0, 9, 0, rdata.length], rdata);
    expect(decoded(bytes).answer).toEqual([record('example.net.', type, join(before, name), 9)]);
  });

  test('is left alone where no type may use it, as in TYPE265', () => {
    const query = encoded(responseFor('example.net.', TYPE.CLIENTMX));
    query[7] = 1;
    const rdata = [0, 10, 2, 0x6d, 0x78, 0xc0, 12];
    const bytes = join(query, [0xc0, 12, 1, 9, 0, 1, 0, 0, 0, 9, 0, rdata.length], rdata);
    expect(decoded(bytes).answer[0]?.rdata).toEqual(Uint8Array.from(rdata));
  });
});

describe('a size limit', () => {
  const txt = (owner: string, count: number): ResourceRecord[] =>
    Array.from({ length: count }, () => record(owner, TYPE.TXT, new Uint8Array(100)));

  test('drops a whole RRset and sets TC, but keeps OPT and TSIG', () => {
    const edns = { udpSize: 1232, version: 0, dnssecOk: false, flags: 0, options: [] };
    const tsig = record('key.', TYPE.TSIG, new Uint8Array(40));
    const answer = [...txt('a.', 2), ...txt('b.', 3)];
    const message: Message = { ...responseFor('a.', TYPE.TXT), answer, additional: [...txt('c.', 1), tsig], edns };
    const bytes = encoded(message, { limit: 512 });
    expect(decoded(bytes)).toEqual({ ...message, truncated: true, answer: txt('a.', 2), additional: [tsig] });
  });

  test('leaves additional data out silently, but not glue (RFC 2181 §9, RFC 9471 §3)', () => {
    const message = { ...responseFor('a.', TYPE.NS), authority: txt('a.', 2), additional: txt('b.', 4) };
    expect(decoded(encoded(message, { limit: 512 }))).toEqual({ ...message, additional: [] });
    expect(decoded(encoded(message, { limit: 512, glue: 1 }))).toEqual({ ...message, truncated: true, additional: [] });
  });

  test('that even the question exceeds is a problem', () => {
    const result = encodeMessage(responseFor('example.net.', TYPE.MX), { limit: 20 });
    expect('problem' in result && sayMessageProblem(result.problem)).toContain(
      'take 29 octets, more than the limit of 20',
    );
  });
});

describe('what cannot be written', () => {
  const message = responseFor('example.net.', TYPE.MX);
  test.each<[string, Message, string]>([
    ['an id', { ...message, id: 65536 }, 'the id 65536'],
    ['an RCODE without EDNS', { ...message, rcode: 16 }, 'without EDNS 16'],
    [
      'a type',
      { ...message, questions: [{ name: wire('a.'), type: 70000, class: 1 }] },
      'the type of question 1 70000',
    ],
    ['a TTL', { ...message, answer: [record('a.', 1, MX, -1)] }, 'the TTL of record 1 of the answer section -1'],
    ['a compressed name', { ...message, answer: [{ ...record('a.', 1, MX), name: Uint8Array.of(0xc0, 12) }] }, 'name'],
    [
      'a label too long',
      { ...message, answer: [{ ...record('a.', 1, MX), name: new Uint8Array(70).fill(64) }] },
      'name',
    ],
    ['RDATA without its form', { ...message, authority: [record('a.', TYPE.MX, MX.subarray(0, 5))] }, '(MX)'],
    ['RDATA with more', { ...message, authority: [record('a.', TYPE.MX, join(MX, [0]))] }, '(MX)'],
    ['OPT among the records', { ...message, additional: [record('.', TYPE.OPT, new Uint8Array(0))] }, '`edns`'],
  ])('%s is a problem, not another message', (_, given, words) => {
    const result = encodeMessage(given);
    expect('problem' in result && sayMessageProblem(result.problem)).toContain(words);
  });
});

const QUERY = [0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0];
const NAMED = [1, 0x61, 0, 0, 1, 0, 1];
const OPT = [0, 0, 41, 4, 208, 0, 0, 0, 0, 0, 0];

/** A header with so many questions, answers, authority and additional records. */
function counts(...given: number[]): number[] {
  return [...QUERY.slice(0, 4), ...given.flatMap((count) => [count >> 8, count & 255])];
}

describe('what is no message', () => {
  const answer = (type: number, rdata: number[], length = rdata.length): number[] => [
    ...counts(0, 1, 0, 0),
    ...[0, type >> 8, type & 255, 0, 1, 0, 0, 0, 0, length >> 8, length & 255],
    ...rdata,
  ];
  test.each<[string, number[], string, number]>([
    ['less than a header', QUERY.slice(0, 11), 'short-header', 11],
    ['more counted than can be', counts(1, 65535, 65535, 65535), 'too-many-records', 4],
    ['a question cut off', [...QUERY, 1, 0x61, 0, 0, 1], 'cut-off', 17],
    ['a name cut off', [...QUERY, 9, 0x61, 0x61, 0x61, 0x61], 'cut-off', 17],
    ['a label of type 01', [...QUERY, 0x41, 0x61, 0, 0, 1, 0, 1], 'label-type', 12],
    ['a pointer to itself', [...QUERY, 0xc0, 12, 0, 1, 0, 1], 'pointer-target', 12],
    ['a pointer forward', [...QUERY, 0xc0, 20, 0, 1, 0, 1, 0, 0, 0], 'pointer-target', 12],
    ['a pointer into the header', [...QUERY, 0xc0, 4, 0, 1, 0, 1], 'pointer-target', 12],
    ['a pointer into its own labels', [...QUERY, 1, 0x61, 0xc0, 12, 0, 1, 0, 1], 'pointer-target', 14],
    ['octets behind the end', [...QUERY, ...NAMED, 0, 0], 'trailing-octets', 19],
    ['an RDLENGTH beyond the end', answer(1, [1, 2, 3], 4), 'cut-off', 26],
    ['an MX name beyond its RDLENGTH', [...answer(15, [0, 1, 1, 0x61, 0], 4)], 'name-leaves-rdata', 27],
    ['an MX with something behind', answer(15, [0, 1, 0, 0]), 'rdata-malformed', 26],
    ['an MX without a name', answer(15, [0, 1]), 'cut-off', 25],
    ['a SOA that ends early', answer(6, [0, 0, 0, 0, 0, 1]), 'rdata-malformed', 29],
    ['two OPT records', [...counts(0, 0, 0, 2), ...OPT, ...OPT], 'edns-twice', 23],
    ['an OPT answer', [...counts(0, 1, 0, 0), ...OPT], 'edns-misplaced', 12],
    ['an OPT with an owner', [...counts(0, 0, 0, 1), 1, 0x61, ...OPT], 'edns-owner', 12],
    ['an option cut off', [...counts(0, 0, 0, 1), ...OPT.slice(0, 10), 4, 0, 1, 0, 1], 'edns-option', 23],
  ])('has a problem at its octet: %s', (_, bytes, code, offset) => {
    const result = decodeMessage(Uint8Array.from(bytes));
    expect('problem' in result && [result.problem.code, result.problem.offset]).toEqual([code, offset]);
  });

  test('tells the header and the questions before the problem', () => {
    const result = decodeMessage(Uint8Array.from([...counts(1, 0, 0, 0), ...NAMED, 9]));
    expect(result).toMatchObject({ header: { id: 1 }, questions: [{ name: wire('a.'), type: 1, class: 1 }] });
  });

  test('takes bounded time and space, whatever pointers it has', () => {
    // A chain of pointers, each to the one before, then as many questions as fit that all go through it.
    const labels = Array.from({ length: 127 }, (_, index) => [
      1,
      0x61,
      ...(index === 0 ? [0] : [0xc0, 10 + 4 * index]),
    ]);
    const name = [...labels.flat()];
    const chain = [...name.slice(0, 4), ...Array.from({ length: 8000 }, () => [0xc0, 12 + 4]).flat()];
    const questions = Math.floor((65535 - 12 - chain.length) / 6);
    const last = 12 + 4 * 100;
    const ask = Array.from({ length: questions }, () => [0xc0 | (last >> 8), last & 255, 0, 1, 0, 1]).flat();
    const bytes = Uint8Array.from([...counts(questions, 0, 0, 0), ...ask, ...chain]);
    const start = process.hrtime.bigint();
    expect('problem' in decodeMessage(bytes)).toBe(true);
    const deep = Uint8Array.from([
      ...counts(1 + questions, 0, 0, 0),
      ...Array.from({ length: 126 }, () => [1, 0x61]).flat(),
      ...[0, 0, 1, 0, 1],
      ...Array.from({ length: questions }, () => [0xc0, 12, 0, 1, 0, 1]).flat(),
    ]);
    const read = decodeMessage(deep);
    expect('message' in read && read.message.questions.length).toBe(1 + questions);
    expect(Number(process.hrtime.bigint() - start) / 1e6).toBeLessThan(1000);
  });
});

describe('an UPDATE (RFC 2136)', () => {
  test('has records without RDATA where class says so', () => {
    const none = new Uint8Array(0);
    const message: Message = {
      ...responseFor('example.net.', TYPE.SOA),
      response: false,
      opcode: 5,
      answer: [{ ...record('a.example.net.', TYPE.MX, none, 0), class: 255 }],
      authority: [
        { ...record('a.example.net.', TYPE.MX, none, 0), class: 255 },
        { ...record('a.example.net.', TYPE.MX, MX, 0), class: 254 },
        record('a.example.net.', TYPE.MX, MX),
      ],
    };
    expect(decoded(encoded(message))).toEqual(message);
    expect(someTypes).toContain(TYPE.MX);
  });
});
