import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { askServer } from '../../lib/net/ask.ts';
import { TYPE } from '../../lib/rr/types.ts';
import { rcodeToText } from '../../lib/wire/codes.ts';
import { moment } from '../net/serving.ts';
import { wire } from '../wire/messages.ts';
import type { Started } from './program.ts';
import { cli, folderOf, zone } from './run.ts';
import { startEnding } from './serving.ts';

const folder = folderOf({
  'example.net.zone': zone('@ MX 10 ns1\nwww A 192.0.2.80\n'),
  'token.txt': 'from-a-file\n',
  'bad-token.txt': 'two words\n',
});
afterAll(() => folder.remove());

let running: Started | undefined;
const start = startEnding();

interface Event {
  readonly event: string;
  readonly url?: string;
  readonly token?: string;
  readonly port?: number;
}

/** What was told until the server was ready. */
async function serve(...args: readonly string[]): Promise<Event[]> {
  running = await start(['serve', '--listen', '127.0.0.1:0', '--log', 'json', ...args], { cwd: folder.path });
  for (let waits = 0; !running.stdout().includes('"ready"') && waits < 600; waits++) await moment(10);
  const events = running
    .stdout()
    .split('\n')
    .filter((line) => line !== '');
  return events.map((line) => JSON.parse(line) as Event);
}

const named = (events: readonly Event[], name: string): Event =>
  events.find(({ event }) => event === name) ?? { event: '' };

async function rcode(events: readonly Event[], name: string, type: number): Promise<string> {
  const server = { address: '127.0.0.1', port: named(events, 'listening').port ?? 0 };
  const asked = await askServer(server, { name: wire(name), type, class: 1 }, { random: () => 1, timeout: 2000 });
  return 'message' in asked ? rcodeToText(asked.message.rcode) : asked.failure;
}

describe('a server that is controlled', () => {
  test('tells where and with which token, and is changed from there', async () => {
    const events = await serve('example.net.zone', '--control', '127.0.0.1:0');
    expect(events.map(({ event }) => event)).toEqual(['control', 'listening', 'listening', 'ready']);
    const { url = '', token = '' } = named(events, 'control');
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/u);
    expect(token).toMatch(/^[\w-]{24}$/u);
    const headers = { authorization: `Bearer ${token}` };
    const call = (method: string, path: string, body?: unknown): Promise<Response> =>
      fetch(`${url}v1/${path}`, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) });
    expect((await fetch(`${url}v1/status`)).status).toBe(401);
    expect((await fetch(url)).headers.get('content-security-policy')).toContain("default-src 'none'");
    const added = await call('POST', 'faults', { id: 'mx', match: { type: 'MX' }, action: { rcode: 'SERVFAIL' } });
    expect(added.status).toBe(201);
    expect(await rcode(events, 'example.net.', TYPE.MX)).toBe('SERVFAIL');
    const waited = await call('GET', 'queries/wait?type=MX&timeout=5000');
    expect(await waited.json()).toMatchObject({
      queries: [{ name: 'example.net.', faults: ['mx'], rcode: 'SERVFAIL' }],
    });
    expect(await rcode(events, 'new.example.net.', TYPE.A)).toBe('NXDOMAIN');
    await call('PATCH', 'zones/example.net', { op: 'add', name: 'new', type: 'A', data: '192.0.2.9' });
    expect(await rcode(events, 'new.example.net.', TYPE.A)).toBe('NOERROR');
    await call('POST', 'reset');
    expect(await rcode(events, 'new.example.net.', TYPE.A)).toBe('NXDOMAIN');
    writeFileSync(join(folder.path, 'example.net.zone'), zone('again A 192.0.2.80\n'));
    running?.child.kill('SIGHUP');
    for (let waits = 0; !running?.stderr().includes('read example.net. again') && waits < 300; waits++)
      await moment(10);
    expect(await rcode(events, 'again.example.net.', TYPE.A)).toBe('NOERROR');
    const stream = await call('GET', 'events');
    running?.child.kill('SIGTERM');
    expect(await stream.text()).toContain(': events follow');
    expect((await running?.exit)?.code).toBe(0);
  });

  test('takes a token that is given, and tells it to people on standard error', async () => {
    running = await start(
      [
        'serve',
        'example.net.zone',
        '--listen',
        '127.0.0.1:0',
        '--control',
        '127.0.0.1:0',
        '--control-token',
        '@token.txt',
      ],
      { cwd: folder.path },
    );
    for (let waits = 0; !running.stdout().includes('Serving') && waits < 600; waits++) await moment(10);
    const [, url = '', token] = /^note: controlled at (http:\S+\/)#token=(\S+)$/mu.exec(running.stderr()) ?? [];
    expect(token).toBe('from-a-file');
    const told = await fetch(`${url}v1/status`, { headers: { authorization: 'Bearer from-a-file' } });
    expect(await told.json()).toMatchObject({ zones: 1 });
  });

  test('may start without zones and warns when others may reach it', async () => {
    const events = await serve('--control', '0.0.0.0:0', '--control-token', 'abc');
    expect(named(events, 'control')).toMatchObject({ token: 'abc' });
    expect(running?.stderr()).toContain('warning: other machines may reach the control interface at http://0.0.0.0:');
  });

  test('takes what suites send to pebble-challtestsrv', async () => {
    const events = await serve('--challtestsrv', '127.0.0.1:0');
    expect(events.map(({ event }) => event)).toEqual(['challtestsrv', 'listening', 'listening', 'ready']);
    const { url } = named(events, 'challtestsrv');
    const sent = await fetch(`${url}set-servfail`, { method: 'POST', body: '{"host":"a.test"}' });
    expect([sent.status, await sent.text()]).toEqual([200, '']);
    expect([await rcode(events, 'a.test.', TYPE.A), await rcode(events, 'b.test.', TYPE.MX)]).toEqual([
      'SERVFAIL',
      'NOERROR',
    ]);
    const history = await fetch(`${url}dns-request-history`, { method: 'POST', body: '{"host":"b.test"}' });
    expect(await history.json()).toEqual([{ Question: { Name: 'b.test.', Qtype: 15, Qclass: 1 } }]);
  });

  test('ends with one sentence when a place is in use', async () => {
    const { url = '' } = named(await serve('--control', '127.0.0.1:0'), 'control');
    const place = new URL(url).host;
    const ran = await cli(['serve', '--listen', '127.0.0.1:0', '--control', place], { cwd: folder.path });
    expect([ran.code, ran.stderr]).toEqual([2, expect.stringMatching(/^error: 127\.0\.0\.1:\d+ is in use.*\n$/u)]);
  });

  test.each([
    [['example.net.zone', '--control-token', 'abc'], '--control-token needs --control'],
    [['--control', '127.0.0.1:0', '--control-token', 'a b'], '--control-token: a token is made of'],
    [['--control', '127.0.0.1:0', '--control-token', '@bad-token.txt'], 'bad-token.txt: a token is made of'],
    [['--control', '127.0.0.1:0', '--control-token', '@none.txt'], 'none.txt'],
    [['--control', 'localhost'], '--control localhost: '],
    [['--challtestsrv', '0.0.0.0'], 'this interface asks for no token, so it is at the loopback only'],
    [[], 'an argument of serve is missing'],
  ])('is not started with %j', async (args, says) => {
    const ran = await cli(['serve', ...args], { cwd: folder.path });
    expect([ran.code, ran.stderr]).toEqual([2, expect.stringContaining(says)]);
  });
});
