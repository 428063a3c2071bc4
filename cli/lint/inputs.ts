import type { LoadedConfig } from '../../lib/config/config.ts';
import { excluder } from '../../lib/config/resolve.ts';
import { ConfigError, ConfigFinder } from '../config/finder.ts';
import { UsageError } from '../errors.ts';
import type { Io } from '../io.ts';
import type { Shard } from '../report/reporter.ts';
import { counted } from '../report/words.ts';
import type { Failure } from './failure.ts';
import { findTargets, type LintTarget, type UnreadFolder } from './paths.ts';
import type { LintRequest } from './request.ts';
import type { ConfiguredTarget } from './zone-linter.ts';

/** The files of a run, each with its configuration. */
export interface Inputs {
  /** The configuration of the run itself. */
  readonly root: LoadedConfig | undefined;
  readonly configs: readonly LoadedConfig[];
  /** All files, whichever part of them is linted here. */
  readonly all: readonly ConfiguredTarget[];
  /** The files that are linted here. */
  readonly targets: readonly ConfiguredTarget[];
  /** Files whose configuration is wrong. */
  readonly failures: readonly Failure[];
  /** Folders that could not be read. */
  readonly problems: readonly UnreadFolder[];
}

/** Finds files and configurations; throws UsageError for a path that means none, ConfigError when the run's own configuration is wrong. */
export async function findInputs(request: LintRequest, io: Io): Promise<Inputs> {
  const { paths, stdinFilename, zoneFile, shard } = request;
  const finder = new ConfigFinder(request.config, io);
  const root = await finder.root();
  const found = await findTargets(paths.length === 0 ? ['.'] : paths, stdinFilename, excluder(root), io);
  if (zoneFile.origin !== undefined && found.targets.length > 1) {
    const files = counted(found.targets.length, 'file');
    throw new UsageError(`--origin names one zone, but there are ${files}: lint them one by one`);
  }
  const configs = new Map<LoadedConfig, number>();
  const number = (config: LoadedConfig | undefined): number => {
    if (config === undefined) return -1;
    const known = configs.get(config) ?? configs.size;
    configs.set(config, known);
    return known;
  };
  number(root);
  const excluders = new Map<LoadedConfig | undefined, (path: string) => boolean>();
  const excludes = (config: LoadedConfig | undefined, path: string): boolean => {
    const known = excluders.get(config) ?? excluder(config);
    excluders.set(config, known);
    return known(path);
  };
  const all: ConfiguredTarget[] = [];
  const failures: Failure[] = [];
  for (const target of found.targets) {
    const config = await configOf(target, finder);
    if (config instanceof ConfigError) failures.push(...failuresOf(target, config, failures));
    else if (target.named || !excludes(config, target.path)) all.push({ ...target, config: number(config) });
  }
  const { problems } = found;
  return { root, configs: [...configs.keys()], all, targets: inShard(all, shard), failures, problems };
}

async function configOf(target: LintTarget, finder: ConfigFinder): Promise<LoadedConfig | ConfigError | undefined> {
  try {
    return await finder.forFile(target.path);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
}

/** Each fault of a configuration once, whichever file it keeps from being linted. */
function failuresOf({ path }: LintTarget, { problems }: ConfigError, before: readonly Failure[]): Failure[] {
  const said = new Set(before.map(({ problem }) => problem));
  return problems.filter((problem) => !said.has(problem)).map((problem) => ({ path, problem, harmless: false }));
}

/** The files of a part: every so many of them, so that parts are alike whatever the order of sizes. */
function inShard(targets: readonly ConfiguredTarget[], shard: Shard | undefined): readonly ConfiguredTarget[] {
  return shard === undefined ? targets : targets.filter((_, index) => index % shard.of === shard.part - 1);
}
