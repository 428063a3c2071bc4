import { afterAll, describe, expect, test } from 'vitest';
import { canReusePort } from '../../lib/net/reuse-port.ts';
import { sendQuery } from '../../lib/net/send-query.ts';
import { cli, folderOf, zone } from '../cli/run.ts';
import { query } from '../server/dialogue.ts';
import { both, mirrored, serving } from './serving.ts';

const folder = folderOf({ 'example.net.zone': zone() });
afterAll(() => folder.remove());

const shared = (port = 0) => both('127.0.0.1', port).map((place) => ({ ...place, reusePort: true }));

test.each([
  ['20.20.2', false],
  ['22.11.0', false],
  ['22.12.0', true],
  ['23.0.1', false],
  ['23.1.0', true],
  ['24.0.0', true],
])('Node %s can share ports: %s', (version, expected) => {
  expect(canReusePort(version)).toBe(expected);
});

const can = canReusePort() && process.platform === 'linux';
if (!can) console.log(`ports are not shared: this is Node ${process.versions.node} on ${process.platform}`);

if (canReusePort()) console.log(`nothing says that ports cannot be shared: this is Node ${process.versions.node}`);

describe.skipIf(!can)('servers on one port', () => {
  test('share the clients out, and one that is alone with the port wants nobody else', async () => {
    const counts = [0, 0];
    const handle = (index: number) => (octets: Uint8Array) => {
      counts[index] = (counts[index] ?? 0) + 1;
      return { bytes: mirrored(octets) };
    };
    const one = await serving({ listen: shared(), handle: handle(0) });
    const other = await serving({ listen: shared(one.port), handle: handle(1) });
    for (const transport of ['udp', 'tcp'] as const) {
      counts.fill(0);
      for (let asked = 0; asked < 100; asked++) {
        const options = { transport, timeout: 2000, tries: 1 } as const;
        await sendQuery({ address: '127.0.0.1', port: one.port }, query('example.net. SOA'), options);
      }
      expect([transport, counts.every((count) => count > 10)]).toEqual([transport, true]);
    }
    await expect(serving({ listen: both('127.0.0.1', one.port) })).rejects.toThrow('is in use');
    await Promise.all([one.close(), other.close()]);
  });
});

describe.skipIf(canReusePort())('a Node that cannot share ports', () => {
  const sentence =
    /^127\.0\.0\.1:0 cannot be shared with other programs: that needs Node 22\.12, 23\.1 or later, and this is \S+$/;

  test('says so and listens nowhere', async () => {
    await expect(serving({ listen: shared() })).rejects.toThrow(sentence);
    const ran = await cli(['serve', 'example.net.zone', '--listen', '0', '--reuse-port'], { cwd: folder.path });
    expect(ran).toMatchObject({ code: 2, stdout: '' });
    expect(ran.stderr.replace(/^error: /, '').trimEnd()).toMatch(sentence);
  });
});
