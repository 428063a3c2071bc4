import { spawnSync } from 'node:child_process';
import packet from 'dns-packet';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rdataToJson } from '../../lib/rr/codec.ts';
import { nameToText } from '../../lib/rr/name.ts';
import { TYPE } from '../../lib/rr/types.ts';
import { decodeMessage } from '../../lib/wire/decode.ts';
import { encodeMessage } from '../../lib/wire/encode.ts';
import { type Message, queryFor, type ResourceRecord } from '../../lib/wire/message.ts';
import { join, wire } from './messages.ts';

const hostNames: fc.Arbitrary<Uint8Array> = fc
  .array(fc.constantFrom('mx1', 'Mail', 'example', 'net', '_smtp-tls', '_tcp', 'a-b'), { minLength: 1, maxLength: 6 })
  .map((labels) => wire(`${labels.join('.')}.`));

const octets = (count: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ minLength: count, maxLength: count });
const strings = fc.array(fc.uint8Array({ maxLength: 60 }), { minLength: 1, maxLength: 3 });

/** RDATA that is well-formed for everybody. */
const rdata: Readonly<Record<number, fc.Arbitrary<Uint8Array>>> = {
  [TYPE.A]: octets(4),
  [TYPE.AAAA]: octets(16),
  [TYPE.NS]: hostNames,
  [TYPE.CNAME]: hostNames,
  [TYPE.PTR]: hostNames,
  [TYPE.DNAME]: hostNames,
  [TYPE.MX]: fc.tuple(octets(2), hostNames).map((parts) => join(...parts)),
  [TYPE.SRV]: fc.tuple(octets(6), hostNames).map((parts) => join(...parts)),
  [TYPE.RP]: fc.tuple(hostNames, hostNames).map((parts) => join(...parts)),
  [TYPE.CLIENTMX]: fc.tuple(octets(2), hostNames).map((parts) => join(...parts)),
  [TYPE.SOA]: fc.tuple(hostNames, hostNames, octets(20)).map((parts) => join(...parts)),
  [TYPE.TXT]: strings.map((each) => join(...each.map((text) => join([text.length], text)))),
};

const records: fc.Arbitrary<ResourceRecord> = fc.constantFrom(...Object.keys(rdata).map(Number)).chain((type) =>
  fc.record({
    name: hostNames,
    type: fc.constant(type),
    class: fc.constant(1),
    ttl: fc.nat(0x7fffffff),
    rdata: rdata[type] ?? octets(0),
  }),
);

/** Responses that everybody can read. */
const responses: fc.Arbitrary<Message> = fc
  .record({
    name: hostNames,
    id: fc.nat(65535),
    flags: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
    answer: fc.array(records, { maxLength: 8 }),
    authority: fc.array(records, { maxLength: 3 }),
    additional: fc.array(records, { maxLength: 5 }),
    options: fc.option(fc.array(fc.record({ code: fc.nat({ max: 60000 }).map((n) => n + 1000), data: octets(3) }))),
    dnssecOk: fc.boolean(),
  })
  .map(({ name, id, flags, answer, authority, additional, options, dnssecOk }) => {
    const [authoritative, truncated, recursionDesired, recursionAvailable, authenticData, checkingDisabled] = flags;
    return {
      ...queryFor({ name, type: TYPE.MX, class: 1 }, id),
      response: true,
      authoritative: authoritative === true,
      truncated: truncated === true,
      recursionDesired: recursionDesired === true,
      recursionAvailable: recursionAvailable === true,
      authenticData: authenticData === true,
      checkingDisabled: checkingDisabled === true,
      answer,
      authority,
      additional,
      ...(options && { edns: { udpSize: 1232, version: 0, dnssecOk, flags: 0, options: options.slice(0, 3) } }),
    };
  });

function written(message: Message): Uint8Array {
  const result = encodeMessage(message);
  if ('problem' in result) throw new Error(result.problem.code);
  return result.bytes;
}

/** What dns-packet has for a record, from ours: it knows neither the type 265 nor the octets of SOA as numbers we keep. */
function comparable(record: ResourceRecord): { name: string; ttl: number; words: string } {
  const name = nameToText(record.name).replace(/\.$/, '');
  const json = rdataToJson(record.type, record.rdata);
  return { name, ttl: record.ttl, words: record.type === TYPE.CLIENTMX ? hex(record.rdata) : words(json) };
}

/** Every number, name and string of some data in one line, sorted by the name of the field. */
function words(data: unknown): string {
  return JSON.stringify(data);
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

describe('dns-packet', () => {
  test('reads what we write, and we read what it writes from that', () => {
    fc.assert(
      fc.property(responses, (message) => {
        const bytes = written(message);
        const theirs = packet.decode(Buffer.from(bytes));
        expect(theirs.id).toBe(message.id);
        expect([
          theirs.flag_aa,
          theirs.flag_tc,
          theirs.flag_rd,
          theirs.flag_ra,
          theirs.flag_ad,
          theirs.flag_cd,
        ]).toEqual([
          message.authoritative,
          message.truncated,
          message.recursionDesired,
          message.recursionAvailable,
          message.authenticData,
          message.checkingDisabled,
        ]);
        // It encodes the root of OPT and unknown types from what it decoded, without compression of its own.
        const again = decodeMessage(packet.encode(theirs));
        if ('problem' in again) throw new Error(again.problem.code);
        for (const section of ['answer', 'authority', 'additional'] as const) {
          expect(again.message[section].map(comparable)).toEqual(message[section].map(comparable));
        }
        expect(again.message.questions).toEqual(message.questions);
        expect(again.message.edns?.options).toEqual(message.edns?.options.map(({ code, data }) => ({ code, data })));
        expect(again.message.edns?.dnssecOk).toBe(message.edns?.dnssecOk);
      }),
      { numRuns: 150 },
    );
  });
});

const DNSPYTHON = `
import json, sys
try:
    import dns.message, dns.exception
except ImportError:
    print('null')
    sys.exit()
def records(section):
    return [[rrset.name.to_wire().hex(), rrset.rdtype, rrset.ttl, rdata.to_wire().hex()]
            for rrset in section for rdata in rrset]
answers = []
for wire in json.load(sys.stdin):
    try:
        message = dns.message.from_wire(bytes.fromhex(wire), one_rr_per_rrset=True)
        answers.append({
            'id': message.id, 'flags': int(message.flags), 'rcode': int(message.rcode()),
            'edns': message.edns, 'payload': message.payload, 'ednsflags': message.ednsflags & 0xffff,
            'options': [[int(option.otype), option.to_wire().hex()] for option in message.options],
            'answer': records(message.answer), 'authority': records(message.authority),
            'additional': records(message.additional),
            'wire': message.to_wire(max_size=65535).hex()})
    except (dns.exception.DNSException, ValueError, NotImplementedError):
        answers.append(None)
print(json.dumps(answers))
`;

interface Read {
  readonly id: number;
  readonly flags: number;
  readonly rcode: number;
  readonly edns: number;
  readonly payload: number;
  readonly ednsflags: number;
  readonly options: readonly [number, string][];
  readonly answer: readonly [string, number, number, string][];
  readonly authority: readonly [string, number, number, string][];
  readonly additional: readonly [string, number, number, string][];
  readonly wire: string;
}

/** What dnspython reads in messages; undefined when no Python has it. */
function askDnspython(wires: readonly Uint8Array[]): (Read | null)[] | undefined {
  for (const python of ['python3', '/usr/bin/python3']) {
    const { stdout } = spawnSync(python, ['-c', DNSPYTHON], {
      input: JSON.stringify(wires.map(hex)),
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    const read: unknown = stdout?.startsWith('[') ? JSON.parse(stdout) : undefined;
    if (Array.isArray(read)) return read as (Read | null)[];
  }
  return undefined;
}

/** Ours in the shape of theirs. */
function shapeOf(bytes: Uint8Array, message: Message): Omit<Read, 'wire'> {
  const rows = (records: readonly ResourceRecord[]): [string, number, number, string][] =>
    records.map(({ name, type, ttl, rdata }) => [hex(name), type, ttl > 0x7fffffff ? 0 : ttl, hex(rdata)]);
  const { edns } = message;
  return {
    id: message.id,
    flags: ((bytes[2] ?? 0) << 8) | (bytes[3] ?? 0),
    rcode: message.rcode,
    edns: edns?.version ?? -1,
    payload: edns?.udpSize ?? 0,
    ednsflags: edns ? (edns.dnssecOk ? 0x8000 : 0) | edns.flags : 0,
    options: edns?.options.map(({ code, data }) => [code, hex(data)]) ?? [],
    answer: rows(message.answer),
    authority: rows(message.authority),
    additional: rows(message.additional),
  };
}

const python = askDnspython([]);
if (python === undefined) console.log('dnspython is not installed: messages are not compared with it');

describe.skipIf(python === undefined)('dnspython', () => {
  test('reads what we write as we do, and we what it writes', () => {
    const wires = fc.sample(responses, { numRuns: 400, seed: 4 }).map(written);
    const theirs = askDnspython(wires) ?? [];
    expect(theirs.length).toBe(wires.length);
    for (const [index, bytes] of wires.entries()) {
      const read = theirs[index];
      const ours = decodeMessage(bytes);
      if (!read || 'problem' in ours) throw new Error(`message ${index}: ${hex(bytes)}`);
      const { wire: again, ...rest } = read;
      expect(rest).toEqual(shapeOf(bytes, ours.message));
      const back = decodeMessage(Buffer.from(again, 'hex'));
      if ('problem' in back) throw new Error(`${back.problem.code}: ${again}`);
      expect(shapeOf(bytes, back.message)).toEqual(rest);
    }
  });

  test('reads the same in messages with changed octets, where both can read them', () => {
    const changed = fc.tuple(responses, fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 3 }));
    const wires = fc.sample(changed, { numRuns: 1500, seed: 5 }).map(([message, changes]) => {
      const bytes = written(message);
      for (const [at, octet] of changes) bytes[12 + (at % (bytes.length - 12))] = octet;
      return bytes;
    });
    const theirs = askDnspython(wires) ?? [];
    let both = 0;
    for (const [index, bytes] of wires.entries()) {
      const read = theirs[index];
      const ours = decodeMessage(bytes);
      if (!read || 'problem' in ours) continue;
      // It unfolds names and normalizes data in more types than RFC 3597 §4 lists: those octets are not compared.
      if (!onlySharedTypes(ours.message)) continue;
      both++;
      const { wire: _, ...rest } = read;
      expect([hex(bytes), rest]).toEqual([hex(bytes), shapeOf(bytes, ours.message)]);
    }
    expect(both).toBeGreaterThan(300);
  });
});

function onlySharedTypes({ answer, authority, additional, opcode }: Message): boolean {
  const shared = ({ type, class: rrClass }: ResourceRecord): boolean =>
    type !== TYPE.DNAME && Object.hasOwn(rdata, type) && rrClass === 1;
  return opcode === 0 && [...answer, ...authority, ...additional].every(shared);
}
