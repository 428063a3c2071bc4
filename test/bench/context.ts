import type { Program } from './measure.ts';
import type { Peer } from './peers.ts';
import type { Verdict } from './table.ts';

/** What every case is given. */
export interface Context {
  /** Factor on the size of all inputs. */
  readonly size: number;
  readonly rounds: number;
  readonly peers: readonly Peer[];
  /** Reads a zone into the model, nothing more. */
  read(origin: string, file: string): Program;
  /** Lints with the given options. */
  lint(name: string, options: readonly string[]): Program;
  /** The command line with any arguments. */
  zonewright(name: string, args: readonly string[]): Program;
  /** Path of a program of the bench itself. */
  helper(name: string): string;
  print(text: string): void;
}

/** One comparison of the bench. */
export interface Case {
  readonly id: string;
  readonly title: string;
  /** Runs only when asked for by name. */
  readonly optional?: true;
  run(context: Context): readonly Verdict[];
}
