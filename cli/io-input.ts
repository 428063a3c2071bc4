/** Octets that are read piece by piece. */
export interface Input {
  /** Reads the next octets: how many there were, 0 at the end; throws FileError. */
  read(into: Uint8Array): number;
  close(): void;
}

/** Everything that `read` gives up to its end, at most `limit` octets; throws what `refuse` gives when there are more. */
export function readRest(read: Input['read'], limit: number, refuse: (limit: number) => Error): Uint8Array {
  const pieces: Uint8Array[] = [];
  let total = 0;
  for (;;) {
    const piece = new Uint8Array(Math.min(1 << 20, Math.max(1 << 16, total)));
    const length = read(piece);
    if (length === 0) break;
    total += length;
    if (total > limit) throw refuse(limit);
    pieces.push(piece.subarray(0, length));
  }
  const all = new Uint8Array(total);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
