import { type Command, Option } from 'commander';
import { PROFILES, type Profile } from '../../lib/lint/profiles.ts';
import { nameFromText } from '../../lib/rr/name.ts';
import type { Severity } from '../../lib/text/diagnostic.ts';
import type { CommandModule } from '../command.ts';
import { UsageError } from '../errors.ts';
import type { CertificateArgument } from '../lint/certificates.ts';
import type { Limits } from '../lint/quota.ts';
import { runLint, type Shard } from '../lint/run.ts';
import type { PolicyArgument } from '../lint/zone-linter.ts';
import { choice, commaList, guessOrAll, moment, repeated, wholeNumber } from '../options.ts';
import { REPORT_FORMATS } from '../report/formats.ts';
import { COLOR_CHOICES, type ColorChoice } from '../report/look.ts';
import type { ReportFormat } from '../report/reporter.ts';
import { parseOrigin } from '../zone-file.ts';

/** The options of `lint` as commander leaves them. */
interface LintOptions {
  readonly origin?: Uint8Array;
  readonly includeRoot?: string;
  readonly stdinFilename?: string;
  readonly cert?: readonly string[];
  readonly serverCert?: readonly string[];
  readonly clientCert?: readonly string[];
  readonly profile: Profile;
  readonly rule?: readonly string[];
  readonly select?: readonly string[];
  readonly ignore?: readonly string[];
  readonly severity: Severity;
  readonly maxWarnings?: number;
  readonly maxDiagnostics?: number;
  readonly now?: number;
  readonly jobs: number;
  readonly shard?: Shard;
  readonly mtaStsPolicy?: readonly string[];
  readonly cache?: true;
  readonly cacheLocation?: string;
  readonly watch?: true;
  readonly statistics?: true;
  readonly format: ReportFormat;
  readonly output?: string;
  readonly color: ColorChoice;
  readonly quiet?: true;
}

const SEVERITIES: readonly Severity[] = ['info', 'warning', 'error'];
const LEVELS: readonly (Severity | 'off')[] = ['off', ...SEVERITIES];

/** Findings shown unless the user says otherwise, so that a broken zone does not scroll for minutes. */
const USUAL_LIMITS: Limits = { perRule: 20, total: 200 };
const NO_LIMITS: Limits = { perRule: Number.POSITIVE_INFINITY, total: Number.POSITIVE_INFINITY };

const MOST_JOBS = 64;
const MOST_SHARDS = 10_000;

/** Where `--cache` keeps results. */
const CACHE_FILE = '.zonewright-cache';

const EXAMPLES = `
Exit codes: 0 no error found; 1 an error found, or more warnings than --max-warnings; 2 wrong use or unreadable input.

Examples:
  zonewright lint example.net.zone
  zonewright lint example.net.zone --cert mx1.pem:server --cert out1.pem:client
  zonewright lint zones/ --profile load --jobs 2
  zonewright lint --rule core-ttl-short=off --ignore 'cert-*' --max-warnings 0
  git show HEAD:example.net.zone | zonewright lint - --stdin-filename example.net.zone --format json
`;

/** Checks zones, and the certificates of their mail servers against them. */
export const command: CommandModule = {
  declare(lint) {
    lint.argument('[paths...]', 'zone files, folders, patterns, or - for standard input (default: this folder)');
    declareInput(lint);
    declareRules(lint);
    declareReport(lint);
    declareFleet(lint);
    lint.addHelpText('after', EXAMPLES);
  },
  async run(paths, given, io) {
    const options = given as unknown as LintOptions;
    const { origin, includeRoot } = options;
    const request = {
      paths,
      stdinFilename: options.stdinFilename,
      certificates: certificateArguments(options),
      zoneFile: {
        ...(origin === undefined ? {} : { origin }),
        ...(includeRoot === undefined ? {} : { includeRoot }),
      },
      choice: {
        profile: options.profile,
        select: options.select ?? [],
        ignore: options.ignore ?? [],
        levels: ruleLevels(options.rule ?? []),
      },
      floor: options.severity,
      limits: limitsOf(options),
      maxWarnings: options.maxWarnings ?? Number.POSITIVE_INFINITY,
      now: options.now ?? io.now(),
      fixedNow: options.now !== undefined,
      jobs: options.jobs,
      shard: options.shard,
      policies: (options.mtaStsPolicy ?? []).map(policyArgument),
      cachePath: options.cacheLocation ?? (options.cache === true ? CACHE_FILE : undefined),
      format: options.format,
      output: options.output,
      color: options.color,
      statistics: options.statistics === true,
      quiet: options.quiet === true,
    };
    return options.watch === true ? (await import('../lint/watch.ts')).watchLint(request, io) : runLint(request, io);
  },
};

function declareInput(lint: Command): void {
  lint
    .optionsGroup('What is read:')
    .option('--origin <name>', 'name of the zone, when neither the file nor its name tells', parseOrigin)
    .option('--include-root <dir>', 'folder that $INCLUDE may not leave (default: that of the zone file)')
    .option('--stdin-filename <name>', 'name for what comes from standard input')
    .option('--cert <file[:roles]>', 'certificate in use, as :server, :client or :server,client', repeated)
    .option('--server-cert <file>', 'certificate of a host that takes mail', repeated)
    .option('--client-cert <file>', 'certificate of a host that sends mail', repeated)
    .option('--mta-sts-policy <domain=file>', 'MTA-STS policy file of a domain', repeated);
}

function declareFleet(lint: Command): void {
  lint
    .optionsGroup('Many zones:')
    .addOption(
      new Option('--jobs <n>', 'threads for many files').default(1).argParser(wholeNumber('--jobs', 1, MOST_JOBS)),
    )
    .option('--shard <i/n>', 'only every n-th file, beginning with the i-th', shard)
    .option('--watch', 'lint again whenever a file changes')
    .option('--cache', `keep results in ${CACHE_FILE} and lint only what changed`)
    .option('--cache-location <file>', 'keep results in another file');
}

function declareRules(lint: Command): void {
  lint
    .optionsGroup('What is checked:')
    .addOption(choice('--profile <name>', 'default, strict (every rule) or load (what servers refuse)', PROFILES))
    .option('--rule <id=level>', 'set a rule to off, info, warning or error', repeated)
    .option('--select <globs>', 'only rules and groups that match, such as "core-*,certificates"', commaList)
    .option('--ignore <globs>', 'no rules and groups that match', commaList)
    .option('--now <date>', 'the moment at which dates are judged (default: now)', moment('--now'));
}

function declareReport(lint: Command): void {
  const most = 'findings shown in the pretty format, or none for no limit (default: 200, and 20 of one rule)';
  lint
    .optionsGroup('What is reported:')
    .addOption(choice('--format <name>', 'pretty, concise (one line each) or json', REPORT_FORMATS))
    .addOption(choice('--severity <level>', 'least severity shown and counted: info, warning or error', SEVERITIES))
    .option('--max-warnings <n>', 'exit with 1 when there are more warnings', wholeNumber('--max-warnings', 0))
    .option('--max-diagnostics <n>', most, mostShown)
    .option('--statistics', 'also count the findings of each rule')
    .option('-q, --quiet', 'findings only, no summary')
    .option('--output <file>', 'write the report to a file')
    .addOption(choice('--color <when>', 'auto, always or never', COLOR_CHOICES));
}

function shard(text: string): Shard {
  const [, part, of] = /^(\d{1,5})\/(\d{1,5})$/u.exec(text)?.map(Number) ?? [];
  if (part !== undefined && of !== undefined && part >= 1 && part <= of && of <= MOST_SHARDS) return { part, of };
  throw new UsageError(`--shard needs I/N with I from 1 to N, such as 2/8, not '${text}'`);
}

function policyArgument(text: string): PolicyArgument {
  const [name = '', ...rest] = text.split('=');
  const domain = name.toLowerCase().replace(/\.$/u, '');
  const path = rest.join('=');
  if (!('name' in nameFromText(`${domain}.`)) || domain === '' || path === '') {
    throw new UsageError(`--mta-sts-policy needs DOMAIN=FILE such as example.net=mta-sts.txt, not '${text}'`);
  }
  return { domain, path };
}

function certificateArguments({ cert = [], serverCert = [], clientCert = [] }: LintOptions): CertificateArgument[] {
  return [
    ...cert.map((text) => ({ text })),
    ...serverCert.map((text) => ({ text, role: 'server' as const })),
    ...clientCert.map((text) => ({ text, role: 'client' as const })),
  ];
}

function ruleLevels(texts: readonly string[]): Map<string, Severity | 'off'> {
  const levels = new Map<string, Severity | 'off'>();
  for (const text of texts) {
    const at = text.indexOf('=');
    if (at < 1) throw new UsageError(`--rule needs ID=LEVEL such as core-ttl-short=off, not '${text}'`);
    const word = text.slice(at + 1);
    const level = LEVELS.find((each) => each === word.toLowerCase());
    if (level === undefined)
      throw new UsageError(`--rule ${text}: there is no level '${word}'; ${guessOrAll(word, LEVELS)}`);
    levels.set(text.slice(0, at), level);
  }
  return levels;
}

function mostShown(text: string): number {
  return text.toLowerCase() === 'none' ? Number.POSITIVE_INFINITY : wholeNumber('--max-diagnostics', 0)(text);
}

/** Only the pretty format leaves findings out: what programs read is complete. */
function limitsOf({ format, maxDiagnostics }: LintOptions): Limits {
  if (format !== 'pretty') return NO_LIMITS;
  return maxDiagnostics === undefined ? USUAL_LIMITS : { ...NO_LIMITS, total: maxDiagnostics };
}
