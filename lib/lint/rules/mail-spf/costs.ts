import { evaluatedTerms, isReference, MOST_VOID_LOOKUPS, needsLookup } from '../../../mail/spf-answers.ts';
import { type SpfCost, spfCost } from '../../../mail/spf-lookups.ts';
import { spfAnswers, spfTexts, type ZoneSpf } from '../../common-spf.ts';
import type { Facts } from '../../facts.ts';

/** An SPF record of the zone with the look-ups it needs. */
export interface Costly {
  readonly found: ZoneSpf;
  readonly cost: SpfCost<ZoneSpf>;
}

/** The records that may need more look-ups than allowed, counted once for all rules. */
export function costlyRecords(facts: Facts): readonly Costly[] {
  return facts.once(count);
}

function count(facts: Facts): readonly Costly[] {
  const answers = spfAnswers(facts);
  return spfTexts(facts).records.flatMap((found) => {
    const asking = evaluatedTerms(found.spf).filter((term) => needsLookup(term));
    if (asking.length <= MOST_VOID_LOOKUPS && !asking.some((term) => isReference(term))) return [];
    return [{ found, cost: spfCost(found, answers) }];
  });
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
