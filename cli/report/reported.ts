import type { Fix, Place, SourceFile, Span } from '../../lib/text/diagnostic.ts';
import { docsOf } from './docs.ts';
import type { ReportedFinding, ReportedFix, ReportedPlace, ReportedRange } from './finding.ts';
import { Fingerprints } from './fingerprint.ts';
import type { Locator, Locators } from './locator.ts';
import type { Finding, FindingContext, Reporter, Texts } from './reporter.ts';
import { sourceSentence } from './words.ts';

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
