import { isReference, type SpfAnswers, targetOf } from '../../../mail/spf-answers.ts';
import { type SpfStep, spfLoop } from '../../../mail/spf-lookups.ts';
import { equalNames } from '../../../rr/name.ts';
import { spfAnswers, spfTexts, type ZoneSpf } from '../../common-spf.ts';
import type { Facts } from '../../facts.ts';

/** The steps by which a record comes back to itself, the first in the record itself. */
export type Loop = readonly SpfStep<ZoneSpf>[];

/** Circles of SPF records that pass through the zone, each once; looked for once for all rules. */
export function spfLoops(facts: Facts): readonly Loop[] {
  return facts.once(findLoops);
}

function findLoops(facts: Facts): readonly Loop[] {
  const answers = spfAnswers(facts);
  const loops: Loop[] = [];
  const known = new Set<number>();
  for (const found of spfTexts(facts).records) {
    if (known.has(found.record) || !mayComeBack(found, answers)) continue;
    const loop = spfLoop(found, answers);
    if (loop === undefined) continue;
    for (const step of loop) if (step.found.facts === facts) known.add(step.found.record);
    loops.push(loop);
  }
  return loops;
}

/** Whether a record leads to itself or to another one that is known: most lead to providers alone, or nowhere. */
function mayComeBack({ spf, name }: ZoneSpf, answers: SpfAnswers<ZoneSpf>): boolean {
  for (const term of spf.terms) {
    if (term.kind === 'unknown' || !isReference(term)) continue;
    const target = targetOf(term, name);
    if (target !== undefined && (equalNames(target, name) || typeof answers.record(target) !== 'string')) return true;
  }
  return false;
}
