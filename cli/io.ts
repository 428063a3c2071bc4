import {
  closeSync,
  fstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readSync,
  rmSync,
  type Stats,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type GitAnswer, type GitCall, gitAnswer, gitArguments, gitOptions } from './io-git.ts';
import { type Input, readRest } from './io-input.ts';
import { codeOf, permissionBits, tooLarge } from './io-reasons.ts';
import { appendTo, createFile, FileError, type NewFile, named, realPath, writeAll } from './io-write.ts';

export { FileError, type NewFile } from './io-write.ts';

const STDIN = 'standard input';

/** Octets one input file may have: what Node can hold in one piece. */
const LARGEST_FILE = 2 ** 31 - 1;

/** Where text goes; what was written before an error or the end is never lost. */
export interface Output {
  write(text: string): void;
  readonly terminal: boolean;
  /** Width in characters, undefined when unknown. */
  readonly columns: number | undefined;
}

/** Output that holds text back to write it in large pieces. */
export interface BufferedOutput extends Output {
  /** Octets as they are, for text of no known encoding. */
  writeBytes(octets: Uint8Array): void;
  flush(): void;
}

/** What a path is; pipes and devices are special. */
export type PathKind = 'file' | 'folder' | 'special' | 'missing' | 'unreadable';

/** One entry of a folder. */
export interface FolderEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'link' | 'other';
}

/** The world as the commands see it; tests give another one. */
export interface Io {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: BufferedOutput;
  readonly stderr: Output;
  /** Milliseconds since 1970. */
  now(): number;
  /** Milliseconds since some moment, never going back. */
  ticks(): number;
  /** Everything on standard input. */
  readStdin(): Uint8Array;
  kind(path: string): PathKind;
  /** Opens a file, or standard input when no path is given, to be read piece by piece; throws FileError. */
  open(path: string | undefined): Input;
  /** Octets of a file, 0 when that cannot be told. */
  size(path: string): number;
  /** Permission bits of a file such as 0o600, links followed; undefined when nothing is there and where files have none. */
  mode(path: string): number | undefined;
  /** All octets of a file; throws FileError. */
  readFile(path: string, limit?: number): Uint8Array;
  /** The first octets of a file; throws FileError. */
  readStart(path: string, octets: number): Uint8Array;
  /** Entries of a folder by name; throws FileError. */
  listFolder(path: string): FolderEntry[];
  /** The path without symbolic links, undefined when nothing is there. */
  realPath(path: string): string | undefined;
  /** A file to write; one that is new has the given permission bits (0o666 where none are given) less those the user masks. */
  createFile(path: string, mode?: number): NewFile;
  /**
   * Opens a file for the rest of the run, which is made when it is missing; what is given back writes text behind what it
   * has. Both throw FileError.
   */
  appendTo(path: string): (text: string) => void;
  /** Removes a file if it is there; throws FileError. */
  removeFile(path: string): void;
  /** Removes a folder with all that is in it; throws FileError. */
  removeFolder(path: string): void;
  /** Makes a folder and those above it, where they are missing, with the given permission bits; throws FileError. */
  createFolder(path: string, mode?: number): void;
  /** Makes an empty folder for a moment that nobody else can look into, and tells its path; throws FileError. */
  temporaryFolder(): string;
  /** Runs a program on the terminal of this process and waits for it: its exit code, undefined when it cannot be started. */
  runOnTerminal(program: string, args: readonly string[]): number | undefined;
  /** Runs git with these arguments, never through a shell, and waits for it. */
  git(args: readonly string[], call: GitCall): GitAnswer;
}

const tooMuch = (limit: number): FileError => new FileError('', tooLarge(limit));

/** The parts of the world that tests replace. */
export interface World {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: BufferedOutput;
  readonly stderr: Output;
  now(): number;
  ticks(): number;
  /** The next octets of standard input: how many there were, 0 at the end. */
  stdin(into: Uint8Array): number;
}

/** The real file system below the folder `world.cwd`, with the rest of the world as given. */
export function createIo(world: World): Io {
  const absolute = (path: string): string => resolve(world.cwd, path);
  return {
    ...world,
    readStdin: () => named(STDIN, () => readRest(world.stdin, LARGEST_FILE, tooMuch)),
    open: (path) => {
      if (path === undefined) return { read: (into) => named(STDIN, () => world.stdin(into)), close() {} };
      return openInput(path, absolute(path));
    },
    kind: (path) => kindOf(absolute(path)),
    size: (path) => statOf(absolute(path))?.size ?? 0,
    mode: (path) => permissionBits(statOf(absolute(path))?.mode),
    readFile: (path, limit = LARGEST_FILE) => named(path, () => readWhole(absolute(path), limit)),
    readStart: (path, octets) => named(path, () => readStart(absolute(path), octets)),
    listFolder: (path) => named(path, () => listFolder(absolute(path))),
    realPath: (path) => realPath(absolute(path)),
    createFile: (path, mode) => createFile(path, absolute(path), mode),
    appendTo: (path) => appendTo(path, absolute(path)),
    removeFolder: (path) =>
      named(`cannot remove ${path}`, () => rmSync(absolute(path), { force: true, recursive: true })),
    removeFile: (path) => named(`cannot remove ${path}`, () => rmSync(absolute(path), { force: true })),
    createFolder: (path, mode = 0o777) => {
      named(`cannot make the folder ${path}`, () => mkdirSync(absolute(path), { recursive: true, mode }));
    },
    temporaryFolder: () => named('cannot make a temporary folder', () => mkdtempSync(join(tmpdir(), 'zonewright-'))),
    runOnTerminal: (program, args) => runOnTerminal(program, args, world),
    git: (args, call) => runGit(args, { ...call, folder: absolute(call.folder) }, world.env),
  };
}

/** The io of this process. */
export function processIo(): Io {
  const stdout = outputTo(1);
  return createIo({
    cwd: workingFolder(),
    env: process.env,
    stdout,
    stderr: outputTo(2, stdout.flush),
    now: () => Date.now(),
    // The performance module would be loaded for this alone.
    ticks: () => performance.now(),
    stdin: (into) => readPiece(0, into),
  });
}

/** A working folder that was removed is a folder without files: absolute paths can still be used. */
function workingFolder(): string {
  try {
    return process.cwd();
  } catch {
    return resolve('/', 'removed working folder');
  }
}

const HELD_BACK = 65_536;

/** Standard error is not held back, and `first` brings out what comes before it. */
function outputTo(descriptor: 1 | 2, first?: () => void): BufferedOutput {
  const stream = descriptor === 1 ? 'stdout' : 'stderr';
  let held: string[] = [];
  let size = 0;
  let closed = false;
  let terminal: boolean | undefined;
  const flush = (): void => {
    const text = held.join('');
    held = [];
    size = 0;
    if (!closed && text !== '') closed = !writeAll(descriptor, Buffer.from(text));
  };
  return {
    write(text) {
      held.push(text);
      size += text.length;
      first?.();
      if (size > HELD_BACK || descriptor === 2) flush();
    },
    writeBytes(octets) {
      first?.();
      flush();
      if (!closed) closed = !writeAll(descriptor, octets);
    },
    flush,
    get terminal() {
      // Asking Node for the stream is slow, so only a character device is worth it.
      terminal ??= isCharacterDevice(descriptor) && process[stream].isTTY === true;
      return terminal;
    },
    get columns() {
      return this.terminal ? process[stream].columns : undefined;
    },
  };
}

function isCharacterDevice(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isCharacterDevice();
  } catch {
    return false;
  }
}

function kindOf(path: string): PathKind {
  try {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat === undefined) return 'missing';
    if (stat.isFile()) return 'file';
    return stat.isDirectory() ? 'folder' : 'special';
  } catch (error) {
    const code = codeOf(error);
    return code === 'ENOENT' || code === 'ENOTDIR' || code === 'ERR_INVALID_ARG_VALUE' ? 'missing' : 'unreadable';
  }
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

function readWhole(path: string, limit: number): Uint8Array {
  const descriptor = openSync(path, 'r');
  try {
    const stat = fstatSync(descriptor);
    if (stat.isDirectory()) throw new FileError(path, 'this is a folder, not a file');
    if (!stat.isFile()) return readRest((into) => readPiece(descriptor, into), limit, tooMuch);
    if (stat.size > limit) throw new FileError(path, tooLarge(limit));
    const bytes = new Uint8Array(stat.size);
    const length = readInto(descriptor, bytes);
    return length === bytes.length ? bytes : bytes.subarray(0, length);
  } finally {
    closeSync(descriptor);
  }
}

function readStart(path: string, octets: number): Uint8Array {
  const descriptor = openSync(path, 'r');
  try {
    const bytes = new Uint8Array(octets);
    return bytes.subarray(0, readInto(descriptor, bytes));
  } finally {
    closeSync(descriptor);
  }
}

/** Fills `bytes` as far as the file goes; how many octets there were. */
function readInto(descriptor: number, bytes: Uint8Array): number {
  let length = 0;
  while (length < bytes.length) {
    const read = readSync(descriptor, bytes, length, bytes.length - length, null);
    if (read === 0) break;
    length += read;
  }
  return length;
}

/** The next octets of a file, pipe, terminal or device; 0 at its end. */
function readPiece(descriptor: number, into: Uint8Array): number {
  for (;;) {
    try {
      return readSync(descriptor, into);
    } catch (error) {
      const code = codeOf(error);
      if (code === 'EOF') return 0;
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

function openInput(name: string, path: string): Input {
  const descriptor = named(name, () => openSync(path, 'r'));
  return {
    read: (into) => named(name, () => readPiece(descriptor, into)),
    close: () => closeSync(descriptor),
  };
}

function listFolder(path: string): FolderEntry[] {
  const entries = readdirSync(path, { withFileTypes: true }).map((entry): FolderEntry => {
    const { name } = entry;
    if (entry.isFile()) return { name, kind: 'file' };
    if (entry.isDirectory()) return { name, kind: 'folder' };
    return { name, kind: entry.isSymbolicLink() ? 'link' : 'other' };
  });
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function runOnTerminal(program: string, args: readonly string[], { cwd, env }: World): number | undefined {
  const { spawnSync } = process.getBuiltinModule('node:child_process');
  const stty = (words: readonly string[]) => spawnSync('stty', words, { stdio: ['inherit', 'pipe', 'ignore'] }).stdout;
  const modes = stty(['-g'])?.toString().trim() ?? '';
  const { status, error, signal } = spawnSync(program, args, { cwd, env, stdio: 'inherit', shell: false });
  if (error !== undefined) return undefined;
  // Who ends so has not put the terminal back either.
  if (status !== 0 && modes !== '') stty([modes]);
  return status ?? (signal === null ? 0 : 128);
}

/** The module is asked for when git is: loading it takes longer than many a command. */
function runGit(args: readonly string[], call: GitCall, env: World['env']): GitAnswer {
  const { spawnSync } = process.getBuiltinModule('node:child_process');
  return gitAnswer(spawnSync('git', gitArguments(args), gitOptions(call, env)), kindOf(call.folder) === 'folder');
}
