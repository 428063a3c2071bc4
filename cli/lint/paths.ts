import { basename, dirname, extname, join, normalize, relative } from 'node:path';
import type { GlobOptions } from 'tinyglobby';
import { nearest } from '../../lib/text/nearest.ts';
import { UsageError } from '../errors.ts';
import { FileError, type Io } from '../io.ts';
import { isUtf16, type ZoneInput } from '../zone-file.ts';

/** A zone file to lint; `named` when the user gave its path and did not leave it to a folder or pattern. */
export interface LintTarget extends ZoneInput {
  readonly named: boolean;
}

/** A folder, or a file in one, that could not be read, with the sentence that says so. */
export interface UnreadFolder {
  readonly path: string;
  readonly problem: string;
}

/** The zone files that paths mean, and the folders that could not be read. */
export interface Targets {
  readonly targets: readonly LintTarget[];
  readonly problems: readonly UnreadFolder[];
}

/** Finds the zone files of files, folders, globs and `-`; throws UsageError for a path that means none. */
export async function findTargets(
  paths: readonly string[],
  stdinName: string | undefined,
  excluded: (path: string) => boolean,
  io: Io,
): Promise<Targets> {
  const found = new Map<string, LintTarget>();
  const problems: UnreadFolder[] = [];
  const add = (target: LintTarget): void => {
    const key = normalize(target.path);
    if (!found.has(key)) found.set(key, target);
  };
  for (const path of paths) {
    if (path === '-') add({ path: stdinName ?? '<stdin>', bytes: io.readStdin(), named: true });
    else {
      for (const target of await targetsOf(path, io, problems)) if (target.named || !excluded(target.path)) add(target);
    }
  }
  return { targets: [...found.values()], problems };
}

async function targetsOf(path: string, io: Io, problems: UnreadFolder[]): Promise<LintTarget[]> {
  if (path === '') throw new UsageError('a path is empty: give a file, a folder or - for standard input');
  const kind = io.kind(path);
  if (kind === 'file' || kind === 'special') return [{ path, named: true }];
  if (kind === 'folder') return inFolder(path, io, problems);
  if (kind === 'missing' && /[*?[{]/u.test(path)) return matching(path, io, problems);
  throw new UsageError(noSuchFile(path, io));
}

/** The sentence for a path where nothing is, with the neighbour whose name is nearest. */
export function noSuchFile(path: string, io: Io): string {
  if (io.kind(path) === 'unreadable') return `${path}: permission denied`;
  const folder = dirname(path);
  let names: string[] = [];
  try {
    names = io.listFolder(folder).map(({ name }) => name);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
  }
  if (names.includes(basename(path))) return `${path} is a link to a file that is not there`;
  const guess = nearest(basename(path), names);
  const near = guess === undefined ? 'check the path' : `did you mean ${join(folder, guess)}?`;
  return `no such file or folder: ${path}; ${near}`;
}

async function matching(pattern: string, io: Io, problems: UnreadFolder[]): Promise<LintTarget[]> {
  const { globSync } = await import('tinyglobby');
  const before = problems.length;
  const options = { cwd: io.cwd, fs: listing(io, problems), onlyFiles: true, expandDirectories: false };
  const paths = globSync(pattern, options).sort();
  if (paths.length === 0 && problems.length === before) throw new UsageError(`no file matches the pattern ${pattern}`);
  // Links may lead to one file by many ways.
  const byFile = new Map(paths.reverse().map((path) => [io.realPath(path) ?? path, path]));
  return [...byFile.values()].sort().map((path) => ({ path, named: false }));
}

/** The file system for tinyglobby, which passes over folders that cannot be read: here they are noted. */
function listing(io: Io, problems: UnreadFolder[]): NonNullable<GlobOptions['fs']> {
  const readdirSync = (absolute: string): object[] => {
    const path = relative(io.cwd, absolute) || '.';
    try {
      return io.listFolder(path).map(({ name, kind }) => ({
        name,
        isFile: () => kind === 'file',
        isDirectory: () => kind === 'folder',
        isSymbolicLink: () => kind === 'link',
      }));
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      problems.push({ path, problem: `${path}: ${error.why}` });
      return [];
    }
  };
  return { readdirSync: readdirSync as NonNullable<NonNullable<GlobOptions['fs']>['readdirSync']> };
}

function inFolder(folder: string, io: Io, problems: UnreadFolder[]): LintTarget[] {
  const found = [...walk(folder, io, problems)].map((path) => ({ path, named: false }));
  if (found.length > 0 || problems.length > 0) return found;
  throw new UsageError(
    `no zone files in ${folder === '.' ? 'this folder' : `the folder ${folder}`}: looked for *.zone, *.db, *.dns, db.* and files with a SOA record; give their paths`,
  );
}

function* walk(folder: string, io: Io, problems: UnreadFolder[]): Generator<string> {
  let entries: ReturnType<Io['listFolder']>;
  try {
    entries = io.listFolder(folder);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    problems.push({ path: folder, problem: `${folder}: ${error.why}` });
    return;
  }
  for (const { name, kind } of entries) {
    if (name.startsWith('.') || name === 'node_modules') continue;
    const path = join(folder, name);
    // A linked folder may lead in circles; a linked file is as good as the file.
    if (kind === 'folder') yield* walk(path, io, problems);
    else if (kind === 'file' || (kind === 'link' && leadsToFile(path, io))) {
      if (isZoneFile(path, io, ({ message }) => void problems.push({ path, problem: message }))) yield path;
    }
  }
}

/** Whether a link leads to a file, or to nothing: a zone that is gone is one to tell of. */
function leadsToFile(path: string, io: Io): boolean {
  const kind = io.kind(path);
  return kind !== 'folder' && kind !== 'special';
}

/** Whether a file in a folder is taken for a zone: by its name, or by the SOA record in it; `unread` is told of one that cannot be read. */
export function isZoneFile(path: string, io: Io, unread: (error: FileError) => void = () => {}): boolean {
  const name = basename(path);
  return isZoneName(name) || (mayBeZone(name) && holdsSoa(path, io, unread));
}

function isZoneName(name: string): boolean {
  return /\.(?:zone|db|dns)$|^db\./iu.test(name);
}

/** Endings of files that may quote a SOA record and are no zone. */
const OTHER_ENDINGS = new Set(
  (
    '.adoc .bak .c .cfg .conf .crt .css .csv .diff .go .h .html .ini .java .jnl .js .json .jsonl .key .log .md .mjs .orig ' +
    '.patch .pem .php .pl .py .rb .rej .rs .rst .sh .sql .swp .tmp .toml .ts .tsv .xml .yaml .yml'
  ).split(' '),
);

function mayBeZone(name: string): boolean {
  return !name.endsWith('~') && !OTHER_ENDINGS.has(extname(name).toLowerCase());
}

const SNIFFED = 16_384;
/** Owner or blank, TTL and class or not, SOA, and then a parenthesis or two names with the serial or a parenthesis behind. */
const SOA_LINE =
  /^(?:[^\s;()"#/]+)?[ \t]+(?:(?:\d[\dsmhdw]*|IN|CH|HS)[ \t]+){0,2}SOA[ \t]+(?:\(|[^\s;]+[ \t]+[^\s;]+[ \t]*[(\d])/imu;

function holdsSoa(path: string, io: Io, unread: (error: FileError) => void): boolean {
  try {
    const start = io.readStart(path, SNIFFED);
    const text = new TextDecoder('latin1').decode(start);
    // A damaged zone is one to tell of: NUL octets behind its SOA, or one beside each letter.
    const readable = isUtf16(start) ? text.slice(2).replaceAll('\0', '') : text.split('\0', 1).join('');
    return SOA_LINE.test(readable);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    // What is gone is no zone; what is there may be one.
    if (io.kind(path) === 'file') unread(error);
    return false;
  }
}
