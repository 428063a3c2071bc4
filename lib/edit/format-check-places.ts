import { BLANK, CLASS_OF, CLOSE, COMMENT, NEWLINE, ORDINARY } from '../text/classes.ts';

/** Behind lines with nothing on them. */
export function skipEmpty(bytes: Uint8Array, from: number): number {
  let line = from;
  while (line < bytes.length) {
    const at = skipBlanks(bytes, line);
    if (at < bytes.length && bytes[at] !== 0x0a) return line;
    line = at + 1;
  }
  return line;
}

/** Behind blanks. */
export function skipBlanks(bytes: Uint8Array, from: number): number {
  let at = from;
  while (CLASS_OF[bytes[at] as number] === BLANK) at++;
  return at;
}

/** Behind blanks, four at once. */
export function skipFours(bytes: Uint8Array, fours: DataView, from: number): number {
  let at = from;
  while (at + 4 <= bytes.length) {
    const other = fours.getInt32(at, true) ^ 0x20202020;
    if (other !== 0) {
      at += firstOctet(other);
      break;
    }
    at += 4;
  }
  return CLASS_OF[bytes[at] as number] === BLANK ? skipBlanks(bytes, at) : at;
}

/** Behind octets that need no look. */
export function skipWord(bytes: Uint8Array, from: number): number {
  let at = from;
  while (CLASS_OF[bytes[at] as number] === ORDINARY) at++;
  return at;
}

/** Whether a comment, a line end or the end of the file stands at an offset. */
export function isLineEnd(bytes: Uint8Array, at: number): boolean {
  const kind = CLASS_OF[bytes[at] as number];
  return at >= bytes.length || kind === NEWLINE || kind === COMMENT;
}

/** Offset of the line feed that ends a line, or the end of the file. */
export function lineEnd(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && bytes[at] !== 0x0a) at++;
  return at;
}

/** Twice the offset behind blanks, parentheses and the line ends inside, plus the depth there; -1 when the parentheses are wrong. */
export function gapEnd(bytes: Uint8Array, from: number, outer: number): number {
  let depth = outer;
  for (let at = from; at < bytes.length; at++) {
    const octet = bytes[at] as number;
    if (octet === 0x28 && depth === 0) depth = 1;
    else if (octet === 0x29 && depth === 1) depth = 0;
    else if (octet === 0x28 || octet === 0x29) return -1;
    else if (CLASS_OF[octet] !== BLANK && (octet !== 0x0a || depth === 0)) return 2 * at + depth;
  }
  return -1;
}

/** Whether octets of a class part words. */
export function isGap(kind: number): boolean {
  return kind >= BLANK && kind <= CLOSE;
}

/** Whether an octet opens or closes what may be spread over lines. */
export function isParen(octet: number): boolean {
  return octet === 0x28 || octet === 0x29;
}

/** Not zero when there is one below the blank, a quote, parenthesis, semicolon or backslash among four octets, the first of which it tells. */
export function meanings(four: number): number {
  const quote = four ^ 0x22222222;
  const paren = (four & 0xfefefefe) ^ 0x28282828;
  const semicolon = four ^ 0x3b3b3b3b;
  const backslash = four ^ 0x5c5c5c5c;
  const found =
    ((four - 0x20202020) & ~four) |
    ((quote - 0x01010101) & ~quote) |
    ((paren - 0x01010101) & ~paren) |
    ((semicolon - 0x01010101) & ~semicolon) |
    ((backslash - 0x01010101) & ~backslash);
  return found & 0x80808080;
}

/** Which of four octets has the lowest bit that is set. */
export function firstOctet(bits: number): number {
  return (31 - Math.clz32(bits & -bits)) >> 3;
}
