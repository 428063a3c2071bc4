import type { Io } from './io.ts';
import { printable } from './report/characters.ts';

/** Says one sentence on stderr. */
export function tell(io: Io, kind: 'error' | 'warning' | 'note' | 'skipped', sentence: string): void {
  io.stderr.write(`${kind}: ${printable(sentence)}\n`);
}

/** Writes text to standard output, or to a file that appears whole or not at all. */
export function writeOutput(io: Io, path: string | undefined, pieces: Iterable<string>): void {
  if (path === undefined) {
    for (const piece of pieces) io.stdout.write(piece);
    return;
  }
  const file = io.createFile(path);
  let whole = false;
  try {
    for (const piece of pieces) file.write(piece);
    file.commit();
    whole = true;
  } finally {
    if (!whole) file.discard();
  }
}
