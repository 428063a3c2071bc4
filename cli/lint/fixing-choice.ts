import type { Diagnostic, Fix, SourceFile } from '../../lib/text/diagnostic.ts';
import { applyEdits, type Edit, planEdits } from '../../lib/text/edits.ts';
import type { Zone } from '../../lib/zone/zone.ts';

/** Octets of changed files by name. */
export type ChangedBytes = ReadonlyMap<string, Uint8Array>;

/** A fix with the finding that it mends. */
export interface Mend {
  readonly diagnostic: Diagnostic;
  readonly fix: Fix;
}

/** Tells mends apart over passes, in which places move. */
export function keyOf({ diagnostic: { rule, name, type, args }, fix: { title, file } }: Mend): string {
  return JSON.stringify([rule, file.name, name, type, args, title]);
}

/**
 * The fixes that can be made together, each with all its edits: one for each finding, in the order of the findings, of those
 * that touch each other the first. Only files of the zone are edited.
 */
export function chooseMends(
  { zone, found }: { readonly zone: Zone; readonly found: readonly Diagnostic[] },
  allowed: (mend: Mend) => boolean,
): Mend[] {
  const files = new Map(zone.files.map((file) => [file.name, file]));
  const taken = new Map<string, Taken>();
  const chosen: Mend[] = [];
  for (const diagnostic of found) {
    const mends = diagnostic.fixes.map((fix) => ({ diagnostic, fix }));
    const usable = mends.filter((mend) => isUsable(mend.fix, files.get(mend.fix.file.name)) && allowed(mend));
    const mend = usable.find(({ fix }) => fix.safe) ?? usable[0];
    if (mend === undefined) continue;
    const { name } = mend.fix.file;
    const ofFile = taken.get(name) ?? new Taken();
    taken.set(name, ofFile);
    if (ofFile.take(mend.fix.edits)) chosen.push(mend);
  }
  return chosen;
}

/** The changed files after some mends. */
export function withMends(changed: ChangedBytes, mends: readonly Mend[]): ChangedBytes {
  const edits = new Map<string, { readonly bytes: Uint8Array; readonly edits: Edit[] }>();
  for (const { fix } of mends) {
    const { name, bytes } = fix.file;
    const ofFile = edits.get(name) ?? { bytes, edits: [] };
    edits.set(name, ofFile);
    for (const edit of fix.edits) ofFile.edits.push(edit);
  }
  const after = new Map(changed);
  for (const [name, ofFile] of edits) after.set(name, applyEdits(ofFile.bytes, ofFile.edits));
  return after;
}

/** Whether a fix edits a file of the zone, within its bounds, and changes something. */
function isUsable({ edits }: Fix, file: SourceFile | undefined): boolean {
  if (file === undefined || planEdits(edits, file.bytes.length).conflicting.length > 0) return false;
  const encoder = new TextEncoder();
  return edits.some(
    ({ start, end, text }) => Buffer.compare(file.bytes.subarray(start, end), encoder.encode(text)) !== 0,
  );
}

/** The ranges of a file that fixes have taken; those that only touch would make the outcome depend on the order. */
class Taken {
  private readonly starts: number[] = [];
  private readonly ends: number[] = [];

  /** Takes all ranges, or none when one of them touches another fix. */
  take(edits: readonly Edit[]): boolean {
    if (!edits.every(({ start, end }) => this.isFree(start, end))) return false;
    for (const { start, end } of edits) {
      const at = this.firstFrom(start);
      this.starts.splice(at, 0, start);
      this.ends.splice(at, 0, end);
    }
    return true;
  }

  private isFree(start: number, end: number): boolean {
    const at = this.firstFrom(start);
    return (
      (at === 0 || (this.ends[at - 1] as number) < start) &&
      (at === this.starts.length || (this.starts[at] as number) > end)
    );
  }

  /** Index of the first range that starts at or behind an offset. */
  private firstFrom(offset: number): number {
    let low = 0;
    let high = this.starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.starts[middle] as number) < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
