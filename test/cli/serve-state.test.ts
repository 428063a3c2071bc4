import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { askServer } from '../../lib/net/ask.ts';
import { TYPE } from '../../lib/rr/types.ts';
import { moment } from '../net/serving.ts';
import { wire } from '../wire/messages.ts';
import type { Started } from './program.ts';
import { folderOf, zone } from './run.ts';
import { startEnding } from './serving.ts';

const folder = folderOf({
  'example.net.zone': zone('www A 192.0.2.80\n'),
  'example.org.zone': zone('', 'example.org'),
  'faults.json': JSON.stringify({
    faults: [
      { id: 'broken', match: { type: 'TXT' }, trigger: { first: 1 }, action: { rcode: 'SERVFAIL' } },
      { id: 'off', enabled: false, action: { drop: true } },
    ],
  }),
});
afterAll(() => folder.remove());

let running: Started | undefined;
const start = startEnding();

async function until(what: () => boolean): Promise<void> {
  for (let waits = 0; !what() && waits < 600; waits++) await moment(10);
  expect([what(), running?.stderr()]).toEqual([true, running?.stderr()]);
}

const ZONES = ['example.net.zone', 'example.org.zone', '--listen', '127.0.0.1:0'];

async function ask(port: number, name: string, type: number): Promise<void> {
  const question = { name: wire(name), type, class: 1 };
  await askServer({ address: '127.0.0.1', port }, question, { random: () => 1, timeout: 2000 });
}

const noSignal = process.platform === 'win32' ? 'this system has no SIGUSR1' : undefined;
if (noSignal !== undefined) console.log(`the state is not asked for: ${noSignal}`);

describe.skipIf(noSignal !== undefined)('SIGUSR1', () => {
  test('has the state told in one line of the log', async () => {
    const control = ['--control', '127.0.0.1:0', '--faults', 'faults.json', '--quiet'];
    running = await start(['serve', ...ZONES, ...control, '--log', 'json'], { cwd: folder.path });
    await until(() => running?.stdout().includes('"ready"') === true);
    const port = Number(/"port":(\d+)/.exec(running.stdout())?.[1]);
    await ask(port, 'www.example.net.', TYPE.A);
    await ask(port, 'nix.example.net.', TYPE.TXT);
    await ask(port, 'nix.example.net.', TYPE.TXT);
    running.child.kill('SIGUSR1');
    await until(() => running?.stdout().includes('"state"') === true);
    const line =
      running
        .stdout()
        .split('\n')
        .find((each) => each.includes('"event":"state"')) ?? '';
    expect(JSON.parse(line)).toEqual({
      event: 'state',
      uptime: expect.any(Number),
      listeners: ['udp', 'tcp'].map((transport) => ({ transport, address: '127.0.0.1', port })),
      zones: [
        { name: 'example.net.', serial: 1, records: 6 },
        { name: 'example.org.', serial: 1, records: 5 },
      ],
      queries: { total: 3, kept: 3, rcodes: { NOERROR: 1, SERVFAIL: 1, NXDOMAIN: 1 }, transports: { udp: 3 } },
      faults: [
        { id: 'broken', enabled: true, matched: 2, hit: 1 },
        { id: 'off', enabled: false, matched: 0, hit: 0 },
      ],
    });
    running.child.kill('SIGTERM');
    expect(await running.exit).toMatchObject({ code: 0, stderr: '' });
  });

  test('tells people, each time, and never opens a debugger', async () => {
    running = await start(['serve', ...ZONES, '--faults', 'faults.json'], { cwd: folder.path });
    await until(() => running?.stdout().includes('Serving') === true);
    const port = Number(/127\.0\.0\.1:(\d+)/.exec(running.stdout())?.[1]);
    await ask(port, 'www.example.net.', TYPE.A);
    running.child.kill('SIGUSR1');
    await until(() => running?.stderr().includes('fault off') === true);
    expect(running.stderr().replace(/up for \d+ s/, 'up')).toBe(
      `note: up at 127.0.0.1:${port} (UDP, TCP)
note: zone example.net.: serial 1, 6 records
note: zone example.org.: serial 1, 5 records
note: 1 query
note: fault broken: hit 0 of 0 that fitted
note: fault off (off): hit 0 of 0 that fitted
`,
    );
    running.child.kill('SIGUSR1');
    await until(() => running?.stderr().split('fault off').length === 3);
    running.child.kill('SIGTERM');
    const { code, stderr } = await running.exit;
    expect([code, stderr.includes('ebugger')]).toEqual([0, false]);
  });

  test('opens no debugger before the ports are open either', async () => {
    const pipe = join(folder.path, 'pipe');
    execFileSync('mkfifo', [pipe]);
    running = await start(['serve', 'example.net=pipe', '--listen', '127.0.0.1:0'], { cwd: folder.path });
    const { child } = running;
    const text = (async function* () {
      // The pipe is open once the server waits for its zone.
      child.kill('SIGUSR1');
      await moment(100);
      yield zone();
    })();
    await writeFile(pipe, text);
    await until(() => running?.stdout().includes('Serving') === true);
    child.kill('SIGTERM');
    const { code, stderr } = await running.exit;
    expect([code, stderr.includes('ebugger')]).toEqual([0, false]);
  });
});
