/** What the octets of Client MX RDATA are, beyond a preference and one whole uncompressed name. */
export type RdataFault =
  | { readonly kind: 'pointer'; readonly at: number; readonly offset: number }
  | { readonly kind: 'short' }
  | { readonly kind: 'cut-off' }
  | { readonly kind: 'label-type'; readonly octet: number }
  | { readonly kind: 'too-long' }
  | { readonly kind: 'left-over'; readonly octets: number };

/** The first fault of Client MX RDATA, undefined when it is a preference and a name (RFC 1035 §3.3.9, RFC 3597 §4). */
export function rdataFault(rdata: Uint8Array): RdataFault | undefined {
  if (rdata.length < 3) return { kind: 'short' };
  let at = 2;
  while (at < rdata.length) {
    const size = rdata[at] ?? 0;
    if (size >= 0xc0) return { kind: 'pointer', at, offset: ((size & 0x3f) << 8) | (rdata[at + 1] ?? 0) };
    if (size > 63) return { kind: 'label-type', octet: size };
    at += 1 + size;
    if (size === 0) break;
    if (at >= rdata.length) return { kind: 'cut-off' };
  }
  if (at - 2 > 255) return { kind: 'too-long' };
  return at < rdata.length ? { kind: 'left-over', octets: rdata.length - at } : undefined;
}
