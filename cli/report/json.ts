import type { Fix, Place, Related, Span } from '../../lib/text/diagnostic.ts';
import type { Position } from '../../lib/text/lines.ts';
import type { Locators } from './locator.ts';
import type { Finding, FindingContext, Reporter, Summary } from './reporter.ts';
import { sourceSentence } from './words.ts';

/** Number of the report format; it grows when a reader of the old one would be misled. */
const REPORT_VERSION = 1;

/** For programs: one JSON document (schemas/report.schema.json), one finding a line. */
export function jsonReporter(): Reporter {
  return {
    opening: `{\n  "version": ${REPORT_VERSION},\n  "diagnostics": [`,
    between: ',',
    finding: (finding, context) => `\n    ${JSON.stringify(findingJson(finding, context))}`,
    closing: (summary, findings) =>
      `${findings ? '\n  ' : ''}],\n  "summary": ${JSON.stringify(summaryJson(summary))}\n}\n`,
  };
}

function summaryJson({ files, zones, records, errors, warnings, infos, fixable }: Summary): object {
  return { files, zones, records, errors, warnings, infos, fixable };
}

function findingJson({ diagnostic, rule, message }: Finding, { locators }: FindingContext): object {
  const { severity, place, zone, name, type, related, fixes } = diagnostic;
  return {
    rule: diagnostic.rule,
    severity,
    message,
    ...placeJson(place, locators),
    zone,
    ...(name === undefined ? {} : { name }),
    ...(type === undefined ? {} : { type }),
    related: related.map((one) => relatedJson(one, locators)),
    fixes: fixes.map((fix) => fixJson(fix, locators)),
    source: sourceSentence(rule.cites),
    docs: `RULES.md#${rule.id}`,
  };
}

function placeJson({ file, span }: Place, locators: Locators): { file: string; range: object } {
  return { file: file.name, range: rangeJson(locators, { file, span }) };
}

function rangeJson(locators: Locators, { file, span }: Place): { start: Position; end: Position } {
  const locator = locators.of(file);
  return { start: locator.position(span.start), end: locator.position(span.end) };
}

function relatedJson({ place, message }: Related, locators: Locators): object {
  return { ...placeJson(place, locators), message };
}

function fixJson({ title, safe, file, edits }: Fix, locators: Locators): object {
  const span = (start: number, end: number): Span => ({ start, end });
  return {
    title,
    safe,
    file: file.name,
    edits: edits.map(({ start, end, text }) => ({
      range: rangeJson(locators, { file, span: span(start, end) }),
      text,
    })),
  };
}
