import type { Command } from 'commander';
import type { Io } from './io.ts';

/** Exit codes of every command: nothing found or done, something found, wrong use or a failure. */
export const EXIT_CLEAN = 0;
export const EXIT_FOUND = 1;
export const EXIT_WRONG = 2;

/** A command of the command line: what it takes, and what it does with that. */
export interface CommandModule {
  /** Adds arguments, options and examples. */
  declare(command: Command): void;
  /** Runs with the arguments and the options as commander has read them; the exit code. */
  run(args: readonly string[], options: Readonly<Record<string, unknown>>, io: Io): number | Promise<number>;
}
