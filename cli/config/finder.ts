import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { CONFIG_NAMES, LARGEST_CONFIG, type LoadedConfig } from '../../lib/config/config.ts';
import type { ConfigFiles } from '../../lib/config/load.ts';
import { UsageError } from '../errors.ts';
import { FileError, type Io } from '../io.ts';

/** Where configurations come from: found above each zone file, one file for all, or nowhere. */
export type ConfigChoice =
  | { readonly kind: 'search' }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'none' };

/** A configuration that cannot be used, with a sentence for each fault. */
export class ConfigError extends UsageError {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('; '));
    this.problems = problems;
  }
}

type Found = Promise<LoadedConfig | undefined>;

/** Finds and reads the configuration of each zone file; every file is read once. Rejects with ConfigError for one that is wrong. */
export class ConfigFinder {
  private readonly choice: ConfigChoice;
  private readonly io: Io;
  private readonly byFolder = new Map<string, Found>();
  private readonly byPath = new Map<string, Promise<LoadedConfig>>();

  constructor(choice: ConfigChoice, io: Io) {
    this.choice = choice;
    this.io = io;
  }

  /** The configuration that holds for a file: the nearest in its folder or one above. */
  forFile(path: string): Found {
    return this.forFolder(dirname(resolve(this.io.cwd, path)));
  }

  /** The configuration of the run: the nearest to the working folder. */
  root(): Found {
    return this.forFolder(this.io.cwd);
  }

  private forFolder(folder: string): Found {
    switch (this.choice.kind) {
      case 'none':
        return Promise.resolve(undefined);
      case 'file':
        return this.load(this.choice.path);
      case 'search':
        return this.search(folder);
    }
  }

  private search(folder: string): Found {
    const before = this.byFolder.get(folder);
    if (before !== undefined) return before;
    const found = this.searchAnew(folder);
    this.byFolder.set(folder, found);
    return found;
  }

  private searchAnew(folder: string): Found {
    const names = CONFIG_NAMES.filter((name) => isThere(join(folder, name), this.io));
    const [name] = names;
    if (names.length > 1) {
      const shown = this.shown(join(folder, name ?? ''));
      return this.fail(
        `${shown}: ${names.slice(1).join(' and ')} stands beside it; keep one configuration in a folder`,
      );
    }
    if (name !== undefined) return this.load(this.shown(join(folder, name)));
    const above = dirname(folder);
    return above === folder ? Promise.resolve(undefined) : this.search(above);
  }

  private load(path: string): Promise<LoadedConfig> {
    const key = resolve(this.io.cwd, path);
    const before = this.byPath.get(key);
    if (before !== undefined) return before;
    const loaded = this.loadAnew(path);
    loaded.catch(() => {});
    this.byPath.set(key, loaded);
    return loaded;
  }

  private async loadAnew(path: string): Promise<LoadedConfig> {
    const [{ loadConfig }, { RULES }] = await Promise.all([
      import('../../lib/config/load.ts'),
      import('../../lib/lint/rules.ts'),
    ]);
    const result = await loadConfig(path, configFiles(this.io), RULES);
    if ('problems' in result) throw new ConfigError(result.problems);
    return result.config;
  }

  private fail(problem: string): Promise<never> {
    const failed = Promise.reject(new ConfigError([problem]));
    // The folder may be asked about again, or never.
    failed.catch(() => {});
    return failed;
  }

  /** A path as the user of this folder would write it. */
  private shown(absolute: string): string {
    const way = relative(this.io.cwd, absolute);
    return way === '' || isAbsolute(way) || /^\.\.[\\/]\.\.[\\/]\.\./u.test(way) ? absolute : way;
  }
}

function isThere(path: string, io: Io): boolean {
  const kind = io.kind(path);
  return kind === 'file' || (kind === 'unreadable' && io.realPath(path) !== undefined);
}

/** The file system as configurations see it. */
function configFiles(io: Io): ConfigFiles {
  return {
    cwd: io.cwd,
    real: (path) => io.realPath(path),
    read(path) {
      try {
        return io.readFile(path, LARGEST_CONFIG);
      } catch (error) {
        if (error instanceof FileError) return { problem: error.why };
        throw error;
      }
    },
  };
}
