import type { Severity } from '../../lib/text/diagnostic.ts';
import type { Position } from '../../lib/text/lines.ts';

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

/** The zone file a finding belongs to: its own file, or the one whose includes led there. */
export function zoneFileOf({ file, includedFrom }: ReportedPlace): string {
  return includedFrom?.at(-1)?.file ?? file;
}
