import { lowerName } from '../../../rr/name.ts';
import type { Facts } from '../../facts.ts';

/** Client MX RDATA with the letters of the name in lower case and the preference as it is. */
export function lowerRdata(facts: Facts, record: number): Uint8Array {
  const rdata = facts.rdata(record);
  const lower = rdata.slice();
  lower.set(lowerName(rdata.subarray(2)), 2);
  return lower;
}

/** Whether a wire name has upper-case letters. */
export function hasUpperCase(wire: Uint8Array): boolean {
  for (let at = 0; at < wire.length; at++) {
    const octet = wire[at] as number;
    if (octet >= 0x41 && octet <= 0x5a) return true;
  }
  return false;
}
