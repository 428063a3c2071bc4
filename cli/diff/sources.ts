import { join, relative, resolve } from 'node:path';
import { ruleOfProblem } from '../../lib/lint/run-rules.ts';
import { equalNames, nameToText } from '../../lib/rr/name.ts';
import { NOTES } from '../../lib/rr/problem.ts';
import { sayProblem } from '../../lib/rr/say.ts';
import { zoneFromJson } from '../../lib/zone/from-json.ts';
import { findOrigin } from '../../lib/zone/origin.ts';
import type { Zone } from '../../lib/zone/zone.ts';
import { UsageError } from '../errors.ts';
import type { Io } from '../io.ts';
import { openHistory } from '../lint/history.ts';
import { findCommit } from '../lint/history-git.ts';
import { noSuchFile } from '../lint/paths.ts';
import { Locators } from '../report/locator.ts';
import { readZoneFile } from '../zone-file.ts';

/** How the two sides of a comparison are read. */
export interface SourceOptions {
  readonly origin?: Uint8Array;
  readonly includeRoot?: string;
  readonly stdinFilename?: string;
}

/** One side: its octets, and the world that its includes are found in. */
export interface Source {
  /** As the user gave it. */
  readonly name: string;
  /** The path that messages and included files are named by. */
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly io: Io;
  /** Files of today that were read because the revision has none of that path. */
  readonly borrowed: ReadonlySet<string>;
}

/** A zone that was read, and a line for each entry that could not be. */
export interface ReadSide {
  readonly name: string;
  readonly zone: Zone;
  readonly unreadable: readonly string[];
}

/** Opens a file, standard input or a file of a git revision; throws UsageError when there is none. */
export function openSource(text: string, { stdinFilename }: SourceOptions, io: Io): Source {
  const plain = { name: text, path: text, io, borrowed: new Set<string>() };
  if (text === '-') {
    const path = stdinFilename ?? '<stdin>';
    return { ...plain, name: path, path, bytes: io.readStdin() };
  }
  const kind = text === '' ? 'missing' : io.kind(text);
  if (kind === 'file' || kind === 'special') return { ...plain, bytes: io.readFile(text) };
  if (kind === 'folder')
    throw new UsageError(`${text} is a folder: compare a folder with a folder, a file with a file`);
  if (kind === 'unreadable' || !/^[^:]+:./u.test(text)) throw new UsageError(noSuchFile(text, io));
  return openRevision(text, io);
}

/** `REVISION:PATH` as git reads it: the path from the top of the repository, or with ./ or ../ from the working folder. */
function openRevision(text: string, io: Io): Source {
  const colon = text.indexOf(':');
  const [revision, given] = [text.slice(0, colon), text.slice(colon + 1)];
  const commit = findCommit(revision, io.cwd, io);
  if ('why' in commit) {
    const other = commit.unknown
      ? `${text}: no such file, and for a git revision: ${commit.why}`
      : `${text}: ${commit.why}`;
    throw new UsageError(other);
  }
  const dotted = /^\.\.?\//u.test(given);
  const here = io.realPath(io.cwd) ?? io.cwd;
  const absolute = dotted ? resolve(here, given) : join(commit.top, given);
  const borrowed = new Set<string>();
  // A revision is read as it was: what only lies there today is told.
  const today: Io = {
    ...io,
    readFile(path, limit) {
      borrowed.add(path);
      return io.readFile(path, limit);
    },
  };
  const history = openHistory({ kind: 'commit', commit }, [absolute], today);
  const bytes = history.read(absolute);
  if (bytes === undefined) {
    const below = relative(commit.top, here);
    const meant = !dotted && below !== '' && history.read(resolve(here, given)) !== undefined;
    const hint = meant ? `; from this folder write ${revision}:./${given}` : '';
    throw new UsageError(`${text}: the revision has no such file${hint}`);
  }
  const way = relative(here, absolute);
  return { name: text, path: way, bytes, io: history.io, borrowed };
}

/** Reads both sides under one name; throws UsageError when they are different zones, or nobody can tell which. */
export function readSides(old: Source, now: Source, options: SourceOptions): readonly [old: ReadSide, now: ReadSide] {
  const origin = options.origin ?? commonOrigin(old, now);
  const sides = [readSide(old, origin, options), readSide(now, origin, options)] as const;
  const [before, after] = [sides[0].zone, sides[1].zone];
  if (!equalNames(before.origin, after.origin))
    throw new UsageError(differentZones(old, before.origin, now, after.origin));
  if (before.count > 0 && after.count > 0 && before.zoneClass !== after.zoneClass) {
    throw new UsageError(`${old.name} and ${now.name} are zones of different classes`);
  }
  return sides;
}

function differentZones(old: Source, before: Uint8Array, now: Source, after: Uint8Array): string {
  const [left, right] = [nameToText(before), nameToText(after)];
  return `${old.name} holds the zone ${left}, ${now.name} the zone ${right}: give two of one zone, or its name with --origin`;
}

/** What the content of one file tells counts more than the name of the other. */
function commonOrigin(old: Source, now: Source): Uint8Array | undefined {
  const [left, right] = [originOf(old), originOf(now)];
  if (left === undefined || right === undefined || equalNames(left, right)) return left ?? right;
  const told = [old, now].map((source) => originOf({ ...source, path: '' })).filter((name) => (name?.length ?? 0) > 1);
  const [first] = told;
  if (told.length === 1 && first !== undefined) return first;
  throw new UsageError(differentZones(old, left, now, right));
}

function originOf({ bytes, path }: Pick<Source, 'bytes' | 'path'>): Uint8Array | undefined {
  if (!looksLikeJson(bytes)) return findOrigin(bytes, path);
  const read = zoneFromJson({ origin: originMember(bytes), records: [] });
  return 'zone' in read ? read.zone.origin : undefined;
}

/** The member of the object, found without reading millions of records; undefined when it does not come first. */
function originMember(bytes: Uint8Array): string | undefined {
  const start = new TextDecoder().decode(bytes.subarray(0, 4096));
  const quoted = /"origin"\s*:\s*("(?:[^"\\]|\\.)*")/u.exec(start)?.[1];
  try {
    return quoted === undefined ? undefined : (JSON.parse(quoted) as string);
  } catch {
    return undefined;
  }
}

function looksLikeJson(bytes: Uint8Array): boolean {
  return /^\ufeff?\s*\{/u.test(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, 4096)));
}

function readSide(source: Source, origin: Uint8Array | undefined, options: SourceOptions): ReadSide {
  const { name, path, bytes, io } = source;
  if (looksLikeJson(bytes)) return readJson(source);
  const { includeRoot } = options;
  const zone = readZoneFile(
    { path, bytes },
    { ...(origin === undefined ? {} : { origin }), ...(includeRoot === undefined ? {} : { includeRoot }) },
    io,
  );
  const locators = new Locators();
  const unreadable: string[] = [];
  for (const problem of zone.problems) {
    const file = zone.files[problem.file];
    if (NOTES.has(problem.code) || problem.record >= 0 || file === undefined) continue;
    const { line, column } = locators.of(file).position(problem.start);
    const where = name === path ? file.name : `${name.slice(0, name.indexOf(':'))}:${file.name}`;
    unreadable.push(`${where}:${line}:${column}: error ${ruleOfProblem(problem)}: ${sayProblem(problem)}`);
  }
  return { name, zone, unreadable };
}

function readJson({ name, bytes }: Source): ReadSide {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    const why = error instanceof SyntaxError ? error.message : 'it is no UTF-8 text or too large';
    throw new UsageError(`${name} is no JSON: ${why}`);
  }
  const read = zoneFromJson(value);
  if ('zone' in read) return { name, zone: read.zone, unreadable: [] };
  throw new UsageError(read.problems.map(({ path, message }) => `${name}: ${path}: ${message}`).join('; '));
}
