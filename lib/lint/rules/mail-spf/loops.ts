import { type SpfStep, spfLoop } from '../../../mail/spf-lookups.ts';
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
    if (known.has(found.record) || !hasReference(found)) continue;
    const loop = spfLoop(found, answers);
    if (loop === undefined) continue;
    for (const step of loop) if (step.found.facts === facts) known.add(step.found.record);
    loops.push(loop);
  }
  return loops;
}

function hasReference({ spf }: ZoneSpf): boolean {
  return spf.terms.some((term) =>
    term.kind === 'modifier' ? term.modifier === 'redirect' : term.kind === 'directive' && term.mechanism === 'include',
  );
}
