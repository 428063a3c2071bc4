import type { ResourceRecord } from '../wire/message.ts';
import { SeededRandom } from './faults/random.ts';

/** Orders of the records of an RRset other than that of the zone: each first in its turn, or as drawn by a seed. */
export type Rotation = 'cyclic' | 'random';

/** Where an RRset stands. */
export interface SetPlace {
  /** Whether it is in the answer section rather than beside what was asked for. */
  readonly asked: boolean;
  /** Whether the answer goes over a stream. */
  readonly stream: boolean;
}

/** Orders the records of an RRset, each time anew. */
export interface RecordOrder {
  order(records: readonly ResourceRecord[], place: SetPlace): readonly ResourceRecord[];
  /** Begins as at the start. */
  reset(): void;
}

/** An order that holds for one server; the same seed and the same queries have the same. */
export function recordOrder(rotation: Rotation, seed: number): RecordOrder {
  return rotation === 'cyclic' ? new CyclicOrder() : new RandomOrder(seed);
}

type Turns = WeakMap<readonly ResourceRecord[], number>;

/**
 * Begins one record further each time an RRset is asked for. What stands beside an answer waits for its own turn, and
 * streams have turns of their own: a client that asks for MX and then for addresses, or over TCP what UDP has no room for,
 * would else see every second one alone.
 */
class CyclicOrder implements RecordOrder {
  private datagrams: Turns = new WeakMap();
  private streams: Turns = new WeakMap();

  order(records: readonly ResourceRecord[], { asked, stream }: SetPlace): readonly ResourceRecord[] {
    if (records.length < 2) return records;
    const turns = stream ? this.streams : this.datagrams;
    const turn = turns.get(records) ?? 0;
    if (asked) turns.set(records, (turn + 1) % records.length);
    return turn === 0 ? records : [...records.slice(turn), ...records.slice(0, turn)];
  }

  reset(): void {
    this.datagrams = new WeakMap();
    this.streams = new WeakMap();
  }
}

class RandomOrder implements RecordOrder {
  private readonly seed: number;
  private random: SeededRandom;

  constructor(seed: number) {
    this.seed = seed;
    this.random = this.begun();
  }

  order(records: readonly ResourceRecord[]): readonly ResourceRecord[] {
    if (records.length < 2) return records;
    const order = [...records];
    for (let left = order.length; left > 1; left--) {
      const at = this.random.below(left);
      [order[at], order[left - 1]] = [order[left - 1] as ResourceRecord, order[at] as ResourceRecord];
    }
    return order;
  }

  reset(): void {
    this.random = this.begun();
  }

  private begun(): SeededRandom {
    return new SeededRandom(this.seed, 'order of records');
  }
}
