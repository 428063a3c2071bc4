import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { sendQuery } from '../../lib/net/send-query.ts';
import { TYPE } from '../../lib/rr/types.ts';
import { startDnsServer } from '../../lib/testing/index.ts';
import { rcodeToText } from '../../lib/wire/codes.ts';
import { extendedErrors } from '../../lib/wire/extended-errors.ts';
import { queryFor } from '../../lib/wire/message.ts';
import { moment } from '../net/serving.ts';
import { wire } from '../wire/messages.ts';
import { sharedProgram } from './bundle.ts';
import type { Started } from './program.ts';
import { cli, folderOf, zone } from './run.ts';
import { portOf, startEnding } from './serving.ts';

const folder = folderOf({
  'example.net.zone': zone('www A 192.0.2.80\n'),
  'bad.jsonl': '{"name":"a.","type":"A","class":"IN"}\n\nnot json\n',
  'many.jsonl': '7\n'.repeat(15),
});
afterAll(() => folder.remove());

/** Runs a command in a network of its own in which one port is free. */
const ONE_PORT = 'ip link set lo up && echo 5400 5400 > /proc/sys/net/ipv4/ip_local_port_range && exec "$0" "$@"';
const apart = spawnSync('unshare', ['-rn', 'sh', '-c', ONE_PORT, 'true'], { stdio: 'ignore' });
const noNetwork = apart.status === 0 ? undefined : 'this system gives no network of its own';
if (noNetwork !== undefined) console.log(`a server is not made its own upstream: ${noNetwork}`);

let running: Started | undefined;
const start = startEnding();

/** Starts with a log as JSON; the port. */
async function serve(...args: string[]): Promise<number> {
  running = await start(['serve', '--listen', '127.0.0.1:0', '--log', 'json', ...args], { cwd: folder.path });
  return portOf(running);
}

/** What is answered: the RCODE, how many records, and extended errors. */
async function ask(port: number, name: string): Promise<string> {
  const edns = { udpSize: 1232, version: 0, dnssecOk: false, flags: 0, options: [] };
  const query = { ...queryFor({ name: wire(name), type: TYPE.A, class: 1 }, 7), edns };
  const sent = await sendQuery({ address: '127.0.0.1', port }, query, { transport: 'udp', timeout: 5000, tries: 1 });
  if ('problem' in sent) return sent.problem;
  const { message } = sent;
  return [rcodeToText(message.rcode), message.answer.length, ...extendedErrors(message).map(({ text }) => text)].join(
    ' ',
  );
}

describe('serve --upstream', () => {
  test('asks for names of no zone, keeps what it hears, and answers it again without that server', async () => {
    const up = await startDnsServer({ zones: { 'up.test': 'www A 192.0.2.1\nwww A 192.0.2.2' } });
    const path = join(folder.path, 'kept.jsonl');
    const port = await serve('example.net.zone', '--upstream', up.server, '--record', 'kept.jsonl');
    expect(await ask(port, 'www.example.net.')).toBe('NOERROR 1');
    expect([await ask(port, 'www.up.test.'), await ask(port, 'WWW.up.test.')]).toEqual(['NOERROR 2', 'NOERROR 2']);
    expect(await ask(port, 'none.up.test.')).toBe('NXDOMAIN 0');
    await up.close();
    expect(await ask(port, 'later.up.test.')).toMatch(/^SERVFAIL 0 upstream: 127\.0\.0\.1:\d+ /u);
    await moment(50);
    expect(running?.stdout().match(/"outcome":"\w+"/gu)).toEqual([
      '"outcome":"answer"',
      ...Array(4).fill('"outcome":"forwarded"'),
    ]);
    running?.child.kill('SIGTERM');
    expect((await running?.exit)?.code).toBe(0);
    const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).name)).toEqual(['www.up.test.', 'none.up.test.']);
    // Somebody has edited it.
    writeFileSync(path, lines.join('\n'));

    const again = await serve('--replay', 'kept.jsonl');
    expect(await ask(again, 'wWw.up.test.')).toBe('NOERROR 2');
    expect(await ask(again, 'later.up.test.')).toBe('REFUSED 0 later.up.test. A was not recorded');
  });

  test('goes on with a file, and answers from it first', async () => {
    await using up = await startDnsServer({ zones: { 'up.test': 'a A 192.0.2.1\nb A 192.0.2.2' } });
    const path = join(folder.path, 'more.jsonl');
    const args = ['--upstream', up.server, '--record', 'more.jsonl'];
    await ask(await serve(...args), 'a.up.test.');
    running?.child.kill('SIGTERM');
    await running?.exit;
    writeFileSync(path, readFileSync(path, 'utf8').trimEnd());
    const port = await serve(...args, '--replay', 'more.jsonl');
    up.clearQueries();
    for (const name of ['a.up.test.', 'b.up.test.', 'b.up.test.']) expect(await ask(port, name)).toBe('NOERROR 1');
    expect(up.queries().map(({ name }) => name)).toEqual(['b.up.test', 'b.up.test']);
    expect(readFileSync(path, 'utf8').match(/"name":"\w/gu)).toEqual(['"name":"a', '"name":"b']);
  });

  test.skipIf(noNetwork !== undefined).each(['0.0.0.0', '[::]'])(
    'is not the server itself at %s either, when the system chooses the port',
    async (address) => {
      const upstream = address === '0.0.0.0' ? '127.0.0.1:5400' : '[::1]:5400';
      const args = ['serve', '--listen', `${address}:0`, '--upstream', upstream];
      const ran = spawnSync(
        'unshare',
        ['-rn', 'sh', '-c', ONE_PORT, process.execPath, await sharedProgram(), ...args],
        {
          encoding: 'utf8',
          timeout: 10_000,
        },
      );
      expect([ran.stderr, ran.stdout, ran.status]).toEqual([
        `error: --upstream: ${upstream} is this server itself, which would ask itself for ever: name another one\n`,
        '',
        2,
      ]);
    },
  );

  test.each([
    [['--record', 'x.jsonl', 'example.net.zone'], '--record needs --upstream'],
    [['--upstream', 'localhost'], '--upstream localhost: a host name would need DNS itself'],
    [['--upstream', '127.0.0.1:5399', '--listen', '127.0.0.1:5399'], '127.0.0.1:5399 is this server itself'],
    [['--upstream', '127.0.0.1', '--challtestsrv', '127.0.0.1'], '--challtestsrv answers for names of no zone itself'],
    [['--upstream', '192.0.2.1', '--record', 'none/x.jsonl'], 'cannot write none/x.jsonl: no such file or folder'],
    [['--upstream', '192.0.2.1', '--record', 'bad.jsonl'], 'error: bad.jsonl:3: this is no JSON'],
    [['--replay', 'none.jsonl'], 'none.jsonl: no such file or folder'],
    [
      ['--replay', 'bad.jsonl'],
      'error: bad.jsonl:1: "do" has to be true or false\nerror: bad.jsonl:3: this is no JSON',
    ],
    [['--replay', 'many.jsonl'], 'many.jsonl: 5 more mistakes'],
  ])('%j is wrong use', async (args, said) => {
    const { code, stderr } = await cli(['serve', ...args], { cwd: folder.path });
    expect([code, stderr]).toEqual([2, expect.stringContaining(said)]);
  });
});
