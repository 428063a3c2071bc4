import type { Facts } from '../../facts.ts';

/** A function of the facts that looks once per zone, for rules that share a long look; what it found goes with the facts. */
export function oncePerZone<T>(look: (facts: Facts) => T): (facts: Facts) => T {
  const known = new WeakMap<Facts, { readonly value: T }>();
  return (facts) => {
    const before = known.get(facts);
    if (before !== undefined) return before.value;
    const value = look(facts);
    known.set(facts, { value });
    return value;
  };
}
