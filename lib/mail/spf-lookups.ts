import { equalNames, nameKey } from '../rr/name.ts';
import type { SpfDirective, SpfModifier } from './spf.ts';
import { evaluatedTerms, isReference, needsLookup, type SpfAnswers, type SpfFound, targetOf } from './spf-answers.ts';

/** A term that was counted, with the record it stands in. */
export interface SpfStep<Found extends SpfFound> {
  readonly found: Found;
  readonly term: SpfDirective | SpfModifier;
}

/** DNS terms of one term of a record, and of what it includes. */
export interface SpfTermCost<Found extends SpfFound> {
  readonly term: SpfDirective | SpfModifier;
  readonly lookups: number;
  /** Look-ups among them that surely find nothing, in order. */
  readonly voids: readonly SpfStep<Found>[];
  /** Includes and redirects that lead where nobody has told us about: each counts 1. */
  readonly unfollowed: number;
  /** The records it leads to, the nearest first. */
  readonly reached: readonly Found[];
}

/** Look-ups of a record in the longest case, that is when nothing matches before `all` (RFC 7208 §4.6.4). */
export interface SpfCost<Found extends SpfFound> {
  readonly lookups: number;
  readonly voids: readonly SpfStep<Found>[];
  readonly unfollowed: number;
  /** Look-ups that could find nothing: those of a, mx and exists. */
  readonly askings: number;
  /** The terms that need look-ups, in the order of evaluation. */
  readonly terms: readonly SpfTermCost<Found>[];
}

/** Counting ends here: ten is the limit, and records that include each other again and again have no end. */
export const MOST_STEPS = 50;

/** Counts the DNS terms of a record, those of included records too as far as they are known. */
export function spfCost<Found extends SpfFound>(found: Found, answers: SpfAnswers<Found>): SpfCost<Found> {
  const counter = new Counter(answers);
  const terms: SpfTermCost<Found>[] = [];
  for (const term of evaluatedTerms(found.spf)) {
    if (!needsLookup(term)) continue;
    const before = counter.mark();
    counter.count(found, term, [found.name]);
    terms.push({ term, ...counter.since(before) });
  }
  const { lookups, voids, unfollowed } = counter.since({ lookups: 0, unfollowed: 0, voids: 0, reached: 0 });
  return { lookups, voids, unfollowed, askings: counter.askings, terms };
}

interface Mark {
  readonly lookups: number;
  readonly unfollowed: number;
  readonly voids: number;
  readonly reached: number;
}

class Counter<Found extends SpfFound> {
  private readonly answers: SpfAnswers<Found>;
  askings = 0;
  private lookups = 0;
  private unfollowed = 0;
  private readonly voids: SpfStep<Found>[] = [];
  private readonly reached: Found[] = [];

  constructor(answers: SpfAnswers<Found>) {
    this.answers = answers;
  }

  mark(): Mark {
    const { lookups, unfollowed } = this;
    return { lookups, unfollowed, voids: this.voids.length, reached: this.reached.length };
  }

  since(mark: Mark): Omit<SpfTermCost<Found>, 'term'> {
    return {
      lookups: this.lookups - mark.lookups,
      unfollowed: this.unfollowed - mark.unfollowed,
      voids: this.voids.slice(mark.voids),
      reached: this.reached.slice(mark.reached),
    };
  }

  count(found: Found, term: SpfDirective | SpfModifier, path: readonly Uint8Array[]): void {
    if (this.lookups >= MOST_STEPS) return;
    this.lookups++;
    const target = targetOf(term, found.name);
    if (!isReference(term)) {
      this.askings++;
      if (target !== undefined && this.isVoid(term, target)) this.voids.push({ found, term });
      return;
    }
    if (target !== undefined && path.some((name) => equalNames(name, target))) return;
    const next = target === undefined ? 'unknown' : this.answers.record(target);
    if (next === 'unknown') this.unfollowed++;
    if (typeof next === 'string' || target === undefined) return;
    this.reached.push(next);
    for (const inner of evaluatedTerms(next.spf)) if (needsLookup(inner)) this.count(next, inner, [...path, target]);
  }

  /** Whether a term asks for something that surely is not there, whatever the address of the client. */
  private isVoid(term: SpfDirective | SpfModifier, target: Uint8Array): boolean {
    if (term.kind === 'modifier') return false;
    switch (term.mechanism) {
      case 'a':
      case 'exists':
        return this.answers.addresses(target)?.length === 0;
      case 'mx':
        return this.answers.exchanges(target)?.length === 0;
      default:
        return false;
    }
  }
}

/**
 * The terms by which a record comes back to itself through include and redirect, first its own; undefined when it does not,
 * as far as the records are known.
 */
export function spfLoop<Found extends SpfFound>(
  found: Found,
  answers: SpfAnswers<Found>,
): readonly SpfStep<Found>[] | undefined {
  // Breadth first, so that the shortest way round is found; every record is looked at once.
  const seen = new Set<string>();
  let ends: { readonly at: Found; readonly steps: readonly SpfStep<Found>[] }[] = [{ at: found, steps: [] }];
  for (let visited = 0; ends.length > 0; ) {
    const next: typeof ends = [];
    for (const { at, steps } of ends) {
      for (const term of evaluatedTerms(at.spf)) {
        if (!isReference(term)) continue;
        const target = targetOf(term, at.name);
        if (target === undefined) continue;
        const way = [...steps, { found: at, term }];
        if (equalNames(target, found.name)) return way;
        const key = nameKey(target);
        if (seen.has(key) || ++visited > MOST_STEPS) continue;
        seen.add(key);
        const reached = answers.record(target);
        if (typeof reached !== 'string') next.push({ at: reached, steps: way });
      }
    }
    ends = next;
  }
  return undefined;
}
