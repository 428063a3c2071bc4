import type { SpfDirective, SpfModifier, SpfRecord, SpfTerm } from './spf.ts';
import { expandDomain } from './spf-names.ts';

/** An SPF record with the name it was found at. */
export interface SpfFound {
  readonly name: Uint8Array;
  readonly spf: SpfRecord;
}

/** What is known of the DNS without asking it; `unknown` and undefined stand for names nobody has told us about. */
export interface SpfAnswers<Found extends SpfFound = SpfFound> {
  /** The SPF record of a name; `none` when it surely has none, `several` when it has more than one (RFC 7208 §4.5). */
  record(name: Uint8Array): Found | 'none' | 'several' | 'unknown';
  /** The addresses of a host, aliases followed; empty when it surely has none. */
  addresses(name: Uint8Array): readonly Uint8Array[] | undefined;
  /** The MX hosts of a name, the null MX left out; empty when it surely has none. */
  exchanges(name: Uint8Array): readonly Uint8Array[] | undefined;
}

/** DNS terms a check may use, redirect included (RFC 7208 §4.6.4). */
export const MOST_LOOKUPS = 10;

/** Answers without records a check should put up with (RFC 7208 §4.6.4). */
export const MOST_VOID_LOOKUPS = 2;

/** MX hosts that one `mx` may have (RFC 7208 §4.6.4). */
export const MOST_MX_HOSTS = 10;

/**
 * The terms of a record that a checker may come to, in the order of evaluation: mechanisms up to `all`, then redirect when
 * there is no `all` (RFC 7208 §5.1 and §6.1).
 */
export function evaluatedTerms({ terms }: SpfRecord): readonly (SpfDirective | SpfModifier)[] {
  if (isPlain(terms)) return terms;
  const evaluated: (SpfDirective | SpfModifier)[] = [];
  for (const term of terms) {
    if (term.kind !== 'directive') continue;
    evaluated.push(term);
    if (term.mechanism === 'all') return evaluated;
  }
  const redirect = redirectOf(terms);
  if (redirect !== undefined) evaluated.push(redirect);
  return evaluated;
}

/** Whether terms are mechanisms alone with `all` as the last, as in most records, so that they are evaluated as they stand. */
function isPlain(terms: readonly SpfTerm[]): terms is readonly SpfDirective[] {
  const last = terms.length - 1;
  for (let at = 0; at <= last; at++) {
    const term = terms[at];
    if (term?.kind !== 'directive' || (term.mechanism === 'all') !== (at === last)) return false;
  }
  return last >= 0;
}

/** The first redirect among terms. */
export function redirectOf(terms: readonly SpfTerm[]): SpfModifier | undefined {
  return terms.find((term) => term.kind === 'modifier' && term.modifier === 'redirect') as SpfModifier | undefined;
}

/** Whether a term counts toward the limit of DNS look-ups (RFC 7208 §4.6.4). */
export function needsLookup(term: SpfDirective | SpfModifier): boolean {
  if (term.kind === 'modifier') return true;
  return term.mechanism !== 'all' && term.mechanism !== 'ip4' && term.mechanism !== 'ip6';
}

/** Whether a term continues in the record of another name. */
export function isReference(term: SpfDirective | SpfModifier): boolean {
  return term.kind === 'modifier' || term.mechanism === 'include';
}

/** The name a term asks about in the record of `name`; undefined when it depends on the mail or is broken. */
export function targetOf(term: SpfDirective | SpfModifier, name: Uint8Array): Uint8Array | undefined {
  if (term.kind === 'modifier') return expandDomain(term.value, name);
  if (term.broken) return undefined;
  return term.domain === undefined ? name : expandDomain(term.domain, name);
}
