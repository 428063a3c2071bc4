import { TYPE } from '../rr/types.ts';
import { OPCODE } from '../wire/codes.ts';
import { HEADER_LENGTH, u16At } from '../wire/header.ts';
import { tsigPlace } from '../wire/tsig.ts';

/** Bits of the third octet that hold QR and opcode. */
const OPERATION = 0xf8;

/**
 * Whether a query needs more than an answer from the zones: an UPDATE, a transfer, or one with a TSIG record. Seen without
 * decoding, as it is asked of every query.
 */
export function isSpecial(query: Uint8Array): boolean {
  if (query.length < HEADER_LENGTH) return false;
  const operation = (query[2] as number) & OPERATION;
  if (operation >= 0x80) return false;
  if (operation === OPCODE.UPDATE << 3) return true;
  if (query[4] === 0 && query[5] === 1) {
    let at = HEADER_LENGTH;
    while ((query[at] ?? 0) !== 0) at += 1 + (query[at] as number);
    const type = u16At(query, at + 1);
    if (type === TYPE.IXFR || type === TYPE.AXFR) return true;
    const others = (query[6] as number) | (query[7] as number) | (query[8] as number) | (query[9] as number);
    const additional = u16At(query, 10);
    if (others === 0 && additional === 0) return false;
    // Nearly all others have an OPT record and nothing else.
    if (others === 0 && additional === 1 && query[at + 5] === 0 && u16At(query, at + 6) === TYPE.OPT) return false;
  }
  return tsigPlace(query) !== 'none';
}

/** Whether a query is an UPDATE (RFC 2136). */
export function isUpdate(query: Uint8Array): boolean {
  return query.length >= HEADER_LENGTH && ((query[2] as number) & OPERATION) === OPCODE.UPDATE << 3;
}
