import { FileError, type Io, type NewFile } from '../../io.ts';
import type { FileContents, FileToSave } from '../model/effects.ts';

/** What became of files that were to be written. */
export type SaveResult =
  | { readonly kind: 'saved' }
  /** Somebody else has written some of them: what they hold now. Nothing was written. */
  | { readonly kind: 'outside'; readonly theirs: FileContents }
  /** Why, as a sentence; `written` are those that were written all the same. */
  | { readonly kind: 'failed'; readonly why: string; readonly written: readonly string[] };

/**
 * Writes files, each whole or not at all, through links and with their modes. All are on the disk under other names before
 * the first is renamed, so that a full disk or a folder that cannot be written leaves every one as it was. Unless forced
 * none is written when one of them is not what was read.
 */
export function saveFiles(files: readonly FileToSave[], force: boolean, io: Io): SaveResult {
  const theirs = force ? new Map<string, Uint8Array>() : changedOutside(files, io);
  if (theirs.size > 0) return { kind: 'outside', theirs };
  const open: NewFile[] = [];
  const written: string[] = [];
  try {
    for (const { name, bytes } of files) {
      const file = io.createFile(name);
      open.push(file);
      file.write(bytes);
    }
    for (const [index, { name }] of files.entries()) {
      open[index]?.commit();
      written.push(name);
    }
    return { kind: 'saved' };
  } catch (error) {
    for (const file of open.slice(written.length)) file.discard();
    if (!(error instanceof FileError)) throw error;
    return { kind: 'failed', why: error.message, written };
  }
}

/**
 * What files hold that are neither as they were read nor as they are to be; a file that is gone, or cannot be read, is
 * written anew.
 */
function changedOutside(files: readonly FileToSave[], io: Io): Map<string, Uint8Array> {
  const theirs = new Map<string, Uint8Array>();
  for (const { name, bytes, expected } of files) {
    const now = contentOf(name, io);
    if (now === undefined) continue;
    if (Buffer.compare(now, expected) !== 0 && Buffer.compare(now, bytes) !== 0) theirs.set(name, now);
  }
  return theirs;
}

/** The files that hold something else than is known, among those given. */
export function filesChanged(known: FileContents, io: Io): FileContents {
  return changedOutside(
    [...known].map(([name, expected]) => ({ name, bytes: expected, expected })),
    io,
  );
}

function contentOf(name: string, io: Io): Uint8Array | undefined {
  try {
    return io.readFile(name);
  } catch (error) {
    if (error instanceof FileError) return undefined;
    throw error;
  }
}
