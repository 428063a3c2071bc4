import { basename, dirname, join, resolve } from 'node:path';
import { FileError, type Io } from '../../io.ts';
import type { FileContents } from '../model/effects.ts';
import { stateFolder } from './state-folder.ts';

/** Characters of a path in the name of its recovery files. */
const LONGEST_NAME = 160;

/** Octets of a recovery file that are read. */
const LARGEST = 2 ** 30;

/** Only the user may look into zones that are kept. */
const FILE_MODE = 0o600;
const FOLDER_MODE = 0o700;

/** The process of an editor, and what it can tell of others. */
export interface EditorProcess {
  readonly pid: number;
  isRunning(pid: number): boolean;
}

/** This process. */
const THIS_PROCESS: EditorProcess = { pid: process.pid, isRunning };

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It runs, as somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Files as they were in an editor that did not end as it should. */
export interface Recovered {
  /** The file that keeps them. */
  readonly path: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly files: FileContents;
  /** What the files held on the disk then. */
  readonly saved: FileContents;
}

/** Keeps the unsaved files of the editor of one zone file, and finds what others have left. */
export class Recovery {
  private readonly zoneFile: string;
  private readonly io: Io;
  private readonly process: EditorProcess;
  private readonly folder: string;
  private readonly stem: string;
  /** Whether an empty file tells others that the zone is open. */
  private readonly marks: boolean;
  private own: string | undefined;

  constructor(path: string, io: Io, process: EditorProcess = THIS_PROCESS) {
    this.zoneFile = io.realPath(path) ?? resolve(io.cwd, path);
    this.io = io;
    this.process = process;
    const states = stateFolder(io);
    this.marks = states !== undefined;
    this.folder = states === undefined ? dirname(this.zoneFile) : join(states, 'recovery');
    this.stem =
      states === undefined
        ? `.${basename(this.zoneFile)}.recovery`
        : encodeURIComponent(this.zoneFile).replaceAll('%2F', '%').slice(-LONGEST_NAME);
  }

  /** The newest that an editor has left which runs no more, and an editor that has the file open now. */
  find(): { readonly recovered: Recovered | undefined; readonly openIn: number | undefined } {
    let recovered: Recovered | undefined;
    let openIn: number | undefined;
    for (const { path, pid } of this.all()) {
      const left = this.read(path);
      if (left === undefined) continue;
      if (pid !== this.process.pid && this.process.isRunning(pid)) openIn = pid;
      else if (left.files.size === 0) this.remove(path);
      else if (recovered === undefined || left.time > recovered.time) recovered = left;
    }
    return { recovered, openIn };
  }

  /** Tells other editors that this one has the file open; nothing when there is no folder for it. */
  open(): void {
    if (!this.marks) return;
    try {
      this.keep(new Map(), new Map());
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
    }
  }

  /**
   * Keeps files that are not saved; throws FileError. The octets follow a line of JSON, and nobody waits for the disk: what
   * is written outlives the process, which is what is feared.
   */
  keep(files: FileContents, saved: FileContents): void {
    this.io.createFolder(this.folder, this.marks ? FOLDER_MODE : undefined);
    this.own ??= this.free();
    const none = new Uint8Array(0);
    const kept = [...files].map(([name, now]) => ({ name, now, before: saved.get(name) ?? none }));
    const list = kept.map(({ name, now, before }) => ({ name, length: now.length, saved: before.length }));
    const file = this.io.createFile(this.own, FILE_MODE);
    file.write(`${JSON.stringify({ version: 1, zone: this.zoneFile, time: this.io.now(), files: list })}\n`);
    for (const { now, before } of kept) {
      file.write(now);
      file.write(before);
    }
    file.commit(false);
  }

  /** Everything is saved, or is not wanted. */
  forget(): void {
    if (this.own === undefined) return;
    if (this.marks) this.open();
    else this.close();
  }

  /** The editor ends and leaves nothing. */
  close(): void {
    if (this.own !== undefined) this.remove(this.own);
    this.own = undefined;
  }

  /** Removes a file that keeps something. */
  remove(path: string): void {
    try {
      this.io.removeFile(path);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
    }
  }

  private all(): { readonly path: string; readonly pid: number }[] {
    try {
      return this.io.listFolder(this.folder).flatMap(({ name }) => {
        const [, pid] = name.startsWith(this.stem)
          ? (/^\.(\d+)(?:-\d+)?$/u.exec(name.slice(this.stem.length)) ?? [])
          : [];
        return pid === undefined ? [] : [{ path: join(this.folder, name), pid: Number(pid) }];
      });
    } catch (error) {
      if (error instanceof FileError) return [];
      throw error;
    }
  }

  /** A name that no process of the same number has left. */
  private free(): string {
    const first = join(this.folder, `${this.stem}.${this.process.pid}`);
    for (let number = 1; ; number++) {
      const path = number === 1 ? first : `${first}-${number}`;
      if (this.io.kind(path) === 'missing') return path;
    }
  }

  private read(path: string): Recovered | undefined {
    try {
      return recoveredFrom(this.io.readFile(path, LARGEST), path, this.zoneFile);
    } catch (error) {
      if (error instanceof FileError || error instanceof SyntaxError) return undefined;
      throw error;
    }
  }
}

/** Throws SyntaxError for what is none. */
function recoveredFrom(octets: Uint8Array, path: string, zoneFile: string): Recovered | undefined {
  let at = octets.indexOf(0x0a) + 1;
  const value: unknown = JSON.parse(new TextDecoder().decode(octets.subarray(0, at)));
  if (!isObject(value) || value['version'] !== 1 || value['zone'] !== zoneFile) return undefined;
  const { time, files: list } = value;
  if (typeof time !== 'number' || !Array.isArray(list)) return undefined;
  const files = new Map<string, Uint8Array>();
  const saved = new Map<string, Uint8Array>();
  for (const file of list as readonly unknown[]) {
    if (!isObject(file)) return undefined;
    const { name, length, saved: before } = file;
    if (typeof name !== 'string' || !isLength(length) || !isLength(before)) return undefined;
    files.set(name, octets.slice(at, at + length));
    saved.set(name, octets.slice(at + length, at + length + before));
    at += length + before;
  }
  return at === octets.length ? { path, time, files, saved } : undefined;
}

function isLength(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
