import type { Io } from '../io.ts';
import { counted } from '../report/words.ts';
import { unifiedDiff } from './diff.ts';
import { type Failure, orFailure } from './failure.ts';
import { type FixResult, fixAll } from './fixing.ts';
import { AllChanges, overlayIo } from './fixing-overlay.ts';
import { writeChanged } from './fixing-write.ts';
import type { Linter, ZoneReport } from './linter.ts';
import type { Quota } from './quota.ts';
import type { FixChoice } from './request.ts';
import type { ConfiguredTarget, Linted } from './zone-linter.ts';

/** What mending has done when all files are through. */
export interface Mended {
  /** Octets of the changes as a unified diff. */
  readonly diff: Uint8Array;
  /** Sentences about what was not done. */
  readonly notes: readonly string[];
  /** Sentences about files that could not be written. */
  readonly problems: readonly string[];
  /** One sentence on what was done. */
  readonly summary: string;
}

/** Mends zone after zone; zones that share a file build on each other's changes. */
export class Mending {
  private readonly choice: FixChoice;
  private readonly linter: Linter;
  private readonly io: Io;
  private readonly changes = new AllChanges();
  private readonly notes: string[] = [];
  private fixed = 0;

  constructor(choice: FixChoice, linter: Linter, io: Io) {
    this.choice = choice;
    this.linter = linter;
    this.io = io;
  }

  /** Mends the zone of a file; the report tells what is left. */
  mend(target: ConfiguredTarget, quota: Quota): ZoneReport | Failure {
    return orFailure(target, () => {
      const result = this.fix(target);
      this.changes.add(result.changed);
      for (const note of result.notes) this.notes.push(note);
      for (const count of result.fixed.values()) this.fixed += count;
      return this.linter.report(result.last, quota);
    });
  }

  /** Writes the changed files if that was asked for. */
  finish(): Mended {
    const { all } = this.changes;
    const { write } = this.choice;
    const { written, problems } = write ? writeChanged(all, this.io) : { written: [], problems: [] };
    const files = counted(write ? written.length : all.length, 'file');
    const findings = counted(this.fixed, 'finding');
    const done = write ? `Fixed ${findings} in ${files}.` : `Would fix ${findings} in ${files}.`;
    const summary = problems.length === 0 ? done : `Wrote ${written.length} of ${counted(all.length, 'fixed file')}.`;
    const diff = write ? new Uint8Array(0) : unifiedDiff(all, this.io);
    return { diff, notes: this.notes, problems, summary };
  }

  private fix(target: ConfiguredTarget): FixResult<Linted> {
    const { zones } = this.linter;
    const { unsafe, raiseSerial } = this.choice;
    const before = raiseSerial ? zones.before(target, this.io)?.zone : undefined;
    return fixAll<Linted>({
      unsafe,
      lint: (changed) => zones.lint(target, overlayIo(this.io, this.changes.with(changed))),
      ...(raiseSerial && { raiseSerial: { now: this.linter.now, ...(before && { before }) } }),
    });
  }
}
