import type { GivenCertificate } from '../../lib/certs/load.ts';
import { type ActiveRule, lintZone, say } from '../../lib/lint/engine.ts';
import { activeRules, type RuleChoice } from '../../lib/lint/profiles.ts';
import { RULES } from '../../lib/lint/rules.ts';
import type { Diagnostic, Severity } from '../../lib/text/diagnostic.ts';
import { UsageError } from '../errors.ts';
import { FileError, type Io } from '../io.ts';
import { makeReporter } from '../report/formats.ts';
import { Locators } from '../report/locator.ts';
import type { Look } from '../report/look.ts';
import type { Reporter, ReportFormat } from '../report/reporter.ts';
import { BinaryFileError, readZoneFile, type ZoneFileOptions } from '../zone-file.ts';
import type { LintTarget } from './paths.ts';
import type { Block, Quota } from './quota.ts';
import { RelevantCertificates } from './relevant.ts';

/** Everything that decides what a zone's findings are and how they are written; can be sent to a worker. */
export interface LintSetup {
  readonly choice: RuleChoice;
  readonly zoneFile: ZoneFileOptions;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly certificates: readonly GivenCertificate[];
  readonly certificateFiles: ReadonlyMap<string, Uint8Array>;
  /** Several zones are linted, so that a certificate may belong to another one. */
  readonly severalZones: boolean;
  /** The least severity that is shown and counted. */
  readonly floor: Severity;
  readonly format: ReportFormat;
  readonly look: Look;
}

/** What one zone gave: the counts of all findings, and those that may be shown, rendered one by one when asked for. */
export interface ZoneReport {
  readonly path: string;
  readonly files: number;
  readonly records: number;
  readonly severities: Readonly<Record<Severity, number>>;
  readonly fixable: number;
  readonly rules: ReadonlyMap<string, number>;
  readonly blocks: Iterable<Block>;
}

/** Why a file was not linted; `harmless` when nobody asked for that very file. */
export interface Failure {
  readonly path: string;
  readonly problem: string;
  readonly harmless: boolean;
}

const WEIGHT: Readonly<Record<Severity, number>> = { info: 0, warning: 1, error: 2 };

/** Lints zone files one after the other with the same rules; throws UsageError when the choice of rules is wrong. */
export class Linter {
  readonly rules: readonly ActiveRule[];
  private readonly setup: LintSetup;
  private readonly io: Io;
  private readonly reporter: Reporter;
  private readonly ruleOf: ReadonlyMap<string, ActiveRule>;
  private readonly relevant: RelevantCertificates;

  constructor(setup: LintSetup, io: Io) {
    const { active, problems } = activeRules(RULES, setup.choice);
    if (problems.length > 0) throw new UsageError(problems.join('; '));
    this.rules = active;
    this.setup = setup;
    this.io = io;
    this.reporter = makeReporter(setup.format, setup.look);
    this.relevant = new RelevantCertificates(setup.certificates);
    this.ruleOf = new Map(active.map((one) => [one.rule.id, one]));
  }

  /** Lints one file; never throws for what is wrong with it. */
  lint(target: LintTarget, quota: Quota): ZoneReport | Failure {
    try {
      return this.report(target, quota);
    } catch (error) {
      if (!(error instanceof UsageError) && !(error instanceof FileError)) throw error;
      const harmless = error instanceof BinaryFileError && !target.named;
      return { path: target.path, problem: error.message, harmless };
    }
  }

  private report(target: LintTarget, quota: Quota): ZoneReport {
    const { setup } = this;
    const zone = readZoneFile(target, setup.zoneFile, this.io);
    const { certificateFiles, now } = setup;
    const certificates = setup.severalZones ? this.relevant.of(zone) : setup.certificates;
    const found = lintZone({ zone, certificates, certificateFiles, now }, this.rules);
    const counted = found.filter(({ severity }) => WEIGHT[severity] >= WEIGHT[setup.floor]);
    const severities = { error: 0, warning: 0, info: 0 };
    const rules = new Map<string, number>();
    let fixable = 0;
    for (const { rule, severity, fixes } of counted) {
      severities[severity]++;
      rules.set(rule, (rules.get(rule) ?? 0) + 1);
      if (fixes.length > 0) fixable++;
    }
    const context = { locators: new Locators(), showable: new Set(zone.files) };
    const blocks = this.blocks(counted, context, quota);
    return { path: target.path, files: zone.files.length, records: zone.count, severities, fixable, rules, blocks };
  }

  private *blocks(
    found: readonly Diagnostic[],
    context: Parameters<Reporter['finding']>[1],
    quota: Quota,
  ): Generator<Block> {
    for (const diagnostic of found) {
      const { severity } = diagnostic;
      const rule = this.ruleOf.get(diagnostic.rule)?.rule;
      if (rule === undefined || !quota.take(rule.id, severity)) continue;
      const message = say(diagnostic, rule);
      yield { rule: rule.id, severity, text: this.reporter.finding({ diagnostic, rule, message }, context) };
    }
  }
}
