import { relative, resolve, sep } from 'node:path';
import type { Drafts } from '../lint/drafts.ts';
import type { Profile, RuleChoice } from '../lint/profiles.ts';
import type { Rule } from '../lint/rule.ts';
import { isWithin, nameFromText, nameToText } from '../rr/name.ts';
import { keyOf, TracedChoice } from './choice.ts';
import type { Level, LoadedConfig, RuleLayer, Sourced } from './config.ts';
import { type Matcher, nameMatcher, pathMatcher } from './glob.ts';

/** What the command line says about rules; it wins over every file. */
export interface CommandLineRules {
  readonly profile?: Profile | undefined;
  readonly select: readonly string[];
  readonly ignore: readonly string[];
  readonly levels: ReadonlyMap<string, Level>;
}

/** The zone file that settings are asked for; its zone is known when it has been read. */
export interface ConfigTarget {
  readonly path: string;
  /** Wire form of the zone's name. */
  readonly zone?: Uint8Array | undefined;
}

/** An MTA-STS policy file of a domain. */
export interface ConfiguredPolicy {
  readonly domain: string;
  readonly path: string;
}

/** Everything that the configuration says about one zone. */
export interface ResolvedConfig {
  readonly choice: RuleChoice;
  readonly drafts: Drafts;
  /** Wire form of the zone's name, when a glob of the configuration tells it. */
  readonly origin?: Uint8Array;
  readonly includeRoot?: string;
  /** Policies of domains within the zone; of all domains as long as the zone is not known. */
  readonly mtaStsPolicies: readonly ConfiguredPolicy[];
  /** Equal for equal choices and drafts only. */
  readonly key: string;
}

/** What several zones have in common: their rules. */
type Rules = Pick<ResolvedConfig, 'choice' | 'drafts' | 'key'>;

/** Answers for zone after zone what one configuration says about them, with the command line on top. */
export class ConfigResolver {
  readonly config: LoadedConfig | undefined;
  private readonly rules: readonly Rule[];
  private readonly commandLine: CommandLineRules | undefined;
  private readonly layers: readonly { readonly layer: RuleLayer; readonly fits: Fits }[];
  private readonly origins: readonly { readonly fits: Matcher; readonly zone: Uint8Array; readonly source: string }[];
  private readonly known = new Map<string, Rules>();

  constructor(config: LoadedConfig | undefined, rules: readonly Rule[], commandLine?: CommandLineRules) {
    this.config = config;
    this.rules = rules;
    this.commandLine = commandLine;
    this.layers = (config?.layers ?? []).map((layer) => ({ layer, fits: fitsOf(layer) }));
    this.origins = (config?.origins ?? []).map(({ glob, zone, source }) => ({ fits: pathMatcher(glob), zone, source }));
  }

  /** What holds for a zone. */
  resolve(target: ConfigTarget): ResolvedConfig {
    const { config } = this;
    const origin = this.originOf(target.path)?.value;
    const includeRoot = config?.includeRoot?.value;
    return {
      ...this.rulesOf(target),
      ...(origin && { origin }),
      ...(includeRoot !== undefined && { includeRoot }),
      mtaStsPolicies: (config?.mtaStsPolicies ?? []).filter(({ domain }) => mayBeWithin(domain, target.zone)),
    };
  }

  /** The name of a zone that is told by the path of its file. */
  originOf(path: string): Sourced<Uint8Array> | undefined {
    if (this.origins.length === 0) return undefined;
    const below = this.below(path);
    const found = below === undefined ? undefined : this.origins.findLast(({ fits }) => fits(below));
    return found && { value: found.zone, source: found.source };
  }

  /** The rules of a zone with the place that each setting comes from. */
  traced(target: ConfigTarget): TracedChoice {
    return this.trace(this.chosenLayers(target));
  }

  private rulesOf(target: ConfigTarget): Rules {
    const layers = this.chosenLayers(target);
    // Most zones are told apart by nothing, so that their rules are made once.
    const key = layers.join(',');
    const before = this.known.get(key);
    if (before !== undefined) return before;
    const traced = this.trace(layers);
    const choice = traced.choice();
    const drafts = traced.settledDrafts();
    const made = { choice, drafts, key: keyOf(choice, drafts) };
    this.known.set(key, made);
    return made;
  }

  private trace(layers: readonly number[]): TracedChoice {
    const traced = new TracedChoice(this.rules);
    for (const index of layers) traced.apply(this.layers[index]?.layer ?? { rules: [], drafts: [] });
    if (this.commandLine !== undefined) traced.apply(layerOf(this.commandLine));
    return traced;
  }

  private chosenLayers(target: ConfigTarget): number[] {
    const below = this.below(target.path);
    const zone = target.zone && nameOf(target.zone);
    return this.layers.flatMap(({ fits }, index) => (fits(below, zone) ? [index] : []));
  }

  /** The path as globs see it, undefined when it is not below the folder of the configuration. */
  private below(path: string): string | undefined {
    const { config } = this;
    if (config === undefined) return undefined;
    const way = relative(config.folder, resolve(config.cwd, path));
    return way === '' || way === '..' || way.startsWith(`..${sep}`) ? undefined : way.split(sep).join('/');
  }
}

/** Whether a path that was found in a folder is one of those a configuration excludes, itself or by a folder it is in. */
export function excluder(config: LoadedConfig | undefined): (path: string) => boolean {
  const matchers = (config?.exclude ?? []).map(({ value }) => pathMatcher(value));
  if (config === undefined || matchers.length === 0) return () => false;
  return (path) => {
    const way = relative(config.folder, resolve(config.cwd, path));
    if (way === '' || way.startsWith('..')) return false;
    const names = way.split(sep);
    const paths = names.map((_, index) => names.slice(0, index + 1).join('/'));
    return matchers.some((fits) => paths.some(fits));
  };
}

const COMMAND_LINE = 'command line';

/** The command line as a layer on top of all files. */
function layerOf({ profile, select, ignore, levels }: CommandLineRules): RuleLayer {
  const source = COMMAND_LINE;
  return {
    ...(profile !== undefined && { profile: { value: profile, source } }),
    ...(select.length > 0 && { select: { value: select, source } }),
    ...(ignore.length > 0 && { ignore: { value: ignore, source } }),
    rules: [...levels].map(([id, level]) => ({ id, level, source })),
    drafts: [],
  };
}

type Fits = (below: string | undefined, zone: string | undefined) => boolean;

function fitsOf({ files, zones }: RuleLayer): Fits {
  const paths = files?.map(pathMatcher);
  const names = zones?.map(nameMatcher);
  return (below, zone) =>
    (paths === undefined || (below !== undefined && paths.some((fits) => fits(below)))) &&
    (names === undefined || (zone !== undefined && names.some((fits) => fits(zone))));
}

/** A zone's name as patterns see it: without its final dot. */
function nameOf(zone: Uint8Array): string {
  const text = nameToText(zone);
  return text === '.' ? text : text.replace(/\.$/u, '');
}

function mayBeWithin(domain: string, zone: Uint8Array | undefined): boolean {
  if (zone === undefined) return true;
  const read = nameFromText(`${domain}.`);
  return 'name' in read && isWithin(read.name, zone);
}
