import type { FaultTrigger } from './fault.ts';
import type { FaultProblems } from './problems.ts';
import type { SeededRandom } from './random.ts';

/** Names or clients that are counted at a time; the one that came first is forgotten for a further one. */
const MOST_COUNTED = 1 << 16;

/** Numbers up to which queries can be counted, and milliseconds up to which a server is thought to run. */
const FAR = 1_000_000_000_000;

/** Queries that fitted, and those of them that were hit. */
export interface Count {
  fitted: number;
  hit: number;
}

/** Whether the query just counted is to be hit. */
export type Fires = (count: Count, elapsed: number, random: SeededRandom) => boolean;

/** The conditions of a trigger; what is wrong with it is told. */
export function compileTrigger(trigger: FaultTrigger, problems: FaultProblems): readonly Fires[] {
  const { first, nth, every, probability, from, until } = trigger;
  const fires: Fires[] = [];
  if (first !== undefined) {
    const most = problems.whole('trigger.first', first, 1, FAR);
    if (most !== undefined) fires.push(({ fitted }) => fitted <= most);
  }
  if (nth !== undefined) {
    const isList = Array.isArray(nth);
    const given: readonly unknown[] = isList ? nth : [nth];
    if (given.length === 0) problems.say('trigger.nth', 'is an empty list; leave it out or give a number');
    const numbers = given.map((each, at) =>
      problems.whole(isList ? `trigger.nth[${at}]` : 'trigger.nth', each, 1, FAR),
    );
    fires.push(({ fitted }) => numbers.includes(fitted));
  }
  if (every !== undefined) {
    const step = problems.whole('trigger.every', every, 1, FAR);
    if (step !== undefined) fires.push(({ fitted }) => fitted % step === 0);
  }
  if (from !== undefined) {
    const start = problems.milliseconds('trigger.from', from, FAR);
    if (start !== undefined) fires.push((_, elapsed) => elapsed >= start);
  }
  if (until !== undefined) {
    const end = problems.milliseconds('trigger.until', until, FAR);
    if (end !== undefined) fires.push((_, elapsed) => elapsed < end);
  }
  if (from !== undefined && until !== undefined && from >= until)
    problems.say('trigger.until', `is ${until}, not later than from, which is ${from}`);
  if (probability !== undefined) {
    if (typeof probability === 'number' && probability >= 0 && probability <= 1)
      // Thrown last, for queries alone that could be hit.
      fires.push((_, __, random) => random.next() < probability);
    else problems.say('trigger.probability', `is ${String(probability)}, expected a number from 0 to 1`);
  }
  if (trigger.per !== undefined) problems.word('trigger.per', trigger.per, ['rule', 'name', 'client'] as const);
  return fires;
}

/** Counts by a key, in so much room and no more. */
export class Counts {
  private readonly counts = new Map<string, Count>();

  of(key: string): Count {
    let count = this.counts.get(key);
    if (count !== undefined) return count;
    if (this.counts.size >= MOST_COUNTED) {
      const { value } = this.counts.keys().next();
      if (value !== undefined) this.counts.delete(value);
    }
    count = { fitted: 0, hit: 0 };
    this.counts.set(key, count);
    return count;
  }

  clear(): void {
    this.counts.clear();
  }
}
