import type { Args, Diagnostic } from '../../lib/text/diagnostic.ts';

/** Arguments of sentences that only say where something stands. */
const POSITIONS = new Set(['line', 'column', 'offset', 'at', 'position', 'index']);

/**
 * What makes two findings the same one, wherever they stand: the rule, the zone, owner and type of the record, and what the
 * sentence says apart from positions.
 */
export function fingerprintOf({ rule, zone, name, type, args }: Diagnostic): string {
  return JSON.stringify([rule, zone.toLowerCase(), name?.toLowerCase() ?? '', type ?? '', ...saidBy(args)]);
}

function saidBy(args: Args): (readonly [string, string | number])[] {
  return Object.entries(args)
    .filter(([name]) => !POSITIONS.has(name))
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

/** How often each fingerprint occurs. */
export function countFingerprints(found: readonly Diagnostic[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const diagnostic of found) {
    const key = fingerprintOf(diagnostic);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/** The findings that were not there before; of those alike the last ones, when there are more of them than before. */
export function onlyNew(now: readonly Diagnostic[], before: readonly Diagnostic[]): Diagnostic[] {
  const known = countFingerprints(before);
  return now.filter((diagnostic) => {
    const key = fingerprintOf(diagnostic);
    const left = known.get(key) ?? 0;
    known.set(key, left - 1);
    return left <= 0;
  });
}
