import { HEADER_LENGTH } from '../../wire/header.ts';
import type { Answered, Exchange } from '../exchange.ts';
import type { ServedZones } from '../served-zones.ts';
import type { CompiledAction } from './actions.ts';
import { type CompiledFault, compileFault } from './compile.ts';
import { Draft } from './draft.ts';
import type { Delivery, Fault, FaultHandler } from './fault.ts';
import type { FaultProblem } from './problems.ts';
import { QueryView } from './query-view.ts';
import { SeededRandom } from './random.ts';
import { Counts } from './trigger.ts';

export type { FaultProblem } from './problems.ts';

/** What faults may use of the world. */
export interface FaultWorld {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Seed of everything left to chance; the same seed and the same queries have the same faults. */
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
  /** What becomes of each further message of a transfer, undefined for one that is left out; nothing follows without it. */
  readonly further?: (message: Uint8Array) => Uint8Array | undefined;
}

/** State in which every machine starts. */
const START = 'start';

/** A fault at work. */
interface Entry {
  readonly fault: Fault;
  readonly compiled: CompiledFault;
  readonly counts: Counts;
  enabled: boolean;
  matched: number;
  hit: number;
  /** Of triggers and of actions: what is done must not change what is hit. */
  throws: SeededRandom;
  random: SeededRandom;
}

/** One fault that acts on a query. */
interface Hit {
  readonly entry: Entry;
  readonly action: CompiledAction;
}

/** Faults in their order, with their counters and states. */
export class FaultSet {
  /** Whether any fault is switched on: nothing is to be done for a query when not. */
  active = false;
  private readonly machines = new Map<string, string>();
  private readonly world: FaultWorld;
  private readonly view = new QueryView();
  private entries: Entry[] = [];
  /** Those that are on, for queries of each type that one of them names, and of any other. */
  private byType: ReadonlyMap<number, readonly Entry[]> = new Map();
  private ofOthers: readonly Entry[] = [];
  private start: number;

  constructor(world: FaultWorld) {
    this.world = world;
    this.start = world.now();
  }

  /** States of the machines that faults share, by their name. */
  get states(): ReadonlyMap<string, string> {
    return this.machines;
  }

  /** Adds a fault behind the others, or in the place of the one with its id; nothing is changed when there are problems. */
  add(fault: Fault): readonly FaultProblem[] {
    const { compiled, problems } = compileFault(fault);
    if (compiled === undefined || problems.found.length > 0) return problems.found;
    const entry: Entry = {
      fault,
      compiled,
      counts: new Counts(),
      enabled: fault.enabled !== false,
      matched: 0,
      hit: 0,
      ...this.streams(fault.id),
    };
    const place = this.entries.findIndex((each) => each.fault.id === fault.id);
    if (place < 0) this.entries.push(entry);
    else this.entries[place] = entry;
    this.sort();
    return [];
  }

  /** False when there is none with this id. */
  remove(id: string): boolean {
    const before = this.entries.length;
    this.entries = this.entries.filter(({ fault }) => fault.id !== id);
    this.sort();
    return this.entries.length < before;
  }

  /** Switches one on or off; false when there is none with this id. */
  enable(id: string, on: boolean): boolean {
    const entry = this.entries.find(({ fault }) => fault.id === id);
    if (entry === undefined) return false;
    entry.enabled = on;
    this.sort();
    return true;
  }

  /** Counters, states, the clock and the seed as at the start; faults stay as they are. */
  reset(): void {
    this.start = this.world.now();
    for (const machine of this.machines.keys()) this.machines.set(machine, START);
    for (const entry of this.entries) {
      entry.counts.clear();
      entry.matched = 0;
      entry.hit = 0;
      Object.assign(entry, this.streams(entry.fault.id));
    }
  }

  clear(): void {
    this.entries = [];
    this.sort();
  }

  list(): readonly FaultStatus[] {
    return this.entries.map(({ fault, enabled, matched, hit }) => ({ fault, enabled, matched, hit }));
  }

  /** What becomes of an answer; undefined when no fault acts. Only a promise when a fault is code, which may throw. */
  apply(
    query: Uint8Array,
    answered: Answered,
    exchange: Exchange,
    zones: ServedZones,
  ): Faulted | Promise<Faulted> | undefined {
    // What gets no reply from the zones must never get one: it may be a reply itself.
    if (answered.bytes === undefined || query.length < HEADER_LENGTH) return undefined;
    const { view } = this;
    view.read(query);
    const hits: Hit[] = [];
    for (const entry of this.byType.get(view.type) ?? this.ofOthers) {
      const action = this.hitBy(entry, exchange, answered);
      if (action === undefined) continue;
      hits.push({ entry, action });
      if (entry.fault.pass !== true) break;
    }
    return hits.length === 0 ? undefined : this.perform(hits, new Draft(query, answered, exchange, zones));
  }

  /** What a fault does to the query at hand; undefined when it does not act. */
  private hitBy(entry: Entry, exchange: Exchange, answered: Answered): CompiledAction | undefined {
    const { compiled, fault } = entry;
    for (const fits of compiled.selector.checks) if (!fits(this.view, exchange, answered)) return undefined;
    const { state } = fault;
    if (compiled.states !== undefined && !compiled.states.has(this.stateOf(state?.machine))) return undefined;
    entry.matched++;
    const count = entry.counts.of(this.keyOf(compiled.per, exchange));
    count.fitted++;
    const elapsed = compiled.fires.length === 0 ? 0 : this.world.now() - this.start;
    for (const fires of compiled.fires) if (!fires(count, elapsed, entry.throws)) return undefined;
    const action = compiled.steps.find(({ until }) => count.hit < until)?.action;
    count.hit++;
    if (action === undefined) return undefined;
    entry.hit++;
    if (state?.next !== undefined) this.machines.set(state.machine, state.next);
    return action;
  }

  private perform(hits: readonly Hit[], draft: Draft): Faulted | Promise<Faulted> {
    if (hits.some(({ entry }) => entry.fault.handler !== undefined)) return this.performInTurn(hits, draft);
    for (const hit of hits) this.act(hit, draft);
    return this.finished(hits, draft);
  }

  private async performInTurn(hits: readonly Hit[], draft: Draft): Promise<Faulted> {
    for (const hit of hits) {
      const { handler } = hit.entry.fault;
      if (handler !== undefined) draft.replace(await handled(handler, draft));
      this.act(hit, draft);
    }
    return this.finished(hits, draft);
  }

  private act({ entry: { random }, action }: Hit, draft: Draft, edits = action.edits): void {
    const context = { random, seconds: (this.world.now() - this.start) / 1000 };
    for (const edit of edits) edit(draft, context);
  }

  private finished(hits: readonly Hit[], draft: Draft): Faulted {
    const faults = hits.map(({ entry }) => entry.fault.id);
    const sent = draft.finished(faults);
    const faulted = { ...sent, delay: draft.delay, faults };
    const isTransfer = draft.answered.summary.outcome === 'transfer' && sent.bytes !== undefined;
    if (!isTransfer || sent.delivery?.end !== undefined || !draft.goesOn) return faulted;
    return { ...faulted, further: this.further(hits, draft) };
  }

  private further(hits: readonly Hit[], draft: Draft): NonNullable<Faulted['further']> {
    const lasting = hits.filter(({ action }) => action.later.length > 0);
    return (bytes) => {
      if (lasting.length === 0) return bytes;
      const next = draft.following(bytes);
      for (const hit of lasting) this.act(hit, next, hit.action.later);
      return next.isEmptied ? undefined : (next.finished([]).bytes ?? bytes);
    };
  }

  private stateOf(machine: string | undefined): string {
    return (machine === undefined ? undefined : this.machines.get(machine)) ?? START;
  }

  private keyOf(per: CompiledFault['per'], { client }: Exchange): string {
    if (per === 'rule') return '';
    return per === 'name' ? this.view.text : client.address;
  }

  private streams(id: string): Pick<Entry, 'throws' | 'random'> {
    const { seed } = this.world;
    return { throws: new SeededRandom(seed, `${id} trigger`), random: new SeededRandom(seed, `${id} action`) };
  }

  /** Brings what is found by type, and the machines, up to date. */
  private sort(): void {
    const on = this.entries.filter(({ enabled }) => enabled);
    const types = new Set(on.flatMap(({ compiled }) => [...(compiled.selector.types ?? [])]));
    const isFor = (type: number, { compiled }: Entry): boolean => compiled.selector.types?.has(type) ?? true;
    this.byType = new Map([...types].map((type) => [type, on.filter((entry) => isFor(type, entry))]));
    this.ofOthers = on.filter(({ compiled }) => compiled.selector.types === undefined);
    this.active = on.length > 0;
    const machines = new Set(this.entries.flatMap(({ fault }) => fault.state?.machine ?? []));
    for (const machine of this.machines.keys()) if (!machines.has(machine)) this.machines.delete(machine);
    for (const machine of machines) if (!this.machines.has(machine)) this.machines.set(machine, START);
  }
}

async function handled(handler: FaultHandler, draft: Draft): Promise<Uint8Array | undefined> {
  return handler(draft.query, draft.answered, draft.exchange);
}
