import type { LoadedConfig } from '../../lib/config/config.ts';
import { type ConfigChoice, ConfigFinder } from '../config/finder.ts';
import { UsageError } from '../errors.ts';
import type { Io } from '../io.ts';
import { findTargets, type LintTarget, type UnreadFolder } from '../lint/paths.ts';
import { counted } from '../report/words.ts';

/** A file to format, with what its configuration says. */
export interface FormatFile extends LintTarget {
  readonly lineWidth?: number;
  readonly blankLines?: number;
  readonly sort?: boolean;
  readonly clientMxType?: number;
  readonly origin?: Uint8Array;
}

/** The files of a run, and the folders that could not be read. */
export interface FormatInputs {
  readonly files: readonly FormatFile[];
  readonly problems: readonly UnreadFolder[];
}

/** What the command line says about the files. */
export interface FormatRequest {
  readonly config: ConfigChoice;
  readonly origin?: Uint8Array;
  readonly stdinFilename?: string;
}

/** Finds the files that paths mean, each with its configuration; throws UsageError for a path that means none. */
export async function formatInputs(
  paths: readonly string[],
  { config: choice, origin, stdinFilename }: FormatRequest,
  io: Io,
): Promise<FormatInputs> {
  const finder = new ConfigFinder(choice, io);
  const found = await findTargets(paths.length === 0 ? ['.'] : paths, stdinFilename, () => false, io);
  if (origin !== undefined && found.targets.length > 1) {
    const files = counted(found.targets.length, 'file');
    throw new UsageError(`--origin names one zone, but there are ${files}: format them one by one`);
  }
  const settings = new Settings();
  const files: FormatFile[] = [];
  for (const target of found.targets) {
    const config = await finder.forFile(target.path);
    if (config === undefined) files.push({ ...target, ...(origin && { origin }) });
    else {
      const of = await settings.of(config);
      if (!target.named && of.excludes(target.path)) continue;
      files.push({ ...target, ...of.file(target.path), ...(origin && { origin }) });
    }
  }
  if (files.length === 0 && found.problems.length === 0)
    throw new UsageError('no zone files here: the configuration excludes all');
  return { files, problems: found.problems };
}

type FileSettings = Omit<FormatFile, keyof LintTarget>;

/** What one configuration says about files. */
interface ConfigSettings {
  excludes(path: string): boolean;
  file(path: string): FileSettings;
}

/** The settings of each configuration; what reads them is loaded only when there is one. */
class Settings {
  private readonly known = new Map<LoadedConfig, ConfigSettings>();

  async of(config: LoadedConfig): Promise<ConfigSettings> {
    const before = this.known.get(config);
    if (before !== undefined) return before;
    const [{ ConfigResolver, excluder }, { RULES }] = await Promise.all([
      import('../../lib/config/resolve.ts'),
      import('../../lib/lint/rules.ts'),
    ]);
    const resolver = new ConfigResolver(config, RULES);
    const { lineWidth, blankLines, sort } = config.format ?? {};
    const made: ConfigSettings = {
      excludes: excluder(config),
      file(path) {
        const { drafts, origin } = resolver.resolve({ path });
        return {
          clientMxType: drafts.clientMxType,
          ...(lineWidth && { lineWidth: lineWidth.value }),
          ...(blankLines && { blankLines: blankLines.value }),
          ...(sort && { sort: sort.value }),
          ...(origin && { origin }),
        };
      },
    };
    this.known.set(config, made);
    return made;
  }
}
