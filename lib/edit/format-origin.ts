import { nameToText, ROOT } from '../rr/name.ts';

const NOTHING = new Uint8Array(0);

/** Stands for the origin nobody knows: a name that no file can spell by accident. */
export const UNKNOWN_ORIGIN: Uint8Array = Uint8Array.of(3, 0, 1, 0, 0);

/** The origin that relative names stand under, as the formatter knows it. */
export class FormatOrigin {
  /** Wire form; the root while nobody has told. */
  wire: Uint8Array = ROOT;
  known = false;
  /** Text that names under the origin end with; empty when no name is to be shortened by it. */
  text: Uint8Array = NOTHING;

  set(wire: Uint8Array): void {
    this.wire = wire;
    this.known = true;
    const text = nameToText(wire);
    // Names under the root would only lose their final dot, and escapes can be written in several ways.
    this.text = wire.length === 1 || text.includes('\\') ? NOTHING : new TextEncoder().encode(text);
  }

  /** Nobody knows the origin any more, until the next is set. */
  forget(): void {
    this.wire = ROOT;
    this.known = false;
    this.text = NOTHING;
  }

  /** Length that a name without escapes has once the origin is left out; 0 for the origin itself, unchanged when it is not under it. */
  shortened(bytes: Uint8Array, start: number, end: number): number {
    const { text } = this;
    const length = end - start;
    const rest = length - text.length;
    if (text.length === 0 || rest < 0 || rest === 1) return length;
    for (let index = text.length - 1, at = end - 1; index >= 0; index--, at--) {
      if (bytes[at] !== text[index]) return length;
    }
    if (rest === 0) return 0;
    return bytes[start + rest - 1] === 0x2e ? rest - 1 : length;
  }
}
