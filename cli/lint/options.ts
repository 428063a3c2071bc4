import { type Command, Option } from 'commander';
import type { ExtendedKeyUsagePolicy } from '../../lib/certs/path-purpose.ts';
import type { ConfiguredPolicy } from '../../lib/config/resolve.ts';
import { PROFILES, type Profile } from '../../lib/lint/profiles.ts';
import { nameFromText } from '../../lib/rr/name.ts';
import type { Severity } from '../../lib/text/diagnostic.ts';
import type { ConfigChoice } from '../config/finder.ts';
import { UsageError } from '../errors.ts';
import type { Io } from '../io.ts';
import { commaList, guessOrAll, moment, oneOf, repeated, wholeNumber } from '../options.ts';
import { REPORT_FORMATS } from '../report/formats.ts';
import { COLOR_CHOICES, type ColorChoice } from '../report/look.ts';
import type { ReportFormat, Shard } from '../report/reporter.ts';
import { EKU_POLICIES } from '../trust.ts';
import { parseOrigin } from '../zone-file.ts';
import type { CertificateArgument } from './certificates.ts';
import { CACHE_FILE } from './outcome.ts';
import { limitsFor, mostShown } from './quota.ts';
import type { FixChoice, LintRequest } from './request.ts';

/** The options of `lint` and `ci` as commander leaves them. */
export interface LintOptions {
  readonly config?: string | false;
  readonly origin?: Uint8Array;
  readonly includeRoot?: string;
  readonly stdinFilename?: string;
  readonly cert?: readonly string[];
  readonly serverCert?: readonly string[];
  readonly clientCert?: readonly string[];
  readonly certs?: readonly string[];
  readonly trust?: string;
  readonly eku?: ExtendedKeyUsagePolicy;
  readonly mtaStsPolicy?: readonly string[];
  readonly profile?: Profile;
  readonly rule?: readonly string[];
  readonly select?: readonly string[];
  readonly ignore?: readonly string[];
  readonly now?: number;
  readonly baseline?: string;
  readonly updateBaseline?: true;
  readonly since?: string;
  readonly newOnly?: true;
  readonly fix?: true;
  readonly fixDryRun?: true;
  readonly unsafeFixes?: true;
  readonly bumpSerial?: true;
  readonly severity?: Severity;
  readonly maxWarnings?: number;
  readonly maxDiagnostics?: number;
  readonly statistics?: true;
  readonly format?: ReportFormat;
  readonly output?: string;
  readonly color?: ColorChoice;
  readonly quiet?: true;
  readonly jobs?: number;
  readonly shard?: Shard;
  readonly watch?: true;
  readonly cache?: true;
  readonly cacheLocation?: string;
  readonly printConfig?: string;
}

const SEVERITIES: readonly Severity[] = ['info', 'warning', 'error'];
const LEVELS: readonly (Severity | 'off')[] = ['off', ...SEVERITIES];

const MOST_JOBS = 64;
const MOST_SHARDS = 10_000;

const EKU_HELP = `how their extKeyUsage is judged: ${EKU_POLICIES.join(', ')} (default: ${EKU_POLICIES[0]})`;

/** What is read. */
export function declareInput(lint: Command): void {
  lint
    .argument('[paths...]', 'zone files, folders, patterns, or - for standard input (default: this folder)')
    .optionsGroup('What is read:')
    .option('--origin <name>', 'name of the zone, when neither the file nor its name tells', parseOrigin)
    .option('--include-root <dir>', 'folder that $INCLUDE may not leave (default: that of the zone file)')
    .option('--stdin-filename <name>', 'name for what comes from standard input');
  declareCertificates(lint);
  declareConfig(lint);
}

/** The certificates in use. */
export function declareCertificates(lint: Command): void {
  lint
    .option('--cert <file[:roles]>', 'certificate in use, as :server, :client or :server,client', repeated)
    .option('--server-cert <file>', 'certificate of a host that takes mail', repeated)
    .option('--client-cert <file>', 'certificate of a host that sends mail', repeated)
    .option('--certs <path>', 'certificates of a folder, a mail server configuration or an inventory', repeated)
    .option('--trust <where>', 'trust anchors to judge them by: system, a file or a folder (default: none)')
    .addOption(oneOf('--eku <policy>', EKU_HELP, EKU_POLICIES));
}

/** Other files that say something of the zones. */
export function declareConfig(lint: Command): void {
  lint
    .option('--mta-sts-policy <domain=file>', 'MTA-STS policy file of a domain', repeated)
    .option('--config <file>', 'configuration (default: the nearest zonewright.json or .yaml above each zone file)')
    .option('--no-config', 'read no configuration');
}

/** What is checked. */
export function declareRules(lint: Command): void {
  lint
    .optionsGroup('What is checked:')
    .addOption(oneOf('--profile <name>', `${PROFILES.join(', ')} (zonewright rules tells what they are)`, PROFILES))
    .option('--rule <id=level>', 'set a rule to off, info, warning or error', repeated)
    .option('--select <globs>', 'only rules and groups that match, such as "core-*,certificates"', commaList)
    .option('--ignore <globs>', 'no rules and groups that match', commaList)
    .option('--now <date>', 'the moment at which dates are judged (default: now)', moment('--now'));
}

/** What has changed, and what is known. */
export function declareHistory(lint: Command, updates: boolean): void {
  lint
    .optionsGroup('What is new:')
    .option('--since <revision|file>', 'compare with a git revision, an older file or an older folder')
    .option('--new-only', 'only findings that were not there then')
    .option('--baseline <file>', 'leave out the findings that this file knows');
  if (updates) lint.option('--update-baseline', 'write what is found now to the baseline');
}

/** How findings are mended. */
export function declareFixes(lint: Command): void {
  lint
    .optionsGroup('Fixing:')
    .option('--fix', 'make the safe fixes and write the files')
    .option('--fix-dry-run', 'show the safe fixes as a diff on standard output and write nothing')
    .option('--unsafe-fixes', 'also those that may change what the zone means')
    .option('--bump-serial', 'raise the serial of zones that a fix has changed');
}

/** What is reported. */
export function declareReport(lint: Command): void {
  const most = 'findings shown in the pretty format, or none for no limit (default: 200, and 20 of one rule)';
  lint
    .optionsGroup('What is reported:')
    .addOption(oneOf('--format <name>', REPORT_FORMATS.join(', '), REPORT_FORMATS))
    .addOption(oneOf('--severity <level>', 'least severity shown and counted: info, warning or error', SEVERITIES))
    .option('--max-warnings <n>', 'exit with 1 when there are more warnings', wholeNumber('--max-warnings', 0))
    .option('--max-diagnostics <n>', most, mostShown)
    .option('--statistics', 'also count the findings of each rule')
    .option('-q, --quiet', 'findings only, no summary')
    .option('--output <file>', 'write the report to a file')
    .addOption(oneOf('--color <when>', COLOR_CHOICES.join(', '), COLOR_CHOICES));
}

/** How the work is divided. */
export function declareFleet(lint: Command): void {
  lint
    .optionsGroup('Many zones:')
    .addOption(new Option('--jobs <n>', 'threads at most (default: 1)').argParser(wholeNumber('--jobs', 1, MOST_JOBS)))
    .option('--shard <i/n>', 'only every n-th file, beginning with the i-th', shard)
    .option('--cache', `keep results in ${CACHE_FILE} and lint only what changed`)
    .option('--cache-location <file>', 'keep results in another file');
}

/** What the options ask for; `format` when none is given. Throws UsageError for options that contradict each other. */
export function requestOf(
  paths: readonly string[],
  options: LintOptions,
  usual: { readonly format: ReportFormat },
  io: Io,
): LintRequest {
  refuseContradictions(options);
  const { origin, includeRoot } = options;
  const format = options.format ?? usual.format;
  return {
    paths,
    stdinFilename: options.stdinFilename,
    config: configChoice(options.config),
    commandLine: {
      profile: options.profile,
      select: options.select ?? [],
      ignore: options.ignore ?? [],
      levels: ruleLevels(options.rule ?? []),
    },
    certificates: certificateArguments(options),
    trust: options.trust,
    eku: options.eku,
    policies: (options.mtaStsPolicy ?? []).map(policyArgument),
    zoneFile: {
      ...(origin === undefined ? {} : { origin }),
      ...(includeRoot === undefined ? {} : { includeRoot }),
    },
    floor: options.severity,
    maxWarnings: options.maxWarnings,
    baseline: options.baseline,
    updateBaseline: options.updateBaseline === true,
    since: options.since,
    newOnly: options.newOnly === true,
    fix: fixChoice(options),
    now: options.now ?? io.now(),
    fixedNow: options.now !== undefined,
    jobs: options.jobs ?? 1,
    shard: options.shard,
    cachePath: options.cacheLocation ?? (options.cache === true ? CACHE_FILE : undefined),
    limits: limitsFor(format, options.maxDiagnostics),
    format,
    output: options.output,
    color: options.color ?? 'auto',
    statistics: options.statistics === true,
    quiet: options.quiet === true,
  };
}

/** Pairs of options of which one makes the other meaningless. */
const CONTRADICTIONS: readonly (readonly [keyof LintOptions, keyof LintOptions])[] = [
  ['fix', 'fixDryRun'],
  ['fix', 'updateBaseline'],
  ['fixDryRun', 'updateBaseline'],
  ['watch', 'fix'],
  ['watch', 'fixDryRun'],
  ['watch', 'updateBaseline'],
  ['watch', 'output'],
  ['newOnly', 'fix'],
  ['newOnly', 'fixDryRun'],
  ['newOnly', 'updateBaseline'],
];

/** Options that need another one. */
const NEEDED: readonly (readonly [keyof LintOptions, readonly (keyof LintOptions)[]])[] = [
  ['unsafeFixes', ['fix', 'fixDryRun']],
  ['bumpSerial', ['fix', 'fixDryRun']],
  ['newOnly', ['since']],
];

function refuseContradictions(options: LintOptions): void {
  const given = (name: keyof LintOptions): boolean => options[name] !== undefined;
  const flag = (name: string): string => `--${name.replace(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`)}`;
  const pair = CONTRADICTIONS.find(([one, other]) => given(one) && given(other));
  if (pair !== undefined) throw new UsageError(`${flag(pair[0])} and ${flag(pair[1])} contradict each other: give one`);
  const alone = NEEDED.find(([name, others]) => given(name) && !others.some(given));
  if (alone === undefined) return;
  throw new UsageError(`${flag(alone[0])} means nothing without ${alone[1].map(flag).join(' or ')}`);
}

function configChoice(config: string | false | undefined): ConfigChoice {
  if (config === false) return { kind: 'none' };
  return typeof config === 'string' ? { kind: 'file', path: config } : { kind: 'search' };
}

function fixChoice({ fix, fixDryRun, unsafeFixes, bumpSerial }: LintOptions): FixChoice | undefined {
  if (fix !== true && fixDryRun !== true) return undefined;
  return { write: fix === true, unsafe: unsafeFixes === true, raiseSerial: bumpSerial === true };
}

function shard(text: string): Shard {
  const [, part, of] = /^(\d{1,5})\/(\d{1,5})$/u.exec(text)?.map(Number) ?? [];
  if (part !== undefined && of !== undefined && part >= 1 && part <= of && of <= MOST_SHARDS) return { part, of };
  throw new UsageError(`--shard needs I/N with I from 1 to N, such as 2/8, not '${text}'`);
}

function policyArgument(text: string): ConfiguredPolicy {
  const [name = '', ...rest] = text.split('=');
  const domain = name.toLowerCase().replace(/\.$/u, '');
  const path = rest.join('=');
  if (!('name' in nameFromText(`${domain}.`)) || domain === '' || path === '') {
    throw new UsageError(`--mta-sts-policy needs DOMAIN=FILE such as example.net=mta-sts.txt, not '${text}'`);
  }
  return { domain, path };
}

function certificateArguments({
  cert = [],
  serverCert = [],
  clientCert = [],
  certs = [],
}: LintOptions): CertificateArgument[] {
  return [
    ...cert.map((text) => ({ text })),
    ...serverCert.map((text) => ({ text, roles: ['server' as const], as: 'file' as const })),
    ...clientCert.map((text) => ({ text, roles: ['client' as const], as: 'file' as const })),
    ...certs.map((text) => ({ text, roles: [], as: 'source' as const })),
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
