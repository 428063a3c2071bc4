import { TYPES } from '../rr/types.ts';
import { CLASS_OF, ORDINARY } from '../text/classes.ts';

const SLOTS = 1024;
/** Octets kept of each mnemonic; longer ones are left to the close look. */
const WIDTH = 16;

/** Finds RR type numbers by the octets of their mnemonics, without making strings. */
export class FastTypes {
  /** Offset behind the mnemonic that `read` found. */
  end = 0;
  private readonly generic: ReadonlySet<number> = new Set(TYPES.filter((row) => row.generic).map((row) => row.number));
  private readonly numbers = new Int32Array(SLOTS).fill(-1);
  private readonly lengths = new Uint8Array(SLOTS);
  private readonly letters = new Uint8Array(SLOTS * WIDTH);

  constructor() {
    for (const row of TYPES) {
      if (row.meta) continue;
      this.add(row.generic ? `TYPE${row.number}` : row.mnemonic, row.number);
    }
  }

  /** Number of the type whose mnemonic (any case) stands at `from`; -1 when the close look must decide. */
  read(bytes: Uint8Array, from: number): number {
    let at = from;
    let hash = 0;
    for (;;) {
      const octet = bytes[at] as number;
      if (CLASS_OF[octet] !== ORDINARY) break;
      hash = (hash * 31 + (octet | 0x20)) & 0xffffff;
      at++;
    }
    this.end = at;
    if (CLASS_OF[bytes[at] as number] === 6 || CLASS_OF[bytes[at] as number] === 7) return -1;
    const length = at - from;
    for (let slot = hash & (SLOTS - 1); (this.numbers[slot] as number) >= 0; slot = (slot + 1) & (SLOTS - 1)) {
      if (this.lengths[slot] === length && sameLetters(this.letters, slot * WIDTH, bytes, from, length)) {
        return this.numbers[slot] as number;
      }
    }
    return -1;
  }

  /** Whether the type is always written in generic form. */
  isGeneric(type: number): boolean {
    return this.generic.has(type);
  }

  private add(mnemonic: string, number: number): void {
    const name = new TextEncoder().encode(mnemonic.toLowerCase());
    if (name.length > WIDTH) return;
    let hash = 0;
    for (const octet of name) hash = (hash * 31 + (octet | 0x20)) & 0xffffff;
    let slot = hash & (SLOTS - 1);
    while ((this.numbers[slot] as number) >= 0) slot = (slot + 1) & (SLOTS - 1);
    this.numbers[slot] = number;
    this.lengths[slot] = name.length;
    this.letters.set(name, slot * WIDTH);
  }
}

/** Mnemonics hold letters, digits and hyphens only; those octets keep their meaning when bit 5 is set. */
function sameLetters(letters: Uint8Array, start: number, bytes: Uint8Array, from: number, length: number): boolean {
  for (let at = 0; at < length; at++) {
    const octet = bytes[from + at] as number;
    const letter = letters[start + at] as number;
    if (octet !== letter && !(octet >= 0x41 && octet <= 0x5a && (octet | 0x20) === letter)) return false;
  }
  return true;
}
