import { ByteSink } from '../text/sink.ts';
import { readIp4, readIp6, writeIp4, writeIp6 } from './address.ts';
import { asciiText } from './found.ts';
import { elementsOf, fault, type JsonFault, type JsonValue } from './kind.ts';
import { numberAt } from './kinds-number.ts';
import { jsonToOctets, stringEnd, textToJson, writeQuoted } from './kinds-text.ts';
import { Base64Reader, readNumber, writeAscii, writeBase64 } from './octets.ts';

/** How the value of a SvcParam is written (RFC 9460 §7). */
export interface ValueForm {
  /** What belongs there, as a message says it. */
  readonly expected: string;
  /** Takes no value at all. */
  readonly bare?: boolean;
  /** Whether escapes may stand in the value. */
  readonly escapes?: boolean;
  /** Appends the wire form of a value whose escapes are resolved; false when it is none. */
  read(value: Uint8Array, out: ByteSink): boolean;
  /** Whether octets are the wire form of such a value. */
  valid(bytes: Uint8Array, start: number, end: number): boolean;
  /** Appends the text of the value, which is not empty. */
  write(bytes: Uint8Array, start: number, end: number, out: ByteSink): void;
  toJson(bytes: Uint8Array, start: number, end: number): JsonValue;
  fromJson(value: JsonValue, out: ByteSink): JsonFault | undefined;
}

/** A SvcParamKey: its number, name and how its value is written. */
export interface SvcKey {
  readonly number: number;
  readonly name: string;
  readonly form: ValueForm;
  /** Servers that do not know its name, so that it is printed as keyN. */
  readonly unknownTo?: string;
  /** Too new for the servers: as keyN they take any octets for it. */
  readonly unchecked?: boolean;
}

/** Any octets, as keyN has them (RFC 9460 §2.1). */
export const ANY_OCTETS: ValueForm = {
  expected: 'a text',
  escapes: true,
  read(value, out) {
    out.put(value);
    return true;
  },
  valid: () => true,
  write: writeQuoted,
  toJson: textToJson,
  fromJson(value, out) {
    const bytes = jsonToOctets(value);
    if (bytes === undefined) return fault('a text');
    out.put(bytes);
    return undefined;
  },
};

/** No value at all. */
const nothing: ValueForm = {
  expected: 'no value',
  bare: true,
  read: (value) => value.length === 0,
  valid: (_bytes, start, end) => start === end,
  write: () => {},
  toJson: () => true,
  fromJson: (value) => (value === true ? undefined : fault('true')),
};

/** Offsets where the parts of a comma-separated value end; one more than there are commas. */
function parts(value: Uint8Array): Uint8Array[] {
  const list: Uint8Array[] = [];
  let start = 0;
  for (let at = 0; at <= value.length; at++) {
    if (at < value.length && value[at] !== COMMA) continue;
    list.push(value.subarray(start, at));
    start = at + 1;
  }
  return list;
}

const COMMA = 0x2c;
const BACKSLASH = 0x5c;

/** A comma-separated list of values of a fixed size, at least one. */
function list(
  size: number,
  expected: string,
  read: (bytes: Uint8Array, start: number, end: number, out: ByteSink) => boolean,
  write: (bytes: Uint8Array, start: number, out: ByteSink) => void,
): ValueForm {
  return {
    expected,
    read: (value, out) => parts(value).every((part) => read(part, 0, part.length, out)),
    valid: (_bytes, start, end) => end > start && (end - start) % size === 0,
    write(bytes, start, end, out) {
      for (let at = start; at < end; at += size) {
        if (at > start) out.u8(COMMA);
        write(bytes, at, out);
      }
    },
    toJson(bytes, start, end) {
      return Array.from({ length: (end - start) / size }, (_, index) => {
        const out = new ByteSink(48);
        write(bytes, start + index * size, out);
        return asciiText(out.bytes, 0, out.length);
      });
    },
    fromJson(value, out) {
      const items = elementsOf(value);
      if (items === undefined || items.length === 0) return fault(`an array: ${expected}`);
      for (const [index, item] of items.entries()) {
        const bytes = new TextEncoder().encode(typeof item === 'string' ? item : '');
        if (!read(bytes, 0, bytes.length, out)) return fault(expected, `/${index}`);
      }
      return undefined;
    },
  };
}

const PORT = 'a port from 0 to 65535';

const port: ValueForm = {
  expected: PORT,
  read(value, out) {
    const number = readNumber(value, 0, value.length, 65535);
    if (number >= 0) out.u16(number);
    return number >= 0;
  },
  valid: (_bytes, start, end) => end - start === 2,
  write: (bytes, start, end, out) => writeAscii(String(numberAt(bytes, start, end)), out),
  toJson: numberAt,
  fromJson(value, out) {
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > 65535) return fault(PORT);
    out.u16(value);
    return undefined;
  },
};

/** Numbers of 16 bits, comma-separated. */
const numbers: ValueForm = list(
  2,
  'numbers from 0 to 65535, separated by commas',
  (bytes, start, end, out) => {
    const number = readNumber(bytes, start, end, 65535);
    if (number >= 0) out.u16(number);
    return number >= 0;
  },
  (bytes, start, out) => writeAscii(String(numberAt(bytes, start, start + 2)), out),
);

/** Strings with a length octet, comma-separated with backslash escapes (RFC 9460 appendix A.1); at least `least`. */
function strings(least: 0 | 1, expected: string): ValueForm {
  return {
    expected,
    escapes: true,
    read(value, out) {
      if (value.length === 0) return least === 0;
      let sizeAt = out.length;
      out.u8(0);
      const close = () => {
        const size = out.length - sizeAt - 1;
        out.bytes[sizeAt] = size;
        sizeAt = out.length;
        return size > 0 && size <= 255;
      };
      for (let at = 0; at < value.length; at++) {
        let octet = value[at] ?? 0;
        if (octet === COMMA) {
          if (!close()) return false;
          out.u8(0);
          continue;
        }
        if (octet === BACKSLASH) {
          octet = value[++at] ?? 0;
          if (octet !== COMMA && octet !== BACKSLASH) return false;
        }
        out.u8(octet);
      }
      return close();
    },
    valid(bytes, start, end) {
      let at = start;
      while (at >= 0 && at < end) at = bytes[at] === 0 ? -1 : stringEnd(bytes, at);
      return at === end && end - start >= least;
    },
    write(bytes, start, end, out) {
      const joined = new ByteSink(end - start);
      for (let at = start; at < end; at = stringEnd(bytes, at)) {
        if (at > start) joined.u8(COMMA);
        for (let i = at + 1; i < stringEnd(bytes, at); i++) {
          const octet = bytes[i] ?? 0;
          if (octet === COMMA || octet === BACKSLASH) joined.u8(BACKSLASH);
          joined.u8(octet);
        }
      }
      writeQuoted(joined.bytes, 0, joined.length, out);
    },
    toJson(bytes, start, end) {
      const texts: JsonValue[] = [];
      for (let at = start; at < end; at = stringEnd(bytes, at))
        texts.push(textToJson(bytes, at + 1, stringEnd(bytes, at)));
      return texts;
    },
    fromJson(value, out) {
      const items = elementsOf(value);
      if (items === undefined || items.length < least) return fault(`an array: ${expected}`);
      for (const [index, item] of items.entries()) {
        const text = jsonToOctets(item);
        if (text === undefined || text.length === 0 || text.length > 255)
          return fault('a text of 1 to 255 octets', `/${index}`);
        out.u8(text.length);
        out.put(text);
      }
      return undefined;
    },
  };
}

const ECH = 'base64';

const base64: ValueForm = {
  expected: ECH,
  read(value, out) {
    const reader = new Base64Reader(out);
    return reader.piece(value, 0, value.length) < 0 && !reader.open && value.length > 0;
  },
  valid: (_bytes, start, end) => end > start,
  write: writeBase64,
  toJson(bytes, start, end) {
    const out = new ByteSink(end - start);
    writeBase64(bytes, start, end, out);
    return asciiText(out.bytes, 0, out.length);
  },
  fromJson(value, out) {
    const bytes = new TextEncoder().encode(typeof value === 'string' ? value : '');
    return base64.read(bytes, out) ? undefined : fault(ECH);
  },
};

/** A relative URI template with the variable `dns` (RFC 9461 §5). */
const path: ValueForm = {
  ...ANY_OCTETS,
  expected: 'a path with a dns variable, such as /dns-query{?dns}',
  read(value, out) {
    out.put(value);
    return path.valid(value, 0, value.length);
  },
  valid(bytes, start, end) {
    const text = asciiText(bytes, start, end);
    return (
      text.startsWith('/') &&
      /\{[?&+#./;]?(?:[^{},]*,)*dns(?::\d+|\*)?(?:,[^{},]*)*\}/.test(text) &&
      isUtf8(bytes, start, end)
    );
  },
};

function isUtf8(bytes: Uint8Array, start: number, end: number): boolean {
  return typeof textToJson(bytes, start, end) === 'string';
}

/** Keys by number or name, ascending (RFC 9460 §8). */
const keys: ValueForm = {
  expected: 'names of other keys, separated by commas',
  read(value, out) {
    const found = parts(value).map((part) => svcKeyNumber(part, 0, part.length));
    return putKeys(found, out);
  },
  valid(bytes, start, end) {
    if (end === start || (end - start) % 2 !== 0) return false;
    let last = 0;
    for (let at = start; at < end; at += 2) {
      const key = numberAt(bytes, at, at + 2);
      if (key <= last) return false;
      last = key;
    }
    return true;
  },
  write: (bytes, start, end, out) => writeAscii(keyNumbers(bytes, start, end).map(printedKey).join(','), out),
  toJson: (bytes, start, end) => keyNumbers(bytes, start, end).map(namedKey),
  fromJson(value, out) {
    const found = elementsOf(value)?.map((item) => svcKeyFromText(typeof item === 'string' ? item : ''));
    return found !== undefined && found.length > 0 && putKeys(found, out) ? undefined : fault('an array of other keys');
  },
};

/** Appends key numbers in order; false when one is unknown, repeated or the mandatory key itself. */
function putKeys(found: number[], out: ByteSink): boolean {
  found.sort((a, b) => a - b);
  let last = 0;
  for (const key of found) {
    if (key <= last) return false;
    out.u16(key);
    last = key;
  }
  return true;
}

/** Key numbers of a list of them. */
export function keyNumbers(bytes: Uint8Array, start: number, end: number): number[] {
  return Array.from({ length: (end - start) / 2 }, (_, i) => numberAt(bytes, start + 2 * i, start + 2 * i + 2));
}

/** The registered keys. */
const SVC_KEYS: readonly SvcKey[] = [
  { number: 0, name: 'mandatory', form: keys },
  { number: 1, name: 'alpn', form: strings(1, 'protocol names, separated by commas') },
  { number: 2, name: 'no-default-alpn', form: nothing },
  { number: 3, name: 'port', form: port },
  { number: 4, name: 'ipv4hint', form: list(4, 'IPv4 addresses, separated by commas', readIp4, writeIp4) },
  { number: 5, name: 'ech', form: base64 },
  { number: 6, name: 'ipv6hint', form: list(16, 'IPv6 addresses, separated by commas', readIp6, writeIp6) },
  { number: 7, name: 'dohpath', form: path, unknownTo: 'Knot DNS' },
  { number: 8, name: 'ohttp', form: nothing, unknownTo: 'BIND, NSD and Knot DNS', unchecked: true },
  { number: 9, name: 'tls-supported-groups', form: numbers, unknownTo: 'BIND, NSD and Knot DNS', unchecked: true },
  {
    number: 10,
    name: 'docpath',
    form: strings(0, 'path segments, separated by commas'),
    unknownTo: 'BIND, NSD and Knot DNS',
    unchecked: true,
  },
];

/** What a key is; one without a name of its own takes any octets. */
export function svcKey(number: number): SvcKey {
  return SVC_KEYS[number] ?? { number, name: `key${number}`, form: ANY_OCTETS };
}

/** How a key is named in JSON and messages. */
export function namedKey(number: number): string {
  return svcKey(number).name;
}

/** How a key is written so that every server reads it. */
export function printedKey(number: number): string {
  const key = svcKey(number);
  return key.unknownTo === undefined ? key.name : `key${number}`;
}

/** Number of the key that a word names, with `keyN` without leading zeros for any; -1 when it names none. */
export function svcKeyNumber(bytes: Uint8Array, start: number, end: number): number {
  return end - start > 24 ? -1 : svcKeyFromText(asciiText(bytes, start, end));
}

/** Number of the key with this name or `keyN`; -1 when there is none. */
export function svcKeyFromText(text: string): number {
  const known = SVC_KEYS.find((key) => key.name === text);
  if (known !== undefined) return known.number;
  const number = /^key(0|[1-9]\d{0,4})$/.exec(text)?.[1];
  return number === undefined || Number(number) > 65535 ? -1 : Number(number);
}
