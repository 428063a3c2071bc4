import { NOTES } from '../../lib/rr/problem.ts';
import type { Diagnostic } from '../../lib/text/diagnostic.ts';
import type { Zone } from '../../lib/zone/zone.ts';
import { UsageError } from '../errors.ts';
import { FileError } from '../io.ts';
import { type ChangedBytes, type Mend, withMends } from './fixing-choice.ts';
import { fingerprintOf } from './history-fingerprint.ts';

/** A zone as it was linted. */
export interface LintedZone {
  readonly zone: Zone;
  readonly found: readonly Diagnostic[];
}

/** Lints the zone with these files in place of those on the disk. */
export type LintChanged<L extends LintedZone> = (changed: ChangedBytes) => L;

/** Where fixing stands: the files as changed so far, and their findings. */
export interface Stand<L extends LintedZone> {
  readonly changed: ChangedBytes;
  readonly linted: L;
}

/** A mend that was left out, and why, as a clause. */
export interface LeftOut {
  readonly mend: Mend;
  readonly why: string;
}

/** What became of mends: the stand after those that did no harm, and those that did. */
export interface Tried<L extends LintedZone> {
  readonly stand: Stand<L>;
  readonly made: readonly Mend[];
  readonly leftOut: readonly LeftOut[];
}

/** Makes mends and takes back those that bring errors, found by halving; lints at most as often as allowed. */
export class Trial<L extends LintedZone> {
  private readonly lint: LintChanged<L>;
  private left: number;

  constructor(lint: LintChanged<L>, most: number) {
    this.lint = lint;
    this.left = most;
  }

  make(from: Stand<L>, mends: readonly Mend[]): Tried<L> {
    const leftOut: LeftOut[] = [];
    let stand = from;
    const tryOn = (made: readonly Mend[], more: readonly Mend[]): readonly Mend[] => {
      const all = [...made, ...more];
      const { after, why } = this.outcome(from, all);
      if (after !== undefined) {
        stand = after;
        return all;
      }
      if (more.length === 1 || this.left <= 0) {
        const clause = more.length === 1 ? why : `${why}, unless other fixes do`;
        for (const mend of more) leftOut.push({ mend, why: clause });
        return made;
      }
      const half = more.length >> 1;
      return tryOn(tryOn(made, more.slice(0, half)), more.slice(half));
    };
    const made = tryOn([], mends);
    return { stand, made, leftOut };
  }

  /** The stand after all mends, or why it is none. */
  private outcome(from: Stand<L>, mends: readonly Mend[]): { after?: Stand<L>; why: string } {
    this.left--;
    const changed = withMends(from.changed, mends);
    try {
      const linted = this.lint(changed);
      const why = newError(from.linted, linted, mends);
      return why === undefined ? { after: { changed, linted }, why: '' } : { why: `it would bring ${why}` };
    } catch (error) {
      if (error instanceof UsageError || error instanceof FileError)
        return { why: 'the zone could not be read any more' };
      throw error;
    }
  }
}

/** An error that was not there before the mends, in words. */
export function newError(before: LintedZone, after: LintedZone, mends: readonly Mend[]): string | undefined {
  if (faults(after.zone) > faults(before.zone)) return 'a syntax error';
  const known = new Map<string, number>();
  const balance = new Map<string, number>();
  for (const one of errorsOf(before.found)) {
    known.set(fingerprintOf(one), (known.get(fingerprintOf(one)) ?? 0) + 1);
    balance.set(one.rule, (balance.get(one.rule) ?? 0) - 1);
  }
  for (const { rule } of errorsOf(mends.map(({ diagnostic }) => diagnostic))) {
    balance.set(rule, (balance.get(rule) ?? 0) + 1);
  }
  const strangers = new Set<string>();
  for (const one of errorsOf(after.found)) {
    const key = fingerprintOf(one);
    const left = known.get(key) ?? 0;
    known.set(key, left - 1);
    balance.set(one.rule, (balance.get(one.rule) ?? 0) + 1);
    if (left <= 0) strangers.add(one.rule);
  }
  // A finding may only read differently, because a fix changed a name in it: then there are not more of its rule.
  const rule = [...strangers].find((id) => (balance.get(id) ?? 0) > 0);
  return rule === undefined ? undefined : `a new error of ${rule}`;
}

function errorsOf(found: readonly Diagnostic[]): Diagnostic[] {
  return found.filter(({ severity }) => severity === 'error');
}

/** Counts what the reader could not read, whichever rules are on. */
function faults(zone: Zone): number {
  return zone.problems.filter(({ code }) => !NOTES.has(code)).length;
}
