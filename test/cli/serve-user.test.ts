import { readFileSync, writeFileSync } from 'node:fs';
import { createConnection, createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { UsageError } from '../../cli/errors.ts';
import { become, runAsOf, type UserOfProcess } from '../../cli/serve/user.ts';
import { sendQuery } from '../../lib/net/send-query.ts';
import { TYPE } from '../../lib/rr/types.ts';
import { startDnsServer } from '../../lib/testing/index.ts';
import { queryFor } from '../../lib/wire/message.ts';
import { moment } from '../net/serving.ts';
import { wire } from '../wire/messages.ts';
import type { Started } from './program.ts';
import { cli, folderOf, world, zone } from './run.ts';
import { startEnding } from './serving.ts';

const folder = folderOf({ 'example.net.zone': zone() });
afterAll(() => folder.remove());

let running: Started | undefined;
const start = startEnding();

const { io } = world({});

/** A process of some user that writes down what it is told. */
function system(uid: number, calls: string[], unknown: readonly unknown[] = []): UserOfProcess {
  const known = (what: string, id: unknown): void => {
    if (unknown.includes(id))
      throw Object.assign(new Error(`${what} identifier does not exist: ${id}`), { code: 'ERR_UNKNOWN_CREDENTIAL' });
  };
  return {
    getuid: () => uid,
    initgroups: (user, group) => {
      known('User', user);
      known('Group', group);
      calls.push(`initgroups ${user} ${group}`);
    },
    setgroups: (groups) => void calls.push(`setgroups ${groups}`),
    setgid: (group) => void calls.push(`setgid ${group}`),
    setuid: (user) => {
      if (uid !== 0) throw Object.assign(new Error('EPERM, Operation not permitted'), { code: 'EPERM' });
      calls.push(`setuid ${user}`);
    },
  };
}

const refusal = (act: () => void): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  return '';
};

describe('a user', () => {
  test.each<[string, readonly unknown[], readonly string[]]>([
    ['name:group', [], ['initgroups name group', 'setgid group', 'setuid name']],
    ['1234:99', [], ['initgroups 1234 99', 'setgid 99', 'setuid 1234']],
    ['1234:99', [1234], ['setgroups 99', 'setgid 99', 'setuid 1234']],
  ])('%s (unknown: %j) is taken on behind its groups', (text, unknown, expected) => {
    const calls: string[] = [];
    become(runAsOf(text, io, system(0, calls)), system(0, calls, unknown));
    expect(calls).toEqual(expected);
  });

  test.each([
    ['', 0, [], '--user : it is NAME or NAME:GROUP'],
    ['a:b:c', 0, [], '--user a:b:c: it is NAME or NAME:GROUP'],
    ['a:b', 1000, [], '--user a:b: only root can become another user'],
    ['a:b', 0, ['a'], '--user a:b: there is no such user'],
    ['a:b', 0, ['b'], '--user a:b: there is no such group'],
  ])('%s of %i (unknown: %j) is refused', (text, uid, unknown, expected) => {
    const calls: string[] = [];
    expect(refusal(() => become(runAsOf(text, io, system(uid, calls)), system(uid, calls, unknown)))).toBe(expected);
    expect(calls).toEqual([]);
  });

  test('is none on a system without users, and none where the system says no', () => {
    expect(refusal(() => runAsOf('a', io, {}))).toBe('--user a: this system has no users to change to');
    expect(refusal(() => become({ text: 'a', user: 1, group: 1 }, system(1, [])))).toBe(
      '--user a: the system does not permit it (EPERM, Operation not permitted)',
    );
  });
});

const users = process.getuid === undefined ? [] : readFileSync('/etc/passwd', 'latin1').split('\n');
const nobody = users.map((line) => line.split(':')).find(([name]) => name === 'nobody');
const cannot =
  process.getuid?.() !== 0
    ? 'this is not root'
    : process.platform !== 'linux' || nobody === undefined
      ? 'this is no Linux with a user nobody'
      : undefined;
if (cannot !== undefined) console.log(`the user of a server is not changed: ${cannot}`);

describe.skipIf(cannot !== undefined)('serve --user', () => {
  async function serve(...args: string[]): Promise<void> {
    running = await start(['serve', 'example.net.zone', '--log', 'json', ...args], { cwd: folder.path });
    for (let waits = 0; !running.stdout().includes('"ready"') && waits < 600; waits++) await moment(10);
    expect([running.stdout().includes('"ready"'), running.stderr()]).toEqual([true, '']);
  }

  test('has a privileged port and no privilege', async () => {
    const port = await privilegedPort();
    await serve('--listen', `127.0.0.1:${port}`, '--user', 'nobody');
    const status = readFileSync(join('/proc', String(running?.child.pid), 'status'), 'utf8');
    const [, , uid, gid] = nobody ?? [];
    expect(/^Uid:\t(.*)$/mu.exec(status)?.[1]).toBe(Array(4).fill(uid).join('\t'));
    expect(/^Gid:\t(.*)$/mu.exec(status)?.[1]).toBe(Array(4).fill(gid).join('\t'));
    expect(/^Groups:\t(.*)$/mu.exec(status)?.[1]?.trim()).toBe(gid);
    expect(/^CapEff:\t(.*)$/mu.exec(status)?.[1]).toMatch(/^0+$/);
    const socket = createConnection(port, '127.0.0.1');
    await new Promise((resolve, reject) => socket.on('connect', resolve).on('error', reject));
    socket.destroy();
    running?.child.kill('SIGTERM');
    expect(await running?.exit).toMatchObject({ code: 0 });
  });

  test('goes on with a recording that it opened before', async () => {
    await using up = await startDnsServer({ zones: { 'up.test': 'www A 192.0.2.1' } });
    const path = join(folder.path, 'kept.jsonl');
    writeFileSync(path, '', { mode: 0o600 });
    await serve('--listen', '127.0.0.1:0', '--user', 'nobody', '--upstream', up.server, '--record', 'kept.jsonl');
    const port = Number(/"port":(\d+)/u.exec(running?.stdout() ?? '')?.[1]);
    const query = queryFor({ name: wire('www.up.test.'), type: TYPE.A, class: 1 }, 7);
    await sendQuery({ address: '127.0.0.1', port }, query, { transport: 'udp', timeout: 5000, tries: 1 });
    expect(readFileSync(path, 'utf8')).toContain('"name":"www.up.test."');
    expect(running?.stderr()).toBe('');
  });

  test.each([
    [
      'no-such-user',
      'error: --user no-such-user: /etc/passwd has no such user; one of elsewhere is written NAME:GROUP\n',
    ],
    ['no-such-user:0', 'error: --user no-such-user:0: there is no such user\n'],
    ['nobody:no-such-group', 'error: --user nobody:no-such-group: there is no such group\n'],
  ])('%s ends in one sentence, with nothing left open', async (user, sentence) => {
    const ran = await cli(['serve', 'example.net.zone', '--listen', '0', '--control', '0', '--user', user], {
      cwd: folder.path,
    });
    expect(ran).toEqual({ code: 2, stdout: '', stderr: sentence });
  });
});

/** A port below 1024 that is free. */
async function privilegedPort(): Promise<number> {
  for (let port = 1023; ; port--) {
    const server = createServer();
    const free = await new Promise<boolean>((resolve) => {
      server.on('error', () => resolve(false)).listen(port, '127.0.0.1', () => resolve(true));
    });
    if (free) await new Promise((resolve) => server.close(resolve));
    if (free) return port;
  }
}
