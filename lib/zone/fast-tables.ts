import { ODD_OCTET } from '../rr/name.ts';
import { CLASS_OF, ORDINARY } from '../text/classes.ts';

/** 1 for octets that may stand in a label as they are: printable ASCII that has no meaning of its own. */
export const PLAIN_NAME: Uint8Array = plainNames();

/** Values of digits by octet; 255 for octets outside the alphabet, 64 for base64 padding. */
export const ALPHABET: Readonly<Record<'hex' | 'base64' | 'base32hex', Uint8Array>> = {
  hex: digitValues('0123456789abcdef', true),
  base64: digitValues('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=', false),
  base32hex: digitValues('0123456789abcdefghijklmnopqrstuv', true),
};

function plainNames(): Uint8Array {
  const table = new Uint8Array(256);
  for (let octet = 0x21; octet < 0x7f; octet++)
    if (CLASS_OF[octet] === ORDINARY && ODD_OCTET[octet] !== 1) table[octet] = 1;
  table[0x2e] = 0;
  table[0x40] = 0;
  return table;
}

function digitValues(alphabet: string, anyCase: boolean): Uint8Array {
  const table = new Uint8Array(256).fill(255);
  for (const [value, character] of [...alphabet].entries()) {
    table[character.charCodeAt(0)] = value;
    if (anyCase) table[character.toUpperCase().charCodeAt(0)] = value;
  }
  return table;
}

/** Answer of a fast reader that leaves the entry to the close look. */
export const UNUSUAL = -1;

/** Whether an octet is an ASCII digit. */
export function isDigit(octet: number): boolean {
  return octet >= 0x30 && octet <= 0x39;
}

/** Seconds of a TTL unit letter, 0 for any other octet. */
export function unitSeconds(octet: number): number {
  switch (octet | 0x20) {
    case 0x73:
      return 1;
    case 0x6d:
      return 60;
    case 0x68:
      return 3600;
    case 0x64:
      return 86_400;
    case 0x77:
      return 604_800;
    default:
      return 0;
  }
}
