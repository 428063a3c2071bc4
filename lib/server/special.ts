import { TYPE } from '../rr/types.ts';
import { OPCODE } from '../wire/codes.ts';
import { HEADER_LENGTH } from '../wire/header.ts';
import { tsigPlace } from '../wire/tsig.ts';

/** Bits of the third octet that hold QR and opcode, and what they are in an UPDATE. */
const OPERATION = 0xf8;
const UPDATE = OPCODE.UPDATE << 3;

// Looked up once: every query is compared with them.
const { IXFR, AXFR, OPT } = TYPE;

/**
 * Whether a query needs more than an answer from the zones: an UPDATE, a transfer, or one with a TSIG record. Seen without
 * decoding, as it is asked of every query.
 */
export function isSpecial(query: Uint8Array): boolean {
  const { length } = query;
  if (length < HEADER_LENGTH) return false;
  const operation = (query[2] as number) & OPERATION;
  if (operation >= 0x80) return false;
  if (operation === UPDATE) return true;
  if (query[4] === 0 && query[5] === 1) {
    let at = HEADER_LENGTH;
    while (at < length && query[at] !== 0) at += 1 + (query[at] as number);
    if (at + 5 > length) return false;
    const type = ((query[at + 1] as number) << 8) | (query[at + 2] as number);
    if (type === IXFR || type === AXFR) return true;
    const others = (query[6] as number) | (query[7] as number) | (query[8] as number) | (query[9] as number);
    if (others === 0 && query[10] === 0) {
      if (query[11] === 0) return false;
      // Nearly all others have an OPT record and nothing else.
      if (query[11] === 1 && at + 8 <= length && query[at + 5] === 0 && query[at + 6] === 0 && query[at + 7] === OPT)
        return false;
    }
  }
  return tsigPlace(query) !== 'none';
}

/** Whether a query is an UPDATE (RFC 2136). */
export function isUpdate(query: Uint8Array): boolean {
  return query.length >= HEADER_LENGTH && ((query[2] as number) & OPERATION) === UPDATE;
}
