import { nameField } from '../rr/layout.ts';
import { equalNames, nameKey } from '../rr/name.ts';
import { TYPE } from '../rr/types.ts';
import { isDnssec, type RrsetChange, type ZoneDiff } from './diff.ts';
import { absenceLine, addLine, deleteLine, prerequisiteLine } from './diff-update-lines.ts';

/** The lines of one UPDATE message but for its SOA. */
export interface Message {
  readonly prerequisites: readonly string[];
  readonly updates: readonly string[];
  /** Prerequisites that hold only once this message was done; may be none. */
  readonly guard: readonly string[];
}

/** Octets of a message that are filled: names count uncompressed, a SOA and a signature still fit. */
const FULL = 60_000;

/** Octets that the prerequisites of one RRset, or a guard, may take before only its presence is asked for. */
const LONGEST_CONDITION = 16_000;

/**
 * The messages that change all RRsets but the SOA and what signers make. What belongs together goes together: the NS of the apex with
 * the hosts they name, for which servers look, and the RRsets of one owner, those removed first (a CNAME stands alone).
 */
export function* messagesOf(diff: ZoneDiff): Generator<Message> {
  let message = new Builder();
  for (const owner of ownersOf(diff)) {
    const steps = owner.flatMap((change) => stepsOf(diff, change));
    const size = steps.reduce((sum, step) => sum + step.octets, 0);
    if (!message.empty && message.octets + size > FULL) {
      yield message;
      message = new Builder();
    }
    for (const step of steps) {
      if (!message.empty && message.octets + step.octets > FULL) {
        yield message;
        message = new Builder();
      }
      message.add(step);
    }
  }
  if (!message.empty) yield message;
}

/** A part of the changes of one RRset that fits into a message. */
interface Step {
  readonly prerequisites: readonly string[];
  readonly updates: readonly string[];
  readonly guard: readonly string[];
  readonly octets: number;
}

class Builder implements Message {
  readonly prerequisites: string[] = [];
  readonly updates: string[] = [];
  guard: readonly string[] = [];
  octets = 0;

  get empty(): boolean {
    return this.octets === 0;
  }

  add(step: Step): void {
    this.prerequisites.push(...step.prerequisites);
    this.updates.push(...step.updates);
    if (step.guard.length > 0) this.guard = step.guard;
    this.octets += step.octets;
  }
}

/** The changes in groups that go into one message where they fit. */
function* ownersOf(diff: ZoneDiff): Generator<RrsetChange[]> {
  const hosts = new Set<string>();
  const first: RrsetChange[] = [];
  for (const group of groups(diff)) {
    const [{ owner } = { owner: diff.new.origin }] = group;
    if (!equalNames(owner, diff.new.origin)) break;
    first.push(...group);
    for (const change of group)
      if (change.type === TYPE.NS) for (const name of serverNames(diff, change)) hosts.add(name);
  }
  const others = hosts.size === 0 ? [] : groups(diff);
  for (const group of others) {
    const owner = group[0]?.owner;
    if (owner !== undefined && !equalNames(owner, diff.new.origin) && hosts.has(nameKey(owner))) first.push(...group);
  }
  if (first.length > 0) yield first;
  for (const group of groups(diff)) {
    const owner = group[0]?.owner ?? diff.new.origin;
    if (!equalNames(owner, diff.new.origin) && !(hosts.size > 0 && hosts.has(nameKey(owner)))) yield group;
  }
}

/** The changes of one owner after the other, removals first. */
function* groups(diff: ZoneDiff): Generator<RrsetChange[]> {
  let group: RrsetChange[] = [];
  for (const change of diff.changes()) {
    if (change.type === TYPE.SOA || isDnssec(change.type)) continue;
    if (group[0] !== undefined && !equalNames(group[0].owner, change.owner)) {
      yield ordered(group);
      group = [];
    }
    group.push(change);
  }
  if (group.length > 0) yield ordered(group);
}

const TURN = { removed: 0, changed: 1, added: 2 } as const;

function ordered(group: RrsetChange[]): RrsetChange[] {
  return group.sort((a, b) => TURN[a.kind] - TURN[b.kind]);
}

function* serverNames(diff: ZoneDiff, { before, after }: RrsetChange): Generator<string> {
  for (const [zone, records] of [
    [diff.old, before],
    [diff.new, after],
  ] as const) {
    for (const record of records) {
      const name = nameField(TYPE.NS, zone.rdataOf(record), 0);
      if (name !== undefined) yield nameKey(name);
    }
  }
}

/** One line of an update and the octets it takes. */
type Line = readonly [text: string, octets: number];

function stepsOf(diff: ZoneDiff, change: RrsetChange): Step[] {
  const conditions = conditionsOf(diff, change);
  const steps: Step[] = [];
  let lines: Line[] = [];
  const octetsOf = (some: readonly Line[]): number => some.reduce((sum, [, octets]) => sum + octets, 0);
  const close = (guard: readonly string[]): void => {
    const prerequisites = steps.length === 0 ? conditions : [];
    const octets = octetsOf(prerequisites) + octetsOf(lines);
    steps.push({ prerequisites: texts(prerequisites), updates: texts(lines), guard, octets });
    lines = [];
  };
  let room = FULL - octetsOf(conditions);
  for (const line of updatesOf(diff, change)) {
    if (lines.length > 0 && line[1] > room) {
      close([]);
      room = FULL;
    }
    lines.push(line);
    room -= line[1];
  }
  close(guardOf(diff, change));
  return steps;
}

function texts(lines: readonly Line[]): string[] {
  return lines.map(([text]) => text);
}

/** What must be as the old zone has it: each record, or where that takes too much, that there are some. */
function conditionsOf({ old }: ZoneDiff, { owner, type, before }: RrsetChange): Line[] {
  const bare = owner.length + 10;
  if (before.length === 0) return [[absenceLine(old, owner, type), bare]];
  const size = before.reduce((sum, record) => sum + bare + old.rdataOf(record).length, 0);
  if (size > LONGEST_CONDITION) return [[prerequisiteLine(old, owner, type), bare]];
  return before.map((record) => {
    const rdata = old.rdataOf(record);
    return [prerequisiteLine(old, owner, type, rdata), bare + rdata.length];
  });
}

/** What is only so once the change was done; nothing for a TTL, of which no prerequisite speaks, and for large RRsets that stay. */
function guardOf({ new: now }: ZoneDiff, { owner, type, kind, after, removed, added }: RrsetChange): string[] {
  if (kind === 'removed') return [absenceLine(now, owner, type)];
  if (removed.length === 0 && added.length === 0) return [];
  const size = after.reduce((sum, record) => sum + owner.length + 10 + now.rdataOf(record).length, 0);
  if (size <= LONGEST_CONDITION) return after.map((record) => prerequisiteLine(now, owner, type, now.rdataOf(record)));
  return kind === 'added' ? [prerequisiteLine(now, owner, type)] : [];
}

/** The deletions and additions of one RRset, in the order in which they work. */
function updatesOf(diff: ZoneDiff, change: RrsetChange): Line[] {
  const { old, new: now, options } = diff;
  const { owner, type, kind, oldTtl, newTtl, before, after, removed, added } = change;
  const bare = owner.length + 10;
  const ttl = (options.ignoreTtl === true ? (oldTtl ?? newTtl) : newTtl) ?? 0;
  const add = (record: number): Line => {
    const rdata = now.rdataOf(record);
    return [addLine(now, owner, type, ttl, rdata), bare + rdata.length];
  };
  const remove = (record: number): Line => {
    const rdata = old.rdataOf(record);
    return [deleteLine(old, owner, type, rdata), bare + rdata.length];
  };
  const whole: Line = [deleteLine(old, owner, type), bare];
  if (kind === 'added') return after.map(add);
  if (kind === 'removed') return [whole];
  const retimed = oldTtl !== ttl;
  // RFC 2136 §3.4.2.4: of the NS at the apex the last one stays, and all of them at once do not go.
  if (type === TYPE.NS && equalNames(owner, now.origin))
    return [...(retimed ? after : added).map(add), ...removed.map(remove)];
  if (retimed || removed.length === before.length) return [whole, ...after.map(add)];
  return [...removed.map(remove), ...added.map(add)];
}
