import type { Facts } from './facts.ts';

/** Name id of labels put before a name (`_dmarc` before example.net), -1 when the zone does not have it. */
export function findBelow(facts: Facts, owner: number, ...labels: readonly string[]): number {
  return findBelowName(facts, facts.zone.names.wire(owner), ...labels);
}

/** Name id of ASCII labels put before a wire name, -1 when the zone does not have it. */
export function findBelowName(facts: Facts, name: Uint8Array, ...labels: readonly string[]): number {
  const length = labels.reduce((sum, label) => sum + label.length + 1, 0);
  const wire = new Uint8Array(length + name.length);
  let at = 0;
  for (const label of labels) {
    wire[at++] = label.length;
    for (let index = 0; index < label.length; index++) wire[at++] = label.charCodeAt(index);
  }
  wire.set(name, at);
  return facts.find(wire);
}
