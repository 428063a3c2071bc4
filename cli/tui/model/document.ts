import type { Change } from '../../../lib/edit/change.ts';
import type { FileEdits } from '../../../lib/edit/file-writer.ts';
import type { Edit, OctetEdit } from '../../../lib/text/edits.ts';
import type { ReadInclude } from '../../../lib/zone/options.ts';
import type { Zone } from '../../../lib/zone/zone.ts';
import type { ChangedRange } from './changed-ranges.ts';
import type { FileContents } from './effects.ts';

/** Edits of one file, by its name. */
export interface NamedEdits {
  readonly name: string;
  readonly edits: readonly (Edit | OctetEdit)[];
}

/** One step that can be undone: its name for people, and the edits there and back of each file. */
export interface Step {
  readonly name: string;
  readonly forth: readonly NamedEdits[];
  readonly back: readonly NamedEdits[];
}

/** A stack that shares its tail with those before, so that a step costs the same however many there are. */
export interface Steps {
  readonly step: Step;
  readonly rest: Steps | undefined;
  readonly depth: number;
}

/** What is edited: the zone with the octets of its files, as they are, and as they were when read or saved. */
export interface ZoneDocument {
  /** The zone as its files are now; its numbers of records hold until the next step. */
  readonly zone: Zone;
  /** The zone as it was read or saved last. */
  readonly savedZone: Zone;
  /** Every file met, also one that no $INCLUDE names any more. */
  readonly files: FileContents;
  readonly saved: FileContents;
  /** Which file an $INCLUDE means, by including file and path. */
  readonly includes: ReadonlyMap<string, string>;
  /** What differs from the saved octets, by file; files without differences are not in it. */
  readonly changed: ReadonlyMap<string, readonly ChangedRange[]>;
  readonly undone: Steps | undefined;
  readonly done: Steps | undefined;
  /** Grows with every step, undo and redo. */
  readonly revision: number;
  /** Gives files that were not included before. */
  readonly readInclude: ReadInclude | undefined;
}

/** A document after a step, or why there is none, as a sentence. */
export type StepResult =
  | { readonly document: ZoneDocument; readonly edits: readonly NamedEdits[] }
  | { readonly problem: string };
export type { Change, FileEdits };
