import type { Fix, Place, Severity, SourceFile, Span } from '../../lib/text/diagnostic.ts';
import type { Position } from '../../lib/text/lines.ts';
import { docsOf } from './docs.ts';
import { Fingerprints } from './fingerprint.ts';
import type { Locator, Locators } from './locator.ts';
import type { Finding, FindingContext, Reporter, Texts } from './reporter.ts';
import { sourceSentence } from './words.ts';

/** Part of a file, its end not included. */
export interface ReportedRange {
  readonly start: Position;
  readonly end: Position;
}

/** A place in a file, with the way by which an included file was reached, the nearest first. */
export interface ReportedPlace {
  readonly file: string;
  readonly range: ReportedRange;
  readonly includedFrom?: readonly { readonly file: string; readonly line: number }[];
}

/** Another place that belongs to a finding. */
export interface ReportedRelated extends ReportedPlace {
  readonly message: string;
}

/** A change that mends a finding. */
export interface ReportedFix {
  readonly title: string;
  readonly safe: boolean;
  readonly file: string;
  readonly edits: readonly { readonly range: ReportedRange; readonly text: string }[];
}

/** A finding as programs get it, an element of `diagnostics` in the JSON report: every format is made from it. */
export interface ReportedFinding extends ReportedPlace {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly zone: string;
  readonly name?: string;
  readonly type?: string;
  readonly related: readonly ReportedRelated[];
  readonly fixes: readonly ReportedFix[];
  readonly source: string;
  readonly docs: string;
  /** The same as long as the record stays as it is, wherever it moves in its file. */
  readonly fingerprint?: string;
}

/** What a format says; how findings of the linter become findings of a report is the same for all. */
export interface ReporterParts extends Omit<Reporter, 'finding'> {
  /** Findings have a fingerprint. */
  readonly fingerprints?: true;
}

/** Completes a reporter: findings of the linter are resolved, then rendered as those of a finished report. */
export function reporterOf(parts: ReporterParts): Reporter {
  const { fingerprints: wanted, ...reporter } = parts;
  const zones = new WeakMap<FindingContext, { readonly texts: Texts; readonly fingerprints: Fingerprints }>();
  return {
    ...reporter,
    finding(finding, context) {
      let zone = zones.get(context);
      if (zone === undefined) {
        zone = { texts: textsOf(context), fingerprints: new Fingerprints() };
        zones.set(context, zone);
      }
      const { texts, fingerprints } = zone;
      const found = resolve(finding, context.locators);
      const fingerprint = wanted ? { fingerprint: fingerprints.of(found, texts.of(found.file)) } : {};
      return parts.reported({ ...found, ...fingerprint }, texts, finding.rule);
    },
  };
}

function textsOf({ locators, showable }: FindingContext): Texts {
  let byName: Map<string, SourceFile> | undefined;
  return {
    of(name): Locator | undefined {
      byName ??= new Map([...showable].map((file) => [file.name, file]));
      const file = byName.get(name);
      return file === undefined ? undefined : locators.of(file);
    },
  };
}

function resolve({ diagnostic, rule, message }: Finding, locators: Locators): ReportedFinding {
  const { severity, name, type, related, fixes } = diagnostic;
  return {
    rule: diagnostic.rule,
    severity,
    message,
    ...placeOf(diagnostic.place, locators),
    zone: diagnostic.zone,
    ...(name === undefined ? {} : { name }),
    ...(type === undefined ? {} : { type }),
    related: related.map((one) => ({ ...placeOf(one.place, locators), message: one.message })),
    fixes: fixes.map((fix) => fixOf(fix, locators)),
    source: sourceSentence(rule.cites),
    docs: docsOf(diagnostic.rule),
  };
}

function placeOf({ file, span }: Place, locators: Locators): ReportedPlace {
  const includedFrom = [...trail(file, locators)];
  const range = rangeOf(file, span, locators);
  return { file: file.name, range, ...(includedFrom.length === 0 ? {} : { includedFrom }) };
}

function* trail(file: SourceFile, locators: Locators): Generator<{ file: string; line: number }> {
  for (let from = file.included; from !== undefined; from = from.file.included) {
    yield { file: from.file.name, line: locators.of(from.file).line(from.span.start) };
  }
}

function rangeOf(file: SourceFile, span: Span, locators: Locators): ReportedRange {
  const locator = locators.of(file);
  return { start: locator.position(span.start), end: locator.position(span.end) };
}

function fixOf({ title, safe, file, edits }: Fix, locators: Locators): ReportedFix {
  return {
    title,
    safe,
    file: file.name,
    edits: edits.map(({ start, end, text }) => ({ range: rangeOf(file, { start, end }, locators), text })),
  };
}

/** The zone file a finding belongs to: its own file, or the one whose includes led there. */
export function zoneFileOf({ file, includedFrom }: ReportedPlace): string {
  return includedFrom?.at(-1)?.file ?? file;
}
