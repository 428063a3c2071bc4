import type { Io } from './io.ts';
import { printable } from './report/characters.ts';

/** Says one sentence on stderr. */
export function tell(io: Io, kind: 'error' | 'warning' | 'note' | 'skipped', sentence: string): void {
  io.stderr.write(`${kind}: ${printable(sentence)}\n`);
}

/** Text that goes to standard output, or to a file that appears whole or not at all. */
export interface OutputText {
  write(text: string): void;
  /** Ends the text; a file appears. */
  commit(): void;
  /** Leaves the file as it was, unless the text has ended. */
  discard(): void;
}

/** Opens a file, or standard output when no path is given, for text. */
export function openOutput(io: Io, path: string | undefined): OutputText {
  if (path === undefined) return { write: (text) => io.stdout.write(text), commit() {}, discard() {} };
  const file = io.createFile(path);
  let ended = false;
  return {
    write: (text) => file.write(text),
    commit() {
      file.commit();
      ended = true;
    },
    discard() {
      if (!ended) file.discard();
    },
  };
}

/** Writes text to standard output, or to a file that appears whole or not at all. */
export function writeOutput(io: Io, path: string | undefined, pieces: Iterable<string>): void {
  const output = openOutput(io, path);
  try {
    for (const piece of pieces) output.write(piece);
    output.commit();
  } finally {
    output.discard();
  }
}
