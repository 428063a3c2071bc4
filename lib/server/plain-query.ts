import { CLASSES, TYPE } from '../rr/types.ts';
import { HEADER_LENGTH, u16At } from '../wire/header.ts';
import { HashedName } from '../zone/hashed-name.ts';

/** Octets of an OPT record without options. */
export const OPT_LENGTH = 11;

/**
 * A query as most are: opcode QUERY, one question of class IN with its name spelled out, no record but an OPT of version 0
 * without options, no octet behind. To be used again for other queries.
 */
export class PlainQuery {
  /** The name of the question. */
  readonly name: HashedName = new HashedName();
  type = 0;
  /** UDP size of the OPT record, -1 without one. */
  udpSize = -1;
  dnssecOk = false;

  /** Takes the octets of a query; false when it is not a plain one. */
  read(query: Uint8Array): boolean {
    if (query.length < HEADER_LENGTH + 5 || ((query[2] as number) & 0xf8) !== 0) return false;
    const more = query[11] as number;
    const others = u16At(query, 6) | u16At(query, 8) | (query[10] as number);
    if (u16At(query, 4) !== 1 || others !== 0 || more > 1) return false;
    if (!this.name.read(query, HEADER_LENGTH)) return false;
    const { end } = this.name;
    this.type = u16At(query, end);
    this.udpSize = -1;
    this.dnssecOk = false;
    if (u16At(query, end + 2) !== CLASSES.IN) return false;
    if (more === 0) return query.length === end + 4;
    return query.length === end + 4 + OPT_LENGTH && this.readOpt(query, end + 4);
  }

  /** Name, type, upper bits of the RCODE, version and length have one value each. */
  private readOpt(query: Uint8Array, at: number): boolean {
    if (query[at] !== 0 || u16At(query, at + 1) !== TYPE.OPT) return false;
    if (u16At(query, at + 5) !== 0 || u16At(query, at + 9) !== 0) return false;
    this.udpSize = u16At(query, at + 3);
    this.dnssecOk = (query[at + 7] as number) >= 0x80;
    return true;
  }
}
