import { latin1 } from './der-values.ts';

/** Decodes base64 text between two offsets, white space allowed; `offset` is the first octet that does not belong (RFC 4648 §4). */
export function decodeBase64(
  bytes: Uint8Array,
  start: number,
  end: number,
): { readonly octets: Uint8Array } | { readonly offset: number } {
  let digits = 0;
  let padding = 0;
  for (let i = start; i < end; i++) {
    const octet = bytes[i]!;
    if (isSpace(octet)) continue;
    if (octet === 0x3d) padding++;
    else if (padding > 0 || !isDigit(octet)) return { offset: i };
    else digits++;
  }
  if (padding > 2 || (digits + padding) % 4 !== 0) return { offset: Math.max(start, end - 1) };
  return { octets: new Uint8Array(Buffer.from(latin1(bytes.subarray(start, end)), 'base64')) };
}

function isSpace(octet: number): boolean {
  return octet === 0x20 || (octet >= 0x09 && octet <= 0x0d);
}

function isDigit(octet: number): boolean {
  const letter = octet | 0x20;
  return (letter >= 0x61 && letter <= 0x7a) || (octet >= 0x30 && octet <= 0x39) || octet === 0x2b || octet === 0x2f;
}
