import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { Rule } from '../lint/rule.ts';
import { type ConfigPart, type LoadedConfig, type Sourced, SYSTEM_TRUST } from './config.ts';
import { readConfig } from './read.ts';

/** The files that configurations are read from. */
export interface ConfigFiles {
  /** Absolute path that relative ones count from. */
  readonly cwd: string;
  /** The octets of a file, or a clause that says why it cannot be had. */
  read(path: string): Uint8Array | { readonly problem: string };
  /** The absolute path without symbolic links, undefined when nothing is there. */
  real(path: string): string | undefined;
}

/** A configuration with what it extends, or everything that is wrong with these files. */
export type LoadResult = { readonly config: LoadedConfig } | { readonly problems: readonly string[] };

/** Files that may extend one another in a row, and those that one configuration may need. */
const LONGEST_CHAIN = 16;
const MOST_FILES = 64;

/** Reads a configuration and everything it extends; never throws for what is in the files. */
export async function loadConfig(path: string, files: ConfigFiles, rules: readonly Rule[]): Promise<LoadResult> {
  const loading = new Loading(files, rules);
  await loading.add(path, []);
  if (loading.problems.length > 0) return { problems: loading.problems };
  const absolute = resolve(files.cwd, path);
  return { config: { ...merged(loading.parts), path, folder: dirname(absolute), cwd: files.cwd, read: loading.read } };
}

class Loading {
  readonly parts: ConfigPart[] = [];
  readonly read: string[] = [];
  readonly problems: string[] = [];
  private readonly files: ConfigFiles;
  private readonly rules: readonly Rule[];

  constructor(files: ConfigFiles, rules: readonly Rule[]) {
    this.files = files;
    this.rules = rules;
  }

  /** Adds a file behind those it extends; `chain` are the files that lead to it. */
  async add(path: string, chain: readonly string[], from?: Sourced<string>): Promise<void> {
    const at = from === undefined ? '' : `${from.source}: `;
    const absolute = resolve(this.files.cwd, path);
    if (chain.includes(absolute)) {
      const shown = [...chain.slice(chain.indexOf(absolute)), absolute].map((each) => this.shown(each));
      this.problems.push(`${at}the files extend each other in a circle: ${shown.join(' → ')}`);
    } else if (chain.length >= LONGEST_CHAIN) {
      this.problems.push(`${at}more than ${LONGEST_CHAIN} files extend each other in a row`);
    } else if (this.read.length >= MOST_FILES) {
      if (this.read.length === MOST_FILES) this.problems.push(`${at}more than ${MOST_FILES} files are extended`);
      this.read.push(path);
    } else {
      this.read.push(path);
      await this.addFile(path, [...chain, absolute], at);
    }
  }

  private async addFile(path: string, chain: readonly string[], at: string): Promise<void> {
    const bytes = this.files.read(path);
    if ('problem' in bytes) {
      this.problems.push(`${at}${path}: ${bytes.problem}`);
      return;
    }
    const result = await readConfig(path, bytes, this.rules);
    if ('problems' in result) {
      for (const problem of result.problems) if (!this.problems.includes(problem)) this.problems.push(problem);
      return;
    }
    const counted = (each: string): string => (isAbsolute(each) ? each : join(dirname(path), each));
    for (const each of result.part.extends) await this.add(counted(each.value), chain, each);
    this.parts.push(this.withPaths(result.part, path, counted));
  }

  /** The part with its paths counted from the folder of its file. */
  private withPaths(part: ConfigPart, path: string, counted: (path: string) => string): ConfigPart {
    const moved = (one: Sourced<string>): Sourced<string> => ({ ...one, value: counted(one.value) });
    const { includeRoot, baseline, trust } = part;
    const mtaStsPolicies = part.mtaStsPolicies.map((each) => ({ ...each, path: counted(each.path) }));
    const certificates = part.certificates.map(({ value, source }) => {
      return { value: { ...value, path: counted(value.path) }, source };
    });
    const result = {
      ...part,
      mtaStsPolicies,
      certificates,
      ...(includeRoot && { includeRoot: moved(includeRoot) }),
      ...(baseline && { baseline: moved(baseline) }),
      ...(trust && { trust: trust.value === SYSTEM_TRUST ? trust : asPath(moved(trust)) }),
    };
    const confined = mtaStsPolicies.map((each) => ({ value: each.path, source: each.source }));
    if (result.includeRoot) confined.push(result.includeRoot);
    if (result.baseline) confined.push(result.baseline);
    for (const each of confined) this.checkLinks(each, path);
    return result;
  }

  /** A symbolic link may not lead where the path itself may not. */
  private checkLinks({ value, source }: Sourced<string>, path: string): void {
    const folder = this.files.real(dirname(path));
    const target = this.files.real(value);
    if (folder === undefined || target === undefined) return;
    const way = relative(folder, target);
    if (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)) return;
    this.problems.push(`${source}: ${value} is a link that leads out of the folder of ${path}`);
  }

  private shown(absolute: string): string {
    const way = relative(this.files.cwd, absolute);
    return way.startsWith('..') ? absolute : way;
  }
}

/** A file or folder that happens to be called as the trust store of the operating system. */
function asPath(path: Sourced<string>): Sourced<string> {
  return path.value === SYSTEM_TRUST ? { ...path, value: `./${path.value}` } : path;
}

/** Lists add up in the order of the files; of all else the last one counts. */
function merged(parts: readonly ConfigPart[]): Omit<LoadedConfig, 'path' | 'folder' | 'cwd' | 'read'> {
  const last: Partial<ConfigPart> = Object.assign({}, ...parts);
  const { includeRoot, trust, eku, baseline, severity, maxWarnings } = last;
  const policies = parts.flatMap((part) => part.mtaStsPolicies);
  const format = parts.flatMap((part) => part.format ?? []);
  return {
    layers: parts.flatMap((part) => part.layers),
    origins: parts.flatMap((part) => part.origins),
    mtaStsPolicies: [...new Map(policies.map((each) => [each.domain, each])).values()],
    certificates: parts.flatMap((part) => part.certificates),
    ...(trust && { trust }),
    ...(eku && { eku }),
    exclude: parts.flatMap((part) => part.exclude),
    ...(includeRoot && { includeRoot }),
    ...(baseline && { baseline }),
    ...(severity && { severity }),
    ...(maxWarnings && { maxWarnings }),
    ...(format.length > 0 && { format: Object.assign({}, ...format) }),
  };
}
