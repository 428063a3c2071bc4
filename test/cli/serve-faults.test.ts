import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { askServer } from '../../lib/net/ask.ts';
import { typeFromText } from '../../lib/rr/types.ts';
import { moment } from '../net/serving.ts';
import { wire } from '../wire/messages.ts';
import type { Started } from './program.ts';
import { cli, folderOf, zone } from './run.ts';
import { startEnding } from './serving.ts';

const folder = folderOf({
  'example.net.zone': zone('@ MX 10 ns1\nwww A 192.0.2.80\n'),
  'faults.yaml': 'seed: 3\nfaults:\n  - { id: mx, match: { type: MX }, action: { rcode: SERVFAIL } }\n',
  'more.json': '{"faults": [{"id": "quiet", "match": {"name": "www.example.net"}, "action": {"drop": true}}]}',
  'same.yaml': 'faults: [{ id: mx, preset: lame }]',
  'seed.yaml': 'seed: 4\nfaults: []',
  'slow.yaml': 'faults: [{ id: slow, action: { delay: 20000 } }]',
  'bad.yaml': 'faults:\n  - id: a\n    match: { type: SVR }\n    preset: lame\n',
  'worse.yaml': 'faults:\n  - id: a\n    preset: lane\n  - id: a\n    action: { rcode: NOPE }\n',
});
afterAll(() => folder.remove());

let running: Started | undefined;
const start = startEnding();

async function until(what: () => boolean): Promise<void> {
  for (let waits = 0; !what() && waits < 600; waits++) await moment(10);
  expect([what(), running?.stderr()]).toEqual([true, running?.stderr()]);
}

async function serve(...args: string[]): Promise<number> {
  running = await start(['serve', 'example.net.zone', '--listen', '127.0.0.1:0', ...args], { cwd: folder.path });
  await until(() => /^(?:Serving|.*"ready")/mu.test(running?.stdout() ?? ''));
  return Number(
    /127\.0\.0\.1:(\d+)|"port":(\d+)/u
      .exec(running?.stdout() ?? '')
      ?.slice(1)
      .find(Boolean),
  );
}

async function rcode(port: number, name: string, type: string): Promise<number | string> {
  const question = { name: wire(name), type: typeFromText(type) ?? 0, class: 1 };
  const result = await askServer({ address: '127.0.0.1', port }, question, { random: () => 1, timeout: 400 });
  return 'message' in result ? result.message.rcode : result.failure;
}

function write(name: string, text: string): void {
  writeFileSync(join(folder.path, `.${name}.tmp`), text);
  renameSync(join(folder.path, `.${name}.tmp`), join(folder.path, name));
}

describe('serve --faults', () => {
  test('answers wrongly, and logs which fault it was and what was sent', async () => {
    const port = await serve('--faults', 'faults.yaml', '--faults', 'more.json', '--log', 'json');
    expect([await rcode(port, 'example.net.', 'MX'), await rcode(port, 'example.net.', 'NS')]).toEqual([2, 0]);
    expect(await rcode(port, 'www.example.net.', 'A')).toBe('timeout');
    running?.child.kill('SIGTERM');
    const { code, stdout } = (await running?.exit) ?? { code: -1, stdout: '' };
    expect(code).toBe(0);
    const queries = stdout
      .split('\n')
      .filter((line) => line.includes('"event":"query"'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(queries[0]).toMatchObject({ type: 'MX', rcode: 'SERVFAIL', aa: false, outcome: 'answer', faults: ['mx'] });
    expect(queries[1]).not.toHaveProperty('faults');
    expect(queries[2]).toMatchObject({ type: 'A', faults: ['quiet'], answerSize: 0 });
    expect(queries[2]).not.toHaveProperty('rcode');
  });

  test('ends in peace while an answer still waits', async () => {
    const port = await serve('--faults', 'slow.yaml', '--quiet', '--log', 'json');
    expect(await rcode(port, 'www.example.net.', 'A')).toBe('timeout');
    const start = performance.now();
    running?.child.kill('SIGTERM');
    expect(await running?.exit).toMatchObject({ code: 0, stderr: '' });
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  test('logs the same in words', async () => {
    const port = await serve('--faults', 'faults.yaml', '--log', 'text');
    await rcode(port, 'example.net.', 'MX');
    running?.child.kill('SIGTERM');
    const { stdout } = (await running?.exit) ?? { stdout: '' };
    expect(stdout).toMatch(/ example\.net\. MX IN .* SERVFAIL - answer \d+>\d+ [\d.]+ms fault=mx$/mu);
  });

  test('reads the file again on SIGHUP and with --watch, and keeps the old one when the new is bad', async () => {
    const good = 'faults:\n  - { id: mx, match: { type: MX }, action: { rcode: SERVFAIL } }\n';
    write('live.yaml', good);
    const port = await serve('--faults', 'live.yaml', '--watch');
    expect(await rcode(port, 'example.net.', 'MX')).toBe(2);
    write('live.yaml', good.replace('SERVFAIL', 'REFUSED'));
    await until(() => running?.stderr().includes('note: read live.yaml again') === true);
    expect(await rcode(port, 'example.net.', 'MX')).toBe(5);
    write('live.yaml', good.replace('SERVFAIL', 'SERVFIAL'));
    await until(() => running?.stderr().includes('all faults stay as they were') === true);
    expect(running?.stderr()).toContain(
      'error: live.yaml:2:53: faults[0].action.rcode is "SERVFIAL", which is no RCODE; did you mean SERVFAIL?',
    );
    expect(await rcode(port, 'example.net.', 'MX')).toBe(5);
    write('live.yaml', 'faults: []\n');
    running?.child.kill('SIGHUP');
    await until(() => (running?.stderr().split('note: read live.yaml again').length ?? 0) > 2);
    expect(await rcode(port, 'example.net.', 'MX')).toBe(0);
  });

  test.each([
    [
      ['--faults', 'bad.yaml'],
      'error: bad.yaml:3:20: faults[0].match.type is "SVR", which is no RR type; did you mean SRV?\n',
    ],
    [['--faults', 'nothing-here.yaml'], 'error: no such file or folder: nothing-here.yaml; check the path\n'],
    [['--faults', '.'], 'error: . is a folder; --faults takes a file\n'],
    [
      ['--faults', 'faults.yaml', '--faults', 'same.yaml'],
      'error: faults.yaml and same.yaml both have a fault "mx": give each fault an id of its own\n',
    ],
    [
      ['--faults', 'faults.yaml', '--faults', 'seed.yaml'],
      'error: the files of faults have unlike seeds (3, 4): give one with --seed\n',
    ],
    [
      ['--faults', 'worse.yaml'],
      'error: worse.yaml:3:13: faults[0].preset is "lane", which is no preset; did you mean lame?\nerror: worse.yaml:4:9: faults[1].id is "a", the id of faults[0] too: give each fault its own\nerror: worse.yaml:5:22: faults[1].action.rcode is "NOPE", which is no RCODE; expected one such as SERVFAIL or a number up to 4095\n',
    ],
  ])('%j is wrong use', async (args, stderr) => {
    const ran = await cli(['serve', 'example.net.zone', '--listen', '0', ...args], { cwd: folder.path });
    expect(ran).toEqual({ code: 2, stdout: '', stderr });
  });
});
