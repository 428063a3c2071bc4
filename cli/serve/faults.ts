import { resolve } from 'node:path';
import type { Fault, FaultFile } from '../../lib/server/faults/fault.ts';
import type { FaultSet } from '../../lib/server/faults/fault-set.ts';
import { UsageError } from '../errors.ts';
import { FileError, type Io } from '../io.ts';
import { noSuchFile } from '../lint/paths.ts';
import { tell } from '../output.ts';
import { counted } from '../report/words.ts';

/** What reading the files again came to. */
export interface FaultsRead {
  /** Paths of files that were read anew. */
  readonly read: readonly string[];
  /** Why the faults are as they were, one sentence each. */
  readonly kept: readonly string[];
}

/** Seed when neither a file nor the command line says one. */
const USUAL_SEED = 1;

/** Files of faults; what they hold is used as a whole or not at all. */
export class FaultFiles {
  private readonly paths: readonly string[];
  private readonly io: Io;
  private faults: readonly Fault[] = [];
  private seeds: readonly number[] = [];

  constructor(paths: readonly string[], io: Io) {
    this.paths = paths;
    this.io = io;
  }

  /** Reads all for the first time; throws UsageError or FileError when one is bad, and tells of all but its last mistake before. */
  async open(): Promise<void> {
    try {
      this.take(await this.readAll());
    } catch (error) {
      if (error instanceof Mistakes) for (const said of error.told.slice(0, -1)) tell(this.io, 'error', said);
      throw error;
    }
  }

  /** The seed that the command line gives, or else the files. */
  seed(given: number | undefined): number {
    if (given !== undefined) return given;
    const [first = USUAL_SEED, ...others] = this.seeds;
    if (others.some((other) => other !== first))
      throw new UsageError(`the files of faults have unlike seeds (${this.seeds.join(', ')}): give one with --seed`);
    return first;
  }

  /** Puts all faults of the files into a set, in the place of those that they held before. */
  fill(set: FaultSet, before: readonly Fault[] = []): void {
    const ids = new Set(this.faults.map(({ id }) => id));
    for (const { id } of before) if (!ids.has(id)) set.remove(id);
    const old = new Map(before.map((fault) => [fault.id, JSON.stringify(fault)]));
    // What has not changed goes on counting.
    for (const fault of this.faults) if (old.get(fault.id) !== JSON.stringify(fault)) set.add(fault);
  }

  /** Reads the files again when one of them has changed; with any that is bad all stays as it was. */
  async reload(changed: readonly string[] | undefined, set: FaultSet): Promise<FaultsRead> {
    const touched = this.paths.filter((path) => changed?.includes(resolve(this.io.cwd, path)) ?? true);
    if (touched.length === 0) return { read: [], kept: [] };
    const before = this.faults;
    try {
      this.take(await this.readAll());
    } catch (error) {
      if (error instanceof Mistakes) return { read: [], kept: error.told };
      if (error instanceof UsageError || error instanceof FileError) return { read: [], kept: [error.message] };
      throw error;
    }
    this.fill(set, before);
    return { read: touched, kept: [] };
  }

  /** Files whose changes matter. */
  watched(): readonly string[] {
    return this.paths;
  }

  private async readAll(): Promise<readonly FaultFile[]> {
    const files: FaultFile[] = [];
    const places = new Map<string, string>();
    for (const path of this.paths) {
      const file = await readFile(path, this.io);
      for (const { id } of file.faults) {
        const other = places.get(id);
        if (other !== undefined)
          throw new UsageError(`${other} and ${path} both have a fault "${id}": give each fault an id of its own`);
        places.set(id, path);
      }
      files.push(file);
    }
    return files;
  }

  private take(files: readonly FaultFile[]): void {
    this.faults = files.flatMap(({ faults }) => faults);
    this.seeds = files.flatMap(({ seed }) => seed ?? []);
  }
}

/** Mistakes of one file that are told one by one. */
const MOST_TOLD = 10;

/** What is wrong with one file, a sentence each; the message is the last of them. */
class Mistakes extends UsageError {
  readonly told: readonly string[];

  constructor(told: readonly string[]) {
    super(told.at(-1) ?? '');
    this.told = told;
  }
}

async function readFile(path: string, io: Io): Promise<FaultFile> {
  const kind = io.kind(path);
  if (kind === 'missing' || kind === 'unreadable') throw new UsageError(noSuchFile(path, io));
  if (kind === 'folder') throw new UsageError(`${path} is a folder; --faults takes a file`);
  const { readFaultFile } = await import('../../lib/config/faults-file.ts');
  const read = await readFaultFile(path, io.readFile(path));
  if ('file' in read) return read.file;
  const told = read.problems.slice(0, MOST_TOLD);
  const left = read.problems.length - told.length;
  throw new Mistakes(left > 0 ? [...told, `${path}: ${counted(left, 'more mistake')}`] : told);
}
