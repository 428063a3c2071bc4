import type { Severity } from '../../../lib/text/diagnostic.ts';
import type { Edit } from '../../../lib/text/edits.ts';

/** A place in a file by its name: problems come from another thread, without the octets of the files. */
export interface ProblemPlace {
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

/** A fix of a problem. */
export interface ProblemFix {
  readonly title: string;
  readonly safe: boolean;
  readonly file: string;
  readonly edits: readonly Edit[];
}

/** A finding as the editor has it: plain data that can pass between threads. */
export interface EditorProblem extends ProblemPlace {
  readonly rule: string;
  readonly severity: Severity;
  /** The sentence of the finding. */
  readonly message: string;
  /** What to do, as the rule says it. */
  readonly help: string;
  readonly name?: string;
  readonly type?: string;
  readonly related: readonly (ProblemPlace & { readonly message: string })[];
  readonly fixes: readonly ProblemFix[];
}
