import type { ActiveRule } from '../../lib/lint/active-rule.ts';
import { say } from '../../lib/lint/engine.ts';
import type { Rule } from '../../lib/lint/rule.ts';
import { RULES } from '../../lib/lint/rules.ts';
import type { Diagnostic, Severity, SourceFile } from '../../lib/text/diagnostic.ts';
import type { Io } from '../io.ts';
import { makeReporter } from '../report/formats.ts';
import { Locators } from '../report/locator.ts';
import type { Look } from '../report/look.ts';
import type { FindingContext, Reporter, ReportFormat } from '../report/reporter.ts';
import { applyBaseline, type Baseline, baselineKey, sayExceeded, sayStale } from './baseline.ts';
import type { Failure } from './failure.ts';
import type { Uses } from './given-zones.ts';
import type { PathJudge } from './path-judge.ts';
import type { Block, Quota } from './quota.ts';
import type { Clock } from './zone-input.ts';
import { type ConfiguredTarget, type Linted, ZoneLinter, type ZoneSetup } from './zone-linter.ts';

/** Everything that decides what a zone's findings are and how they are written; can be sent to a worker. */
export interface LintSetup extends ZoneSetup {
  /** The least severity that is shown and counted. */
  readonly floor: Severity;
  readonly format: ReportFormat;
  readonly look: Look;
  /** Whether reports name the rules that were on. */
  readonly namesRules: boolean;
  /** Findings that are known, with the path of the file that says so. */
  readonly baseline: { readonly path: string; readonly known: Baseline } | undefined;
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
  /** How many findings the baseline knows, which are left out. */
  readonly hidden: number;
  /** Sentences about findings that are known. */
  readonly notes: readonly string[];
  /** Ids of the rules whose findings would be shown. */
  readonly active: readonly string[];
  readonly uses?: ReportUses;
}

/** What a report rests on: its own files as they were read, other zones, and the clock. */
export interface ReportUses extends Uses {
  readonly own: readonly SourceFile[];
  /** Paths that were looked at for what the zone includes. */
  readonly looked: readonly string[];
  readonly clock: Clock;
}

const RULE_OF: ReadonlyMap<string, Rule> = new Map(RULES.map((rule) => [rule.id, rule]));

const WEIGHT: Readonly<Record<Severity, number>> = { info: 0, warning: 1, error: 2 };

/** Lints zone files one after the other with the same settings; throws UsageError when the choice of rules is wrong. */
export class Linter {
  readonly zones: ZoneLinter;
  private readonly setup: LintSetup;
  private readonly reporter: Reporter;
  private readonly io: Io;
  private readonly ids = new WeakMap<readonly ActiveRule[], readonly string[]>();

  constructor(setup: LintSetup, io: Io, judge?: PathJudge) {
    this.setup = setup;
    this.zones = new ZoneLinter(setup, io, judge);
    this.reporter = makeReporter(setup.format, setup.look);
    this.io = io;
  }

  get rules(): readonly ActiveRule[] {
    return this.zones.rules;
  }

  get now(): number {
    return this.setup.now;
  }

  /** Lints files, and reports in their order what each is to show under the quota that `quotaOf` gives; never throws for what is wrong with them. */
  lintEach(targets: Iterable<ConfiguredTarget>, quotaOf: () => Quota): Generator<ZoneReport | Failure> {
    return this.zones.lintEach(targets, (linted) => this.report(linted, quotaOf()));
  }

  /** Counts the findings of a zone and renders those that may be shown. */
  report(linted: Linted, quota: Quota): ZoneReport {
    const { path, zone, policies, clock, looked } = linted;
    const active = this.activeIds(linted.rules);
    const weighty = linted.found.filter((one) => this.isShown(one));
    const { kept: counted, hidden, notes } = this.withoutKnown(path, weighty, active);
    const severities = { error: 0, warning: 0, info: 0 };
    const rules = new Map<string, number>();
    let fixable = 0;
    for (const { rule, severity, fixes } of counted) {
      severities[severity]++;
      rules.set(rule, (rules.get(rule) ?? 0) + 1);
      if (fixes.length > 0) fixable++;
    }
    const context = { locators: new Locators(), showable: new Set([...zone.files, ...policies]) };
    return {
      path,
      files: zone.files.length,
      records: zone.count,
      severities,
      fixable,
      rules,
      blocks: this.blocks(counted, context, quota),
      hidden,
      notes,
      active,
      ...(this.setup.cached
        ? { uses: { ...this.zones.uses(path), own: [...zone.files, ...policies], looked, clock } }
        : {}),
    };
  }

  /** Ids of the rules whose findings may count; only a baseline asks for them. */
  private activeIds(rules: readonly ActiveRule[]): readonly string[] {
    if (!this.setup.namesRules) return [];
    const known = this.ids.get(rules) ?? rules.filter((one) => this.isShown(one)).map(({ rule }) => rule.id);
    this.ids.set(rules, known);
    return known;
  }

  private isShown({ severity }: { readonly severity: Severity }): boolean {
    return WEIGHT[severity] >= WEIGHT[this.setup.floor];
  }

  private withoutKnown(
    path: string,
    found: readonly Diagnostic[],
    active: readonly string[],
  ): { readonly kept: readonly Diagnostic[]; readonly hidden: number; readonly notes: readonly string[] } {
    const { baseline } = this.setup;
    if (baseline === undefined) return { kept: found, hidden: 0, notes: [] };
    const known = baseline.known.get(baselineKey(path, baseline.path, this.io));
    const { kept, hidden, exceeded, stale } = applyBaseline(found, known, new Set(active));
    const notes = [...exceeded.map((each) => sayExceeded(path, each)), ...stale.map((each) => sayStale(path, each))];
    return { kept, hidden, notes };
  }

  private *blocks(found: readonly Diagnostic[], context: FindingContext, quota: Quota): Generator<Block> {
    for (const diagnostic of found) {
      const { severity } = diagnostic;
      const rule = RULE_OF.get(diagnostic.rule);
      if (rule === undefined || !quota.take(rule.id, severity)) continue;
      const message = say(diagnostic, rule);
      yield { rule: rule.id, severity, text: this.reporter.finding({ diagnostic, rule, message }, context) };
    }
  }
}

/** A linter that judges paths if there are certificates; what that needs is loaded only then. */
export async function makeLinter(setup: LintSetup, io: Io): Promise<Linter> {
  return new Linter(setup, io, await judgeFor(setup));
}

/** As `makeLinter`, for those who want findings and no report. */
export async function makeZoneLinter(setup: LintSetup, io: Io): Promise<ZoneLinter> {
  return new ZoneLinter(setup, io, await judgeFor(setup));
}

async function judgeFor(setup: LintSetup): Promise<PathJudge | undefined> {
  if (setup.certificates.length === 0) return undefined;
  return new (await import('./path-judge.ts')).PathJudge(setup);
}
