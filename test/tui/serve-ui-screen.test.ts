import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { tell } from '../../cli/output.ts';
import { columnsOf } from '../../cli/report/characters.ts';
import { LiveView } from '../../cli/tui/serve/live-view.ts';
import { cli, folderOf, world, zone } from '../cli/run.ts';
import { FakeTerminal } from './fake-terminal.ts';
import { Asked } from './live.ts';

const listeners = [{ transport: 'udp', address: '127.0.0.1', port: 5300 }] as const;

/** A view on a terminal of a test, of a server that is asked in this process. */
class Shown extends Asked {
  readonly terminal: FakeTerminal;
  readonly view: LiveView;
  readonly written: { stdout: string[]; stderr: string[] };
  readonly stopped: Promise<void>;
  reloads = 0;
  private readonly start: () => void;

  constructor(columns = 80, rows = 24) {
    super();
    const { io, written } = world({ columns });
    this.written = written;
    this.terminal = new FakeTerminal(columns, rows);
    const { stdin, stdout } = this.terminal;
    this.view = new LiveView({ look: { color: true, unicode: true }, stdin, stdout }, { ...io, now: () => this.now });
    const controls = this.view.controls({ stopped: new Promise(() => {}), onReload: () => {} });
    controls.onReload(() => this.reloads++);
    this.stopped = controls.stopped;
    this.start = () => controls.started?.({ server: this.server, listeners });
  }

  open(): this {
    this.start();
    return this;
  }
}

let shown: Shown | undefined;

function open(columns?: number, rows?: number): Shown {
  shown = new Shown(columns, rows).open();
  return shown;
}

afterEach(() => shown?.view.end());

describe('serve --ui on a screen', () => {
  test.each([
    [60, 15],
    [80, 24],
    [200, 60],
  ])('fills %dx%d without a torn line', async (columns, rows) => {
    const live = open(columns, rows);
    await live.ask('example.net. MX');
    await live.terminal.shows(/^! 12:00:00.* MX +SERVFAIL/mu);
    const lines = await live.terminal.lines();
    expect(lines[0]).toMatch(/^ example\.net\. +127\.0\.0\.1:5300 \(UDP\)/u);
    expect(lines[1]).toMatch(/^ 1 query /u);
    expect(lines.at(-2)).toMatch(/Enter open.*\? help.*q quit/u);
    expect(lines.at(-1)).toBe('');
    expect(lines.filter((text) => columnsOf(text) > columns)).toEqual([]);
  });

  test('takes over the terminal and gives it back at q', async () => {
    const live = open();
    await live.terminal.shows('no query yet');
    expect([live.terminal.alternate, live.terminal.raw]).toEqual([true, true]);
    live.terminal.type('q');
    await live.stopped;
    expect((await live.terminal.lines()).join('')).toBe('');
    expect([live.terminal.alternate, live.terminal.raw]).toEqual([false, false]);
  });

  test('draws a few times a second however much is asked', async () => {
    const live = open(120, 40);
    await live.terminal.shows('no query yet');
    const before = live.terminal.octets;
    const start = performance.now();
    let count = 0;
    while (performance.now() - start < 1000) {
      for (let at = 0; at < 200; at++) await live.ask(`h${count++}.w.example.net. A`, { passes: 1 });
      await new Promise((resolve) => setImmediate(resolve));
    }
    await live.terminal.lines();
    // A whole screen of this size with colours has less than 12,000 octets.
    expect(live.terminal.octets - before).toBeLessThan(11 * 12_000);
    await live.terminal.shows(new RegExp(`^ ${count.toLocaleString('en')} queries`, 'mu'));
  });

  test('shows what the server writes, and gives it to those who read it elsewhere', async () => {
    const live = new Shown();
    shown = live;
    tell(live.view.io, 'warning', 'a zone is not quite right');
    expect(live.written.stderr).toEqual([]);
    live.open();
    await live.terminal.shows('warning: a zone is not quite right');
    tell(live.view.io, 'note', 'read example.net. again');
    await live.terminal.shows(/^warning: a zone is not quite right +m: 1 more/mu);
    live.terminal.type('q');
    await live.stopped;
    expect(live.written).toEqual({ stdout: [], stderr: [] });
    tell(live.view.io, 'error', 'too late');
    expect(live.written.stderr).toEqual(['error: too late\n']);
  });

  test('brings out what was written when the server never starts', () => {
    const live = new Shown();
    tell(live.view.io, 'error', 'no such port');
    live.view.end();
    expect(live.written.stderr).toEqual(['error: no such port\n']);
  });

  test('switches faults, filters and reloads by key', async () => {
    const live = open();
    await live.ask('example.net. MX');
    live.terminal.type('2 ');
    await live.terminal.shows('no-mail is off.');
    await live.ask('example.net. MX');
    await live.terminal.shows(/MX +NOERROR/u);
    live.terminal.type('/rcode:servf\r');
    await live.terminal.shows('filter rcode:servf');
    expect((await live.terminal.lines()).join('\n')).not.toMatch(/MX +NOERROR/u);
    live.terminal.type('r');
    await expect.poll(() => live.reloads).toBe(1);
  });

  test('follows the size of the terminal, and ends with it', async () => {
    const live = open();
    await live.terminal.shows('no query yet');
    live.terminal.resize(60, 15);
    await live.terminal.shows('q quit');
    expect((await live.terminal.lines())[0]).toContain('example.net.');
    live.terminal.resize(30, 8);
    await live.terminal.shows('no query yet');
    live.terminal.stdin.push(null);
    await live.stopped;
    await live.terminal.lines();
    expect(live.terminal.alternate).toBe(false);
  });
});

describe('serve --ui', () => {
  const folder = folderOf({ 'example.net.zone': zone() });
  afterAll(() => folder.remove());

  test.each([
    [[], 'error: --ui needs a terminal: without one --log text writes a line for each query\n'],
    [
      ['--log', 'text'],
      'error: --ui and --log exclude each other: both use standard output, and the view shows all queries\n',
    ],
  ])('%j is one sentence', async (more, stderr) => {
    const args = ['serve', 'example.net.zone', '--listen', '127.0.0.1:0', '--ui', ...more];
    expect(await cli(args, { cwd: folder.path })).toEqual({ code: 2, stdout: '', stderr });
  });
});
