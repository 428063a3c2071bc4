import { TYPE } from '../rr/types.ts';

/** Octets in a row: numbers of 16 bits, and octets as they are. */
export function joined(...parts: readonly (number | Uint8Array)[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => (typeof part === 'number' ? [part >> 8, part & 0xff] : [...part])));
}

/** RDATA of MX and of what looks like it. */
export function exchangeRdata(preference: number, exchange: Uint8Array): Uint8Array {
  return joined(preference, exchange);
}

/** RDATA of SRV (RFC 2782). */
export function serviceRdata(priority: number, weight: number, port: number, target: Uint8Array): Uint8Array {
  return joined(priority, weight, port, target);
}

/** RDATA of TXT: the text in character-strings of at most 255 octets (RFC 1035 §3.3.14). */
export function textRdata(text: string): Uint8Array {
  const octets = new TextEncoder().encode(text);
  const parts: Uint8Array[] = [];
  for (let at = 0; at === 0 || at < octets.length; at += LONGEST_STRING) {
    const piece = octets.subarray(at, at + LONGEST_STRING);
    parts.push(Uint8Array.of(piece.length), piece);
  }
  return joined(...parts);
}

/** RDATA of CAA (RFC 8659 §4.1) without flags. */
export function caaRdata(tag: string, value: string): Uint8Array {
  const [name, content] = [new TextEncoder().encode(tag), new TextEncoder().encode(value)];
  return joined(Uint8Array.of(0, name.length), name, content);
}

/** RDATA of TLSA (RFC 6698 §2.1). */
export function tlsaRdata(usage: number, selector: number, matching: number, data: Uint8Array): Uint8Array {
  return joined(Uint8Array.of(usage, selector, matching), data);
}

/** The joined character-strings of TXT RDATA, an octet as one character. */
export function joinedText(rdata: Uint8Array): string {
  let text = '';
  for (let at = 0; at < rdata.length; ) {
    const end = at + 1 + (rdata[at] ?? 0);
    text += Buffer.from(rdata.subarray(at + 1, end)).toString('latin1');
    at = end;
  }
  return text;
}

/**
 * What of an RRset a record is its own part of: TXT records of one name that begin with different versions (`v=spf1`) have nothing
 * to do with each other, all other records of a name and type belong together.
 */
export function kindOf(type: number, rdata: Uint8Array): string {
  return type === TYPE.TXT ? (/^v=[A-Za-z0-9]+/.exec(joinedText(rdata))?.[0].toLowerCase() ?? '') : '';
}

const LONGEST_STRING = 255;
