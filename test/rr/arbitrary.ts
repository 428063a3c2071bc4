import fc from 'fast-check';
import type { Field, KindName } from '../../lib/rr/kind.ts';
import { MAX_NAME } from '../../lib/rr/name.ts';
import { TYPES, type TypeRow } from '../../lib/rr/types.ts';
import { rdataOf, typeNumber } from './rdata.ts';

type Octets = fc.Arbitrary<Uint8Array>;

/** Octets of a field, given those of the fields before it. */
type FieldArbitrary = (before: Uint8Array) => Octets;

const octets = (least: number, most: number): Octets => fc.uint8Array({ minLength: least, maxLength: most });
const exactly = (count: number): Octets => octets(count, count);
const label = octets(1, 63);

/** A wire name of any octets. */
export const nameArbitrary: Octets = fc
  .array(fc.oneof({ weight: 3, arbitrary: octets(1, 8) }, label), { maxLength: 8 })
  .map((labels) => {
    const parts: number[] = [];
    for (const one of labels) if (parts.length + one.length + 2 <= MAX_NAME) parts.push(one.length, ...one);
    return Uint8Array.from([...parts, 0]);
  });

const prefixed = (least: number, most: number): Octets =>
  octets(least, most).map((text) => Uint8Array.from([text.length, ...text]));

const string = prefixed(0, 255);

/** Window blocks of sorted types, type 0 left out. */
const types = (least: number): Octets =>
  fc.uniqueArray(fc.integer({ min: 1, max: 65535 }), { minLength: least, maxLength: 12 }).map((numbers) => {
    const windows = new Map<number, number[]>();
    for (const number of numbers.sort((a, b) => a - b)) {
      const bits = windows.get(number >> 8) ?? [];
      const octet = (number & 255) >> 3;
      while (bits.length <= octet) bits.push(0);
      bits[octet] = (bits[octet] ?? 0) | (128 >> (number & 7));
      windows.set(number >> 8, bits);
    }
    return Uint8Array.from([...windows].flatMap(([window, bits]) => [window, bits.length, ...bits]));
  });

const lastNotZero = (bytes: Octets): Octets => bytes.filter((found) => found.at(-1) !== 0);
const gatewayType: Octets = fc.integer({ min: 0, max: 3 }).map((type) => Uint8Array.of(type));
const gateway: FieldArbitrary = (before) => {
  const forms = [exactly(0), exactly(4), exactly(16), nameArbitrary];
  return forms[(before[1] ?? 0) & 127] ?? exactly(0);
};

const size = fc
  .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 9 }))
  .map(([digit, power]) => (digit << 4) | power);
const angle = (degrees: number) =>
  fc.integer({ min: -degrees * 3_600_000, max: degrees * 3_600_000 }).map((value) => value + 2 ** 31);
const location: Octets = fc
  .tuple(fc.array(fc.oneof(fc.constant(0), size), { minLength: 3, maxLength: 3 }), angle(90), angle(180), exactly(4))
  .map(([sizes, latitude, longitude, altitude]) => {
    const bytes = Buffer.alloc(16);
    bytes.set([0, ...sizes]);
    bytes.writeUInt32BE(latitude, 4);
    bytes.writeUInt32BE(longitude, 8);
    bytes.set(altitude, 12);
    return Uint8Array.from(bytes);
  });

const prefix: Octets = fc
  .record({ six: fc.boolean(), negated: fc.boolean(), bits: fc.nat(), address: octets(0, 4) })
  .map(({ six, negated, bits, address }) => {
    let length = address.length;
    while (length > 0 && address[length - 1] === 0) length--;
    return Uint8Array.from([
      0,
      six ? 2 : 1,
      bits % (six ? 129 : 33),
      (negated ? 128 : 0) | length,
      ...address.subarray(0, length),
    ]);
  });

const SERVICES = [
  '',
  'alpn=h2,h3 port=443',
  'mandatory=alpn,ipv4hint alpn=h2 ipv4hint=192.0.2.1,192.0.2.2',
  'no-default-alpn alpn="a\\\\,b\\\\\\\\c" ech=AAEC',
  'ipv6hint=2001:db8::1 key7="/q{?dns}" key8 key9="\\000\\029" key667="\\000\\255"',
];

/** Well-formed octets of every kind. */
const FIELDS: Readonly<Record<KindName, FieldArbitrary>> = {
  u8: () => exactly(1),
  u16: () => exactly(2),
  u32: () => exactly(4),
  u48: () => exactly(6),
  u64: () => exactly(8),
  period: () => exactly(4),
  ttl: () => exactly(4),
  time: () => exactly(4),
  name: () => nameArbitrary,
  names: () => fc.array(nameArbitrary, { maxLength: 3 }).map(join),
  ip4: () => exactly(4),
  ip6: () =>
    fc.oneof(
      exactly(16),
      fc.array(fc.constantFrom(0, 0, 1), { minLength: 16, maxLength: 16 }).map(Uint8Array.from.bind(Uint8Array)),
    ),
  locator64: () => exactly(8),
  eui48: () => exactly(6),
  eui64: () => exactly(8),
  nsap: () => octets(1, 30),
  atma: () =>
    fc.oneof(
      octets(1, 20).map((address) => Uint8Array.from([0, ...address])),
      fc.stringMatching(/^\d{1,15}$/).map((digits) => Uint8Array.from([1, ...Buffer.from(digits)])),
    ),
  apl: () => fc.array(prefix, { maxLength: 4 }).map(join),
  protocol: () => exactly(1),
  services: () => lastNotZero(octets(1, 40)),
  string: () => string,
  strings: () => fc.array(string, { minLength: 1, maxLength: 4 }).map(join),
  text: () => octets(0, 300),
  'quoted-text': () => octets(0, 300),
  tag: () => fc.stringMatching(/^[a-zA-Z0-9]{1,20}$/).map((tag) => Uint8Array.from([tag.length, ...Buffer.from(tag)])),
  digits: () =>
    fc.stringMatching(/^\d{4,20}$/).map((digits) => Uint8Array.from([digits.length, ...Buffer.from(digits)])),
  regexp: () => string,
  hex: () => octets(1, 80),
  base64: () => octets(1, 80),
  'base64-or-dash': () => octets(0, 80),
  'sized-base64': () => octets(0, 80).map((data) => Uint8Array.from([0, data.length, ...data])),
  'ipseckey-key': () => octets(0, 40),
  opaque: () => octets(0, 80),
  salt: () => prefixed(0, 255),
  base32hex: () => prefixed(1, 255),
  'ds-digest': () => octets(1, 64),
  'sshfp-digest': () => octets(1, 64),
  'zonemd-digest': () => octets(1, 80),
  'hip-algorithm': () =>
    fc
      .tuple(fc.integer({ min: 1, max: 255 }), exactly(1), fc.integer({ min: 1, max: 40 }))
      .map(([tag, algorithm, key]) => Uint8Array.from([tag, ...algorithm, 0, key])),
  'hip-tag': (before) => exactly(before[0] ?? 1),
  'hip-key': (before) => exactly(before[3] ?? 1),
  'ipseckey-type': () => gatewayType,
  'ipseckey-gateway': gateway,
  'amtrelay-discovery': () => exactly(0),
  'amtrelay-type': () =>
    fc.tuple(gatewayType, fc.constantFrom(0, 128)).map(([type, bit]) => type.map((value) => value | bit)),
  'amtrelay-relay': gateway,
  'a6-length': () => fc.integer({ min: 0, max: 128 }).map((length) => Uint8Array.of(length)),
  'a6-suffix': (before) => {
    const length = before[0] ?? 0;
    return exactly(16 - (length >> 3)).map((suffix) =>
      suffix.map((octet, at) => (at === 0 ? octet & (255 >> (length % 8)) : octet)),
    );
  },
  'a6-name': (before) => (before[0] === 0 ? exactly(0) : nameArbitrary),
  type: () => fc.integer({ min: 1, max: 65535 }).map((type) => Uint8Array.of(type >> 8, type & 255)),
  types: () => types(1),
  'types-or-none': () => types(0),
  'nxt-types': () =>
    lastNotZero(octets(1, 16))
      .map((bits) => bits.map((octet, at) => (at === 0 && bits.length > 1 ? octet & 127 : octet)))
      .filter((bits) => (bits[0] ?? 0) < 128),
  algorithm: () => exactly(1),
  'cert-type': () => fc.oneof(exactly(2), fc.constantFrom(Uint8Array.of(0, 1), Uint8Array.of(0, 253))),
  scheme: () => exactly(1),
  location: () => location,
  svcparams: () =>
    fc.constantFrom(...SERVICES).map((params) => rdataOf(typeNumber('SVCB'), `1 . ${params}`).subarray(3)),
};

function join(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

/** Well-formed RDATA of a type; optional fields are there half of the time. */
export function rdataArbitrary(row: TypeRow): Octets {
  const extend = (before: Octets, field: Field): Octets =>
    before.chain((bytes) => {
      const more = FIELDS[field.kind](bytes).map((octets) => join([bytes, octets]));
      return field.optional ? fc.oneof(fc.constant(bytes), more) : more;
    });
  return row.fields.reduce(extend, fc.constant(new Uint8Array(0)));
}

/** Types with a form of their own. */
export const OWN_FORMS: readonly TypeRow[] = TYPES.filter((row) => row.fields[0]?.kind !== 'opaque');
