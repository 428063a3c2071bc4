import { afterAll, describe, expect, test } from 'vitest';
import { canReusePort } from '../../lib/net/reuse-port.ts';
import { sendQuery } from '../../lib/net/send-query.ts';
import { cli, folderOf, zone } from '../cli/run.ts';
import { query } from '../server/dialogue.ts';
import { both, mirrored, serving } from './serving.ts';

const folder = folderOf({ 'example.net.zone': zone() });
afterAll(() => folder.remove());

const shared = (port = 0) => both('127.0.0.1', port).map((place) => ({ ...place, reusePort: true }));

const here = await canReusePort('127.0.0.1');
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

const can = here && process.platform === 'linux';
if (!can) console.log(`ports are not shared: this is Node ${process.versions.node} on ${process.platform}`);
if (here) console.log(`nothing says that ports cannot be shared: this is Node ${process.versions.node}`);

test.skipIf(process.platform !== 'linux')('ports are shared from Node 22.12 and 23.1 on', () => {
  expect(here).toBe(major > 23 || (major === 23 && minor >= 1) || (major === 22 && minor >= 12));
});

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

describe.skipIf(here)('a Node that cannot share ports', () => {
  const sentence = /^127\.0\.0\.1:0 cannot be shared with other programs: that needs Node 22\.12, 23\.1 or later$/;

  test('says so and listens nowhere', async () => {
    await expect(serving({ listen: shared() })).rejects.toThrow(sentence);
    const ran = await cli(['serve', 'example.net.zone', '--listen', '0', '--reuse-port'], { cwd: folder.path });
    expect(ran).toMatchObject({ code: 2, stdout: '' });
    expect(ran.stderr.replace(/^error: /, '').trimEnd()).toMatch(sentence);
  });
});
