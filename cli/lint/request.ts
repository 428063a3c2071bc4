import type { ExtendedKeyUsagePolicy } from '../../lib/certs/path-purpose.ts';
import type { CommandLineRules, ConfiguredPolicy } from '../../lib/config/resolve.ts';
import type { Severity } from '../../lib/text/diagnostic.ts';
import type { ConfigChoice } from '../config/finder.ts';
import type { ColorChoice } from '../report/look.ts';
import type { ReportFormat, Shard } from '../report/reporter.ts';
import type { ZoneFileOptions } from '../zone-file.ts';
import type { ResultCache } from './cache.ts';
import type { CertificateArgument } from './certificates.ts';
import type { Limits } from './quota.ts';

/** How findings are mended. */
export interface FixChoice {
  /** Changed files are written; otherwise the changes are shown as a diff. */
  readonly write: boolean;
  readonly unsafe: boolean;
  readonly raiseSerial: boolean;
}

/** What `lint` is asked to do; what is undefined is left to the configuration. */
export interface LintRequest {
  readonly paths: readonly string[];
  readonly stdinFilename: string | undefined;
  readonly config: ConfigChoice;
  readonly commandLine: CommandLineRules;
  readonly certificates: readonly CertificateArgument[];
  /** Trust anchors by which the paths of certificates are judged: `system`, a file or a folder. */
  readonly trust: string | undefined;
  readonly eku: ExtendedKeyUsagePolicy | undefined;
  readonly policies: readonly ConfiguredPolicy[];
  readonly zoneFile: ZoneFileOptions;
  readonly floor: Severity | undefined;
  readonly maxWarnings: number | undefined;
  readonly baseline: string | undefined;
  readonly updateBaseline: boolean;
  /** A revision or an older copy. */
  readonly since: string | undefined;
  /** Only findings that were not there then. */
  readonly newOnly: boolean;
  readonly fix: FixChoice | undefined;
  readonly now: number;
  /** The moment was given, so that it stays the same however long the process runs. */
  readonly fixedNow: boolean;
  readonly jobs: number;
  readonly shard: Shard | undefined;
  /** File that keeps results for the next run. */
  readonly cachePath: string | undefined;
  /** Keeps results between the runs of one process. */
  readonly cache?: ResultCache;
  readonly limits: Limits;
  readonly format: ReportFormat;
  readonly output: string | undefined;
  readonly color: ColorChoice;
  readonly statistics: boolean;
  readonly quiet: boolean;
}
