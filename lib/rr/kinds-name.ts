import { ByteSink } from '../text/sink.ts';
import { readIp4, readIp6, writeIp4, writeIp6 } from './address.ts';
import { lowerOctet } from './escapes.ts';
import { asciiText } from './found.ts';
import {
  elementsOf,
  fault,
  type JsonFault,
  type JsonValue,
  type Kind,
  type Kinds,
  type Target,
  type Words,
} from './kind.ts';
import { nameFromText, nameLength, readNameWord, writeName } from './name.ts';

const NAME = 'a domain name';

/** A domain name; relative ones in text get the origin. */
const name: Kind = {
  expected: NAME,
  read: (words) => words.takeUnquoted(NAME) && readName(words),
  end(rdata, at) {
    const length = nameLength(rdata, at);
    return length < 0 ? -1 : at + length;
  },
  write(rdata, start, _end, out, origin) {
    writeName(rdata, start, out, origin);
  },
  toJson: nameJson,
  fromJson: (value, target, origin) => putName(value, target, origin),
  lower(rdata, start, end) {
    for (let at = start; at < end; at++) rdata[at] = lowerOctet(rdata[at] ?? 0);
  },
};

function readName(words: Words): boolean {
  return readNameWord(words.bytes, words.start, words.end, words.origin, words.out, words.report);
}

function nameJson(rdata: Uint8Array, start: number): string {
  const out = new ByteSink(64);
  writeName(rdata, start, out);
  return asciiText(out.bytes, 0, out.length);
}

function putName(value: JsonValue, { out }: Target, origin?: Uint8Array, pointer = ''): JsonFault | undefined {
  const made = typeof value === 'string' ? nameFromText(value, origin) : undefined;
  if (made === undefined || 'problem' in made) return fault(`${NAME}${origin ? '' : ' with a final dot'}`, pointer);
  out.put(made.name);
  return undefined;
}

/** Names up to the end of the RDATA, maybe none (HIP rendezvous servers, RFC 8005 §5). */
const names: Kind = {
  expected: NAME,
  read(words) {
    while (words.more) if (!words.takeUnquoted(NAME) || !readName(words)) return false;
    return true;
  },
  end(rdata, at) {
    let end = at;
    while (end >= 0 && end < rdata.length) end = name.end(rdata, end);
    return end;
  },
  write(rdata, start, end, out, origin) {
    for (let at = start; at < end; ) {
      if (at > start) out.u8(0x20);
      at = writeName(rdata, at, out, origin);
    }
  },
  toJson(rdata, start, end) {
    const list: string[] = [];
    for (let at = start; at < end; at += nameLength(rdata, at)) list.push(nameJson(rdata, at));
    return list;
  },
  fromJson(value, target, origin) {
    const items = elementsOf(value);
    if (items === undefined) return fault('an array of domain names');
    for (const [index, item] of items.entries()) {
      const problem = putName(item, target, origin, `/${index}`);
      if (problem !== undefined) return problem;
    }
    return undefined;
  },
};

const NO_GATEWAY = '. for gateway type 0';

/** How a gateway is written for each of its types (RFC 4025 §2.5, RFC 8777 §4.2.4). */
const GATEWAYS: readonly Pick<Kind, 'expected' | 'read' | 'end' | 'write' | 'fromJson'>[] = [
  {
    expected: NO_GATEWAY,
    read(words) {
      if (!words.takeUnquoted(NO_GATEWAY)) return false;
      return (words.end - words.start === 1 && words.bytes[words.start] === 0x2e) || words.wrong(NO_GATEWAY);
    },
    end: (_rdata, at) => at,
    write: (_rdata, _start, _end, out) => out.u8(0x2e),
    fromJson: (value) => (value === '.' ? undefined : fault(NO_GATEWAY)),
  },
  addressKind(4, 'an IPv4 address', readIp4, writeIp4),
  addressKind(16, 'an IPv6 address', readIp6, writeIp6),
  name,
];

/** An address of so many octets. */
function addressKind(octets: number, expected: string, read: typeof readIp4, write: typeof writeIp4): Kind {
  return {
    expected,
    read(words) {
      if (!words.takeUnquoted(expected)) return false;
      return read(words.bytes, words.start, words.end, words.out) || words.wrong(expected);
    },
    end: (rdata, at) => (at + octets <= rdata.length ? at + octets : -1),
    write: (rdata, start, _end, out) => write(rdata, start, out),
    toJson(rdata, start) {
      const out = new ByteSink(48);
      write(rdata, start, out);
      return asciiText(out.bytes, 0, out.length);
    },
    fromJson(value, { out }) {
      const bytes = new TextEncoder().encode(typeof value === 'string' ? value : '');
      return read(bytes, 0, bytes.length, out) ? undefined : fault(expected);
    },
  };
}

/** A gateway whose type stands in the octet at `typeAt` of the RDATA. */
function gateway(typeAt: number): Kind {
  const of = (bytes: Uint8Array, base: number) => GATEWAYS[(bytes[base + typeAt] ?? 0) & 127];
  const expected = 'a gateway';
  const write: Kind['write'] = (rdata, start, end, out, origin) => of(rdata, 0)?.write(rdata, start, end, out, origin);
  return {
    expected,
    read: (words) => of(words.out.bytes, words.base)?.read(words) ?? words.missing(expected),
    end: (rdata, at) => of(rdata, 0)?.end(rdata, at) ?? -1,
    write,
    toJson(rdata, start, end) {
      const out = new ByteSink(64);
      write(rdata, start, end, out);
      return asciiText(out.bytes, 0, out.length);
    },
    fromJson: (value, target, origin) => {
      const kind = of(target.out.bytes, target.base);
      return kind === undefined ? fault(expected) : kind.fromJson(value, target, origin);
    },
  };
}

/** Octets of the address suffix that A6 holds for a prefix length (RFC 2874 §3.1). */
function suffixOctets(prefixLength: number): number {
  return 16 - (prefixLength >> 3);
}

const IP6 = addressKind(16, 'an IPv6 address', readIp6, writeIp6);

/** The low bits of an address that A6 holds; left out when the prefix is all 128 bits. */
const a6Suffix: Kind = {
  expected: IP6.expected,
  absent: ({ out, base }) => out.bytes[base] === 128,
  read(words) {
    const from = words.out.length;
    return IP6.read(words) && keepSuffix(words, from);
  },
  end(rdata, at) {
    const prefix = rdata[at - 1] ?? 0;
    const end = at + suffixOctets(prefix);
    if (end > rdata.length || ((rdata[at] ?? 0) & padMask(prefix)) !== 0) return -1;
    return end;
  },
  write(rdata, start, end, out) {
    const address = new Uint8Array(16);
    address.set(rdata.subarray(start, end), 16 - (end - start));
    if (end > start) writeIp6(address, 0, out);
  },
  toJson(rdata, start, end) {
    const out = new ByteSink(48);
    a6Suffix.write(rdata, start, end, out);
    return asciiText(out.bytes, 0, out.length);
  },
  fromJson(value, target) {
    const from = target.out.length;
    const problem = IP6.fromJson(value, target);
    if (problem === undefined) keepSuffix(target, from);
    return problem;
  },
};

/** Bits of the first suffix octet that belong to the prefix and must be zero. */
function padMask(prefix: number): number {
  return prefix % 8 === 0 ? 0 : 256 - (1 << (8 - (prefix % 8)));
}

function keepSuffix({ out, base }: Target, from: number): true {
  const prefix = out.bytes[base] ?? 0;
  const octets = suffixOctets(prefix);
  out.bytes.copyWithin(from, from + 16 - octets, from + 16);
  out.length = from + octets;
  out.bytes[from] = (out.bytes[from] ?? 0) & ~padMask(prefix);
  return true;
}

/** The name that holds the prefix of A6; left out when there is no prefix. */
const a6Name: Kind = {
  ...name,
  absent: ({ out, base }) => out.bytes[base] === 0,
  end: (rdata, at) => (rdata[0] === 0 ? at : name.end(rdata, at)),
  write(rdata, start, end, out, origin) {
    if (end > start) name.write(rdata, start, end, out, origin);
  },
};

/** Kinds with names or addresses in them. */
export const NAME_KINDS: Kinds<
  'name' | 'names' | 'ip4' | 'ip6' | 'ipseckey-gateway' | 'amtrelay-relay' | 'a6-suffix' | 'a6-name'
> = {
  name,
  names,
  ip4: addressKind(4, 'an IPv4 address', readIp4, writeIp4),
  ip6: IP6,
  'ipseckey-gateway': gateway(1),
  'amtrelay-relay': gateway(1),
  'a6-suffix': a6Suffix,
  'a6-name': a6Name,
};
