import type { ReadStream, WriteStream } from 'node:tty';
import type { ListenAt } from '../../../lib/net/serve-options.ts';
import { nameToText } from '../../../lib/rr/name.ts';
import type { QueryRecord } from '../../../lib/server/query-record.ts';
import type { ServedZones } from '../../../lib/server/served-zones.ts';
import type { TestServer } from '../../../lib/server/test-server.ts';
import type { BufferedOutput, Io, Output } from '../../io.ts';
import { counted } from '../../report/words.ts';
import { placesText } from '../../serve/places.ts';
import type { Controls } from '../../serve/run.ts';
import type { Input } from '../run/key-reader.ts';
import { Terminal } from '../run/terminal.ts';
import type { ScreenLook } from '../view/lines.tsx';
import { painted } from '../view/text.ts';
import { Collector } from './collector.ts';
import { liveCommandOf } from './keys.ts';
import { type LiveEffect, type LiveEvent, reduceLive } from './reduce.ts';
import { liveLines } from './screen.ts';
import { type LiveMessage, type LiveState, openLive } from './state.ts';

/** What a view is made with. */
export interface LiveViewOptions {
  readonly look: ScreenLook;
  readonly stdin: ReadStream;
  readonly stdout: WriteStream;
}

/** Milliseconds between drawings at least while queries come, and while none does. */
const BUSY = 100;
const IDLE = 1000;

/** Drawing takes one part in so many of the time at most, also where the terminal or the machine is slow. */
const SHARE = 10;

/** The server as it is seen. */
interface Seen {
  readonly server: TestServer;
  readonly places: string;
  readonly unlisten: () => void;
}

/** The view of one server: it has the terminal from when the server takes queries until it is told to end. */
export class LiveView {
  /** The world as the server is to see it: what it writes is shown. */
  readonly io: Io;
  private readonly outer: Io;
  private readonly terminal: Terminal;
  private readonly options: LiveViewOptions;
  private readonly collector: Collector;
  /** Written before there was a screen. */
  private early: { readonly output: Output; readonly text: string }[] = [];
  private seen: Seen | undefined;
  private state: LiveState | undefined;
  private timer: NodeJS.Timeout | undefined;
  private pause = BUSY;
  private waitsForQuery = false;
  private over = false;
  private reload: () => void = () => {};
  private stop: () => void = () => {};

  constructor(options: LiveViewOptions, io: Io) {
    const { stdin, stdout } = options;
    this.options = options;
    this.outer = io;
    this.collector = new Collector(io.now());
    this.terminal = new Terminal(stdin, stdout, {
      input: (input) => this.input(input),
      resized: ({ columns, rows }) => {
        this.terminal.clear();
        this.take({ kind: 'resized', columns, rows });
        this.anew();
      },
      resumed: () => this.anew(),
      // A terminal that is gone is not one to serve for.
      lost: () => this.stop(),
    });
    this.io = { ...io, stdout: this.shown(io.stdout), stderr: this.shown(io.stderr) };
  }

  /** What the server is told: by the keys of the view, and by whoever told it before. */
  controls(others: Controls): Controls {
    const byKey = new Promise<void>((resolve) => {
      this.stop = resolve;
    });
    return {
      stopped: Promise.race([byKey, others.stopped]).then(() => this.end()),
      onReload: (act) => {
        this.reload = act;
        others.onReload(act);
      },
      onState: (act) => others.onState?.(act),
      started: ({ server, listeners }) => this.start(server, listeners),
    };
  }

  /** Gives the terminal back; what was written without ever being shown comes out now. */
  end(): void {
    if (this.over) return;
    this.over = true;
    clearTimeout(this.timer);
    if (this.seen !== undefined) {
      this.seen.unlisten();
      this.terminal.stop();
    }
    for (const { output, text } of this.early) output.write(text);
    this.early = [];
  }

  private start(server: TestServer, listeners: readonly ListenAt[]): void {
    const unlisten = server.history.listen((record) => this.query(record));
    this.seen = { server, places: placesText(listeners), unlisten };
    this.state = openLive({
      size: this.terminal.size,
      zones: zonesText(server.zones),
      places: this.seen.places,
      collected: this.collector.collected(this.outer.now()),
      faults: server.faults.list(),
      machines: server.faults.states,
    });
    this.terminal.start();
    const { early } = this;
    this.early = [];
    for (const { output, text } of early) {
      if (!output.terminal) output.write(text);
      this.tell(text);
    }
    this.draw();
    this.wait();
  }

  private query(record: QueryRecord): void {
    this.collector.add(record);
    if (!this.waitsForQuery) return;
    this.waitsForQuery = false;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.tick(), this.pause);
  }

  /** Draws what has come, and again after a while. */
  private tick(): void {
    const start = this.outer.ticks();
    this.refresh();
    this.pause = Math.min(IDLE, Math.max(BUSY, (this.outer.ticks() - start) * (SHARE - 1)));
    this.wait();
  }

  private wait(): void {
    this.waitsForQuery = true;
    this.timer = setTimeout(() => this.tick(), IDLE);
  }

  private refresh(): void {
    const { seen } = this;
    if (seen === undefined) return;
    const { faults, zones } = seen.server;
    this.dispatch({
      kind: 'collected',
      collected: this.collector.collected(this.outer.now()),
      faults: faults.list(),
      machines: faults.states,
      zones: zonesText(zones),
    });
  }

  private input(input: Input): void {
    const { state } = this;
    if (state === undefined || input.kind === 'focus') return;
    if (input.kind === 'paste') {
      this.dispatch({ kind: 'text', text: input.text });
      return;
    }
    const command = liveCommandOf(state, input.key);
    if (command === undefined) return;
    this.dispatch('id' in command ? { kind: 'run', id: command.id } : { kind: 'text', text: command.text });
  }

  private dispatch(event: LiveEvent): void {
    this.take(event);
    this.draw();
  }

  private take(event: LiveEvent): void {
    if (this.state === undefined || this.over) return;
    const { state, effects } = reduceLive(this.state, event);
    this.state = state;
    for (const effect of effects) this.effect(effect);
  }

  private effect(effect: LiveEffect): void {
    const faults = this.seen?.server.faults;
    switch (effect.kind) {
      case 'filter':
        this.collector.filterBy(effect.filter);
        break;
      case 'hold':
        this.collector.hold(effect.on);
        break;
      case 'clear':
        this.collector.clear();
        break;
      case 'fault':
        faults?.enable(effect.id, effect.on);
        break;
      case 'reset-faults':
        faults?.reset();
        break;
      case 'reload':
        this.reload();
        return;
      case 'quit':
        this.stop();
        return;
      case 'suspend':
        this.terminal.suspend();
        return;
      case 'redraw':
        this.terminal.clear();
        this.anew();
        return;
    }
    this.refresh();
  }

  /**
   * Writes the whole screen, of which the terminal gets what has changed. A renderer that lays out components takes a hundred
   * times as long, and the server waits for it.
   */
  private draw(): void {
    if (this.state === undefined || this.over) return;
    const lines = liveLines(this.state).map((line) => painted(line, this.options.look));
    this.terminal.output.write(lines.join('\n'));
  }

  private anew(): void {
    this.terminal.output.emptied();
    this.draw();
  }

  /** An output whose lines are messages on the screen while there is one; a file gets them too. */
  private shown<Real extends BufferedOutput | Output>(output: Real): BufferedOutput {
    const write = (text: string): void => {
      if (this.over) output.write(text);
      else if (this.state === undefined) this.early.push({ output, text });
      else {
        if (!output.terminal) output.write(text);
        this.tell(text);
        this.draw();
      }
    };
    return {
      write,
      writeBytes: (octets) => write(new TextDecoder().decode(octets)),
      flush: () => {
        if ('flush' in output) output.flush();
      },
      terminal: output.terminal,
      columns: output.columns,
    };
  }

  private tell(text: string): void {
    for (const line of text.split('\n')) {
      if (line !== '') this.take({ kind: 'message', message: messageOf(line, this.outer.now()) });
    }
  }
}

function messageOf(line: string, at: number): LiveMessage {
  const [, kind, text] = /^(error|warning|note): (.*)$/u.exec(line) ?? [];
  return { kind: (kind as LiveMessage['kind'] | undefined) ?? 'note', text: text ?? line, at };
}

const texts = new WeakMap<ServedZones, string>();

/** The zone by its name, or how many there are. */
function zonesText(zones: ServedZones): string {
  const known = texts.get(zones);
  if (known !== undefined) return known;
  const all = zones.zones();
  const [only] = all;
  const text = all.length === 1 && only !== undefined ? nameToText(only.origin) : counted(all.length, 'zone');
  texts.set(zones, text);
  return text;
}
