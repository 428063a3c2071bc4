import { timingSafeEqual } from 'node:crypto';
import { equalNames, lowerName } from '../rr/name.ts';
import { CLASSES, TYPE } from '../rr/types.ts';
import { ByteSink } from '../text/sink.ts';
import { RCODE, rcodeToText } from './codes.ts';
import { HEADER_LENGTH, putU16, u16At, u32At } from './header.ts';
import { readName } from './names.ts';
import { type TsigAlgorithm, type TsigKey, type TsigKeys, tsigAlgorithm } from './tsig-keys.ts';

/** BADSIG in a TSIG record; the same number is BADVERS elsewhere. */
export const BADSIG = 16;

/** How the error of a TSIG record is written (RFC 8945 §3). */
export function tsigErrorText(error: number): string {
  return error === BADSIG ? 'BADSIG' : rcodeToText(error);
}

/** Seconds that the clocks of two parties may differ unless they agree on others (RFC 8945 §10). */
export const FUDGE = 300;

/** Octets of a MAC at least, if that is not less than half of its hash (RFC 8945 §5.2.2.1). */
const SHORTEST_MAC = 10;

/** A TSIG record taken apart (RFC 8945 §4.2). */
export interface Tsig {
  /** Wire form in small letters. */
  readonly name: Uint8Array;
  readonly algorithm: Uint8Array;
  /** Seconds since 1970. */
  readonly time: number;
  readonly fudge: number;
  readonly mac: Uint8Array;
  readonly originalId: number;
  readonly error: number;
  readonly other: Uint8Array;
}

/** Where the TSIG record of a message is: at its end, missing, or where none may be. */
export type TsigPlace = { readonly start: number } | 'none' | 'misplaced';

/** Looks for a TSIG record without decoding the message; what is cut off has none. */
export function tsigPlace(bytes: Uint8Array): TsigPlace {
  const counts = [4, 6, 8, 10].map((at) => u16At(bytes, at)) as [number, number, number, number];
  if (counts[3] === 0 && counts[1] + counts[2] === 0) return 'none';
  let at = HEADER_LENGTH;
  for (let left = counts[0]; left > 0; left--) {
    at = endOfName(bytes, at) + 4;
    if (at < HEADER_LENGTH || at > bytes.length) return 'none';
  }
  const records = counts[1] + counts[2] + counts[3];
  for (let left = records; left > 0; left--) {
    const start = at;
    const head = endOfName(bytes, at);
    at = head + 10 + u16At(bytes, head + 8);
    if (head < 0 || at > bytes.length) return 'none';
    if (u16At(bytes, head) !== TYPE.TSIG) continue;
    return left === 1 && counts[3] > 0 && at === bytes.length ? { start } : 'misplaced';
  }
  return 'none';
}

/** Where a name ends in place; far below zero when it does not. */
function endOfName(bytes: Uint8Array, start: number): number {
  for (let at = start; at < bytes.length; ) {
    const size = bytes[at] as number;
    if (size === 0) return at + 1;
    if (size >= 0xc0) return at + 2;
    at += 1 + size;
  }
  return -100_000;
}

/** The TSIG record that starts at an offset and ends the message; undefined when it does not have its form. */
export function readTsig(bytes: Uint8Array, start: number): Tsig | undefined {
  const names = new ByteSink(64);
  const head = readName(bytes, start, bytes.length, names);
  if (typeof head !== 'number') return undefined;
  const name = lowerName(names.slice());
  // RFC 8945 §4.2: class ANY, TTL 0.
  if (u16At(bytes, head + 2) !== CLASSES.ANY || u32At(bytes, head + 4) !== 0) return undefined;
  names.length = 0;
  const at = readName(bytes, head + 10, bytes.length, names);
  if (typeof at !== 'number') return undefined;
  const algorithm = lowerName(names.slice());
  const macEnd = at + 10 + u16At(bytes, at + 8);
  const end = macEnd + 6 + u16At(bytes, macEnd + 4);
  if (end !== bytes.length) return undefined;
  return {
    name,
    algorithm,
    time: u16At(bytes, at) * 2 ** 32 + u32At(bytes, at + 2),
    fudge: u16At(bytes, at + 6),
    mac: bytes.slice(at + 10, macEnd),
    originalId: u16At(bytes, macEnd),
    error: u16At(bytes, macEnd + 2),
    other: bytes.slice(macEnd + 6),
  };
}

/** The message without the TSIG record that starts at an offset, under the id that was signed (RFC 8945 §4.3.1). */
function withoutTsig(bytes: Uint8Array, start: number, originalId: number): Uint8Array {
  const message = bytes.slice(0, start);
  putU16(message, 0, originalId);
  putU16(message, 10, u16At(bytes, 10) - 1);
  return message;
}

/** What a MAC covers beside the message it stands in (RFC 8945 §4.3, §5.3.1). */
export interface TsigContext {
  /** MAC of the request, or of the message before in the same answer. */
  readonly prior?: Uint8Array;
  /** Messages without TSIG since then. */
  readonly between?: readonly Uint8Array[];
  /** Whether it is not the first message of its answer: then the times alone are covered. */
  readonly later?: boolean;
}

/** How a message is to be signed. */
export interface TsigSigning extends TsigContext {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly fudge?: number;
  readonly error?: number;
  readonly other?: Uint8Array;
  /** The algorithm as the request names it; that of the key unless given. */
  readonly algorithm?: TsigAlgorithm;
}

/** A message with its TSIG record, and its MAC, which covers what follows it. */
export interface Signed {
  readonly bytes: Uint8Array;
  readonly mac: Uint8Array;
}

/** Signs a message with all of its header. */
export function signMessage(message: Uint8Array, key: TsigKey, signing: TsigSigning): Signed {
  const { now, fudge = FUDGE, error = 0, other = new Uint8Array(0), algorithm = key.algorithm } = signing;
  const tsig: Tsig = {
    name: key.name,
    algorithm: algorithm.wire,
    time: Math.floor(now / 1000),
    fudge,
    mac: new Uint8Array(0),
    originalId: u16At(message, 0),
    error,
    other,
  };
  const mac = key.mac(covered(message, tsig, signing)).slice(0, algorithm.sent);
  return { bytes: withTsig(message, { ...tsig, mac }), mac };
}

/** The message with a TSIG record behind it, as it is: one without MAC tells of an error (RFC 8945 §5.2.1). */
export function withTsig(message: Uint8Array, tsig: Tsig): Uint8Array {
  const out = new ByteSink(message.length + tsigLength(tsig, tsig.mac.length));
  out.put(message);
  out.put(tsig.name);
  out.u16(TYPE.TSIG);
  out.u16(CLASSES.ANY);
  out.u32(0);
  out.u16(tsig.algorithm.length + 16 + tsig.mac.length + tsig.other.length);
  out.put(tsig.algorithm);
  putTime(out, tsig);
  out.u16(tsig.mac.length);
  out.put(tsig.mac);
  out.u16(tsig.originalId);
  out.u16(tsig.error);
  out.u16(tsig.other.length);
  out.put(tsig.other);
  const bytes = out.slice();
  putU16(bytes, 10, u16At(message, 10) + 1);
  return bytes;
}

/** Octets of a TSIG record with a MAC of so many. */
export function tsigLength(
  { name, algorithm, other }: Pick<Tsig, 'name' | 'algorithm' | 'other'>,
  mac: number,
): number {
  return name.length + 10 + algorithm.length + 16 + mac + other.length;
}

/** What the MAC of a message covers, in its order. */
function covered(message: Uint8Array, tsig: Tsig, { prior, between = [], later }: TsigContext): Uint8Array[] {
  const parts: Uint8Array[] = [];
  if (prior !== undefined) parts.push(Uint8Array.of(prior.length >> 8, prior.length), prior);
  parts.push(...between, message);
  const out = new ByteSink(128);
  if (!later) {
    out.put(tsig.name);
    out.u16(CLASSES.ANY);
    out.u32(0);
    out.put(tsig.algorithm);
  }
  putTime(out, tsig);
  if (!later) {
    out.u16(tsig.error);
    out.u16(tsig.other.length);
    out.put(tsig.other);
  }
  parts.push(out.slice());
  return parts;
}

function putTime(out: ByteSink, { time, fudge }: Pick<Tsig, 'time' | 'fudge'>): void {
  out.u16(Math.floor(time / 2 ** 32));
  out.u32(time % 2 ** 32);
  out.u16(fudge);
}

/** What a look at the signature of a message came to. */
export type TsigCheck =
  | { readonly kind: 'unsigned' }
  /** There is one where none may be, or it does not have its form (RFC 8945 §5.1, §5.2.2.1): FORMERR. */
  | { readonly kind: 'malformed' }
  | {
      readonly kind: 'valid';
      readonly tsig: Tsig;
      readonly key: TsigKey;
      /** What signs the answer: cut as the key says, under the name that was used. */
      readonly algorithm: TsigAlgorithm;
      readonly message: Uint8Array;
    }
  | {
      readonly kind: 'refused';
      /** BADKEY, BADSIG, BADTIME or BADTRUNC. */
      readonly error: number;
      readonly tsig: Tsig;
      /** Undefined for BADKEY. */
      readonly key: TsigKey | undefined;
      /** The message without its TSIG record. */
      readonly message: Uint8Array;
    };

/**
 * Checks the signature of a message at a time in milliseconds: key, MAC, time, and whether a MAC cut short is long enough, in
 * this order (RFC 8945 §5.2). Never throws.
 */
export function checkTsig(bytes: Uint8Array, keys: TsigKeys, now: number, context: TsigContext = {}): TsigCheck {
  const place = tsigPlace(bytes);
  if (place === 'none') return { kind: 'unsigned' };
  const tsig = place === 'misplaced' ? undefined : readTsig(bytes, place.start);
  if (place === 'misplaced' || tsig === undefined) return { kind: 'malformed' };
  const message = withoutTsig(bytes, place.start, tsig.originalId);
  const key = keys.find(tsig.name);
  const algorithm = key && algorithmFor(tsig, key);
  if (key === undefined || algorithm === undefined)
    return { kind: 'refused', error: RCODE.BADKEY, tsig, key: undefined, message };
  const { length } = tsig.mac;
  if (length > algorithm.sent || length < Math.max(SHORTEST_MAC, algorithm.size / 2)) return { kind: 'malformed' };
  const refused = (error: number): TsigCheck => ({ kind: 'refused', error, tsig, key, message });
  const mac = key.mac(covered(message, tsig, context)).subarray(0, length);
  if (!timingSafeEqual(mac, tsig.mac)) return refused(BADSIG);
  if (Math.abs(Math.floor(now / 1000) - tsig.time) > tsig.fudge) return refused(RCODE.BADTIME);
  if (length < key.algorithm.sent) return refused(RCODE.BADTRUNC);
  return { kind: 'valid', tsig, key, algorithm: { ...algorithm, sent: key.algorithm.sent }, message };
}

/** The algorithm a record names when it is the key's, or the same hash of which the key takes less. */
function algorithmFor({ algorithm }: Tsig, key: TsigKey): TsigAlgorithm | undefined {
  if (equalNames(algorithm, key.algorithm.wire)) return key.algorithm;
  const whole = tsigAlgorithm(`hmac-${key.algorithm.hash}`);
  return whole !== undefined && equalNames(algorithm, whole.wire) ? whole : undefined;
}
