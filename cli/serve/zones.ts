import { resolve } from 'node:path';
import { nameFromText, nameKey, nameToText } from '../../lib/rr/name.ts';
import { ServedZones } from '../../lib/server/served-zones.ts';
import { UsageError } from '../errors.ts';
import { FileError, type Io } from '../io.ts';
import { findTargets } from '../lint/paths.ts';
import type { ZoneInput } from '../zone-file.ts';
import type { LoadedZone, ZoneLoader } from './load.ts';

/** A zone file, folder or pattern as the command line names it, with the name of the zone when that is given. */
export interface ZoneArgument {
  readonly path: string;
  readonly origin?: Uint8Array;
}

/** What a reload came to. */
export interface Reloaded {
  /** Zones read anew, by name. */
  readonly read: readonly string[];
  /** Zones not served any more, by name. */
  readonly gone: readonly string[];
  /** Why zones are as they were, one sentence each. */
  readonly kept: readonly string[];
  readonly warnings: readonly string[];
}

/** A zone file with what it holds. */
interface Entry {
  readonly input: ZoneInput;
  readonly argument: ZoneArgument;
  readonly loaded: LoadedZone;
}

/** The zones that are served, read from files; a set changes as a whole or not at all. */
export class ZoneStore {
  /** The zones at this moment. */
  current: ServedZones = new ServedZones([]);
  private entries: readonly Entry[] = [];
  private changed: (zones: ServedZones) => void = () => {};
  private readonly args: readonly ZoneArgument[];
  private readonly loader: ZoneLoader;
  private readonly io: Io;

  constructor(args: readonly ZoneArgument[], loader: ZoneLoader, io: Io) {
    this.args = args;
    this.loader = loader;
    this.io = io;
  }

  /** Reads all zones for the first time; throws UsageError or FileError, one sentence, for the first that is not to be served. */
  async open(): Promise<readonly string[]> {
    const entries: Entry[] = [];
    for (const argument of this.args) {
      for (const input of await this.filesOf(argument)) {
        entries.push({ input, argument, loaded: this.loader.load(input, argument.origin) });
      }
    }
    refuseDoubles(entries);
    this.take(entries);
    return entries.flatMap(({ loaded }) => loaded.warnings);
  }

  /** Reads zones again, all or those that rest on the paths given; one that cannot be served any more stays as it was. */
  async reload(changed?: readonly string[]): Promise<Reloaded> {
    const kept: string[] = [];
    const read: Entry[] = [];
    const entries: Entry[] = [];
    for (const argument of this.args) {
      for (const file of await this.filesAgain(argument, kept)) {
        const old = this.entries.find((each) => each.argument === argument && each.input.path === file.path);
        const fresh = old === undefined || restsOn(old, changed) ? this.loadAgain(file, argument, kept) : undefined;
        if (fresh !== undefined) read.push(fresh);
        const entry = fresh ?? old;
        if (entry !== undefined) entries.push(entry);
      }
    }
    try {
      refuseDoubles(entries);
    } catch (error) {
      return { read: [], gone: [], kept: [...kept, sentence(error)], warnings: [] };
    }
    const gone = this.current.zones().filter(({ origin }) => !entries.some((each) => isOf(each, origin)));
    this.take(entries);
    return {
      read: read.map(({ loaded }) => nameToText(loaded.served.origin)),
      gone: gone.map(({ origin }) => nameToText(origin)),
      kept,
      warnings: read.flatMap(({ loaded }) => loaded.warnings),
    };
  }

  /** Sets who is told of each new set of zones. */
  onChange(act: (zones: ServedZones) => void): void {
    this.changed = act;
  }

  /** Files and folders whose changes matter. */
  watched(): readonly string[] {
    const globs = (path: string): string => path.replace(/[^/\\]*[*?[{].*$/u, '') || '.';
    const named = this.args.map(({ path }) => (this.io.kind(path) === 'missing' ? globs(path) : path));
    return [...named, ...this.entries.flatMap(({ loaded }) => [...loaded.files])];
  }

  /** Records of all zones. */
  get records(): number {
    return this.entries.reduce((sum, { loaded }) => sum + loaded.served.tree.zone.count, 0);
  }

  private take(entries: readonly Entry[]): void {
    this.entries = entries;
    this.current = new ServedZones(entries.map(({ loaded }) => loaded.served));
    this.changed(this.current);
  }

  private async filesOf({ path, origin }: ZoneArgument): Promise<readonly ZoneInput[]> {
    const { targets, problems } = await findTargets([path], undefined, () => false, this.io);
    for (const { problem } of problems) throw new UsageError(problem);
    if (origin !== undefined && targets.length > 1)
      throw new UsageError(`${nameToText(origin)} is one zone, but ${path} holds ${targets.length} files`);
    return targets;
  }

  /** Files that cannot be found any more are those of before: half of a change may be on the disk. */
  private async filesAgain(argument: ZoneArgument, kept: string[]): Promise<readonly ZoneInput[]> {
    const before = this.entries.flatMap((each) => (each.argument === argument ? [each.input] : []));
    // Standard input has been read.
    if (argument.path === '-') return before;
    try {
      return await this.filesOf(argument);
    } catch (error) {
      kept.push(sentence(error));
      return before;
    }
  }

  private loadAgain(input: ZoneInput, argument: ZoneArgument, kept: string[]): Entry | undefined {
    try {
      return { input, argument, loaded: this.loader.load(input, argument.origin) };
    } catch (error) {
      kept.push(sentence(error));
      return undefined;
    }
  }
}

function restsOn({ loaded }: Entry, changed: readonly string[] | undefined): boolean {
  return changed === undefined || changed.some((path) => loaded.files.has(resolve(path)));
}

function isOf({ loaded }: Entry, origin: Uint8Array): boolean {
  return nameKey(loaded.served.origin) === nameKey(origin);
}

function refuseDoubles(entries: readonly Entry[]): void {
  const byName = new Map<string, string>();
  for (const { input, loaded } of entries) {
    const key = nameKey(loaded.served.origin);
    const other = byName.get(key);
    if (other !== undefined)
      throw new UsageError(
        `${other} and ${input.path} both hold ${nameToText(loaded.served.origin)}: serve one of them`,
      );
    byName.set(key, input.path);
  }
}

/** The sentence of what was foreseen; anything else is thrown on. */
function sentence(error: unknown): string {
  if (error instanceof UsageError || error instanceof FileError) return error.message;
  throw error;
}

/** The files that an argument such as `zones`, `example.net.zone` or `example.net=some.file` means. */
export function parseZoneArgument(text: string, io: Io): ZoneArgument {
  const [, name = '', path = ''] = /^([^=/\\]+)=(.+)$/u.exec(text) ?? [];
  if (name === '' || io.kind(text) !== 'missing') return { path: text };
  const read = nameFromText(name.endsWith('.') ? name : `${name}.`);
  if ('problem' in read)
    throw new UsageError(`'${name}' before = is no name of a zone: write ORIGIN=FILE such as example.net=zone.txt`);
  return { path, origin: read.name };
}
