import { canonicalRdata } from '../rr/layout.ts';
import { lowerName } from '../rr/name.ts';
import { ByteSink } from '../text/sink.ts';
import { signedLabels } from './signatures.ts';
import type { SigningKey } from './signing-key.ts';

/** An RRset to be signed; order and letter case of its data do not matter. */
export interface SetToSign {
  /** The name it is found at, which a wildcard may have been expanded to. */
  readonly owner: Uint8Array;
  readonly type: number;
  readonly class: number;
  readonly ttl: number;
  readonly rdatas: readonly Uint8Array[];
}

/** Fields of a signature that do not follow from the RRset and the key. */
export interface SignatureFields {
  /** Name of the zone. */
  readonly signer: Uint8Array;
  /** Seconds since 1970. */
  readonly inception: number;
  readonly expiration: number;
  /** Fewer than the owner has for what a wildcard was expanded to (RFC 4034 §3.1.3). */
  readonly labels?: number;
  /** Another than that of the key. */
  readonly tag?: number;
}

/** RDATA of the RRSIG record over an RRset (RFC 4034 §3.1). */
export function signatureOver(set: SetToSign, fields: SignatureFields, key: SigningKey): Uint8Array {
  const owner = lowerName(set.owner);
  const own = signedLabels(owner);
  const { labels = own } = fields;
  const data = new ByteSink(512);
  data.u16(set.type);
  data.u8(key.algorithm);
  data.u8(labels);
  data.u32(set.ttl);
  data.u32(fields.expiration);
  data.u32(fields.inception);
  data.u16(fields.tag ?? key.tag);
  data.put(lowerName(fields.signer));
  const head = data.slice();
  putRecords(set, labels < own ? wildcardOf(owner, own - labels) : owner, data);
  const signature = key.sign(data.bytes.subarray(0, data.length));
  const rdata = new Uint8Array(head.length + signature.length);
  rdata.set(head);
  rdata.set(signature, head.length);
  return rdata;
}

/** Appends an RRset in canonical form and order, each record once (RFC 4034 §6). */
export function putRecords(set: SetToSign, owner: Uint8Array, out: ByteSink): void {
  const canonical = set.rdatas.map((rdata) => canonicalRdata(set.type, rdata));
  if (canonical.length > 1) canonical.sort(Buffer.compare);
  let before: Uint8Array | undefined;
  for (const rdata of canonical) {
    if (before !== undefined && Buffer.compare(before, rdata) === 0) continue;
    before = rdata;
    out.put(owner);
    out.u16(set.type);
    out.u16(set.class);
    out.u32(set.ttl);
    out.u16(rdata.length);
    out.put(rdata);
  }
}

/** The wildcard that a name was made of: so many labels fewer, behind an asterisk. */
function wildcardOf(name: Uint8Array, fewer: number): Uint8Array {
  let at = 0;
  for (let left = fewer; left > 0; left--) at += 1 + (name[at] ?? 0);
  return Uint8Array.from([1, 0x2a, ...name.subarray(at)]);
}
