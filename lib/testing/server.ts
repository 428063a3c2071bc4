import { resolverAt } from '../net/resolver.ts';
import type { RunningServer } from '../net/serve.ts';
import type { ListenAt, TlsIdentity } from '../net/serve-options.ts';
import { serverText } from '../net/server-address.ts';
import { nameToText } from '../rr/name.ts';
import type { Transport } from '../server/exchange.ts';
import type { Fault, QuerySelector } from '../server/faults/fault.ts';
import type { ServedZones } from '../server/served-zones.ts';
import type { TestServer } from '../server/test-server.ts';
import { nearest } from '../text/nearest.ts';
import { TestClient } from './client.ts';
import type { Clock } from './clock.ts';
import { type ExplainOptions, type Explanation, explain } from './explain.ts';
import { environment, resolvConf, trustAnchors, unboundStub } from './hand-outs.ts';
import { type Lookup, lookupOver } from './lookup.ts';
import { type QueryWish, sayQueries } from './query-filter.ts';
import type { QueryJournal, WaitOptions } from './query-journal.ts';
import { Rule, RuleBuilder, type RuleHost } from './rule.ts';
import { type SeenQuery, sayQuery } from './seen-query.ts';
import { REAL_CLOCK } from './world.ts';
import { ZoneHandle } from './zone-edit.ts';
import { judgeZone, loadZone, wireName, type ZoneJudge, type ZoneSource } from './zone-source.ts';

/** The parts that a server of a test is made of. */
export interface ServerParts {
  readonly tested: TestServer;
  readonly running: RunningServer;
  readonly journal: QueryJournal;
  readonly clock: Clock;
  readonly judge: ZoneJudge;
  readonly strict: boolean;
  /** Options of answers, for those that are made without being asked over the network. */
  readonly explainWith: ExplainOptions['answers'];
  /** Tells those who wait that nobody waits any more. */
  readonly release: () => void;
  readonly identity: TlsIdentity | undefined;
  /** What responders threw. */
  readonly failures: unknown[];
}

/** A DNS server of one test: zones and rules that change while it runs, and everything that was asked. */
export class DnsServer implements AsyncDisposable {
  /** Of UDP and TCP, or of the first place it listens at. */
  readonly port: number;
  /** The first address it listens at. */
  readonly address: string;
  readonly listeners: readonly ListenAt[];
  /** The server underneath, for what is not offered here. */
  readonly tested: TestServer;
  /** Asks this server and gives whole answers, of any type and over any transport. */
  readonly client: TestClient;
  /** For the `lookup` option of net.connect, http.request and the like. */
  readonly lookup: Lookup;
  readonly clock: Clock;
  private readonly parts: ServerParts;
  private readonly host: RuleHost;
  private readonly begun: ServedZones;
  private readonly rules: readonly Fault[];
  private count = 0;

  constructor(parts: ServerParts) {
    const { running, tested, clock } = parts;
    const [first] = running.listeners;
    this.parts = parts;
    this.listeners = running.listeners;
    this.port = first?.port ?? 0;
    this.address = first?.address ?? '';
    this.tested = tested;
    this.clock = clock;
    this.client = new TestClient((transport) => this.placeOf(transport));
    this.lookup = lookupOver(this.client);
    this.host = this.ruleHost();
    this.begun = tested.zones;
    this.rules = tested.faults.list().map(({ fault }) => fault);
  }

  /** `127.0.0.1:5300`, `[::1]:5300`. */
  get server(): string {
    return serverText(this);
  }

  /** The certificate of TLS and HTTPS in PEM, for clients to trust; undefined when it listens for neither. */
  get certificate(): string | undefined {
    const { identity } = this.parts;
    return identity === undefined ? undefined : Buffer.from(identity.cert).toString();
  }

  /** A zone that is served, to read and change it; throws when there is none of this name. */
  zone(name: string): ZoneHandle {
    const origin = wireName(name);
    const text = nameToText(origin);
    const { tested, clock, judge } = this.parts;
    if (tested.zones.zone(origin) === undefined) throw new Error(`there is no zone ${text}; ${this.zoneWords(text)}`);
    return new ZoneHandle(text, {
      current: () => {
        const served = tested.zones.zone(origin);
        if (served === undefined) throw new Error(`zone ${text} is not served any more`);
        return served.text.zone;
      },
      put: (zone) => {
        judgeZone(zone, judge);
        tested.putZone(zone);
      },
      now: () => clock.now(),
    });
  }

  /** Serves a zone, in the place of the one of its name. */
  addZone(source: ZoneSource): ZoneHandle {
    const { tested, judge } = this.parts;
    const zone = loadZone(source, judge);
    tested.putZone(zone);
    return this.zone(nameToText(zone.origin));
  }

  /** Serves a zone no longer; throws when there is none of this name. */
  removeZone(name: string): void {
    const origin = wireName(name);
    const text = nameToText(origin);
    if (!this.tested.removeZone(origin)) throw new Error(`there is no zone ${text}; ${this.zoneWords(text)}`);
  }

  /** Begins a rule for the queries that a selector fits; it counts from the call that says what it does. */
  on(match: QuerySelector = {}): RuleBuilder {
    return new RuleBuilder(this.host, { id: this.host.nextId(), match });
  }

  /** Adds a rule as data, in the place of the one with its id. */
  use(fault: Omit<Fault, 'id'> & { readonly id?: string }): Rule {
    return new Rule(this.host, { ...fault, id: fault.id ?? this.host.nextId() });
  }

  /** Adds a rule with a named action, such as that of a known bug. */
  preset(name: string, match: QuerySelector = {}): Rule {
    return this.on(match).preset(name);
  }

  /** Queries that came, the oldest first. */
  queries(wish: QueryWish = {}): SeenQuery[] {
    return this.parts.journal.queries(wish);
  }

  /** Resolves when a query has come, at once when it has already; rejects with what came instead. */
  waitForQuery(wish: QueryWish = {}, options: WaitOptions = {}): Promise<SeenQuery> {
    return this.parts.journal.wait(wish, options);
  }

  /** Forgets the queries that came. */
  clearQueries(): void {
    this.parts.journal.clear();
  }

  /** Queries for names of no zone that no rule acted on. */
  get unmatched(): readonly SeenQuery[] {
    return this.parts.journal.unmatched;
  }

  /** Throws with the rules that never acted. */
  verifyAllRulesUsed(): void {
    const unused = this.tested.faults.list().filter(({ enabled, hit }) => enabled && hit === 0);
    if (unused.length === 0) return;
    const lines = unused.map(({ fault: { id, match }, matched }) => {
      const near = matched === 0 ? 'no query fitted' : `${matched} fitted, but none was its turn`;
      return `  ${id} on ${JSON.stringify(match ?? {})}: ${near}`;
    });
    const head = unused.length === 1 ? 'one rule never acted' : `${unused.length} rules never acted`;
    throw new Error(`${head}:\n${lines.join('\n')}\nbut ${sayQueries(this.queries(), {})}`);
  }

  /** Throws what a responder threw and, when started with `unmatched: 'fail-test'`, the queries for names of no zone. */
  verify(): void {
    const { unmatched } = this;
    const [failure] = this.parts.failures;
    if (failure !== undefined) throw new Error(`a responder failed: ${String(failure)}`, { cause: failure });
    if (!this.parts.strict || unmatched.length === 0) return;
    const lines = unmatched.map((query) => {
      const hint = query.type === '' ? undefined : this.explain(query.name, query.type).hints[0];
      return `  ${sayQuery(query)}${hint === undefined ? '' : `: ${hint}`}`;
    });
    throw new Error(`queries for names of no zone:\n${lines.join('\n')}\n${this.zoneWords()}`);
  }

  /** Zones, rules and history as at the start; what responders threw is forgotten. */
  reset(): void {
    const { tested, journal } = this.parts;
    tested.zones = this.begun;
    tested.faults.clear();
    for (const fault of this.rules) tested.faults.add(fault);
    tested.faults.reset();
    tested.order?.reset();
    this.parts.failures.length = 0;
    journal.clear();
  }

  /** Why a question gets the answer it gets, without asking it: nothing is counted or remembered. */
  explain(name: string, type: string, options: Omit<ExplainOptions, 'answers' | 'now'> = {}): Explanation {
    const { tested, explainWith, clock } = this.parts;
    const answers = explainWith === undefined ? {} : { answers: explainWith };
    return explain(tested, name, type, { ...options, ...answers, now: clock.now() });
  }

  /** A resolver of node:dns/promises that asks this server and no other. */
  resolver(): ReturnType<typeof resolverAt> {
    return resolverAt([this]);
  }

  /** The text of a resolv.conf, which has room for the address but on most systems not for the port. */
  resolvConf(): string {
    return resolvConf(this);
  }

  /** DS records of the zones that the server signs itself, for validators to trust; a line each. */
  get trustAnchors(): readonly string[] {
    return trustAnchors(this.tested.zones);
  }

  /** Lines of an unbound.conf that make Unbound ask this server for its zones, and trust those that it signs itself. */
  unboundStub(): string {
    return unboundStub(this, this.tested.zones, this.clock === REAL_CLOCK ? undefined : this.clock.now());
  }

  /** Variables that tell another program where the server is. */
  env(): Record<string, string> {
    return environment(this);
  }

  /** Takes no more queries, answers those at hand and closes its sockets; the same promise however often called. */
  close(): Promise<void> {
    this.parts.release();
    this.parts.journal.close();
    return this.parts.running.close();
  }

  /** Closes and then throws what `verify` throws. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
    this.verify();
  }

  private placeOf(transport: Transport): ListenAt {
    const place = this.listeners.find((each) => each.transport === transport);
    if (place !== undefined) return place;
    throw new Error(`the server does not listen for ${transport}; it does for ${this.transports()}`);
  }

  private transports(): string {
    return [...new Set(this.listeners.map(({ transport }) => transport))].join(', ');
  }

  private zoneWords(wanted?: string): string {
    const names = this.tested.zones.zones().map(({ origin }) => nameToText(origin));
    if (names.length === 0) return 'no zone is served';
    const near = wanted === undefined ? undefined : nearest(wanted, names);
    return near === undefined ? `served: ${names.join(', ')}` : `did you mean ${near}?`;
  }

  private ruleHost(): RuleHost {
    const { faults } = this.tested;
    return {
      put: (fault) => {
        const problems = faults.add(fault);
        if (problems.length === 0) return;
        const said = problems.map(({ path, message }) => `\n  ${path === '' ? 'it' : path} ${message}`).join('');
        throw new Error(`rule ${fault.id} cannot be used:${said}`);
      },
      remove: (id) => faults.remove(id),
      enable: (id, on) => {
        if (!faults.enable(id, on)) throw new Error(`rule ${id} is removed`);
      },
      status: (id) => faults.list().find(({ fault }) => fault.id === id),
      seen: (id) => this.queries({ fault: id }),
      originFor: (match) => this.originFor(match),
      nextId: () => {
        const used = new Set(faults.list().map(({ fault }) => fault.id));
        do this.count++;
        while (used.has(`rule-${this.count}`));
        return `rule-${this.count}`;
      },
    };
  }

  /** The zone of the names a selector is for, or the only one there is. */
  private originFor({ name, suffix }: QuerySelector): Uint8Array | undefined {
    const { zones } = this.tested;
    const [named] = [name ?? suffix ?? []].flat();
    if (named !== undefined) return zones.nearest(wireName(named))?.origin;
    const all = zones.zones();
    return all.length === 1 ? all[0]?.origin : undefined;
  }
}
