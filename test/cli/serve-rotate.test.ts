import { afterAll, expect, test } from 'vitest';
import { askServer } from '../../lib/net/ask.ts';
import { TYPE } from '../../lib/rr/types.ts';
import { wire } from '../wire/messages.ts';
import type { Started } from './program.ts';
import { cli, folderOf, zone } from './run.ts';
import { portOf, startEnding } from './serving.ts';

const folder = folderOf({ 'example.net.zone': zone('www A 192.0.2.1\nwww A 192.0.2.2\nwww A 192.0.2.3\n') });
afterAll(() => folder.remove());

let running: Started | undefined;
const start = startEnding();

/** The last numbers of the addresses in so many answers of a server started with these options. */
async function orders(count: number, ...args: string[]): Promise<string[]> {
  running = await start(['serve', 'example.net.zone', '--listen', '0', '--log', 'json', ...args], { cwd: folder.path });
  const port = await portOf(running);
  const seen: string[] = [];
  for (let id = 0; id < count; id++) {
    const question = { name: wire('www.example.net.'), type: TYPE.A, class: 1 };
    const place = { address: '127.0.0.1', port };
    const result = await askServer(place, question, { random: () => id, timeout: 2000 });
    seen.push('message' in result ? result.message.answer.map(({ rdata }) => rdata.at(-1)).join('') : result.failure);
  }
  running.child.kill('SIGTERM');
  expect((await running.exit).code).toBe(0);
  return seen;
}

test('serve keeps the order of the zone, or turns it, or throws it with the seed', async () => {
  expect(await orders(3)).toEqual(['123', '123', '123']);
  expect(await orders(4, '--rotate', 'cyclic')).toEqual(['123', '231', '312', '123']);
  const thrown = await orders(20, '--rotate', 'random', '--seed', '5');
  expect(new Set(thrown).size).toBeGreaterThan(2);
  expect(await orders(20, '--rotate', 'random', '--seed', '5')).toEqual(thrown);
  expect(await orders(20, '--rotate', 'random', '--seed', '6')).not.toEqual(thrown);
});

test('serve --rotate knows no other words', async () => {
  const { code, stderr } = await cli(['serve', 'example.net.zone', '--rotate', 'cycle'], { cwd: folder.path });
  expect([code, stderr]).toEqual([2, "error: --rotate cannot be 'cycle'; did you mean cyclic?\n"]);
});
