import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { codeOf, reason } from './io-reasons.ts';

/** A file that appears whole under its name, or not at all. */
export interface NewFile {
  write(content: string | Uint8Array): void;
  /** Gives the file its name; one that need not survive a power cut need not be waited for. */
  commit(lasting?: boolean): void;
  /** Leaves the file of that name as it was. */
  discard(): void;
}

/** A file or folder that cannot be used; `why` is a clause such as `permission denied`. */
export class FileError extends Error {
  override readonly name: string = 'FileError';
  readonly path: string;
  readonly why: string;

  constructor(path: string, why: string) {
    super(`${path}: ${why}`);
    this.path = path;
    this.why = why;
  }
}

/** Gives errors of the file system the name under which the user knows the file. */
export function named<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw new FileError(path, error instanceof FileError ? error.why : reason(error));
  }
}

/** False when the reader has gone (EPIPE), which is no error: `zonewright lint | head` ends in peace; nor is a lost message. */
export function writeAll(descriptor: number, octets: Uint8Array): boolean {
  let at = 0;
  while (at < octets.length) {
    try {
      at += writeSync(descriptor, octets, at);
    } catch (error) {
      const code = codeOf(error);
      if (code === 'EPIPE' || (descriptor === 2 && code !== 'EAGAIN')) return false;
      if (code !== 'EAGAIN') throw new FileError('standard output', reason(error));
      // A pipe that does not block and is full: wait a moment for its reader.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
    }
  }
  return true;
}

/** The path without symbolic links, undefined when nothing is there. */
export function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

/**
 * Writes beside the target and renames, so that readers see the old file or the new one; devices are written to. A file that
 * was not there gets the given permission bits, less those the user masks.
 */
export function createFile(name: string, path: string, mode = 0o666): NewFile {
  const shown = `cannot write ${name}`;
  const old = named(shown, () => (existsSync(path) ? statSync(path) : undefined));
  if (old?.isDirectory()) throw new FileError(shown, 'this is a folder, not a file');
  const direct = old !== undefined && !old.isFile();
  // What the real path of a pipe such as /dev/stdout seems to be is no path.
  const target = direct ? path : (realPath(path) ?? path);
  const { descriptor, temporary } = named(shown, () =>
    direct ? { descriptor: openSync(target, 'w'), temporary: target } : openBeside(target, mode),
  );
  let open = true;
  const close = (): void => {
    if (open) closeSync(descriptor);
    open = false;
  };
  const discard = (): void => {
    close();
    if (!direct) rmSync(temporary, { force: true });
  };
  const orDiscard = (act: () => void): void => {
    try {
      act();
    } catch (error) {
      discard();
      throw new FileError(shown, error instanceof FileError ? error.why : reason(error));
    }
  };
  return {
    write: (content) =>
      orDiscard(() => void writeAll(descriptor, typeof content === 'string' ? Buffer.from(content) : content)),
    commit: (lasting = true) =>
      orDiscard(() => {
        if (!direct && lasting) fsyncSync(descriptor);
        close();
        if (direct) return;
        if (old !== undefined) keepOwner(temporary, old);
        renameSync(temporary, target);
      }),
    discard,
  };
}

/** Opens a file until the process ends; each text is written behind what it has, in one piece as far as the system can. */
export function appendTo(name: string, path: string): (text: string) => void {
  const shown = `cannot write ${name}`;
  const descriptor = named(shown, () => openSync(path, 'a'));
  return (text) => named(shown, () => void writeAll(descriptor, Buffer.from(text)));
}

/** Owner, group and mode of the file before; who may not give a file away keeps the rest. */
function keepOwner(temporary: string, { uid, gid, mode }: Stats): void {
  const own = statSync(temporary);
  if (own.uid !== uid || own.gid !== gid) {
    for (const owner of [uid, own.uid]) {
      try {
        chownSync(temporary, owner, gid);
        break;
      } catch {
        // Only the superuser may.
      }
    }
  }
  chmodSync(temporary, mode & 0o7777);
}

const MOST_NAMES = 100;

/** A new file beside another; one that a killed process of the same number has left is passed over. */
function openBeside(target: string, mode: number): { descriptor: number; temporary: string } {
  const stem = join(dirname(target), `.${basename(target).slice(0, 60)}.${process.pid}`);
  for (let number = 1; ; number++) {
    const temporary = `${stem}${number === 1 ? '' : `-${number}`}.tmp`;
    try {
      return { descriptor: openSync(temporary, 'wx', mode), temporary };
    } catch (error) {
      if (codeOf(error) !== 'EEXIST' || number === MOST_NAMES) throw error;
    }
  }
}
