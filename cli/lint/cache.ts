import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { dayOf } from '../../lib/lint/zone-facts.ts';
import { FileError, type Io } from '../io.ts';
import { tell } from '../output.ts';
import { version } from '../version.ts';
import type { Linter, LintSetup, ZoneReport } from './linter.ts';
import { CACHE_FILE, type Evidence, type HashedFile, type WholeReport } from './outcome.ts';
import type { Limits } from './quota.ts';

/** The world at the moment of a run. */
export interface CacheWorld {
  readonly now: number;
  /** The file of a zone that another one looks for; empty when there is none. */
  find(zone: string, from: string): string;
  /** Hash of a file. */
  hash(path: string): string;
}

/** One line of the cache file. */
interface CachedResult {
  readonly path: string;
  readonly settings: string;
  readonly evidence: Evidence;
  readonly report: StoredReport;
}

type StoredReport = Omit<WholeReport, 'rules' | 'evidence'> & {
  readonly rules: readonly (readonly [string, number])[];
};

/** Number of the file format. */
const FORMAT = 1;

/** The first line of a cache file; that of another version knows other rules. */
const HEAD = `${JSON.stringify({ zonewright: version, cache: FORMAT })}\n`;

/** How the first line of every cache file begins, whichever version has written it. */
const HEAD_START = '{"zonewright":';

/** Octets a cache file may have: what fits in one string of Node. */
const LARGEST_CACHE = 2 ** 28;

/** Characters of the hash in front of each line. */
const SUM = 16;

/** A short hash of octets or text. */
export function hashOf(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('base64url');
}

/** A hash by which a damaged line is told from a whole one. */
function sumOf(line: string): string {
  return hashOf(line).slice(0, SUM);
}

/**
 * Results of earlier runs, kept in one file with a line for each zone file. A result is used again only when its settings, the
 * version and every octet it rests on are the same; those that looked at the clock only at the same moment,
 * or on the same day where a rule judges by days.
 */
export class ResultCache {
  private readonly path: string | undefined;
  private readonly io: Io;
  private readonly results = new Map<string, CachedResult>();
  private changed = false;

  /** Without a path the results are kept for this process alone. A file that is no cache is left as it is. */
  constructor(path: string | undefined, io: Io) {
    this.io = io;
    const known = path === undefined ? [] : readResults(path, io);
    if ('problem' in known) {
      tell(io, 'warning', `results are not kept: ${known.problem}`);
      return;
    }
    this.path = path;
    for (const result of known) this.results.set(result.path, result);
  }

  /** The result for a file if nothing it rests on has changed. */
  find(path: string, settings: string, world: CacheWorld): WholeReport | undefined {
    const known = this.results.get(path);
    if (known === undefined || known.settings !== settings) return undefined;
    const { files, asked, moment, day, since } = known.evidence;
    if (moment !== undefined && moment !== world.now) return undefined;
    if (day !== undefined && day !== dayOf(world.now)) return undefined;
    if (since !== undefined && since > world.now) return undefined;
    if (!asked.every(([from, zone, found]) => world.find(zone, from) === found)) return undefined;
    if (!files.every(([file, hash]) => world.hash(file) === hash)) return undefined;
    return { ...known.report, rules: new Map(known.report.rules) };
  }

  /** Every file some result rests on. */
  files(): ReadonlySet<string> {
    return new Set([...this.results.values()].flatMap(({ evidence }) => evidence.files.map(([path]) => path)));
  }

  put(settings: string, whole: WholeReport): void {
    const { evidence, rules, ...rest } = whole;
    if (evidence === undefined) return;
    const { path } = whole;
    this.results.set(path, { path, settings, evidence, report: { ...rest, rules: [...rules] } });
    this.changed = true;
  }

  /** Writes the file anew if anything changed; results of files that are gone are left out. */
  save(): void {
    if (!this.changed || this.path === undefined) return;
    try {
      this.write(this.path);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      tell(this.io, 'warning', `results are not kept: ${error.message}`);
    }
  }

  private write(path: string): void {
    const file = this.io.createFile(path);
    file.write(HEAD);
    for (const result of this.results.values()) {
      if (this.io.kind(result.path) !== 'file') continue;
      const line = JSON.stringify(result);
      file.write(`${sumOf(line)}${line}\n`);
    }
    file.commit();
  }
}

/** Everything but the files that decides what a report says and how it is written. */
export function settingsOf(setup: LintSetup, limits: Limits): string {
  const { certificateFiles, certificates, anchors, now: _, fleet, ...rest } = setup;
  const files = [...certificateFiles].map(([name, bytes]) => [name, hashOf(bytes)]);
  const told = certificates.map(({ file, index, roles, roleSource, binding, key }) => {
    return [file, index, roles, roleSource, binding, key];
  });
  const trusted = anchors?.map(({ facts }) => facts.fingerprintSha256).sort();
  return hashOf(JSON.stringify([version, limits, files, told, trusted, fleet.length > 1, rest], plain));
}

/** Maps and octets have no JSON of their own, and infinity is none. */
function plain(_: string, value: unknown): unknown {
  if (value instanceof Map) return [...value];
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  return value === Number.POSITIVE_INFINITY ? 'none' : value;
}

/** A function of a path that looks once for each. */
export function memoized(look: (path: string) => string): (path: string) => string {
  const known = new Map<string, string>();
  return (path) => {
    const found = known.get(path) ?? look(path);
    known.set(path, found);
    return found;
  };
}

/** Tells what the reports of a linter rest on. */
export function evidenceMaker(linter: Linter, io: Io): (report: ZoneReport) => Evidence {
  const ofOther = memoized((path) => hashIfReadable(path, io));
  return ({ uses }) => {
    if (uses === undefined) return { files: [], asked: [] };
    const own = uses.own.map(({ name, bytes }): HashedFile => [name, hashOf(bytes)]);
    const others = [...uses.looked, ...uses.files].map((path): HashedFile => [path, ofOther(path)]);
    const files = [...own, ...others];
    return {
      files,
      asked: uses.asked,
      ...(uses.clock === 'moment' || uses.timed ? { moment: linter.now } : {}),
      ...(uses.clock === 'day' ? { day: dayOf(linter.now) } : {}),
      ...(uses.clock === 'past' ? { since: dayOf(linter.now) } : {}),
    };
  };
}

/** The hash of a file, empty when it cannot be read. */
export function hashIfReadable(path: string, io: Io): string {
  try {
    return hashOf(io.readFile(path));
  } catch (error) {
    if (error instanceof FileError) return '';
    throw error;
  }
}

/** A cache file that is missing, empty or of another version holds nothing, and neither do damaged lines. */
function readResults(path: string, io: Io): CachedResult[] | { readonly problem: string } {
  if (io.kind(path) === 'missing') return [];
  let text: string;
  try {
    text = new TextDecoder().decode(io.readFile(path, LARGEST_CACHE));
  } catch (error) {
    if (error instanceof FileError) return { problem: error.message };
    throw error;
  }
  if (text !== '' && !text.startsWith(HEAD_START) && basename(path) !== CACHE_FILE) {
    return { problem: `${path} is no cache of zonewright and stays as it is; delete it, or give another file` };
  }
  if (!text.startsWith(HEAD)) return [];
  const lines = text.slice(HEAD.length).split('\n');
  return lines.flatMap((line) => {
    const json = line.slice(SUM);
    return json !== '' && sumOf(json) === line.slice(0, SUM) ? [JSON.parse(json) as CachedResult] : [];
  });
}
