import type { SpfDirective, SpfModifier, SpfRecord } from '../../../mail/spf.ts';
import {
  evaluatedTerms,
  isReference,
  MOST_LOOKUPS,
  MOST_VOID_LOOKUPS,
  needsLookup,
  type SpfAnswers,
  targetOf,
} from '../../../mail/spf-answers.ts';
import { type SpfCost, spfCost } from '../../../mail/spf-lookups.ts';
import { spfAnswers, spfTexts, type ZoneSpf } from '../../common-spf.ts';
import type { Facts } from '../../facts.ts';

/** An SPF record of the zone with the look-ups it needs. */
export interface Costly {
  readonly found: ZoneSpf;
  readonly cost: SpfCost<ZoneSpf>;
}

/** The records that need more look-ups than allowed, or may have too many that find nothing, counted once for all rules. */
function costlyRecords(facts: Facts): readonly Costly[] {
  return facts.once(count);
}

function count(facts: Facts): readonly Costly[] {
  const answers = spfAnswers(facts);
  const costly: Costly[] = [];
  // Records with the same text need as much, so that one of them is looked at closely.
  const light = new Map<SpfRecord, boolean>();
  for (const found of spfTexts(facts).records) {
    if (light.get(found.spf) === true) continue;
    const asking = evaluatedTerms(found.spf).filter((term) => needsLookup(term));
    const cost = isPlainlyLight(found, asking, answers) ? undefined : spfCost(found, answers);
    const isLight = cost === undefined || (cost.lookups <= MOST_LOOKUPS && cost.askings <= MOST_VOID_LOOKUPS);
    if (!asking.some((term) => isReference(term) && hasMacro(term))) light.set(found.spf, isLight);
    if (!isLight && isOverLimit(cost)) costly.push({ found, cost });
  }
  return costly;
}

/** Whether a record needs few look-ups and leads to no other one that is known, so that there is nothing to add up. */
function isPlainlyLight(
  { name }: ZoneSpf,
  asking: readonly (SpfDirective | SpfModifier)[],
  answers: SpfAnswers<ZoneSpf>,
): boolean {
  let references = 0;
  for (const term of asking) {
    if (!isReference(term)) continue;
    references++;
    const target = targetOf(term, name);
    if (target !== undefined && typeof answers.record(target) !== 'string') return false;
  }
  return asking.length <= MOST_LOOKUPS && asking.length - references <= MOST_VOID_LOOKUPS;
}

function isOverLimit({ lookups, voids }: SpfCost<ZoneSpf>): boolean {
  return lookups > MOST_LOOKUPS || voids.length > MOST_VOID_LOOKUPS;
}

function hasMacro(term: SpfDirective | SpfModifier): boolean {
  const domain = term.kind === 'modifier' ? term.value : term.domain;
  return domain !== undefined && domain.macros.length > 0;
}

/**
 * The records over a limit, but of those that include each other only the innermost of this zone: whoever mends that one
 * mends the others, or sees what is left.
 */
export function innermost(facts: Facts, isOver: (cost: SpfCost<ZoneSpf>) => boolean): readonly Costly[] {
  const over = costlyRecords(facts).filter(({ cost }) => isOver(cost));
  const records = new Set(over.map(({ found }) => found.record));
  const isOuter = ({ found, cost }: Costly): boolean =>
    cost.terms.some(({ reached }) =>
      reached.some((inner) => inner.facts === facts && inner.record !== found.record && records.has(inner.record)),
    );
  const inner = over.filter((one) => !isOuter(one));
  // Records that include each other in a circle are all outer ones.
  return inner.length > 0 ? inner : over.slice(0, 1);
}
