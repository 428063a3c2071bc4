import type { Facts } from './facts.ts';

/** Tells whether a broken entry may be a record of a name that seems absent: one at that name, or of unknown owner. */
export function brokenAt(facts: Facts): (wire: Uint8Array) => boolean {
  const { broken, names } = facts.zone;
  if (broken.length === 0) return () => false;
  const owners = new Set(broken.map(({ owner }) => owner));
  return (wire) => owners.has(-1) || owners.has(names.find(wire));
}
