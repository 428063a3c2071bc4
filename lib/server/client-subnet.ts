/** Octets of an address of each family (RFC 7871 §6). */
const ADDRESS_OCTETS: Readonly<Record<number, number>> = { 0: 0, 1: 4, 2: 16 };

/**
 * Whether the data of a client subnet option are those of a query: a known family, no scope, and just the address octets
 * that the prefix needs with nothing set behind it (RFC 7871 §6, §7.2.1). Family 0 has no address.
 */
export function isClientSubnet(data: Uint8Array): boolean {
  if (data.length < 4) return false;
  const [high = 0, family = 0, source = 0, scope = 0] = data;
  const octets = high === 0 ? ADDRESS_OCTETS[family] : undefined;
  if (octets === undefined || scope !== 0 || source > 8 * octets || data.length !== 4 + Math.ceil(source / 8))
    return false;
  const behind = (8 - (source % 8)) % 8;
  return behind === 0 || ((data.at(-1) ?? 0) & ((1 << behind) - 1)) === 0;
}
