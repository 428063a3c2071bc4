/** What an address is set aside for (RFC 6890 and its registries), in words that follow "is". */
export type SpecialUse = string;

const DOCUMENTATION = 'a documentation address';

/** Special use of an IPv4 address, undefined for one that anybody can reach. */
export function specialIpv4(bytes: Uint8Array, at: number): SpecialUse | undefined {
  const a = bytes[at] as number;
  const b = bytes[at + 1] as number;
  const c = bytes[at + 2] as number;
  if (a === 10 || (a === 172 && b >= 16 && b < 32) || (a === 192 && b === 168)) return 'a private address';
  // Other addresses of 127/8 are answers of block lists (RFC 5782 §2.1).
  if (a === 127)
    return b === 0 && (c === 1 || (c === 0 && bytes[at + 3] === 1)) ? 'a loopback address' : 'a list answer';
  if (a === 169 && b === 254) return 'a link-local address';
  if (a === 0) return '"this network"';
  if (a === 100 && b >= 64 && b < 128) return 'a shared address of access networks';
  if ((a === 192 && b === 0 && c === 2) || (a === 198 && b === 51 && c === 100)) return DOCUMENTATION;
  if (a === 203 && b === 0 && c === 113) return DOCUMENTATION;
  if (a === 198 && (b === 18 || b === 19)) return 'a benchmarking address';
  if (a >= 240) return 'a reserved address';
  return a >= 224 ? 'a multicast address' : undefined;
}

/** Special use of an IPv6 address, undefined for one that anybody can reach. */
export function specialIpv6(bytes: Uint8Array, at: number): SpecialUse | undefined {
  const first = ((bytes[at] as number) << 8) | (bytes[at + 1] as number);
  const second = ((bytes[at + 2] as number) << 8) | (bytes[at + 3] as number);
  if (first === 0) return unspecifiedOrLoopback(bytes, at);
  if ((first & 0xfe00) === 0xfc00) return 'a unique local address';
  if ((first & 0xffc0) === 0xfe80) return 'a link-local address';
  if ((first & 0xffc0) === 0xfec0) return 'a site-local address';
  if ((first & 0xff00) === 0xff00) return 'a multicast address';
  if (first === 0x2001 && second === 0x0db8) return DOCUMENTATION;
  if (first === 0x3fff && second < 0x1000) return DOCUMENTATION;
  if (first === 0x2001 && second === 2) return 'a benchmarking address';
  return first === 0x0100 && second === 0 ? 'a discard-only address' : undefined;
}

function unspecifiedOrLoopback(bytes: Uint8Array, at: number): SpecialUse | undefined {
  for (let i = 2; i < 15; i++) if (bytes[at + i] !== 0) return undefined;
  const last = bytes[at + 15] as number;
  if (last === 0) return 'the unspecified address';
  return last === 1 ? 'the loopback address' : undefined;
}

/** Whether an address is one of an inner network, which a zone for such a network may have throughout. */
export function isInner(use: SpecialUse): boolean {
  return use === 'a private address' || use === 'a unique local address';
}

/** Whether an address only stands for "listed" in a block list. */
export function isListAnswer(use: SpecialUse): boolean {
  return use === 'a list answer';
}

/** Whether an address is meant for examples (RFC 5737, RFC 3849, RFC 9637). */
export function isDocumentation(use: SpecialUse): boolean {
  return use === DOCUMENTATION;
}
