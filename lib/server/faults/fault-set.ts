import type { Answered, Exchange } from '../exchange.ts';
import type { ServedZones } from '../served-zones.ts';
import type { Delivery, Fault } from './fault.ts';

/** What faults may use of the world. */
export interface FaultWorld {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Seed of everything that is thrown; the same seed and the same queries have the same faults. */
  readonly seed: number;
}

/** A fault with what it has done since the last reset. */
export interface FaultStatus {
  readonly fault: Fault;
  readonly enabled: boolean;
  /** Queries its selector fitted, and those it acted on. */
  readonly matched: number;
  readonly hit: number;
}

/** What is sent in the place of the zones' answer. */
export interface Faulted {
  readonly bytes: Uint8Array | undefined;
  readonly delivery?: Delivery;
  /** Milliseconds to wait before. */
  readonly delay: number;
  /** Ids of the faults that acted. */
  readonly faults: readonly string[];
}

/** What is wrong with a fault: a path such as `match.type` and a sentence. */
export interface FaultProblem {
  readonly path: string;
  readonly message: string;
}

/** Faults in their order, with their counters and states. */
export class FaultSet {
  /** Whether any fault is switched on: nothing is to be done for a query when not. */
  active = false;
  /** States of the machines that faults share, by their name. */
  readonly states: ReadonlyMap<string, string> = new Map();

  constructor(world: FaultWorld) {
    void world;
  }

  /** Adds a fault behind the others, or in the place of the one with its id; nothing is changed when there are problems. */
  add(fault: Fault): readonly FaultProblem[] {
    void fault;
    return [];
  }

  /** False when there is none with this id. */
  remove(id: string): boolean {
    return id === '';
  }

  /** Switches one on or off; false when there is none with this id. */
  enable(id: string, on: boolean): boolean {
    return on && id === '';
  }

  /** Counters, states, the clock and the seed as at the start; faults stay as they are. */
  reset(): void {}

  clear(): void {}

  list(): readonly FaultStatus[] {
    return [];
  }

  /** What becomes of an answer; undefined when no fault acts. */
  apply(
    query: Uint8Array,
    answered: Answered,
    exchange: Exchange,
    zones: ServedZones,
  ): Faulted | Promise<Faulted> | undefined {
    void [query, answered, exchange, zones];
    return undefined;
  }
}
