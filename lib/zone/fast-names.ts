import { CLASS_OF, ORDINARY, QUOTE } from '../text/classes.ts';
import { ALPHABET, PLAIN_NAME, UNUSUAL } from './fast-tables.ts';
import { nameHash, PRIME, RATIO } from './name-hash.ts';

/** Stands for octets that are not there yet. */
export const NOTHING: Uint8Array = new Uint8Array(0);

/** Reads names straight from octets to wire form, as long as nothing unusual stands in them, and hashes them on the way. */
export class FastNames {
  declare protected classOf: Uint8Array;
  declare protected plainOctets: Uint8Array;
  declare protected hexDigits: Uint8Array;

  static {
    // V8 takes values on a prototype for constants, others of a module only as long as no bundler touches them.
    FastNames.prototype.classOf = CLASS_OF;
    FastNames.prototype.plainOctets = PLAIN_NAME;
    FastNames.prototype.hexDigits = ALPHABET.hex;
  }

  bytes: Uint8Array = NOTHING;
  protected origin: Uint8Array = NOTHING;
  private originHash = 0;
  /** Behind the octets of the name written last. */
  protected nameEnd = 0;
  /** Its hash (see name-hash.ts). */
  protected nameHash = 0;
  /** Hash of its last label before the origin, if it was relative and not `@`; else 0. */
  protected lastLabel = 0;

  protected setOrigin(origin: Uint8Array): void {
    this.origin = origin;
    this.originHash = nameHash(origin, 0, origin.length);
  }

  /**
   * Writes the name at `at`, without escapes and of ASCII only, in wire form to `buffer[to…]`; `@` and relative names
   * take the origin. The offset behind it, or UNUSUAL.
   */
  protected plainName(at: number, buffer: Uint8Array, to: number): number {
    const { bytes } = this;
    let from = at;
    let label = to;
    let out = to + 1;
    let hash = 0;
    let power = 1;
    let last = 0;
    if (bytes[from] === 0x40) {
      if (!this.endsValue(bytes[from + 1] as number)) return UNUSUAL;
      this.lastLabel = 0;
      this.withOrigin(buffer, to, 0, 1);
      return from + 1;
    }
    for (;;) {
      const octet = bytes[from] as number;
      if (this.plainOctets[octet] === 1) {
        buffer[out++] = octet;
        last = Math.imul(last ^ (octet | 0x20), PRIME);
        from++;
      } else if (octet === 0x2e) {
        const length = out - label - 1;
        if (length === 0 || length > 63 || out - to > 254) return UNUSUAL;
        buffer[label] = length;
        label = out++;
        from++;
        hash = (hash + Math.imul(last, power)) | 0;
        if (this.endsValue(bytes[from] as number)) {
          buffer[label] = 0;
          this.nameEnd = out;
          this.nameHash = hash;
          this.lastLabel = 0;
          return from;
        }
        power = Math.imul(power, RATIO);
        last = 0;
      } else break;
    }
    const length = out - label - 1;
    if (length === 0 || length > 63 || out - to + this.origin.length > 255 || !this.endsValue(bytes[from] as number))
      return UNUSUAL;
    buffer[label] = length;
    this.lastLabel = last;
    this.withOrigin(buffer, out, (hash + Math.imul(last, power)) | 0, Math.imul(power, RATIO));
    return from;
  }

  /** Puts the origin behind labels of the given hash. */
  private withOrigin(buffer: Uint8Array, to: number, hash: number, power: number): void {
    const { origin } = this;
    const { length } = origin;
    for (let index = 0; index < length; index++) buffer[to + index] = origin[index] as number;
    this.nameEnd = to + length;
    this.nameHash = (hash + Math.imul(this.originHash, power)) | 0;
  }

  /** Whether an octet ends an unquoted value: blank, line end, comment or parenthesis. */
  protected endsValue(octet: number): boolean {
    const kind = this.classOf[octet] as number;
    return kind > ORDINARY && kind < QUOTE;
  }
}
