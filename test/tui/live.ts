import { Collector } from '../../cli/tui/serve/collector.ts';
import { liveCommandOf } from '../../cli/tui/serve/keys.ts';
import { type LiveEffect, type LiveEvent, reduceLive } from '../../cli/tui/serve/reduce.ts';
import { liveLines } from '../../cli/tui/serve/screen.ts';
import { type LiveState, openLive } from '../../cli/tui/serve/state.ts';
import type { Exchange } from '../../lib/server/exchange.ts';
import type { Fault } from '../../lib/server/faults/fault.ts';
import { TestServer } from '../../lib/server/test-server.ts';
import { octets, query, served } from '../server/dialogue.ts';

/** 2026-03-04 12:00 UTC. */
const START = Date.UTC(2026, 2, 4, 12);

const ZONE = `@ SOA ns1 host 1 7200 900 1209600 300
@ NS ns1
@ MX 10 mx1
ns1 A 192.0.2.1
mx1 A 192.0.2.2
*.w A 192.0.2.3
`;

/** Faults of two kinds, one of them off. */
const FAULTS: readonly Fault[] = [
  { id: 'no-mail', description: 'mail is broken', match: { type: 'MX' }, action: { rcode: 'SERVFAIL' } },
  { id: 'deaf', match: { suffix: 'deaf.example.net' }, action: { drop: true }, enabled: false },
];

/** A server that is asked in this process. */
export class Asked {
  now: number = START;
  readonly server: TestServer;

  constructor(faults: readonly Fault[] = FAULTS) {
    const world = { now: () => this.now, ticks: () => this.now, wait: async () => {} };
    this.server = new TestServer(served({ 'example.net.': ZONE }), world, { history: 0 });
    for (const fault of faults) this.server.faults.add(fault);
  }

  /** Asks for words such as `example.net. MX`; the clock stays unless time passes. */
  async ask(
    words: string,
    { passes = 0, ...more }: Partial<Exchange> & { readonly passes?: number } = {},
  ): Promise<void> {
    this.now += passes;
    const client = { address: '192.0.2.99', port: 4000 };
    await this.server.handle(octets(query(words)), { transport: 'udp', client, now: this.now, ...more });
  }
}

/** A view without a terminal: what it wants of the world is done at once. */
export class LiveModel extends Asked {
  state: LiveState;
  readonly done: LiveEffect[] = [];
  private readonly collector: Collector;

  constructor(size = { columns: 80, rows: 24 }, faults: readonly Fault[] = FAULTS) {
    super(faults);
    this.collector = new Collector(this.now);
    this.server.history.listen((record) => this.collector.add(record));
    this.state = openLive({ size, zones: 'example.net.', places: '127.0.0.1:5300 (UDP, TCP)', ...this.collected() });
  }

  /** Presses keys: words of several letters in angle brackets, such as `<enter>`, all others one by one. */
  press(keys: string): void {
    for (const [, named, character] of keys.matchAll(/<([a-z0-9-]+)>|([\s\S])/gu)) {
      const command = liveCommandOf(this.state, named ?? character ?? '');
      if (command === undefined) continue;
      this.take('id' in command ? { kind: 'run', id: command.id } : { kind: 'text', text: command.text });
    }
  }

  take(event: LiveEvent): void {
    const { state, effects } = reduceLive(this.state, event);
    this.state = state;
    for (const effect of effects) this.effect(effect);
  }

  /** Brings what has come into the view. */
  refresh(): void {
    this.take({ kind: 'collected', zones: 'example.net.', ...this.collected() });
  }

  /** The screen as text. */
  screen(): string[] {
    return liveLines(this.state).map((line) => line.map(({ text }) => text).join(''));
  }

  /** Names of the queries in the list. */
  names(): string[] {
    return this.state.collected.rows.map(({ summary }) =>
      String.fromCharCode(...(summary.question?.name.slice(1, 3) ?? [])),
    );
  }

  private effect(effect: LiveEffect): void {
    this.done.push(effect);
    if (effect.kind === 'filter') this.collector.filterBy(effect.filter);
    if (effect.kind === 'hold') this.collector.hold(effect.on);
    if (effect.kind === 'clear') this.collector.clear();
    if (effect.kind === 'fault') this.server.faults.enable(effect.id, effect.on);
    if (effect.kind === 'reset-faults') this.server.faults.reset();
    this.refresh();
  }

  private collected(): Pick<LiveState, 'collected' | 'faults' | 'machines'> {
    const { faults } = this.server;
    return { collected: this.collector.collected(this.now), faults: faults.list(), machines: faults.states };
  }
}
