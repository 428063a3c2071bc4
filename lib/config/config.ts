import type { ExtendedKeyUsagePolicy } from '../certs/path-purpose.ts';
import type { CertificateRole } from '../certs/roles.ts';
import type { Drafts } from '../lint/drafts.ts';
import type { Profile } from '../lint/profile-specs.ts';
import type { OptionValue } from '../lint/rule.ts';
import type { Severity } from '../text/diagnostic.ts';

/** The names under which a configuration is found in a folder. */
export const CONFIG_NAMES: readonly string[] = ['zonewright.json', 'zonewright.yaml', 'zonewright.yml'];

/** Octets a configuration file may have. */
export const LARGEST_CONFIG: number = 2 ** 20;

/** The trust store that is no path: that of the operating system. */
export const SYSTEM_TRUST = 'system';

/** A level of a rule as the user writes it. */
export type Level = Severity | 'off';

/** A value with the place it comes from: `zonewright.json:12`, `profile strict`, `command line` or `default`. */
export interface Sourced<T> {
  readonly value: T;
  readonly source: string;
}

/** What a file says about one rule. */
export interface RuleSetting {
  readonly id: string;
  readonly level?: Level;
  readonly options?: Readonly<Record<string, OptionValue>>;
  readonly source: string;
}

/** One of the values that the drafts have not settled. */
export type DraftSetting = {
  readonly [K in keyof Drafts]: { readonly name: K; readonly value: Drafts[K]; readonly source: string };
}[keyof Drafts];

/** Settings of rules that hold for some files and zones; later layers win over earlier ones. */
export interface RuleLayer {
  /** Globs over paths below the folder of the configuration; without, every file. */
  readonly files?: readonly string[];
  /** Names of zones or patterns over them; without, every zone. */
  readonly zones?: readonly string[];
  readonly profile?: Sourced<Profile>;
  readonly select?: Sourced<readonly string[]>;
  readonly ignore?: Sourced<readonly string[]>;
  readonly rules: readonly RuleSetting[];
  readonly drafts: readonly DraftSetting[];
}

/** How `fmt` lays zone files out, as far as it is said. */
export interface FormatSettings {
  readonly lineWidth?: Sourced<number>;
  readonly blankLines?: Sourced<number>;
  readonly sort?: Sourced<boolean>;
}

/** A certificate in use that a file names. */
export interface ConfiguredCertificate {
  readonly path: string;
  readonly roles: readonly CertificateRole[];
}

/**
 * A configuration with everything it extends: plain data that can be sent to a thread. Paths are as the user of this working folder
 * would write them; globs count from `folder`.
 */
export interface LoadedConfig {
  readonly path: string;
  /** Absolute path of the folder it stands in. */
  readonly folder: string;
  /** Absolute path that relative ones count from. */
  readonly cwd: string;
  /** Every file read for it, in the order of reading. */
  readonly read: readonly string[];
  readonly layers: readonly RuleLayer[];
  /** Names of zones by glob, the last that fits counts. */
  readonly origins: readonly { readonly glob: string; readonly zone: Uint8Array; readonly source: string }[];
  readonly includeRoot?: Sourced<string>;
  readonly mtaStsPolicies: readonly { readonly domain: string; readonly path: string; readonly source: string }[];
  readonly certificates: readonly Sourced<ConfiguredCertificate>[];
  /** Trust anchors: `system`, or the path of a file or folder. */
  readonly trust?: Sourced<string>;
  readonly eku?: Sourced<ExtendedKeyUsagePolicy>;
  readonly baseline?: Sourced<string>;
  readonly severity?: Sourced<Severity>;
  readonly maxWarnings?: Sourced<number>;
  readonly exclude: readonly Sourced<string>[];
  readonly format?: FormatSettings;
}

/** A certificate, a path and all else that one file says, paths already counted from its folder. */
export type ConfigPart = Omit<LoadedConfig, 'path' | 'folder' | 'cwd' | 'read'> & {
  readonly extends: readonly Sourced<string>[];
};
