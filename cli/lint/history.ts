import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { Zone } from '../../lib/zone/zone.ts';
import { UsageError } from '../errors.ts';
import { FileError, type Io } from '../io.ts';
import { readZoneFile, type ZoneFileOptions } from '../zone-file.ts';
import { type Commit, CommitFiles, findCommit } from './history-git.ts';

/** What `--since` means: a commit, or an older copy of a file or of folders. Plain data that can be sent to a worker. */
export type Since = { readonly kind: 'commit'; readonly commit: Commit } | OlderCopy;

/** Files below a folder of today, and where their older copies are. */
interface OlderCopy {
  readonly kind: 'copy';
  /** Folder or file of today (absolute), and what stands for it; the first that has a file is taken. */
  readonly pairs: readonly { readonly now: string; readonly before: string }[];
}

/** Files as they were. */
export interface History {
  /** The octets of a file; undefined when it was not there. */
  read(path: string): Uint8Array | undefined;
  /** The world as it was: files it does not know are as today. */
  readonly io: Io;
}

/** What `--since` is asked with: the paths of the command line, and the zone files found there. */
export interface SinceRequest {
  readonly text: string;
  readonly paths: readonly string[];
  readonly targets: readonly string[];
}

/** Finds out what `--since` means; throws UsageError when it is neither a revision nor a file or folder, or is two of them. */
export function resolveSince(request: SinceRequest, io: Io): Since {
  const { text, paths, targets } = request;
  const kind = text === '' ? 'missing' : io.kind(text);
  const exists = kind === 'file' || kind === 'folder';
  const found = findCommit(text, folderOf(targets[0], io), io);
  if ('commit' in found) {
    if (!exists) return { kind: 'commit', commit: found };
    const both = `--since ${text}: this is a revision and a ${kind}`;
    throw new UsageError(`${both}; write ./${text} for the ${kind}, or ${text}~0 for the revision`);
  }
  if (kind === 'folder') return olderFolder(text, paths, targets, io);
  if (kind === 'file') return olderFile(text, targets, io);
  if (kind === 'unreadable') throw new UsageError(`--since ${text}: permission denied`);
  throw new UsageError(`--since ${text}: ${found.why}, and there is no file or folder of that name`);
}

/** The files as they were; `targets` are those that will be asked for, in their order. */
export function openHistory(since: Since, targets: readonly string[], io: Io): History {
  if (since.kind === 'commit') {
    const files = new CommitFiles(since.commit, targets, io);
    return { read: (path) => files.read(path), io: pastIo(files, io) };
  }
  const files = new CopiedFiles(since, io);
  return { read: (path) => files.read(path), io: pastIo(files, io) };
}

/**
 * The zone as it was, with what it included then; undefined when its file is new, and when what was there is no zone file. It is
 * read under the name that the zone has now.
 */
export function zoneBefore(history: History, path: string, now: Zone, options: ZoneFileOptions): Zone | undefined {
  const bytes = history.read(path);
  if (bytes === undefined) return undefined;
  try {
    return readZoneFile({ path, bytes }, { ...options, origin: now.origin }, history.io);
  } catch (error) {
    if (error instanceof UsageError || error instanceof FileError) return undefined;
    throw error;
  }
}

function folderOf(target: string | undefined, io: Io): string {
  const folder = target === undefined ? io.cwd : dirname(resolve(io.cwd, target));
  return io.realPath(folder) ?? io.cwd;
}

/** A file below the folder has the path that it has from here, or from the folder on the command line that holds it. */
function olderFolder(folder: string, paths: readonly string[], targets: readonly string[], io: Io): OlderCopy {
  const before = resolve(io.cwd, folder);
  const roots = (paths.length === 0 ? ['.'] : paths)
    .filter((path) => path !== '-' && !/[*?[{]/u.test(path))
    .map((path) => (io.kind(path) === 'folder' ? path : dirname(path)));
  const folders = new Set(['.', ...roots].map((path) => io.realPath(path) ?? resolve(io.cwd, path)));
  const copy: OlderCopy = { kind: 'copy', pairs: [...folders].map((now) => ({ now, before })) };
  const files = new CopiedFiles(copy, io);
  if (targets.some((target) => files.find(target) !== undefined)) return copy;
  throw new UsageError(`--since ${folder}: the folder has an older copy of none of the zone files`);
}

function olderFile(file: string, targets: readonly string[], io: Io): OlderCopy {
  const [target, ...others] = targets;
  if (target === undefined || others.length > 0) {
    throw new UsageError(`--since ${file}: one older file goes with one zone file; give a folder or a git revision`);
  }
  const [now, before] = [inRealFolder(target, io), resolve(io.cwd, file)];
  if (now === before) throw new UsageError(`--since ${file}: this is the zone file itself; give an older one`);
  const beside = { now: dirname(now), before: dirname(before) };
  return { kind: 'copy', pairs: [{ now, before }, beside] };
}

/** A path whose folder is free of links; its last part may be one. */
function inRealFolder(path: string, io: Io): string {
  const absolute = resolve(io.cwd, path);
  return join(io.realPath(dirname(absolute)) ?? dirname(absolute), basename(absolute));
}

/** Where files of today were, and what was in them. */
interface PastFiles {
  find(path: string): string | undefined;
  read(path: string): Uint8Array | undefined;
}

class CopiedFiles implements PastFiles {
  private readonly copy: OlderCopy;
  private readonly io: Io;

  constructor(copy: OlderCopy, io: Io) {
    this.copy = copy;
    this.io = io;
  }

  /** The path of today, when there is an older copy of its file. */
  find(path: string): string | undefined {
    const real = inRealFolder(path, this.io);
    return this.older(real) === undefined ? undefined : real;
  }

  read(path: string): Uint8Array | undefined {
    const older = this.older(inRealFolder(path, this.io));
    return older === undefined ? undefined : this.io.readFile(older);
  }

  private older(path: string): string | undefined {
    for (const { now, before } of this.copy.pairs) {
      const way = relative(now, path);
      if (way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)) continue;
      const older = way === '' ? before : join(before, way);
      // A copy that is the file itself tells nothing.
      if (inRealFolder(older, this.io) !== path && this.io.kind(older) === 'file') return older;
    }
    return undefined;
  }
}

/** Includes are found where they were; those that nobody kept are taken as they are today. */
function pastIo(files: PastFiles, io: Io): Io {
  return {
    ...io,
    kind: (path) => (files.find(path) === undefined ? io.kind(path) : 'file'),
    size: (path) => files.read(path)?.length ?? io.size(path),
    realPath: (path) => files.find(path) ?? io.realPath(path),
    readFile: (path, limit) => files.read(path) ?? io.readFile(path, limit),
    readStart: (path, octets) => files.read(path)?.subarray(0, octets) ?? io.readStart(path, octets),
  };
}
