import { CLASSES } from '../rr/types.ts';
import type { Fault, FaultAction, FaultStep, OneOrMore, QuerySelector } from '../server/faults/fault.ts';
import type { FaultStatus } from '../server/faults/fault-set.ts';
import { type RecordInput, recordLine, recordsOf } from './records.ts';
import { handlerOf, type Responder } from './responder.ts';
import type { SeenQuery } from './seen-query.ts';

/** What rules may do with the server they belong to. */
export interface RuleHost {
  /** Adds a fault or puts it in the place of the one with its id; throws with all that is wrong. */
  put(fault: Fault): void;
  remove(id: string): boolean;
  enable(id: string, on: boolean): void;
  status(id: string): FaultStatus | undefined;
  seen(id: string): SeenQuery[];
  /** The zone that relative names of a reply start from; undefined when there is none. */
  originFor(match: QuerySelector): Uint8Array | undefined;
  nextId(): string;
}

/** A reply of a rule: an action whose records may be made by `rr`. */
export interface RuleReply extends Omit<FaultAction, 'answer'> {
  readonly answer?: readonly RecordInput[];
}

/** TTL of records of replies that say none. */
const REPLY_TTL = 60;

/** What a rule does with the queries it hits. */
abstract class Actions {
  protected abstract settle(step: FaultStep | { readonly handler: Responder } | { readonly preset: string }): Rule;

  /** Any action that a file of faults can hold, several at once too. */
  action(action: FaultAction): Rule {
    return this.settle({ action });
  }

  /** A response code alone: `SERVFAIL`, … or a number. */
  rcode(code: string | number): Rule {
    return this.action({ rcode: code });
  }

  servfail(): Rule {
    return this.rcode('SERVFAIL');
  }

  refused(): Rule {
    return this.rcode('REFUSED');
  }

  /** The name does not exist, with the SOA of the zone. */
  nxdomain(): Rule {
    return this.action({ deny: 'nxdomain' });
  }

  /** The name exists, the type does not, with the SOA of the zone. */
  nodata(): Rule {
    return this.action({ deny: 'nodata' });
  }

  /** The answer waits so many milliseconds, fixed or between two bounds. */
  delay(milliseconds: number | { readonly min: number; readonly max: number }): Rule {
    return this.action({ delay: milliseconds });
  }

  /** No answer at all. */
  drop(): Rule {
    return this.action({ drop: true });
  }

  /** TC and nothing but the question, over UDP or everywhere. */
  truncate(where: 'udp' | 'always' = 'udp'): Rule {
    return this.action({ truncate: where });
  }

  /** Other records in the place of the zones', and whatever else an action can do to the answer. */
  abstract reply(reply: RuleReply): Rule;

  /** The answer of the zones; a rule that does only this keeps those behind it from acting. */
  passThrough(): Rule {
    return this.settle({});
  }

  /** A named action, such as that of a known bug. */
  preset(name: string): Rule {
    return this.settle({ preset: name });
  }

  /** Answers in code, in the shape of the package dns-packet. */
  respond(respond: Responder): Rule {
    return this.settle({ handler: respond });
  }
}

/** A rule before it is known what it does; it counts from the call that says so. */
export class RuleBuilder extends Actions {
  private readonly host: RuleHost;
  private readonly fault: Fault;

  constructor(host: RuleHost, fault: Fault) {
    super();
    this.host = host;
    this.fault = fault;
  }

  /** Gives the rule an id of its own, which stands in logs, extended errors and assertions. */
  as(id: string): RuleBuilder {
    return this.with({ id });
  }

  /** Only the first query that fits. */
  once(): RuleBuilder {
    return this.first(1);
  }

  /** Only the first so many. */
  first(count: number): RuleBuilder {
    return this.trigger({ first: count });
  }

  /** Only those of these numbers, counted from 1. */
  nth(...numbers: readonly number[]): RuleBuilder {
    return this.trigger({ nth: numbers });
  }

  /** Every so manyth. */
  every(count: number): RuleBuilder {
    return this.trigger({ every: count });
  }

  /** Acts by chance, from 0 to 1, drawn with the seed of the server. */
  probability(chance: number): RuleBuilder {
    return this.trigger({ probability: chance });
  }

  /** Only so many milliseconds after the start, from and until. */
  between(from: number, until: number): RuleBuilder {
    return this.trigger({ from, until });
  }

  /** Counts queries of each name, or of each client, for themselves. */
  per(what: 'name' | 'client'): RuleBuilder {
    return this.trigger({ per: what });
  }

  /** Only in a state of a machine, or one of several; machines begin in `start`. */
  inState(machine: string, state: OneOrMore<string>): RuleBuilder {
    return this.with({ state: { ...this.fault.state, machine, in: state } });
  }

  /** The state of a machine after the rule has acted. */
  moveTo(machine: string, state: string): RuleBuilder {
    const { state: before } = this.fault;
    if (before !== undefined && before.machine !== machine)
      throw new Error(`${this.fault.id}: a rule belongs to one machine, here '${before.machine}'`);
    return this.with({ state: { ...before, machine, next: state } });
  }

  /** Another rule may act on the same query. */
  andOthers(): RuleBuilder {
    return this.with({ pass: true });
  }

  reply(reply: RuleReply): Rule {
    return this.action(actionOf(this.host, this.fault, reply));
  }

  protected settle(step: Settled): Rule {
    return new Rule(this.host, this.fault, step);
  }

  private trigger(trigger: Fault['trigger']): RuleBuilder {
    return this.with({ trigger: { ...this.fault.trigger, ...trigger } });
  }

  private with(more: Partial<Fault>): RuleBuilder {
    return new RuleBuilder(this.host, { ...this.fault, ...more });
  }
}

type Settled = FaultStep | { readonly handler: Responder } | { readonly preset: string };

/** A rule of a running server. */
export class Rule {
  /** Stands in logs, in the extended error of answers (RFC 8914) and in assertions. */
  readonly id: string;
  private readonly host: RuleHost;
  private readonly begun: Fault;
  private readonly steps: FaultStep[];
  private current: Fault;

  /** Adds the rule to its server. */
  constructor(host: RuleHost, begun: Fault, first?: Settled) {
    this.id = begun.id;
    this.host = host;
    this.begun = begun;
    this.steps = first === undefined || 'handler' in first || 'preset' in first ? [] : [first];
    this.current = first === undefined ? begun : faultOf(begun, first);
    host.put(this.current);
  }

  /** What the rule is as data, as a file of faults has it. */
  get fault(): Fault {
    return this.current;
  }

  /** Queries it acted on. */
  get hits(): number {
    return this.host.status(this.id)?.hit ?? 0;
  }

  /** Queries that its selector fits, acted on or not. */
  get matched(): number {
    return this.host.status(this.id)?.matched ?? 0;
  }

  /** The queries it acted on, as far as the history goes back. */
  get seen(): SeenQuery[] {
    return this.host.seen(this.id);
  }

  /**
   * What comes after: each step lasts as long as `first` or `times` say, else one query, and the last for ever. A rule that
   * is given a step counts anew.
   */
  next(): StepBuilder {
    if (this.steps.length === 0)
      throw new Error(`${this.id}: no step can follow a preset, a handler or a fault that is given`);
    return new StepBuilder(
      (step) => this.step(step),
      (reply) => actionOf(this.host, this.begun, reply),
    );
  }

  enable(on = true): this {
    this.host.enable(this.id, on);
    return this;
  }

  disable(): this {
    return this.enable(false);
  }

  /** False when it is gone already. */
  remove(): boolean {
    return this.host.remove(this.id);
  }

  private step(step: FaultStep): Rule {
    this.steps.push(step);
    const { trigger: { first, ...trigger } = {}, ...begun } = this.begun;
    const last = this.steps.length - 1;
    const steps = this.steps.map((each, index) => {
      const times = each.times ?? (index === 0 ? first : undefined) ?? (index < last ? 1 : undefined);
      return times === undefined ? each : { ...each, times };
    });
    this.current = { ...begun, ...(Object.keys(trigger).length > 0 && { trigger }), steps };
    this.host.put(this.current);
    return this;
  }
}

/** A further step of a rule before it is known what it does. */
export class StepBuilder extends Actions {
  private readonly add: (step: FaultStep) => Rule;
  private readonly actionOf: (reply: RuleReply) => FaultAction;
  private readonly count: number | undefined;

  constructor(add: (step: FaultStep) => Rule, action: (reply: RuleReply) => FaultAction, count?: number) {
    super();
    this.add = add;
    this.actionOf = action;
    this.count = count;
  }

  /** Queries that the step is for. */
  times(count: number): StepBuilder {
    return new StepBuilder(this.add, this.actionOf, count);
  }

  reply(reply: RuleReply): Rule {
    return this.action(this.actionOf(reply));
  }

  protected settle(step: Settled): Rule {
    if ('handler' in step || 'preset' in step)
      throw new Error('a preset or a handler cannot be a further step; make it a rule of its own');
    return this.add(this.count === undefined ? step : { times: this.count, ...step });
  }
}

function faultOf(begun: Fault, first: Settled): Fault {
  if ('handler' in first) return { ...begun, handler: handlerOf(first.handler) };
  if ('preset' in first) return { ...begun, preset: first.preset };
  // The zones' answer as the rule's own act, so that no rule behind it acts either.
  if (first.action === undefined) return { ...begun, handler: (_, { bytes }) => bytes };
  return { ...begun, action: first.action };
}

function actionOf(host: RuleHost, { match = {} }: Fault, { answer, ...action }: RuleReply): FaultAction {
  if (answer === undefined) return action;
  const lines = recordsOf(answer, host.originFor(match)).map(({ owner, ttl = REPLY_TTL, type, rdata }) =>
    recordLine({ name: owner, ttl, class: CLASSES.IN, type, rdata }),
  );
  return { ...action, answer: lines };
}
