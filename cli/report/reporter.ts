import type { Rule } from '../../lib/lint/rule.ts';
import type { Diagnostic, SourceFile } from '../../lib/text/diagnostic.ts';
import type { ReportedFinding } from './finding.ts';
import type { Locator, Locators } from './locator.ts';

/** One of several equal parts of the files, counted from 1. */
export interface Shard {
  readonly part: number;
  readonly of: number;
}

/** One finding as a reporter gets it from the linter. */
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

/** The texts that findings point into, as far as they are at hand and may be shown. */
export interface Texts {
  of(file: string): Locator | undefined;
}

/** What a run found and looked at; a report put together from others has no time and no count of rules. */
export interface Summary {
  readonly files: number;
  readonly zones: number;
  readonly records: number;
  readonly rules?: number;
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  readonly fixable: number;
  readonly milliseconds?: number;
}

/** A file that was not checked; `skipped` when nobody asked for that very file. */
export interface ReportedFailure {
  readonly file: string;
  readonly message: string;
  readonly skipped: boolean;
}

/** What the end of a document tells beside the findings. */
export interface Ending {
  /** The part of the zone files that was looked at, when it is one of several. */
  readonly shard?: Shard | undefined;
  /** Zone files that were checked, in the order of the run. */
  readonly files: readonly string[];
  readonly failures: readonly ReportedFailure[];
  /** Ids of the rules that spoke. */
  readonly rules: readonly string[];
}

/** Writes findings in one format. Findings are rendered one by one, in any thread; the document is put together in one. */
export interface Reporter {
  readonly opening: string;
  /** Stands between two findings. */
  readonly between: string;
  /** A document for programs or a page: whole whatever else is left out, its end included. */
  readonly document?: true;
  /** Renders a finding of the linter. */
  finding(finding: Finding, context: FindingContext): string;
  /** Renders a finding of a finished report; `rule` as far as this version knows it. */
  reported(finding: ReportedFinding, texts: Texts, rule: Rule | undefined): string;
  /** Takes a rendered finding into the document, in order: what is written now. Without it the rendered finding itself. */
  take?(rendered: string): string;
  /** Tells that all findings of a zone file have been taken: what is written now. */
  checked?(file: string): string;
  /** Ends the document; `findings` tells whether there were any. */
  closing(summary: Summary, findings: boolean, ending: Ending): string;
}

/** Names of the report formats. */
export type ReportFormat =
  | 'pretty'
  | 'concise'
  | 'json'
  | 'sarif'
  | 'github'
  | 'gitlab'
  | 'junit'
  | 'checkstyle'
  | 'html';
