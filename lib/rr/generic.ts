import type { ByteSink } from '../text/sink.ts';
import { shown } from './found.ts';
import type { Words } from './kind.ts';
import { HexReader, readNumber, writeAscii, writeHex } from './octets.ts';

/** Where generic RDATA stands: from its `\#`, its first hexadecimal word, and its end. */
export interface GenericSpan {
  readonly start: number;
  readonly hexStart: number;
  readonly end: number;
}

const LENGTH = 'a number of octets from 0 to 65535';

/** Takes `\# length hex…` (RFC 3597 §5) and appends the octets; undefined after a report. */
export function readGeneric(words: Words): GenericSpan | undefined {
  const base = words.out.length;
  words.advance();
  const { start } = words;
  words.field = { name: 'length', kind: 'u16' };
  if (!words.takeUnquoted(LENGTH)) return undefined;
  const length = readNumber(words.bytes, words.start, words.end, 65535);
  if (length < 0) {
    words.wrong(LENGTH);
    return undefined;
  }
  const lengthAt = { start: words.start, end: words.end };
  const hexStart = words.more ? words.nextStart : words.end;
  if (!readDigits(words)) return undefined;
  const found = words.out.length - base;
  if (found !== length) {
    words.report('rfc3597-length', lengthAt.start, lengthAt.end, { found: length, length: found });
    return undefined;
  }
  return { start, hexStart, end: words.end };
}

/** Takes the hexadecimal words left. */
function readDigits(words: Words): boolean {
  words.field = { name: 'data', kind: 'opaque' };
  const reader = new HexReader(words.out);
  const first = words.nextStart;
  let count = 0;
  while (words.more) {
    if (!words.takeUnquoted('hexadecimal digits')) return false;
    if (reader.odd)
      words.nonportable('a pair of hexadecimal digits with a blank inside', 'Knot DNS', 'split between pairs');
    const bad = reader.piece(words.bytes, words.start, words.end);
    if (bad >= 0) {
      words.report('rfc3597-hex', bad, bad + 1, { found: shown(words.bytes, bad, bad + 1) });
      return false;
    }
    count++;
  }
  if (reader.odd) {
    words.report('rfc3597-hex', words.end - 1, words.end, {
      found: shown(words.bytes, words.end - 1, words.end),
      odd: 1,
    });
    return false;
  }
  if (count > 1) words.report('rfc3597-split-hex', first, words.end, { words: count });
  return true;
}

/** Appends RDATA as `\# length hex`, the digits in one word. */
export function writeGeneric(rdata: Uint8Array, out: ByteSink): void {
  writeAscii(`\\# ${rdata.length}`, out);
  if (rdata.length === 0) return;
  out.u8(0x20);
  writeHex(rdata, 0, rdata.length, out);
}
