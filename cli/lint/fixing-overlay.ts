import { resolve } from 'node:path';
import { FileError, type Io } from '../io.ts';
import type { ChangedFile } from './fixing.ts';
import type { ChangedBytes } from './fixing-choice.ts';

/** The world with other octets in some files, whichever way leads to them. */
export function overlayIo(io: Io, changed: ChangedBytes): Io {
  const real = (path: string): string => io.realPath(path) ?? resolve(io.cwd, path);
  const files = new Map([...changed].map(([name, bytes]) => [real(name), bytes]));
  const known = (path: string): Uint8Array | undefined => files.get(real(path));
  return {
    ...io,
    size: (path) => known(path)?.length ?? io.size(path),
    readFile: (path, limit) => {
      const bytes = known(path);
      if (bytes === undefined) return io.readFile(path, limit);
      if (limit !== undefined && bytes.length > limit) throw new FileError(path, 'the file is too large');
      return bytes;
    },
    readStart: (path, octets) => known(path)?.subarray(0, octets) ?? io.readStart(path, octets),
  };
}

/** What was changed in all zones so far: zones that share a file build on each other's changes. */
export class AllChanges {
  private readonly files = new Map<string, ChangedFile>();

  /** The octets of all changed files, with further ones in place of some. */
  with(changed: ChangedBytes): ChangedBytes {
    return new Map([...[...this.files.values()].map(({ name, after }) => [name, after] as const), ...changed]);
  }

  add(changed: readonly ChangedFile[]): void {
    for (const file of changed) {
      const before = this.files.get(file.name)?.before ?? file.before;
      this.files.set(file.name, { ...file, before });
    }
  }

  /** By name; a file that is again as it was is not among them. */
  get all(): readonly ChangedFile[] {
    return [...this.files.values()]
      .filter(({ before, after }) => Buffer.compare(before, after) !== 0)
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}
