import { dirname, join, relative, resolve, sep } from 'node:path';
import type { Diagnostic } from '../../lib/text/diagnostic.ts';
import type { Io } from '../io.ts';
import { counted } from '../report/words.ts';

/** Numbers of findings by rule id. */
export type RuleCounts = ReadonlyMap<string, number>;

/** The findings that are known, by zone file: its path from the folder of the baseline with `/` between the parts. */
export type Baseline = ReadonlyMap<string, RuleCounts>;

/** Rules of one file of which another number was found than is known. */
export interface Deviation {
  readonly rule: string;
  readonly known: number;
  readonly found: number;
}

/** What a baseline leaves of the findings of a file. */
export interface Baselined {
  /** In the order they came. */
  readonly kept: readonly Diagnostic[];
  readonly hidden: number;
  /** Rules with more findings than known: all of them are kept, because nobody can tell which are the new ones. */
  readonly exceeded: readonly Deviation[];
  /** Rules with fewer findings than known. */
  readonly stale: readonly Deviation[];
}

/** What a run found in a zone file. */
export interface FileFindings {
  readonly counts: RuleCounts;
  /** Ids of the rules that were on. */
  readonly active: ReadonlySet<string>;
}

const VERSION = 1;

/** The text of a baseline, sorted and with one number a line, so that changes of it are easy to read and to merge. */
export function baselineText(baseline: Baseline): string {
  const sorted = <T>(map: ReadonlyMap<string, T>): [string, T][] => [...map].sort(([a], [b]) => (a < b ? -1 : 1));
  const files = sorted(baseline)
    .filter(([, counts]) => counts.size > 0)
    .map(([file, counts]) => {
      const lines = sorted(counts).map(([rule, count]) => `      ${JSON.stringify(rule)}: ${count}`);
      return `    ${JSON.stringify(file)}: {\n${lines.join(',\n')}\n    }`;
    });
  const body = files.length === 0 ? '{}' : `{\n${files.join(',\n')}\n  }`;
  return `{\n  "version": ${VERSION},\n  "files": ${body}\n}\n`;
}

/** The name of a zone file in a baseline. */
export function baselineKey(path: string, baselinePath: string, io: Pick<Io, 'cwd'>): string {
  const folder = dirname(resolve(io.cwd, baselinePath));
  return relative(folder, resolve(io.cwd, path)).split(sep).join('/');
}

/** How many findings of each rule there are. */
export function countRules(found: readonly Pick<Diagnostic, 'rule'>[]): RuleCounts {
  const counts = new Map<string, number>();
  for (const { rule } of found) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return counts;
}

/**
 * Hides the findings of each rule of which there are at most as many as known. Of rules that were off nothing is said: they
 * may well find what is known.
 */
export function applyBaseline(
  found: readonly Diagnostic[],
  known: RuleCounts | undefined,
  active: ReadonlySet<string>,
): Baselined {
  if (known === undefined) return { kept: found, hidden: 0, exceeded: [], stale: [] };
  const counts = countRules(found);
  const deviations = [...known]
    .filter(([rule, number]) => active.has(rule) && counts.get(rule) !== number)
    .map(([rule, number]): Deviation => ({ rule, known: number, found: counts.get(rule) ?? 0 }));
  const kept = found.filter(({ rule }) => (counts.get(rule) ?? 0) > (known.get(rule) ?? 0));
  return {
    kept,
    hidden: found.length - kept.length,
    exceeded: deviations.filter((each) => each.found > each.known),
    stale: deviations.filter((each) => each.found < each.known),
  };
}

/** What a baseline says of files that are gone. */
export function goneFiles(baseline: Baseline, exists: (file: string) => boolean): readonly string[] {
  return [...baseline.keys()].filter((file) => !exists(file)).sort();
}

/** Whether a zone file that a baseline names is still there. */
export function fileExists(baselinePath: string, io: Io): (file: string) => boolean {
  return (file) => io.kind(join(dirname(baselinePath), file)) !== 'missing';
}

/**
 * The baseline after a run: what it found takes the place of what was known, rule by rule. What is known of rules that were
 * off and of files that were not linted stays, as long as the files are there.
 */
export function updatedBaseline(
  old: Baseline,
  linted: ReadonlyMap<string, FileFindings>,
  exists: (file: string) => boolean,
): Baseline {
  const updated = new Map<string, RuleCounts>();
  for (const [file, counts] of old) if (!linted.has(file) && exists(file)) updated.set(file, counts);
  for (const [file, { counts, active }] of linted) {
    const still = [...(old.get(file) ?? [])].filter(([rule]) => !active.has(rule));
    updated.set(file, new Map([...still, ...counts]));
  }
  return updated;
}

/** Says that there are more findings than known. */
export function sayExceeded(file: string, { rule, known, found }: Deviation): string {
  return `${file}: ${counted(found, 'finding')} of ${rule}, the baseline knows ${known}; all are shown`;
}

/** Says that there are fewer findings than known. */
export function sayStale(file: string, { rule, known, found }: Deviation): string {
  const left = found === 0 ? 'no finding' : counted(found, 'finding');
  return `${file}: ${left} of ${rule} left, the baseline knows ${known}; --update-baseline takes the rest out`;
}

/** Says that a file of the baseline is gone. */
export function sayGone(file: string): string {
  return `${file} is in the baseline and does not exist any more; --update-baseline takes it out`;
}
