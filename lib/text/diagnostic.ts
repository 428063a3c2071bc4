import type { Edit } from './edits.ts';

/** How much a finding weighs: a server refuses or mail breaks, it works against the standard, or it is worth knowing. */
export type Severity = 'error' | 'warning' | 'info';

/** A range of octets in one file, the end not included. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A span with the file it lies in. */
export interface Place {
  readonly file: SourceFile;
  readonly span: Span;
}

/** A file as it was read; `included` tells from where, for the trail of a diagnostic. */
export interface SourceFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly included?: Place;
}

/** Values that the sentence of a finding is made of. */
export type Args = Readonly<Record<string, string | number>>;

/** A second place that belongs to a finding, with what is there. */
export interface Related {
  readonly place: Place;
  readonly message: string;
}

/** A change that mends a finding; `safe` when the zone keeps its meaning or the fix is plainly what was meant. */
export interface Fix {
  readonly title: string;
  readonly safe: boolean;
  readonly file: SourceFile;
  readonly edits: readonly Edit[];
}

/** One finding, from the scanner to the certificate rules; the sentence is made by the rule from `args`. */
export interface Diagnostic {
  readonly rule: string;
  readonly severity: Severity;
  readonly args: Args;
  readonly place: Place;
  readonly zone: string;
  readonly name?: string;
  readonly type?: string;
  readonly related: readonly Related[];
  readonly fixes: readonly Fix[];
}
