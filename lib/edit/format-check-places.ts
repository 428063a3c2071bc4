import { BLANK, CLASS_OF, COMMENT, NEWLINE, ORDINARY } from '../text/classes.ts';

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
