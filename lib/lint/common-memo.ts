import type { Facts } from './facts.ts';

/** A function of the facts that looks once per zone, for rules that share a long look; what it found goes with the facts. */
export function oncePerZone<T>(look: (facts: Facts) => T): (facts: Facts) => T {
  return (facts) => facts.once(look);
}
