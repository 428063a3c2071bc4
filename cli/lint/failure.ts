import { UsageError } from '../errors.ts';
import { FileError } from '../io.ts';
import { BinaryFileError } from '../zone-file.ts';
import type { LintTarget } from './paths.ts';

/** Why a file was not linted; `harmless` when nobody asked for that very file. */
export interface Failure {
  readonly path: string;
  readonly problem: string;
  readonly harmless: boolean;
}

/** What `act` gives, or why the file could not be linted. */
export function orFailure<T>(target: LintTarget, act: () => T): T | Failure {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof UsageError) && !(error instanceof FileError)) throw error;
    const harmless = error instanceof BinaryFileError && !target.named;
    return { path: target.path, problem: error.message, harmless };
  }
}
