import type { Rule } from '../../lib/lint/rule.ts';
import type { Diagnostic, SourceFile } from '../../lib/text/diagnostic.ts';
import type { Locators } from './locator.ts';

/** One finding as a reporter gets it. */
export interface Finding {
  readonly diagnostic: Diagnostic;
  readonly rule: Rule;
  /** The rule's sentence. */
  readonly message: string;
}

/** What findings of one zone share. */
export interface FindingContext {
  readonly locators: Locators;
  /** Files whose text may be shown: those of the zone, never a certificate file, which may hold a key beside it. */
  readonly showable: ReadonlySet<SourceFile>;
}

/** What a run found and looked at. */
export interface Summary {
  readonly files: number;
  readonly zones: number;
  readonly records: number;
  readonly rules: number;
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  readonly fixable: number;
  readonly milliseconds: number;
}

/** Writes findings in one format, one by one; it keeps nothing, so that findings can be rendered anywhere. */
export interface Reporter {
  readonly opening: string;
  /** Stands between two findings. */
  readonly between: string;
  finding(finding: Finding, context: FindingContext): string;
  /** Ends the document; `findings` tells whether there were any. */
  closing(summary: Summary, findings: boolean): string;
}

/** Names of the report formats. */
export type ReportFormat = 'pretty' | 'concise' | 'json';
