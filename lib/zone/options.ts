import type { SourceFile } from '../text/diagnostic.ts';

/** Gives the file an `$INCLUDE` names, or says in a clause why it cannot be had. */
export type ReadInclude = (
  path: string,
  from: SourceFile,
) => { readonly name: string; readonly bytes: Uint8Array } | { readonly problem: string };

/** Bounds on what a hostile zone file may make of the reader. */
export interface ReadLimits {
  /** How deep includes may nest. */
  readonly includeDepth: number;
  /** How many files one zone may have. */
  readonly includeFiles: number;
  /** How many records all `$GENERATE` of a zone may make. */
  readonly generated: number;
  /** How many entries may be broken before the reader gives up on the rest of the zone. */
  readonly broken: number;
}

/** The limits used when none are given. */
export const READ_LIMITS: ReadLimits = {
  includeDepth: 16,
  includeFiles: 10_000,
  generated: 1_000_000,
  broken: 100_000,
};

/** What a zone is read from. */
export interface ReadOptions {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Wire form of the zone's name; relative names start from it. */
  readonly origin: Uint8Array;
  /** Without it every `$INCLUDE` is a problem. */
  readonly readInclude?: ReadInclude;
  readonly limits?: ReadLimits;
  /** False reads every entry by the close look; the zone is the same, only slower. */
  readonly fast?: boolean;
}
