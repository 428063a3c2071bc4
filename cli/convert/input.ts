import type { ReadPiece } from '../../lib/zone/stream.ts';
import { UsageError } from '../errors.ts';
import type { Io } from '../io.ts';
import type { Input } from '../io-input.ts';
import { noSuchFile } from '../lint/paths.ts';

/** Octets of an input that are looked at before it is read. */
const FIRST = 1 << 22;

/** A file or standard input that is read piece by piece, its start known. */
export class ConvertInput {
  /** The name that messages give it. */
  readonly path: string;
  /** Octets in all, undefined when that is not known. */
  readonly size: number | undefined;
  readonly first: Uint8Array;
  private readonly input: Input;
  private given = 0;

  constructor(path: string, stdinName: string | undefined, io: Io) {
    const kind = path === '-' ? 'special' : io.kind(path);
    if (kind === 'missing' || kind === 'unreadable') throw new UsageError(noSuchFile(path, io));
    if (kind === 'folder') throw new UsageError(`${path}: this is a folder, not a file`);
    this.path = path === '-' ? (stdinName ?? '<stdin>') : path;
    this.size = kind === 'file' ? io.size(path) : undefined;
    this.input = io.open(path === '-' ? undefined : path);
    const first = new Uint8Array(Math.min(FIRST, (this.size ?? FIRST) + 1));
    this.first = first.subarray(
      0,
      fill(first, (into) => this.input.read(into)),
    );
  }

  /** Reads the next octets from the start on: how many there were, 0 at the end. */
  readonly read: ReadPiece = (into) => {
    const rest = this.first.subarray(this.given, this.given + into.length);
    if (rest.length === 0) return this.input.read(into);
    into.set(rest);
    this.given += rest.length;
    return rest.length;
  };

  close(): void {
    this.input.close();
  }
}

/** Reads until `into` is full or the input ends; how many octets there were. */
function fill(into: Uint8Array, read: ReadPiece): number {
  let length = 0;
  while (length < into.length) {
    const more = read(into.subarray(length));
    if (more === 0) break;
    length += more;
  }
  return length;
}
