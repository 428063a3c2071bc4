import { applyChange } from '../edit/apply-change.ts';
import type { Change } from '../edit/change.ts';
import type { ChangeProblem } from '../edit/change-problem.ts';
import { u16At } from '../wire/header.ts';
import { ZoneTree } from '../zone/tree.ts';
import type { Zone } from '../zone/zone.ts';
import { answer } from './answer.ts';
import type { Answered, AnswerSummary, Exchange, ServerOptions } from './exchange.ts';
import type { Delivery } from './faults/fault.ts';
import { type Faulted, FaultSet } from './faults/fault-set.ts';
import { QueryHistory } from './history.ts';
import type { ServedZones } from './served-zones.ts';
import { transfer } from './transfer.ts';

/** What a test server may use of the world. */
export interface TestServerWorld {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Milliseconds of any clock that never goes back. */
  readonly ticks: () => number;
  readonly wait: (milliseconds: number) => Promise<void>;
}

/** What a test server is made with. */
export interface TestServerOptions {
  readonly answers?: ServerOptions;
  /** Queries that the history keeps; 0 for none. */
  readonly history?: number;
  /** Seed of faults; 1 unless given. */
  readonly seed?: number;
  /** Whether a client may transfer zones over its connection. */
  readonly mayTransfer?: (exchange: Exchange) => boolean;
  /** Answers queries for names of no zone in the place of the refusal; those it gives nothing for are refused. */
  readonly elsewhere?: Elsewhere;
}

/** Asks somebody else. */
export type Elsewhere = (query: Uint8Array, exchange: Exchange) => Promise<Uint8Array | undefined>;

/** What goes back for one query. */
export interface Reply {
  /** Undefined when nothing is to be sent. */
  readonly bytes: Uint8Array | undefined;
  /** Further messages of the same answer (RFC 5936 §2.2). */
  readonly more?: Iterable<Uint8Array>;
  readonly delivery?: Delivery;
}

/** One query with when it came. */
interface Asked {
  readonly query: Uint8Array;
  readonly exchange: Exchange;
  readonly start: number;
}

/** Queries kept when nothing else is said. */
export const HISTORY = 10_000;

/** An authoritative server whose zones and faults change while it runs, and that remembers what it was asked. Opens no sockets. */
export class TestServer {
  /** What is served; another set takes its place as a whole. */
  zones: ServedZones;
  readonly faults: FaultSet;
  readonly history: QueryHistory;
  private readonly world: TestServerWorld;
  private readonly answers: ServerOptions;
  private readonly mayTransfer: (exchange: Exchange) => boolean;
  private readonly elsewhere: Elsewhere | undefined;

  constructor(zones: ServedZones, world: TestServerWorld, options: TestServerOptions = {}) {
    this.zones = zones;
    this.world = world;
    this.answers = options.answers ?? {};
    this.mayTransfer = options.mayTransfer ?? (() => false);
    this.elsewhere = options.elsewhere;
    this.faults = new FaultSet({ now: world.now, seed: options.seed ?? 1 });
    this.history = new QueryHistory(options.history ?? HISTORY);
  }

  /** Serves a zone, in the place of the one with its name. */
  putZone(zone: Zone): void {
    this.zones = this.zones.with(new ZoneTree(zone));
  }

  /** False when no zone has exactly this name. */
  removeZone(origin: Uint8Array): boolean {
    const before = this.zones;
    if (before.zone(origin) === undefined) return false;
    this.zones = before.without(origin);
    return true;
  }

  /**
   * Changes the text of a zone that is served, as an editor would: all of the changes or, with a problem, none. Files on a
   * disk stay as they are.
   */
  changeZone(origin: Uint8Array, changes: (zone: Zone) => readonly Change[]): ChangeProblem | undefined {
    const served = this.zones.zone(origin);
    if (served === undefined) return { code: 'no-file', args: {}, change: -1 };
    const { zone } = served.tree;
    const { zone: changed, problem } = applyChange(zone, changes(zone));
    if (problem !== undefined) return problem;
    if (changed !== zone) this.putZone(changed);
    return undefined;
  }

  /** The reply to one query, after the faults; what is remembered is known when it is sent. */
  handle(query: Uint8Array, exchange: Exchange): Reply | Promise<Reply> {
    const asked = { query, exchange, start: this.world.ticks() };
    const answered = this.answered(query, exchange);
    if (this.elsewhere !== undefined && answered.summary.outcome === 'outside')
      return this.forwarded(this.elsewhere, answered, asked);
    return this.finished(answered, asked);
  }

  private finished(answered: Answered & Reply, asked: Asked): Reply | Promise<Reply> {
    if (this.faults.active) {
      const faulted = this.faults.apply(asked.query, answered, asked.exchange, this.zones);
      if (faulted !== undefined) return this.afterFault(faulted, answered, asked);
    }
    this.remember(answered, answered.bytes, NO_FAULTS, asked);
    return answered;
  }

  private async forwarded(elsewhere: Elsewhere, refusal: Answered, asked: Asked): Promise<Reply> {
    const bytes = await elsewhere(asked.query, asked.exchange);
    if (bytes === undefined) return this.finished(refusal, asked);
    const flags = u16At(bytes, 2);
    const summary: AnswerSummary = {
      ...refusal.summary,
      outcome: 'forwarded',
      rcode: flags & 15,
      authoritative: (flags & 0x0400) !== 0,
      truncated: (flags & 0x0200) !== 0,
      answerSize: bytes.length,
    };
    return this.finished({ bytes, summary }, asked);
  }

  private answered(query: Uint8Array, exchange: Exchange): Answered & Reply {
    const answered = answer(query, this.zones, exchange, this.answers);
    if (answered.summary.outcome !== 'transfer' || !this.mayTransfer(exchange)) return answered;
    const messages = transfer(query, this.zones)?.[Symbol.iterator]();
    const first = messages?.next();
    if (messages === undefined || first === undefined || first.done) return answered;
    const bytes = first.value;
    const summary = { ...answered.summary, rcode: 0, authoritative: true, answerSize: bytes.length };
    return { bytes, more: { [Symbol.iterator]: () => messages }, summary };
  }

  private async afterFault(
    faulting: Faulted | Promise<Faulted>,
    answered: Answered & Reply,
    asked: Asked,
  ): Promise<Reply> {
    const { bytes, delivery, delay, faults } = await faulting;
    if (delay > 0) await this.world.wait(delay);
    this.remember(answered, bytes, faults, asked);
    const untouched = bytes !== undefined && bytes === answered.bytes && answered.more !== undefined;
    return { bytes, ...(delivery && { delivery }), ...(untouched && { more: answered.more }) };
  }

  private remember(
    answered: Answered,
    response: Uint8Array | undefined,
    faults: readonly string[],
    asked: Asked,
  ): void {
    const { query, exchange, start } = asked;
    const ms = this.world.ticks() - start;
    // A getter of the answer makes the summary when it is asked for.
    this.history.add({
      exchange,
      query,
      response,
      get summary() {
        return answered.summary;
      },
      faults,
      ms,
    });
  }
}

const NO_FAULTS: readonly string[] = [];
