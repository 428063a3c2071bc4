import { TYPE } from '../../../rr/types.ts';
import type { Facts } from '../../facts.ts';
import { addressesOf } from '../../shared-hosts.ts';

/** Prefixes of addresses that no host on the Internet can connect to (RFC 6890); documentation ranges are not among them. */
const UNREACHABLE: readonly (readonly [prefix: readonly number[], bits: number])[] = [
  [[0], 8],
  [[10], 8],
  [[100, 64], 10],
  [[127], 8],
  [[169, 254], 16],
  [[172, 16], 12],
  [[192, 168], 16],
  [[224], 3],
];

const UNREACHABLE6: readonly (readonly [prefix: readonly number[], bits: number])[] = [
  // The unspecified address, the loopback and what was once IPv4-compatible.
  [[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], 96],
  [[0xfc], 7],
  [[0xfe, 0x80], 10],
  [[0xff], 8],
];

/** Whether every address the zone gives a host is unreachable; false for a host without any. */
export function isUnreachable(facts: Facts, wire: Uint8Array): boolean {
  const { types } = facts.zone;
  const addresses = addressesOf(facts, wire);
  return (
    addresses.length > 0 &&
    addresses.every((record) => {
      const rdata = facts.rdata(record);
      const prefixes = types[record] === TYPE.A ? UNREACHABLE : UNREACHABLE6;
      return prefixes.some(([prefix, bits]) => startsWith(rdata, prefix, bits));
    })
  );
}

function startsWith(address: Uint8Array, prefix: readonly number[], bits: number): boolean {
  for (let at = 0; at < prefix.length; at++) {
    const left = bits - at * 8;
    const mask = left >= 8 ? 0xff : (0xff00 >> left) & 0xff;
    if ((((address[at] ?? 0) ^ (prefix[at] ?? 0)) & mask) !== 0) return false;
  }
  return true;
}
