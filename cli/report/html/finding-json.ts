import type { Severity } from '../../../lib/text/diagnostic.ts';
import { printable } from '../characters.ts';
import type { ReportedFinding, ReportedFix, ReportedPlace } from '../finding.ts';
import { CONTEXT_LINES, spanOf } from '../pretty.ts';
import type { Texts } from '../reporter.ts';
import { frameJson, type RowJson } from './frame-json.ts';

/** A place that the page names, with its frame when its text is at hand and not yet shown. */
export interface PlaceJson {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** `file:line` of each include on the way, the nearest first. */
  readonly from: readonly string[];
  readonly frame: readonly RowJson[];
}

/** A finding as the script of the page reads it. */
export interface FindingJson extends PlaceJson {
  readonly severity: Severity;
  readonly rule: string;
  readonly message: string;
  readonly zone: string;
  /** Owner and type of the record meant. */
  readonly subject: string;
  readonly related: readonly (PlaceJson & { readonly message: string })[];
  readonly fixes: readonly { readonly title: string; readonly safe: boolean; readonly line: string }[];
  readonly source: string;
}

/** Everything the page shows of a finding. */
export function findingJson(finding: ReportedFinding, texts: Texts): FindingJson {
  const { severity, rule, message, zone, name = '', type = '', related, fixes, source } = finding;
  const text = texts.of(finding.file);
  const beside = text === undefined ? [] : related.filter(({ file }) => file === finding.file);
  const marks = beside.map((one) => ({ span: spanOf(one.range), label: one.message }));
  const frame = text === undefined ? [] : frameJson(text, { span: spanOf(finding.range) }, marks, CONTEXT_LINES);
  return {
    severity,
    rule,
    message: printable(message),
    ...placeJson(finding, frame),
    zone: printable(zone),
    subject: printable(`${name} ${type}`.trim()),
    related: related
      .filter((one) => !beside.includes(one))
      .map((one) => ({ message: printable(one.message), ...placeJson(one, smallFrame(one, texts)) })),
    fixes: fixes.map((fix) => ({ title: printable(fix.title), safe: fix.safe, line: lineAfter(fix, texts) })),
    source: printable(source),
  };
}

function placeJson({ file, range, includedFrom = [] }: ReportedPlace, frame: readonly RowJson[]): PlaceJson {
  const { line, column } = range.start;
  return {
    file: printable(file),
    line,
    column,
    from: includedFrom.map((from) => `${printable(from.file)}:${from.line}`),
    frame,
  };
}

function smallFrame({ file, range }: ReportedPlace, texts: Texts): RowJson[] {
  const text = texts.of(file);
  return text === undefined ? [] : frameJson(text, { span: spanOf(range) }, [], 0);
}

const LONGEST_LINE = 400;

/** The line that a fix within one line leaves; empty for other fixes. */
function lineAfter({ file, edits }: ReportedFix, texts: Texts): string {
  const text = texts.of(file);
  const number = edits[0]?.range.start.line ?? 0;
  const oneLine = edits.every(({ range }) => range.start.line === number && range.end.line === number);
  if (text === undefined || !oneLine) return '';
  const line = text.range(number);
  if (line.end - line.start > LONGEST_LINE || edits.some((edit) => edit.text.includes('\n'))) return '';
  const decoder = new TextDecoder();
  let at = line.start;
  let after = '';
  for (const edit of [...edits].sort((a, b) => a.range.start.offset - b.range.start.offset)) {
    const { start, end } = spanOf(edit.range);
    after += decoder.decode(text.bytes.subarray(at, start)) + edit.text;
    at = end;
  }
  return printable((after + decoder.decode(text.bytes.subarray(at, line.end))).replaceAll('\t', '    '));
}
