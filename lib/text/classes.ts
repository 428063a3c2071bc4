/** Character classes of the master-file format (RFC 1035 §5.1), one small integer per octet value. */
export const ORDINARY = 0;
export const BLANK = 1;
export const NEWLINE = 2;
export const COMMENT = 3;
export const OPEN = 4;
export const CLOSE = 5;
export const QUOTE = 6;
export const ESCAPE = 7;

/** Class of every octet; carriage return counts as a blank, so CRLF and LF files read alike. */
export const CLASS_OF: Uint8Array = classTable();

function classTable(): Uint8Array {
  const table = new Uint8Array(256);
  table[0x20] = BLANK;
  table[0x09] = BLANK;
  table[0x0d] = BLANK;
  table[0x0a] = NEWLINE;
  table[0x3b] = COMMENT;
  table[0x28] = OPEN;
  table[0x29] = CLOSE;
  table[0x22] = QUOTE;
  table[0x5c] = ESCAPE;
  return table;
}
