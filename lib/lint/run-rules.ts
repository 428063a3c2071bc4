import { TYPE, typeToText } from '../rr/types.ts';
import type { Diagnostic, Place, Related, SourceFile } from '../text/diagnostic.ts';
import type { Zone, ZoneProblem } from '../zone/zone.ts';
import type { ActiveRule } from './active-rule.ts';
import type { Facts, Part } from './facts.ts';
import type { Details, OptionValue, RelatedAt, Report, Rule, Settings } from './rule.ts';
import { type FactsInput, ZoneFacts } from './zone-facts.ts';

/** What one zone is linted with. */
export interface LintInput extends FactsInput {
  /** The certificate files by name, so that a finding can show the place in them. */
  readonly certificateFiles: ReadonlyMap<string, Uint8Array>;
}

/** What the rules found in one zone, in no order, and what they looked at. */
export interface Findings {
  readonly facts: Facts;
  readonly found: readonly Diagnostic[];
}

/**
 * Runs the rules over zones; comments hide nothing yet. Each rule looks at all zones before the next does: the code of hundreds
 * of rules does not fit into the caches of a processor, that of one and a few small zones do.
 */
export function runRules(inputs: readonly LintInput[], active: readonly ActiveRule[]): readonly Findings[] {
  const runs = inputs.map((input) => new ZoneRun(input, active));
  for (const { one, needs, check, settings } of lookingAmong(active)) {
    for (const { facts, collector } of runs) {
      if (needs !== undefined && !has(facts, needs)) continue;
      collector.active = one;
      check(facts, collector, settings);
    }
  }
  return runs;
}

/** One zone while the rules look at it. */
class ZoneRun implements Findings {
  readonly facts: Facts;
  readonly found: Diagnostic[] = [];
  readonly collector: Collector;

  constructor(input: LintInput, active: readonly ActiveRule[]) {
    this.facts = new ZoneFacts(input);
    readerFindings(input.zone, this.facts, active, this.found);
    this.collector = new Collector(this.facts, input, this.facts.nameText(input.zone.apex), this.found);
  }
}

/** Has one rule look at facts, wherever it reports to. */
export function runRule(one: ActiveRule, facts: Facts, report: Report): void {
  const { needs, check } = one.rule;
  if (needs === undefined || has(facts, needs)) check?.(facts, report, new RuleSettings(one));
}

function has(facts: Facts, needs: NonNullable<Rule['needs']>): boolean {
  if (needs === 'certificates') return facts.certificates.length > 0;
  if (needs === 'policies') return facts.policies.length > 0;
  for (let index = 0; index < needs.length; index++) {
    if (facts.records(needs[index] as number).length > 0) return true;
  }
  return false;
}

/** A rule that looks at facts itself. Rules are objects of many shapes, of which reading a property is slow; these are of one. */
interface Looking {
  readonly one: ActiveRule;
  readonly needs: Rule['needs'];
  readonly check: NonNullable<Rule['check']>;
  readonly settings: RuleSettings;
}

const looking = new WeakMap<readonly ActiveRule[], readonly Looking[]>();

/** The rules that look at facts themselves, found once for a choice of rules that many zones share. */
function lookingAmong(active: readonly ActiveRule[]): readonly Looking[] {
  const known = looking.get(active);
  if (known !== undefined) return known;
  const found = active.flatMap((one): Looking[] => {
    const { needs, check } = one.rule;
    return check === undefined ? [] : [{ one, needs, check, settings: new RuleSettings(one) }];
  });
  looking.set(active, found);
  return found;
}

/** Id of the rule that speaks for a problem of the reader. */
export function ruleOfProblem(problem: Pick<ZoneProblem, 'code'>): string {
  switch (problem.code) {
    case 'mnemonic-nonportable':
      return 'client-mx-mnemonic-nonportable';
    case 'ttl-missing':
      return 'core-ttl-missing';
    default:
      return `syntax-${problem.code}`;
  }
}

/** Findings the reader made, of those active rules that do not look themselves. */
function readerFindings(zone: Zone, facts: Facts, active: readonly ActiveRule[], found: Diagnostic[]): void {
  if (zone.problems.length === 0) return;
  const rules = new Map(active.filter(({ rule }) => rule.check === undefined).map((one) => [one.rule.id, one]));
  const zoneName = facts.nameText(zone.apex);
  for (const problem of zone.problems) {
    const one = rules.get(ruleOfProblem(problem));
    const file = zone.files[problem.file];
    if (one === undefined || file === undefined) continue;
    const { record } = problem;
    const subject = record < 0 ? {} : { name: facts.ownerText(record), type: typeToText(zone.types[record] ?? 0) };
    found.push({
      rule: one.rule.id,
      severity: one.severity,
      args: { ...problem.args, code: problem.code },
      place: { file, span: { start: problem.start, end: problem.end } },
      zone: zoneName,
      ...subject,
      related: [],
      fixes: one.rule.fixOf?.(problem, file) ?? [],
    });
  }
}

/** The options of a rule: what was set, else the default. */
class RuleSettings implements Settings {
  private readonly active: ActiveRule;

  constructor(active: ActiveRule) {
    this.active = active;
  }

  number(name: string): number {
    return this.value(name, (value) => typeof value === 'number');
  }

  flag(name: string): boolean {
    return this.value(name, (value) => typeof value === 'boolean');
  }

  words(name: string): readonly string[] {
    return this.value(name, (value) => Array.isArray(value));
  }

  private value<T extends OptionValue>(name: string, fits: (value: OptionValue) => value is T): T {
    const { rule, options } = this.active;
    const value = options?.[name] ?? rule.options?.[name]?.default;
    if (value === undefined || !fits(value)) throw new Error(`${rule.id} has no option ${name} of that kind`);
    return value;
  }
}

/** Turns what rules report into diagnostics, one rule after the other. */
class Collector implements Report {
  /** The rule that reports now. */
  active: ActiveRule | undefined;
  private readonly facts: Facts;
  private readonly input: LintInput;
  private readonly found: Diagnostic[];
  private readonly zoneName: string;

  constructor(facts: Facts, input: LintInput, zoneName: string, found: Diagnostic[]) {
    this.facts = facts;
    this.input = input;
    this.found = found;
    this.zoneName = zoneName;
  }

  record(record: number, part: Part, details: Details = {}): void {
    this.add(this.facts.place(record, part), details, this.subject(record));
  }

  text(record: number, from: number, to: number, details: Details = {}): void {
    const { facts } = this;
    const place = { file: facts.fileOf(record), span: facts.textSpan(record, from, to) };
    this.add(place, details, this.subject(record));
  }

  place(place: Place, details: Details = {}): void {
    this.add(place, details, {});
  }

  zone(details: Details = {}): void {
    const { facts } = this;
    const soa = facts.rrset(facts.zone.apex, TYPE.SOA)[0];
    if (soa !== undefined) this.add(facts.place(soa, 'owner'), details, { name: this.zoneName });
    else this.add(startOf(facts.zone.files[0]), details, { name: this.zoneName });
  }

  certificate(index: number, details: Details = {}): void {
    const given = this.facts.certificates[index];
    if (given === undefined) return;
    const file = { name: given.file, bytes: this.input.certificateFiles.get(given.file) ?? new Uint8Array(0) };
    this.add({ file, span: firstLine(file.bytes, given.span.start, given.span.end) }, details, {});
  }

  private subject(record: number): { name: string; type: string } {
    const { facts } = this;
    return { name: facts.ownerText(record), type: typeToText(facts.zone.types[record] ?? 0) };
  }

  private add(place: Place, details: Details, subject: { name?: string; type?: string }): void {
    if (this.active === undefined) return;
    const { rule, severity: level, chosen } = this.active;
    const severity = chosen ? level : (details.severity ?? level);
    this.found.push({
      rule: rule.id,
      severity,
      args: details.args ?? {},
      place,
      zone: this.zoneName,
      ...subject,
      related: (details.related ?? []).map((one) => this.related(one)),
      fixes: (details.fixes ?? []).map((fix) => ({ ...fix, file: place.file })),
    });
  }

  private related(one: RelatedAt): Related {
    const place = 'place' in one ? one.place : this.facts.place(one.record, one.part ?? 'entry');
    return { place, message: one.message };
  }
}

function startOf(file: SourceFile | undefined): Place {
  return { file: file ?? { name: '', bytes: new Uint8Array(0) }, span: { start: 0, end: 0 } };
}

/** A certificate block is shown by its first line alone. */
function firstLine(bytes: Uint8Array, start: number, end: number): { start: number; end: number } {
  const newline = bytes.indexOf(0x0a, start);
  return { start, end: newline < 0 || newline > end ? end : newline };
}

/** Orders findings by file as read (certificates last), then place, then rule. */
export function inOrder(found: readonly Diagnostic[], zone: Zone): Diagnostic[] {
  const order = new Map<string, number>(zone.files.map((file, index) => [file.name, index]));
  const rank = (one: Diagnostic): number => order.get(one.place.file.name) ?? zone.files.length;
  return [...found].sort(
    (a, b) =>
      rank(a) - rank(b) ||
      (a.place.file.name < b.place.file.name ? -1 : a.place.file.name > b.place.file.name ? 1 : 0) ||
      a.place.span.start - b.place.span.start ||
      a.place.span.end - b.place.span.end ||
      (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0),
  );
}
