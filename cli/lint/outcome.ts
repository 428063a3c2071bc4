import type { Failure } from './failure.ts';
import type { Asked } from './given-zones.ts';
import type { ZoneReport } from './linter.ts';
import type { Block } from './quota.ts';

/** Where `--cache` keeps results. */
export const CACHE_FILE = '.zonewright-cache';

/** A file with the hash of the octets that were read. */
export type HashedFile = readonly [path: string, hash: string];

/** Everything a result rests on beside the settings of the run. */
export interface Evidence {
  /** The zone's own file first, then what it includes, policy files and files of other zones. */
  readonly files: readonly HashedFile[];
  /** Other zones that were looked for. */
  readonly asked: readonly Asked[];
  /** Milliseconds since 1970, when a rule looked at the clock: the moment, or the day it lies in. */
  readonly moment?: number;
  readonly day?: number;
  /** The day from which on the result holds, when all that rules asked was whether some day had passed. */
  readonly since?: number;
}

/** What a file gave, complete. */
export type Outcome = WholeReport | Failure;

/** A report with all its findings rendered. */
export interface WholeReport extends Omit<ZoneReport, 'blocks' | 'uses'> {
  readonly blocks: readonly Block[];
  /** What the report rests on, when it is to be kept for later runs. */
  readonly evidence?: Evidence;
}
