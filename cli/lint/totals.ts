import type { Severity } from '../../lib/text/diagnostic.ts';
import type { Ending, ReportedFailure, Reporter, Shard, Summary } from '../report/reporter.ts';
import { counted, grouped } from '../report/words.ts';
import type { Failure } from './failure.ts';
import type { Linter, ZoneReport } from './linter.ts';
import { type Block, type Limits, worst } from './quota.ts';

/** Takes the reports of zones in their order, writes their findings as soon as nothing can change them, and counts. */
export class Totals {
  readonly failures: Failure[] = [];
  readonly severities: Record<Severity, number> = { error: 0, warning: 0, info: 0 };
  readonly rules: Map<string, number> = new Map<string, number>();
  zones = 0;
  private files = 0;
  private records = 0;
  private fixable = 0;
  private readonly checked: string[] = [];
  private readonly sheet: Sheet;

  constructor(reporter: Reporter, limits: Limits, write: (text: string) => void) {
    this.sheet = new Sheet(reporter, limits, write);
  }

  /** Counts a report and takes those of its findings that `choose` lets pass. */
  take(report: ZoneReport | Failure, choose: (block: Block) => boolean): void {
    if ('problem' in report) {
      this.failures.push(report);
      return;
    }
    this.zones++;
    this.files += report.files;
    this.records += report.records;
    this.fixable += report.fixable;
    this.checked.push(report.path);
    for (const [severity, count] of Object.entries(report.severities)) this.severities[severity as Severity] += count;
    for (const [rule, count] of report.rules) this.rules.set(rule, (this.rules.get(rule) ?? 0) + count);
    for (const block of report.blocks) if (choose(block)) this.sheet.put(block);
    this.sheet.checked(report.path);
  }

  summary(rules: number, milliseconds: number): Summary {
    const { zones, files, records, fixable } = this;
    const { error: errors, warning: warnings, info: infos } = this.severities;
    return { zones, files, records, fixable, errors, warnings, infos, rules, milliseconds };
  }

  /** Writes what was held back, what is not shown, and the end of the report; `quiet` leaves the summary out. */
  close(summary: Summary, shard: Shard | undefined, quiet: boolean): void {
    const failures = this.failures.map(({ path, problem, harmless }): ReportedFailure => {
      return { file: path, message: problem, skipped: harmless };
    });
    const rules = [...this.rules.keys()];
    this.sheet.close(summary, { files: this.checked, failures, rules, shard }, this.rules, quiet);
  }
}

/** Writes findings one after the other in the form of a report, with its opening and its end. */
export class Sheet {
  private readonly held: Block[] = [];
  private readonly shown = new Map<string, number>();
  private opened = false;
  private written = 0;
  private readonly reporter: Reporter;
  private readonly limits: Limits;
  private readonly write: (text: string) => void;

  constructor(reporter: Reporter, limits: Limits, write: (text: string) => void) {
    this.reporter = reporter;
    this.limits = limits;
    this.write = write;
  }

  /** Takes one finding; it is held back when a worse one may still take its place. */
  put(block: Block): void {
    if (this.reporter.document || !Number.isFinite(this.limits.total)) this.show(block);
    else this.held.push(block);
  }

  /** Tells that a zone file has no more findings. */
  checked(file: string): void {
    const text = this.reporter.checked?.(file) ?? '';
    if (text !== '') this.say(text);
  }

  /** Writes what was held back, how many of the findings of each rule are missing, and the end. */
  close(summary: Summary, ending: Ending, found: ReadonlyMap<string, number>, quiet: boolean): void {
    for (const block of worst(this.held, this.limits.total)) this.show(block);
    const hidden = this.reporter.document ? '' : hiddenWords(found, this.shown);
    if (hidden !== '') this.write(`\n${hidden}`);
    this.say('');
    if (this.reporter.document || !quiet) this.write(this.reporter.closing(summary, this.written > 0, ending));
  }

  private show(block: Block): void {
    const text = this.reporter.take?.(block.text) ?? block.text;
    this.say((this.written === 0 ? '' : this.reporter.between) + text);
    this.written++;
    this.shown.set(block.rule, (this.shown.get(block.rule) ?? 0) + 1);
  }

  private say(text: string): void {
    const opening = this.opened ? '' : this.reporter.opening;
    this.opened = true;
    if (opening + text !== '') this.write(opening + text);
  }
}

const MANY_RULES = 5;

/** Says how many findings are not shown: rule by rule when they are few. */
function hiddenWords(found: ReadonlyMap<string, number>, shown: ReadonlyMap<string, number>): string {
  const missing = [...found].map(([rule, count]) => ({ rule, count: count - (shown.get(rule) ?? 0) }));
  const rules = missing.filter(({ count }) => count > 0).sort((a, b) => b.count - a.count);
  if (rules.length === 0) return '';
  const all = '(--max-diagnostics none shows all)';
  if (rules.length > MANY_RULES) {
    const count = rules.reduce((sum, one) => sum + one.count, 0);
    return `… ${counted(count, 'more finding')} of ${rules.length} rules not shown ${all}\n`;
  }
  return rules.map(({ rule, count }) => `… ${grouped(count)} more of ${rule} not shown ${all}\n`).join('');
}

/** How often each rule spoke, the most frequent first: a table with one line for each. */
export function statistics(rules: ReadonlyMap<string, number>, linter: Pick<Linter, 'rules'>): string {
  const active = new Map(linter.rules.map(({ rule, severity }) => [rule.id, { rule, severity }]));
  const rows = [...rules].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const width = Math.max(0, ...rows.map(([, count]) => grouped(count).length));
  const name = Math.max(0, ...rows.map(([id]) => id.length));
  return rows
    .map(([id, count]) => {
      const one = active.get(id);
      const words = `${one?.severity ?? ''}`.padEnd(7);
      return `${grouped(count).padStart(width)}  ${words}  ${id.padEnd(name)}  ${one?.rule.what ?? ''}`.trimEnd();
    })
    .map((line) => `${line}\n`)
    .join('');
}
