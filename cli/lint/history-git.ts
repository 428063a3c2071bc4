import { basename, dirname, join, posix, relative, resolve, sep } from 'node:path';
import { UsageError } from '../errors.ts';
import type { Io } from '../io.ts';
import type { GitCall } from '../io-git.ts';

/** A commit of a repository: its name in hex, and the folder of the work tree. */
export interface Commit {
  readonly commit: string;
  readonly top: string;
}

/** Why a revision could not be used; `unknown` when it is simply none. */
export interface NoCommit {
  readonly unknown: boolean;
  readonly why: string;
}

const MIB = 2 ** 20;
/** Octets that a list of files may have; some 5 million files. */
const LARGEST_LIST = 512 * MIB;
const SMALL = MIB;

/** The commit that a revision names in the repository around a folder. */
export function findCommit(revision: string, folder: string, io: Io): Commit | NoCommit {
  // Git would take it for an option.
  if (revision.startsWith('-') || /\p{Cc}/u.test(revision)) return { unknown: true, why: 'that is no revision' };
  const place = ask(['rev-parse', '--show-toplevel', '--is-shallow-repository'], { folder, most: SMALL }, io);
  if ('why' in place) return { unknown: false, why: place.why };
  const [top = '', shallow] = place.text.split('\n');
  const found = ask(['rev-parse', '--verify', '--quiet', `${revision}^{commit}`], { folder, most: SMALL }, io);
  const commit = 'text' in found ? found.text.trim() : '';
  if (/^[\da-f]{40,64}$/.test(commit)) return { commit, top: resolve(top) };
  const hint =
    shallow === 'true' ? '; it is a shallow clone: fetch more of it (fetch-depth: 0 in GitHub workflows)' : '';
  return { unknown: true, why: `the repository ${top} has no such revision${hint}` };
}

/** Runs git and gives its answer as text, or says why there is none. */
function ask(args: readonly string[], call: GitCall, io: Io): { text: string } | { why: string } {
  const answer = io.git(args, call);
  if ('failed' in answer) {
    switch (answer.failed) {
      case 'not installed':
        return { why: 'git is not installed, or not on the PATH' };
      case 'too slow':
        return { why: 'git takes too long to answer' };
      case 'too much':
        return { why: 'git answers more than can be held' };
      case 'other':
        return { why: `git cannot be run in ${call.folder}: ${answer.why}` };
    }
  }
  if (answer.code === 0) return { text: Buffer.from(answer.stdout).toString() };
  const { stderr } = answer;
  const owned = /dubious ownership in repository at '([^']*)'/u.exec(stderr)?.[1];
  if (owned !== undefined) {
    const allow = `git config --global --add safe.directory ${owned}`;
    return { why: `the repository ${owned} belongs to another user, and git does not read it; to allow it: ${allow}` };
  }
  if (/not a git repository/iu.test(stderr)) return { why: `${call.folder} is in no git repository` };
  if (/must be run in a work tree/u.test(stderr))
    return { why: `the repository around ${call.folder} has no work tree` };
  const [first = ''] = stderr.replace(/^(?:fatal|error): /u, '').split('\n');
  return { why: first === '' ? `git ended with ${answer.code}` : `git says: ${first}` };
}

interface Blob {
  readonly id: string;
  readonly link: boolean;
}

/** Files that are read at once with the one asked for. */
const AHEAD = 256;
/** Octets that are read at once, and kept. */
const AT_ONCE = 32 * MIB;
const KEPT = 64 * MIB;
const DEEPEST_LINK = 10;

/** The files of a commit; read many at a time, so that thousands of files cost a few processes. */
export class CommitFiles {
  private readonly commit: Commit;
  private readonly io: Io;
  /** Paths in the work tree that will be asked for, in their order. */
  private readonly expected: readonly string[];
  private readonly indexOf: ReadonlyMap<string, number>;
  private blobs: ReadonlyMap<string, Blob> | undefined;
  /** By id, the oldest first. */
  private readonly kept = new Map<string, Uint8Array>();
  private octets = 0;

  constructor(commit: Commit, expected: readonly string[], io: Io) {
    this.commit = commit;
    this.io = io;
    this.expected = expected.flatMap((path) => this.inTree(path) ?? []);
    this.indexOf = new Map(this.expected.map((path, index) => [path, index]));
  }

  /** Where a file is in the work tree, links in the commit followed; undefined when the commit has no such file. */
  find(path: string): string | undefined {
    const found = this.resolved(path);
    return found === undefined ? undefined : join(this.commit.top, ...found.path.split('/'));
  }

  /** The octets of a file, undefined when the commit has none. */
  read(path: string): Uint8Array | undefined {
    const found = this.resolved(path);
    return found === undefined ? undefined : this.content(found.blob, found.path);
  }

  private resolved(path: string): { path: string; blob: Blob } | undefined {
    let way = this.inTree(path);
    for (let depth = 0; way !== undefined && depth <= DEEPEST_LINK; depth++) {
      const blob: Blob | undefined = this.tree().get(way);
      if (blob === undefined || !blob.link) return blob && { path: way, blob };
      const target = Buffer.from(this.content(blob, way)).toString();
      way = target.startsWith('/') ? this.inTree(target) : posix.normalize(posix.join(posix.dirname(way), target));
    }
    return undefined;
  }

  /** A path as the repository has it; undefined outside its work tree. */
  private inTree(path: string): string | undefined {
    const absolute = resolve(this.io.cwd, path);
    // Folders may be reached by links, or be gone since.
    let folder = dirname(absolute);
    let rest = basename(absolute);
    let real = this.io.realPath(folder);
    while (real === undefined && dirname(folder) !== folder) {
      rest = join(basename(folder), rest);
      folder = dirname(folder);
      real = this.io.realPath(folder);
    }
    const way = relative(this.commit.top, join(real ?? folder, rest))
      .split(sep)
      .join('/');
    return way === '' || way === '..' || way.startsWith('../') || way.startsWith('/') ? undefined : way;
  }

  private tree(): ReadonlyMap<string, Blob> {
    if (this.blobs !== undefined) return this.blobs;
    const { commit, top } = this.commit;
    const list = ask(['ls-tree', '-r', '-z', '--full-tree', commit], { folder: top, most: LARGEST_LIST }, this.io);
    if ('why' in list) throw new UsageError(list.why);
    const blobs = new Map<string, Blob>();
    for (const line of list.text.split('\0')) {
      const [, mode, id, path] = /^(\d+) blob ([\da-f]+)\t(.*)$/su.exec(line) ?? [];
      if (id !== undefined && path !== undefined) blobs.set(path, { id, link: mode === '120000' });
    }
    this.blobs = blobs;
    return blobs;
  }

  private content({ id }: Blob, path: string): Uint8Array {
    const known = this.kept.get(id);
    if (known !== undefined) return known;
    const wanted = [id, ...this.neighbours(path).filter((each) => each !== id && !this.kept.has(each))];
    for (const each of this.fitting([...new Set(wanted)])) this.keep(...each);
    const content = this.kept.get(id);
    if (content === undefined) throw new UsageError(`git has no content of ${path} in ${this.commit.commit}`);
    return content;
  }

  /** The files that will be asked for next: those behind an expected one, or those in the folder of another. */
  private neighbours(path: string): string[] {
    const blobs = this.tree();
    const index = this.indexOf.get(path);
    if (index !== undefined) {
      return this.expected.slice(index + 1, index + AHEAD).flatMap((each) => blobs.get(each)?.id ?? []);
    }
    const folder = `${posix.dirname(path)}/`;
    const found: string[] = [];
    for (const [each, blob] of blobs) {
      if (posix.dirname(path) !== '.' && each.startsWith(folder) && !each.slice(folder.length).includes('/')) {
        found.push(blob.id);
      }
      if (found.length >= AHEAD) break;
    }
    return found;
  }

  /** Reads the first file and as many of the others as fit. */
  private fitting(ids: readonly string[]): [string, Uint8Array][] {
    const { top } = this.commit;
    const input = `${ids.join('\n')}\n`;
    const sizes = ask(['cat-file', '--batch-check'], { folder: top, input, most: LARGEST_LIST }, this.io);
    if ('why' in sizes) throw new UsageError(sizes.why);
    const chosen: string[] = [];
    let total = 0;
    for (const [index, line] of sizes.text.split('\n').entries()) {
      const [id = '', kind, size = '0'] = line.split(' ');
      if (kind !== 'blob' || (index > 0 && total + Number(size) > AT_ONCE)) continue;
      chosen.push(id);
      total += Number(size);
    }
    if (chosen.length === 0) return [];
    const most = total + 200 * chosen.length + MIB;
    const answer = this.io.git(['cat-file', '--batch'], { folder: top, input: `${chosen.join('\n')}\n`, most });
    if ('failed' in answer || answer.code !== 0) throw new UsageError('git could not read what its own list names');
    return [...entries(answer.stdout)];
  }

  private keep(id: string, content: Uint8Array): void {
    this.kept.set(id, content);
    this.octets += content.length;
    for (const [oldest, { length }] of this.kept) {
      if (this.octets <= KEPT || oldest === id) break;
      this.kept.delete(oldest);
      this.octets -= length;
    }
  }
}

/** The objects in an answer of `cat-file --batch`: a line `id blob size`, the octets, a newline. */
function* entries(answer: Uint8Array): Generator<[string, Uint8Array]> {
  for (let at = 0; at < answer.length; ) {
    const end = answer.indexOf(0x0a, at);
    const [id = '', kind, size] = Buffer.from(answer.subarray(at, end)).toString('latin1').split(' ');
    at = end + 1;
    if (kind !== 'blob') continue;
    // A copy, so that one small file does not keep the whole answer in memory.
    yield [id, Uint8Array.from(answer.subarray(at, at + Number(size)))];
    at += Number(size) + 1;
  }
}
