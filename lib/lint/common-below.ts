import type { Facts, MailTarget } from './facts.ts';

/** Name id of labels put before a name (`_dmarc` before example.net), -1 when the zone does not have it. */
export function findBelow(facts: Facts, owner: number, ...labels: readonly string[]): number {
  const { arena, offsets } = facts.zone.names;
  return findAt(facts, labels, arena, offsets[owner] ?? 0, offsets[owner + 1] ?? 0);
}

/** Name id of ASCII labels put before a wire name, -1 when the zone does not have it. */
export function findBelowName(facts: Facts, name: Uint8Array, ...labels: readonly string[]): number {
  return findAt(facts, labels, name, 0, name.length);
}

/** As `findBelowName`, for the host a record names. */
export function findBelowHost(facts: Facts, host: MailTarget, ...labels: readonly string[]): number {
  return host.id >= 0 ? findBelow(facts, host.id, ...labels) : findBelowName(facts, host.wire, ...labels);
}

/** Room for a name with labels before it; rules ask for so many names that making each would take longer than finding it. */
const room = new Uint8Array(512);

function findAt(facts: Facts, labels: readonly string[], bytes: Uint8Array, start: number, end: number): number {
  let at = 0;
  for (const label of labels) {
    if (at + label.length + 1 + end - start > room.length) return -1;
    room[at++] = label.length;
    for (let index = 0; index < label.length; index++) room[at++] = label.charCodeAt(index);
  }
  for (let from = start; from < end; from++) room[at++] = bytes[from] as number;
  const id = facts.zone.names.find(room, 0, at);
  return id >= 0 && facts.tree.exists(id) ? id : -1;
}
