import { writeRdata } from '../rr/codec.ts';
import { writeAscii } from '../rr/octets.ts';
import { TYPE, typeRow } from '../rr/types.ts';
import type { ByteSink } from '../text/sink.ts';

const LEAD = `; ${typeRow(TYPE.CLIENTMX)?.mnemonic} `;
const LEAD_OCTETS = new TextEncoder().encode(LEAD);

/** Appends the comment that says what generic Client MX RDATA means; false when the RDATA is malformed. */
export function clientMxComment(rdata: Uint8Array, length: number, out: ByteSink): boolean {
  const from = out.length;
  writeAscii(LEAD, out);
  const text = out.length;
  writeRdata(TYPE.CLIENTMX, rdata.subarray(0, length), out, { native: true });
  if (out.bytes[text] !== 0x5c) return true;
  out.length = from;
  return false;
}

/** Whether a comment is one that clientMxComment makes, for this or for other RDATA: a preference and a name, nothing more. */
export function isClientMxComment(bytes: Uint8Array, start: number, end: number): boolean {
  let at = start;
  for (const octet of LEAD_OCTETS) if (bytes[at++] !== octet) return false;
  const digits = at;
  while (at < end && (bytes[at] as number) >= 0x30 && (bytes[at] as number) <= 0x39) at++;
  if (at === digits || bytes[at] !== 0x20) return false;
  const name = ++at;
  while (at < end && bytes[at] !== 0x20 && bytes[at] !== 0x09) at++;
  return at === end && at > name && bytes[at - 1] === 0x2e;
}
