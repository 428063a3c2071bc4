/** Octet offsets of the fields of RRSIG RDATA (RFC 4034 §3.1). */
const ALGORITHM_AT = 2;
const LABELS_AT = 3;
const ORIGINAL_TTL_AT = 4;
const EXPIRATION_AT = 8;
const INCEPTION_AT = 12;
const KEY_TAG_AT = 16;

/** Where the signer's name begins in RRSIG RDATA. */
export const SIGNER_AT = 18;

/** The RRSIG RDATA that begins at an offset of an arena, its fields read when they are asked for; one object serves many records. */
export class Signature {
  private bytes: Uint8Array = new Uint8Array(0);
  private start = 0;

  /** Points at RDATA with at least the fields before the signer's name. */
  at(bytes: Uint8Array, start: number): this {
    this.bytes = bytes;
    this.start = start;
    return this;
  }

  get typeCovered(): number {
    return this.u16(0);
  }

  get algorithm(): number {
    return this.bytes[this.start + ALGORITHM_AT] ?? 0;
  }

  get labels(): number {
    return this.bytes[this.start + LABELS_AT] ?? 0;
  }

  get originalTtl(): number {
    return this.u32(ORIGINAL_TTL_AT);
  }

  /** Seconds since 1970 modulo 2^32. */
  get expiration(): number {
    return this.u32(EXPIRATION_AT);
  }

  get inception(): number {
    return this.u32(INCEPTION_AT);
  }

  get keyTag(): number {
    return this.u16(KEY_TAG_AT);
  }

  private u16(offset: number): number {
    const at = this.start + offset;
    return ((this.bytes[at] ?? 0) << 8) | (this.bytes[at + 1] ?? 0);
  }

  private u32(offset: number): number {
    return this.u16(offset) * 65536 + this.u16(offset + 2);
  }
}

/**
 * Seconds from a time to a time of a signature, negative when that lies before: serial arithmetic, so that of two
 * readings 136 years apart the nearer one counts (RFC 4034 §3.1.5, RFC 1982).
 */
export function secondsUntil(time: number, milliseconds: number): number {
  return (time - Math.floor(milliseconds / 1000)) | 0;
}

/** What the labels field of the signatures of a name says: its labels without the root and without a leading asterisk (RFC 4034 §3.1.3). */
export function signedLabels(owner: Uint8Array): number {
  let labels = 0;
  for (let at = 0; (owner[at] ?? 0) > 0; at += 1 + (owner[at] ?? 0)) labels++;
  return owner[0] === 1 && owner[1] === 0x2a ? labels - 1 : labels;
}

/** The fields of RRSIG RDATA. */
export function readSignature(rdata: Uint8Array): Signature {
  return new Signature().at(rdata, 0);
}
