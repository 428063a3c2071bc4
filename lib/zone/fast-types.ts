import { TYPES } from '../rr/types.ts';
import { CLASS_OF, ORDINARY } from '../text/classes.ts';

const SLOTS = 1024;
/** Octets kept of each mnemonic; longer ones are left to the close look. */
const WIDTH = 16;

/** Open-addressing table of mnemonics in small letters: number (-1 when the slot is free), length and letters. */
interface Mnemonics {
  readonly numbers: Int32Array;
  readonly lengths: Uint8Array;
  readonly letters: Uint8Array;
}

const GENERIC: ReadonlySet<number> = new Set(TYPES.filter((row) => row.generic).map((row) => row.number));

/** Finds RR type numbers by the octets of their mnemonics, without making strings. */
export class FastTypes {
  declare private classOf: Uint8Array;
  declare private numbers: Int32Array;
  declare private lengths: Uint8Array;
  declare private letters: Uint8Array;

  static {
    // On the prototype for the same reason as the tables of FastNames.
    FastTypes.prototype.classOf = CLASS_OF;
    Object.assign(FastTypes.prototype, mnemonics());
  }

  /** Offset behind the mnemonic that `read` found. */
  end = 0;

  /** Number of the type whose mnemonic (any case) stands at `from`; -1 when the close look must decide. */
  read(bytes: Uint8Array, from: number): number {
    let at = from;
    let hash = 0;
    for (;;) {
      const octet = bytes[at] as number;
      if (this.classOf[octet] !== ORDINARY) break;
      hash = (hash * 31 + (octet | 0x20)) & 0xffffff;
      at++;
    }
    this.end = at;
    if (this.classOf[bytes[at] as number] === 6 || this.classOf[bytes[at] as number] === 7) return -1;
    const { numbers, lengths } = this;
    const length = at - from;
    for (let slot = hash & (SLOTS - 1); (numbers[slot] as number) >= 0; slot = (slot + 1) & (SLOTS - 1)) {
      if (lengths[slot] === length && this.sameLetters(slot * WIDTH, bytes, from, length)) {
        return numbers[slot] as number;
      }
    }
    return -1;
  }

  /** Mnemonics hold letters, digits and hyphens only; those octets keep their meaning when bit 5 is set. */
  private sameLetters(start: number, bytes: Uint8Array, from: number, length: number): boolean {
    const { letters } = this;
    for (let at = 0; at < length; at++) {
      const octet = bytes[from + at] as number;
      const letter = letters[start + at] as number;
      if (octet !== letter && !(octet >= 0x41 && octet <= 0x5a && (octet | 0x20) === letter)) return false;
    }
    return true;
  }

  /** Whether the type is always written in generic form. */
  isGeneric(type: number): boolean {
    return GENERIC.has(type);
  }
}

/** Types that some server does not know by their mnemonic are left to the close look, which says so. */
function mnemonics(): Mnemonics {
  const table = {
    numbers: new Int32Array(SLOTS).fill(-1),
    lengths: new Uint8Array(SLOTS),
    letters: new Uint8Array(SLOTS * WIDTH),
  };
  for (const row of TYPES) {
    if (row.meta || row.refusedBy !== undefined) continue;
    add(table, row.generic ? `TYPE${row.number}` : row.mnemonic, row.number);
  }
  return table;
}

function add({ numbers, lengths, letters }: Mnemonics, mnemonic: string, number: number): void {
  const name = new TextEncoder().encode(mnemonic.toLowerCase());
  if (name.length > WIDTH) return;
  let hash = 0;
  for (const octet of name) hash = (hash * 31 + (octet | 0x20)) & 0xffffff;
  let slot = hash & (SLOTS - 1);
  while ((numbers[slot] as number) >= 0) slot = (slot + 1) & (SLOTS - 1);
  numbers[slot] = number;
  lengths[slot] = name.length;
  letters.set(name, slot * WIDTH);
}
