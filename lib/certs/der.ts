/** Identifier octets that certificates use (X.690 §8.1.2). */
export const tag = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  objectIdentifier: 0x06,
  utf8String: 0x0c,
  numericString: 0x12,
  printableString: 0x13,
  teletexString: 0x14,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  universalString: 0x1c,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const;

/** Identifier octet of a context-specific tag such as [0]. */
export function contextTag(number: number, constructed: boolean): number {
  return 0x80 | (constructed ? 0x20 : 0) | number;
}

/** One tag-length-value: octets `start` to `end`, its contents from `contents` on. */
export interface DerValue {
  readonly tag: number;
  readonly start: number;
  readonly contents: number;
  readonly end: number;
}

/** Why octets are not the DER that was expected, and where. */
export interface DerFault {
  readonly offset: number;
  readonly problem: string;
}

/**
 * A place in DER octets that only moves forward and never past `end`.
 * The first fault of a document is kept in the shared `faults`; after it every read gives an empty value.
 */
export interface DerCursor {
  readonly bytes: Uint8Array;
  readonly end: number;
  readonly faults: DerFault[];
  position: number;
}

/** A cursor over a whole document. */
export function openDer(bytes: Uint8Array): DerCursor {
  return { bytes, end: bytes.length, faults: [], position: 0 };
}

/** A cursor over the contents of a value, sharing the faults of its document. */
export function enterValue(cursor: DerCursor, value: DerValue): DerCursor {
  return { bytes: cursor.bytes, end: value.end, faults: cursor.faults, position: value.contents };
}

/** Keeps the first fault; later ones follow from it. */
export function reportFault(cursor: DerCursor, offset: number, problem: string): void {
  if (cursor.faults.length === 0) cursor.faults.push({ offset, problem });
}

/** Something is left to read and nothing was wrong so far. */
export function hasMore(cursor: DerCursor): boolean {
  return cursor.faults.length === 0 && cursor.position < cursor.end;
}

/** The identifier octet of the next value, or -1 at the end. */
export function nextTag(cursor: DerCursor): number {
  return hasMore(cursor) ? cursor.bytes[cursor.position]! : -1;
}

/** Reads the next value, of any kind or of the `expected` one; `what` names it in the fault. */
export function readValue(cursor: DerCursor, what: string, expected?: number): DerValue {
  const start = cursor.position;
  if (!hasMore(cursor)) {
    reportFault(cursor, start, `${what} is missing`);
    return emptyValue(start);
  }
  const identifier = cursor.bytes[start]!;
  if (expected !== undefined && identifier !== expected) {
    reportFault(cursor, start, `${what} has tag ${hexOctet(identifier)} where ${hexOctet(expected)} belongs`);
    return emptyValue(start);
  }
  const value = readHeader(cursor, start, what);
  cursor.position = value.end;
  return value;
}

/** Reads the next value if it has this tag. */
export function readOptional(cursor: DerCursor, what: string, expected: number): DerValue | undefined {
  return nextTag(cursor) === expected ? readValue(cursor, what, expected) : undefined;
}

/** Reads a constructed value and gives a cursor over what is in it. */
export function readInto(cursor: DerCursor, what: string, expected: number): DerCursor {
  return enterValue(cursor, readValue(cursor, what, expected));
}

/** Nothing may follow inside this cursor. */
export function expectEnd(cursor: DerCursor, what: string): void {
  if (hasMore(cursor)) reportFault(cursor, cursor.position, `${what} has octets left over`);
}

/** The octets of a value without tag and length. */
export function contentsOf(cursor: DerCursor, value: DerValue): Uint8Array {
  return cursor.bytes.subarray(value.contents, value.end);
}

/** The octets of a value with tag and length. */
export function octetsOf(cursor: DerCursor, value: DerValue): Uint8Array {
  return cursor.bytes.subarray(value.start, value.end);
}

function readHeader(cursor: DerCursor, start: number, what: string): DerValue {
  const { bytes, end } = cursor;
  if ((bytes[start]! & 0x1f) === 0x1f) return fail(cursor, start, `${what} has a tag number above 30`);
  if (start + 1 >= end) return fail(cursor, start, `${what} ends before its length`);
  const first = bytes[start + 1]!;
  let contents = start + 2;
  let length = first;
  if (first === 0x80) return fail(cursor, start, `${what} has an indefinite length, which DER forbids`);
  if (first > 0x80) {
    const octets = first & 0x7f;
    if (octets > 4) return fail(cursor, start, `${what} has a length of ${octets} octets`);
    if (contents + octets > end) return fail(cursor, start, `${what} ends before its length`);
    length = 0;
    for (let i = 0; i < octets; i++) length = length * 256 + bytes[contents + i]!;
    if (length < 0x80 || bytes[contents] === 0) {
      return fail(cursor, start, `${what} has a length that is not in its shortest form`);
    }
    contents += octets;
  }
  if (contents + length > end) {
    return fail(cursor, start, `${what} says ${length} octets but only ${end - contents} are left`);
  }
  return { tag: bytes[start]!, start, contents, end: contents + length };
}

function fail(cursor: DerCursor, offset: number, problem: string): DerValue {
  reportFault(cursor, offset, problem);
  return emptyValue(offset);
}

function emptyValue(offset: number): DerValue {
  return { tag: 0, start: offset, contents: offset, end: offset };
}

function hexOctet(octet: number): string {
  return `0x${octet.toString(16).padStart(2, '0')}`;
}
