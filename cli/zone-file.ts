import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { nameFromText } from '../lib/rr/name.ts';
import type { SourceFile } from '../lib/text/diagnostic.ts';
import { LineTable } from '../lib/text/lines.ts';
import type { ReadInclude } from '../lib/zone/options.ts';
import { findOrigin } from '../lib/zone/origin.ts';
import { readZone } from '../lib/zone/read.ts';
import type { Zone } from '../lib/zone/zone.ts';
import { UsageError } from './errors.ts';
import { FileError, type Io } from './io.ts';

/** A zone file to read: its path as the user knows it, and its octets when they came from standard input. */
export interface ZoneInput {
  readonly path: string;
  readonly bytes?: Uint8Array;
}

/** How zone files are read. */
export interface ZoneFileOptions {
  /** The zone's name; without it the file tells. */
  readonly origin?: Uint8Array;
  /** Folder that includes may not leave; without it the folder of the zone file. */
  readonly includeRoot?: string;
}

/**
 * Reads one zone file with what it includes; throws UsageError or FileError when it is no zone file at all. Every path that is
 * looked for by its real name, the files an $INCLUDE may mean, goes into `looked`, whether something is there or not.
 */
export function readZoneFile(input: ZoneInput, options: ZoneFileOptions, io: Io, looked?: Set<string>): Zone {
  const bytes = input.bytes ?? io.readFile(input.path);
  refuseBinary(input.path, bytes);
  refuseOtherText(input.path, bytes);
  const origin = originOf(input.path, bytes, options);
  const readInclude = includesOf(input.path, options.includeRoot, io, looked);
  return readZone({ name: input.path, bytes, origin, readInclude });
}

/** The name of the zone that a file of these first octets holds; throws UsageError when nothing tells it. */
export function originOf(path: string, bytes: Uint8Array, options: ZoneFileOptions): Uint8Array {
  const origin = options.origin ?? findOrigin(bytes, path);
  if (origin !== undefined) return origin;
  const why = 'no absolute SOA owner, no $ORIGIN, no file name that fits its owners';
  throw new UsageError(`cannot tell which zone ${path} holds (${why}): give --origin NAME`);
}

/** The wire form of `--origin`. */
export function parseOrigin(text: string): Uint8Array {
  const read = nameFromText(text.endsWith('.') ? text : `${text}.`);
  if ('name' in read && text !== '') return read.name;
  throw new UsageError(`--origin needs a domain name such as example.net, not '${text}'`);
}

/** Thrown for a file that is not text, so that a folder may silently hold some. */
export class BinaryFileError extends UsageError {}

/**
 * Throws when octets of a file, `before` more in front of them, are no text. Text with a NUL octet further on, UTF-16, and
 * nothing but NUL octets are zone files that are damaged, which nobody may take for another file.
 */
export function refuseBinary(path: string, bytes: Uint8Array, before = 0): void {
  // A Buffer finds an octet in a large file many times as fast as another array does.
  const at = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).indexOf(0);
  if (at < 0) return;
  if (before === 0) {
    if (at === 0 && bytes.every((octet) => octet === 0))
      throw new UsageError(`${path} holds nothing but NUL octets, as files may after a crash: restore it`);
    if (isUtf16(bytes)) throw new UsageError(`${path} is UTF-16 text: save it as UTF-8`);
    if (isText(bytes.subarray(0, Math.min(at, LOOKED_AT)))) {
      const { line } = new LineTable(bytes).position(at);
      throw new UsageError(`${path} has a NUL octet in line ${line}, where text has none: take it out`);
    }
  }
  throw new BinaryFileError(`${path} is a binary file (octet ${before + at} is NUL), not a zone file`);
}

/** Octets at the start of a file by which text is told from other files. */
const LOOKED_AT = 4096;

/** Whether octets are a line at least, without control characters but blanks and ends of lines. */
function isText(octets: Uint8Array): boolean {
  return octets.includes(0x0a) && octets.every((octet) => octet >= 0x20 || (octet >= 0x09 && octet <= 0x0d));
}

/** Whether octets begin with the byte order mark of UTF-16. */
export function isUtf16([first, second]: Uint8Array): boolean {
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
}

/** Files that people hand over by mistake get a better answer than a syntax error for each line. */
export function refuseOtherText(path: string, bytes: Uint8Array): void {
  const start = new TextDecoder().decode(bytes.subarray(0, 64));
  if (/^\s*-----BEGIN /u.test(start)) {
    throw new UsageError(`${path} is a PEM file, not a zone file: give certificates with --cert FILE`);
  }
  if (/^\s*\{\s*"/u.test(start)) {
    throw new UsageError(`${path} is JSON, not a zone file: zonewright convert --to zone makes one of zone JSON`);
  }
}

/** Octets that were read before, by real path: a file included often is held once. */
type Known = Map<string, Uint8Array>;

/** Finds the files that a zone file includes: beside the including file or below the root, and never outside it. */
export function includesOf(
  zonePath: string,
  includeRoot: string | undefined,
  io: Io,
  looked?: Set<string>,
): ReadInclude {
  // Most zone files include nothing.
  let known: Known | undefined;
  let realRoot: string | undefined;
  return (path, from) => {
    const folder = includeRoot ?? dirname(zonePath);
    const root = resolve(io.cwd, folder);
    known ??= new Map();
    looked?.add(root);
    realRoot ??= io.realPath(root) ?? root;
    for (const candidate of candidates(path, from, root, io)) {
      // Whether a file outside exists is nobody's business: the path is judged before the disk is asked.
      if (!isInside(candidate, root) && !isInside(candidate, realRoot)) return { problem: outside(folder) };
      looked?.add(candidate);
      const real = io.realPath(candidate);
      if (real === undefined) continue;
      if (!isInside(real, realRoot)) return { problem: outside(folder) };
      return readInclude(shownPath(candidate, zonePath, io), real, known, io);
    }
    return { problem: 'there is no such file' };
  };
}

function candidates(path: string, from: SourceFile, root: string, io: Io): string[] {
  if (isAbsolute(path)) return [path];
  return [...new Set([resolve(io.cwd, dirname(from.name), path), resolve(root, path)])];
}

function readInclude(name: string, real: string, known: Known, io: Io): ReturnType<ReadInclude> {
  let bytes = known.get(real);
  if (bytes === undefined) {
    const kind = io.kind(real);
    if (kind !== 'file') return { problem: kind === 'folder' ? 'it is a folder' : 'it is no regular file' };
    try {
      bytes = io.readFile(real);
    } catch (error) {
      if (error instanceof FileError) return { problem: error.why };
      throw error;
    }
    known.set(real, bytes);
  }
  return bytes.includes(0) ? { problem: 'it is a binary file' } : { name, bytes };
}

function isInside(path: string, root: string): boolean {
  const way = relative(root, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

function outside(folder: string): string {
  return `it lies outside the folder ${folder === '.' ? 'of the zone file' : folder}; --include-root DIR allows another`;
}

/** An included file is called as its zone file is: relative to the working folder, or absolute. */
function shownPath(path: string, zonePath: string, io: Io): string {
  return isAbsolute(zonePath) ? path : join('.', relative(io.cwd, path));
}
