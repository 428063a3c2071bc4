import fc from 'fast-check';
import { nameFromText } from '../../lib/rr/name.ts';
import { TYPE } from '../../lib/rr/types.ts';
import { type Message, queryFor, type ResourceRecord } from '../../lib/wire/message.ts';
import { rdataLayout } from '../../lib/wire/rdata-layout.ts';

/** The wire form of an absolute name. */
export function wire(text: string): Uint8Array {
  const read = nameFromText(text);
  if (!('name' in read)) throw new Error(`no name: ${text}`);
  return read.name;
}

/** Octets one behind the other. */
export function join(...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

/** A record of class IN. */
export function record(name: string, type: number, rdata: Uint8Array, ttl = 3600): ResourceRecord {
  return { name: wire(name), type, class: 1, ttl, rdata };
}

/** A response to a question for a name of class IN, to be changed by spreading. */
export function responseFor(name: string, type: number, id = 1): Message {
  return { ...queryFor({ name: wire(name), type, class: 1 }, id), response: true };
}

const label: fc.Arbitrary<number[]> = fc.oneof(
  fc.constantFrom('mx', 'MX', 'example', 'net', '_tcp', '_smtp-tls').map((text) => [...new TextEncoder().encode(text)]),
  fc.array(fc.nat(255), { minLength: 1, maxLength: 63 }),
);

/** Names with labels that recur, as in messages, and names of any octets up to the full length. */
const names: fc.Arbitrary<Uint8Array> = fc.array(label, { maxLength: 8 }).map((labels) => {
  const octets: number[] = [];
  for (const each of labels) if (octets.length + each.length + 2 <= 255) octets.push(each.length, ...each);
  return Uint8Array.of(...octets, 0);
});

const octets: fc.Arbitrary<Uint8Array> = fc.uint8Array({ maxLength: 40 });

/** Types whose names may be compressed, ones whose must not, and ones without a form. */
export const someTypes: readonly number[] = [
  ...[TYPE.A, TYPE.NS, TYPE.CNAME, TYPE.SOA, TYPE.MINFO, TYPE.MX, TYPE.TXT, TYPE.RP, TYPE.SIG, TYPE.NXT, TYPE.PX],
  ...[TYPE.SRV, TYPE.NAPTR, TYPE.DNAME, TYPE.RRSIG, TYPE.CLIENTMX, 65280],
];

/** RDATA of a type, by the way through it. */
function rdataOf(type: number): fc.Arbitrary<Uint8Array> {
  const steps = rdataLayout(type);
  if (steps === undefined) return fc.oneof(octets, names);
  const parts = steps.map((step): fc.Arbitrary<Uint8Array> => {
    if (step.kind === 'name') return names;
    if (step.kind === 'octets') return fc.uint8Array({ minLength: step.count, maxLength: step.count });
    return step.kind === 'rest' ? octets : octets.map((text) => join([text.length], text));
  });
  return fc.tuple(...parts).map((each) => join(...each));
}

const u16 = fc.nat(65535);

const records: fc.Arbitrary<ResourceRecord> = fc
  .constantFrom(...someTypes)
  .chain((type) =>
    fc.record({ name: names, type: fc.constant(type), class: u16, ttl: fc.nat(0xffffffff), rdata: rdataOf(type) }),
  );

const edns = fc.record({
  udpSize: u16,
  version: fc.nat(255),
  dnssecOk: fc.boolean(),
  flags: fc.nat(32767),
  options: fc.array(fc.record({ code: u16, data: octets }), { maxLength: 3 }),
});

/** Messages that can be written, with up to so many records in a section. */
export function messages(most = 6): fc.Arbitrary<Message> {
  const section = fc.array(records, { maxLength: most });
  return fc
    .record({
      id: u16,
      response: fc.boolean(),
      opcode: fc.nat(15),
      authoritative: fc.boolean(),
      truncated: fc.boolean(),
      recursionDesired: fc.boolean(),
      recursionAvailable: fc.boolean(),
      reserved: fc.boolean(),
      authenticData: fc.boolean(),
      checkingDisabled: fc.boolean(),
      rcode: fc.nat(15),
      questions: fc.array(fc.record({ name: names, type: u16, class: u16 }), { maxLength: 2 }),
      answer: section,
      authority: section,
      additional: section,
    })
    .chain((message) =>
      fc.oneof(
        fc.constant(message),
        fc.record({ edns, rcode: fc.nat(4095) }).map((more) => ({ ...message, ...more })),
      ),
    );
}
