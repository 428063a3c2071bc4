/** Octet strings in one arena: string `i` has `lengths[i]` octets from `starts[i]` on. */
export interface ByteStrings {
  readonly bytes: Uint8Array;
  readonly starts: Uint32Array;
  readonly lengths: Uint16Array;
}

/** Below this many strings insertion is quicker than partitioning. */
const FEW = 12;

/**
 * Sorts `ids[from, to)` by the octet strings they index, a string before those it is the beginning of; equal strings
 * end up side by side in any order. Quicksort on one octet at a time, so that time stays near the octets that differ.
 */
export function sortByBytes(ids: Uint32Array, from: number, to: number, strings: ByteStrings): void {
  sortFrom(ids, from, to, strings, 0);
}

/** Octet order of two strings: negative when the first comes first, zero when they are equal. */
export function compareStrings(strings: ByteStrings, a: number, b: number): number {
  return compareFrom(strings, a, b, 0);
}

function sortFrom(ids: Uint32Array, from: number, to: number, strings: ByteStrings, depth: number): void {
  let low = from;
  let high = to;
  let at = depth;
  while (high - low > FEW) {
    const pivot = middle(ids, low, high, strings, at);
    let less = low;
    let more = high;
    for (let i = low; i < more; ) {
      const octet = octetOf(ids[i] as number, strings, at);
      if (octet < pivot) swap(ids, less++, i++);
      else if (octet > pivot) swap(ids, i, --more);
      else i++;
    }
    // The largest part goes on in this loop, so that no order of strings can exhaust the stack.
    const least = less - low;
    const same = more - less;
    const most = high - more;
    if (same >= least && same >= most) {
      sortFrom(ids, low, less, strings, at);
      sortFrom(ids, more, high, strings, at);
      if (pivot < 0) return;
      low = less;
      high = more;
      at++;
      continue;
    }
    if (pivot >= 0) sortFrom(ids, less, more, strings, at + 1);
    if (least > most) {
      sortFrom(ids, more, high, strings, at);
      high = less;
    } else {
      sortFrom(ids, low, less, strings, at);
      low = more;
    }
  }
  insert(ids, low, high, strings, at);
}

function insert(ids: Uint32Array, low: number, high: number, strings: ByteStrings, depth: number): void {
  for (let i = low + 1; i < high; i++) {
    const id = ids[i] as number;
    let to = i;
    for (; to > low; to--) {
      const before = ids[to - 1] as number;
      if (compareFrom(strings, before, id, depth) <= 0) break;
      ids[to] = before;
    }
    ids[to] = id;
  }
}

function compareFrom({ bytes, starts, lengths }: ByteStrings, a: number, b: number, depth: number): number {
  const atA = starts[a] as number;
  const atB = starts[b] as number;
  const lengthA = lengths[a] as number;
  const lengthB = lengths[b] as number;
  const common = Math.min(lengthA, lengthB);
  for (let i = depth; i < common; i++) {
    const difference = (bytes[atA + i] as number) - (bytes[atB + i] as number);
    if (difference !== 0) return difference;
  }
  return lengthA - lengthB;
}

/** The octet of a string at a depth, -1 behind its end. */
function octetOf(id: number, { bytes, starts, lengths }: ByteStrings, depth: number): number {
  return depth < (lengths[id] as number) ? (bytes[(starts[id] as number) + depth] as number) : -1;
}

function middle(ids: Uint32Array, low: number, high: number, strings: ByteStrings, depth: number): number {
  const a = octetOf(ids[low] as number, strings, depth);
  const b = octetOf(ids[(low + high) >>> 1] as number, strings, depth);
  const c = octetOf(ids[high - 1] as number, strings, depth);
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}

function swap(ids: Uint32Array, a: number, b: number): void {
  const id = ids[a] as number;
  ids[a] = ids[b] as number;
  ids[b] = id;
}
