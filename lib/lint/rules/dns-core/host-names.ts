import { TYPE, typeRow } from '../../../rr/types.ts';
import { oncePerZone } from '../../common-memo.ts';
import type { Facts } from '../../facts.ts';

/** What keeps a name from being a host name (RFC 952, RFC 1123 §2.1), as bits. */
export const ODD_CHARACTER = 1;
export const UNDERSCORE = 2;
/** A label that begins or ends with a hyphen. */
export const EDGE_HYPHEN = 4;
/** Hyphens in the third and fourth place of a label that is no A-label (RFC 5891 §4.2.3.1). */
export const RESERVED_HYPHENS = 8;

/** Types whose RDATA names a host, and where the name begins. */
const TARGETS: readonly { readonly type: number; readonly offset: number }[] = [
  { type: TYPE.NS, offset: 0 },
  { type: TYPE.MX, offset: 2 },
  { type: TYPE.SRV, offset: 6 },
];

/** A name that must be a host name: where it stands and what is wrong with it. */
export interface HostName {
  readonly record: number;
  /** 'owner', or the RDATA field of the name. */
  readonly part: string;
  readonly wire: Uint8Array;
  readonly faults: number;
}

/** Every owner of an address and every target of NS, MX and SRV that is no host name. */
export const faultyHosts: (facts: Facts) => readonly HostName[] = oncePerZone((facts) => {
  const { zone } = facts;
  const found: HostName[] = [];
  const { names } = zone;
  const seen = new Uint8Array(names.count);
  for (const type of [TYPE.A, TYPE.AAAA]) {
    for (const record of facts.records(type)) {
      const owner = zone.owners[record] as number;
      if (seen[owner] === 1) continue;
      seen[owner] = 1;
      const start = names.offsets[owner] as number;
      const faults = hostFaults(names.arena, isWildcard(names.arena, start) ? start + 2 : start);
      if (faults !== 0) found.push({ record, part: 'owner', wire: names.wire(owner), faults });
    }
  }
  for (const { type, offset } of TARGETS) {
    const part = typeRow(type)?.fields.at(-1)?.name ?? 'rdata';
    for (const record of facts.records(type)) {
      if ((zone.rdataLengths[record] as number) <= offset) continue;
      const faults = hostFaults(zone.rdata, (zone.rdataStarts[record] as number) + offset);
      if (faults !== 0) found.push({ record, part, wire: zone.rdataOf(record).subarray(offset), faults });
    }
  }
  return found;
});

function isWildcard(bytes: Uint8Array, start: number): boolean {
  return bytes[start] === 1 && bytes[start + 1] === 0x2a;
}

/** Kinds of octets in a host name: 0 letter or digit, 1 hyphen, 2 underscore, 3 any other. */
const OCTET_KIND: Uint8Array = Uint8Array.from({ length: 256 }, (_, octet) => {
  const character = String.fromCharCode(octet);
  if (/[A-Za-z0-9]/.test(character)) return 0;
  return character === '-' ? 1 : character === '_' ? 2 : 3;
});

/** The faults of the wire name at an offset. */
export function hostFaults(bytes: Uint8Array, start: number): number {
  let faults = 0;
  for (let at = start; ; ) {
    const size = bytes[at] as number;
    if (size === 0 || size > 63) return faults;
    const end = at + 1 + size;
    let kinds = 0;
    for (let i = at + 1; i < end; i++) kinds |= OCTET_KIND[bytes[i] as number] as number;
    if (kinds !== 0) faults |= labelFaults(bytes, at + 1, end);
    at = end;
  }
}

function labelFaults(bytes: Uint8Array, start: number, end: number): number {
  let faults = 0;
  for (let at = start; at < end; at++) {
    const kind = OCTET_KIND[bytes[at] as number];
    if (kind === 2) faults |= UNDERSCORE;
    else if (kind === 3) faults |= ODD_CHARACTER;
    else if (kind === 1 && (at === start || at === end - 1)) faults |= EDGE_HYPHEN;
  }
  const reserved = end - start > 3 && bytes[start + 2] === 0x2d && bytes[start + 3] === 0x2d;
  if (reserved && !isALabel(bytes, start, end)) faults |= RESERVED_HYPHENS;
  return faults;
}

/** Whether a label begins with `xn--`, in any letter case (RFC 5890 §2.3.2.1). */
export function isALabel(bytes: Uint8Array, start: number, end: number): boolean {
  return (
    end - start > 3 &&
    ((bytes[start] as number) | 0x20) === 0x78 &&
    ((bytes[start + 1] as number) | 0x20) === 0x6e &&
    bytes[start + 2] === 0x2d &&
    bytes[start + 3] === 0x2d
  );
}
