import { ByteSink } from '../text/sink.ts';
import { shown } from './found.ts';
import { fault, type JsonFault, type JsonValue, type Kind, type Kinds, type Words } from './kind.ts';
import { numberAt } from './kinds-number.ts';
import { readOctets, writeQuoted } from './kinds-text.ts';
import { writeAscii } from './octets.ts';
import { ANY_OCTETS, keyNumbers, namedKey, printedKey, svcKey, svcKeyFromText, svcKeyNumber } from './svcb-keys.ts';

const EXPECTED = 'a service parameter such as alpn=h2 or port=443';
const EQUALS = 0x3d;
const BACKSLASH = 0x5c;
const MANDATORY = 0;
const ALPN = 1;
const NO_DEFAULT_ALPN = 2;
const MOST_OCTETS = 65535;

/** A parameter in wire form. */
interface Param {
  readonly key: number;
  readonly value: Uint8Array;
}

/** The parameters of SVCB and HTTPS (RFC 9460 §2.1, §2.2): in any order in text, ascending on the wire. */
const svcparams: Kind = {
  expected: EXPECTED,
  read(words) {
    const params: Param[] = [];
    const seen = new Set<number>();
    while (words.more) {
      const param = readParam(words, seen);
      if (param === undefined) return false;
      params.push(param);
    }
    params.sort((a, b) => a.key - b.key);
    const missing = missingKey(params);
    if (missing >= 0) return words.missing(`${namedKey(missing)}, which mandatory names`);
    if (seen.has(NO_DEFAULT_ALPN) && !seen.has(ALPN)) {
      words.nonportable('no-default-alpn without alpn', 'BIND', 'add alpn');
    }
    put(params, words.out);
    return true;
  },
  end(rdata, start) {
    const params = paramsAt(rdata, start);
    return params === undefined || missingKey(params) >= 0 ? -1 : rdata.length;
  },
  write(rdata, start, _end, out) {
    for (const [index, { key, value }] of (paramsAt(rdata, start) ?? []).entries()) {
      if (index > 0) out.u8(0x20);
      const { form, unknownTo } = svcKey(key);
      writeAscii(printedKey(key), out);
      if (value.length === 0) continue;
      out.u8(EQUALS);
      const write = unknownTo === undefined ? form.write : writeQuoted;
      write(value, 0, value.length, out);
    }
  },
  toJson(rdata, start) {
    const params = paramsAt(rdata, start) ?? [];
    return Object.fromEntries(
      params.map(({ key, value }) => {
        const { name, form } = svcKey(key);
        const named = form.valid(value, 0, value.length);
        return [named ? name : `key${key}`, (named ? form : ANY_OCTETS).toJson(value, 0, value.length)];
      }),
    );
  },
  fromJson(value, { out }) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return fault('an object of parameters');
    const params: Param[] = [];
    for (const [name, entry] of Object.entries(value)) {
      const param = jsonParam(name, entry);
      if ('pointer' in param) return param;
      params.push(param);
    }
    params.sort((a, b) => a.key - b.key);
    const twice = params.find((param, index) => params[index + 1]?.key === param.key);
    if (twice !== undefined) return fault('each key once', `/${namedKey(twice.key)}`);
    if (missingKey(params) >= 0) return fault('keys that are there', '/mandatory');
    put(params, out);
    return undefined;
  },
};

/** Takes one parameter; undefined after a report. */
function readParam(words: Words, seen: Set<number>): Param | undefined {
  if (!words.takeUnquoted(EXPECTED)) return undefined;
  const { bytes, start, end } = words;
  const equals = bytes.indexOf(EQUALS, start);
  const keyEnd = equals < 0 || equals >= end ? end : equals;
  const key = svcKeyNumber(bytes, start, keyEnd);
  if (key < 0 || seen.has(key)) {
    const expected = key < 0 ? 'a known parameter key or keyN' : `${namedKey(key)} only once`;
    words.report('parse-error', start, keyEnd, { expected, found: shown(bytes, start, keyEnd) });
    return undefined;
  }
  seen.add(key);
  const name = shown(bytes, start, keyEnd);
  noteKey(words, key, name);
  const value = new ByteSink(64);
  if (keyEnd < end) {
    words.start = keyEnd + 1;
    if (words.start === end && words.adjoins) words.advance();
    else if (words.start === end)
      words.nonportable(`${name}= without a value`, 'Knot DNS', 'leave out the equals sign');
    if (!readOctets(words, value)) return undefined;
    if (svcKey(key).form.bare && words.quoted && name === namedKey(key)) {
      words.nonportable(`a value for ${name}`, 'Knot DNS', 'leave it out');
    }
  }
  return wireParam(words, key, name, value.slice());
}

/** The parameter of a value whose escapes are resolved; undefined after a report. */
function wireParam(words: Words, key: number, name: string, value: Uint8Array): Param | undefined {
  const { form } = svcKey(key);
  const { bytes, start, end } = words;
  let expected = form.expected;
  if (name !== namedKey(key)) {
    if (isValue(key, value, 0, value.length)) return { key, value };
    expected = `the wire form of ${namedKey(key)}`;
  } else {
    const escaped = bytes.subarray(start, end).includes(BACKSLASH);
    const wire = new ByteSink(value.length + 16);
    if ((form.escapes || !escaped) && form.read(value, wire) && wire.length <= MOST_OCTETS) {
      return { key, value: wire.slice() };
    }
  }
  const what = `${words.mnemonic} parameter ${name}`;
  words.report('parse-error', start, end, { what, expected, found: shown(bytes, start, end) });
  return undefined;
}

/** Whether octets can be the value of a key, as far as servers check it. */
function isValue(key: number, bytes: Uint8Array, start: number, end: number): boolean {
  const { form, unchecked } = svcKey(key);
  return unchecked || form.valid(bytes, start, end);
}

/** Notes a key whose name, or whose generic form, some servers read otherwise. */
function noteKey(words: Words, key: number, name: string): void {
  const { unknownTo, form } = svcKey(key);
  if (name !== namedKey(key) && unknownTo === undefined && !form.bare) {
    words.nonportable(`the octets of ${namedKey(key)} in ${name}`, 'NSD', `write ${namedKey(key)}`);
  } else if (name === namedKey(key) && unknownTo !== undefined) {
    words.nonportable(`the parameter ${name}`, unknownTo, `write key${key} with its octets`);
  }
}

function jsonParam(name: string, entry: JsonValue): Param | JsonFault {
  const key = svcKeyFromText(name);
  const pointer = `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  if (key < 0) return fault('a known parameter key or keyN', pointer);
  const out = new ByteSink(64);
  const named = name === namedKey(key);
  const problem = (named ? svcKey(key).form : ANY_OCTETS).fromJson(entry, out);
  if (!named && !isValue(key, out.bytes, 0, out.length)) return fault(`the wire form of ${namedKey(key)}`, pointer);
  if (problem !== undefined) return fault(problem.expected, pointer + problem.pointer);
  return out.length > MOST_OCTETS ? fault('at most 65535 octets', pointer) : { key, value: out.slice() };
}

/** A key that the mandatory list names and that is not there; -1 when there is none. */
function missingKey(params: readonly Param[]): number {
  const first = params[0];
  if (first?.key !== MANDATORY) return -1;
  const present = new Set(params.map((param) => param.key));
  return keyNumbers(first.value, 0, first.value.length).find((key) => !present.has(key)) ?? -1;
}

function put(params: readonly Param[], out: ByteSink): void {
  for (const { key, value } of params) {
    out.u16(key);
    out.u16(value.length);
    out.put(value);
  }
}

/** The parameters up to the end; undefined when they overrun, are out of order or a value is malformed. */
function paramsAt(rdata: Uint8Array, start: number): Param[] | undefined {
  const params: Param[] = [];
  let last = -1;
  let at = start;
  while (at < rdata.length) {
    const key = numberAt(rdata, at, at + 2);
    const end = at + 4 + numberAt(rdata, at + 2, at + 4);
    if (at + 4 > rdata.length || end > rdata.length || key <= last) return undefined;
    if (!isValue(key, rdata, at + 4, end)) return undefined;
    params.push({ key, value: rdata.subarray(at + 4, end) });
    last = key;
    at = end;
  }
  return params;
}

/** The kind of SVCB and HTTPS. */
export const SVCB_KINDS: Kinds<'svcparams'> = { svcparams };
