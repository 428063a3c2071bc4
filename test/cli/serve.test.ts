import { spawn } from 'node:child_process';
import { createHash, createPublicKey } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { afterAll, describe, expect, test } from 'vitest';
import { askServer } from '../../lib/net/ask.ts';
import { TYPE } from '../../lib/rr/types.ts';
import { serverCertificate } from '../net/certificates.ts';
import { moment } from '../net/serving.ts';
import { wire } from '../wire/messages.ts';
import { sharedProgram } from './bundle.ts';
import type { Started } from './program.ts';
import { cli, folderOf, zone } from './run.ts';
import { startEnding } from './serving.ts';

const tls = serverCertificate(['dns.example.net']);
const folder = folderOf({
  'example.net.zone': zone('@ MX 10 ns1\nwww A 192.0.2.80\n'),
  'same.txt': zone(),
  'other.txt': zone('', 'example.org'),
  'bad.zone': zone('@ CNAME ns1\n', 'bad.example'),
  'broken.zone': zone('x A 192.0.2\n', 'broken.example'),
  'cert.pem': tls.cert,
  'key.pem': tls.key,
  'other-key.pem': serverCertificate(['dns.example.net']).key,
  'no-cert.pem': '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n',
});
afterAll(() => folder.remove());

let running: Started | undefined;
const start = startEnding();

interface Event {
  readonly event: string;
  readonly [member: string]: unknown;
}

const events = (): Event[] =>
  (running?.stdout() ?? '')
    .split('\n')
    .filter((line) => line.endsWith('}'))
    .map((line) => JSON.parse(line) as Event);

async function until(what: () => boolean): Promise<void> {
  for (let waits = 0; !what() && waits < 600; waits++) await moment(10);
  expect([what(), running?.stderr()]).toEqual([true, running?.stderr()]);
}

/** Starts a server and waits until it is ready; its first port. */
async function serve(...args: string[]): Promise<number> {
  running = await start(['serve', ...args, '--log', 'json'], { cwd: folder.path });
  await until(() => events().some(({ event }) => event === 'ready'));
  return Number(events()[0]?.['port']);
}

const serial = async (port: number, name = 'example.net.'): Promise<number | string> => {
  const question = { name: wire(name), type: TYPE.SOA, class: 1 };
  const result = await askServer({ address: '127.0.0.1', port }, question, { random: () => 1, timeout: 2000 });
  const soa = 'message' in result ? result.message.answer[0] : undefined;
  if (soa === undefined) return 'message' in result ? result.message.rcode : result.failure;
  return new DataView(soa.rdata.buffer, soa.rdata.byteOffset).getUint32(soa.rdata.length - 20);
};

const withSerial = (number: number, more = ''): string =>
  zone(`@ MX 10 ns1\n${more}`).replace('hostmaster 1 ', `hostmaster ${number} `);

/** Writes a file as editors do, whole or not at all. */
function write(name: string, text: string): void {
  writeFileSync(join(folder.path, `.${name}.tmp`), text);
  renameSync(join(folder.path, `.${name}.tmp`), join(folder.path, name));
}

describe('serve', () => {
  test('tells where it listens, answers, logs each query and ends when told to', async () => {
    const port = await serve('example.net.zone', 'example.org=other.txt', '--listen', '127.0.0.1:0', '--nsid', 'one');
    expect(running?.stdout()).toBe(
      `${['udp', 'tcp'].map((transport) => `{"event":"listening","transport":"${transport}","address":"127.0.0.1","port":${port}}\n`).join('')}{"event":"ready"}\n`,
    );
    expect([await serial(port), await serial(port, 'example.org.'), await serial(port, 'x.test.')]).toEqual([1, 1, 5]);
    running?.child.kill('SIGTERM');
    expect(await running?.exit).toMatchObject({ code: 0, stderr: '' });
    const queries = events().filter(({ event }) => event === 'query');
    expect(queries).toMatchObject([
      {
        id: 1,
        client: '127.0.0.1',
        transport: 'udp',
        opcode: 'QUERY',
        name: 'example.net.',
        type: 'SOA',
        class: 'IN',
        flags: ['rd', 'ad'],
        edns: { version: 0, udpSize: 1232, do: false, options: [] },
        rcode: 'NOERROR',
        aa: true,
        zone: 'example.net.',
        querySize: 40,
      },
      { rcode: 'NOERROR', zone: 'example.org.' },
      { rcode: 'REFUSED', outcome: 'outside' },
    ]);
    expect(queries.every(({ ms }) => typeof ms === 'number' && ms >= 0)).toBe(true);
  });

  test('reads zones again on SIGHUP, and keeps one that is bad', async () => {
    write('example.net.zone', withSerial(1));
    const port = await serve('example.net.zone', '--listen', '0');
    write('example.net.zone', withSerial(2));
    running?.child.kill('SIGHUP');
    await until(() => running?.stderr().includes('note: read example.net. again') === true);
    expect(await serial(port)).toBe(2);
    write('example.net.zone', withSerial(3, '@ CNAME ns1\n'));
    running?.child.kill('SIGHUP');
    await until(() => running?.stderr().includes('what was served before still is') === true);
    expect(await serial(port)).toBe(2);
    rmSync(join(folder.path, 'example.net.zone'));
    running?.child.kill('SIGHUP');
    await until(() => running?.stderr().includes('no such file or folder: example.net.zone') === true);
    expect(await serial(port)).toBe(2);
    write('example.net.zone', withSerial(4));
    running?.child.kill('SIGHUP');
    await until(() => events().filter(({ event }) => event === 'reload').length === 4);
    expect(await serial(port)).toBe(4);
    running?.child.kill('SIGINT');
    expect((await running?.exit)?.code).toBe(0);
  });

  test('loses no query while zones change', async () => {
    write('example.net.zone', withSerial(1));
    const port = await serve('example.net.zone', '--listen', '0', '--watch', '--quiet');
    let asking = true;
    const seen = new Set<number | string>();
    let asked = 0;
    const client = async (): Promise<void> => {
      while (asking) {
        seen.add(await serial(port));
        asked++;
      }
    };
    const clients = Array.from({ length: 8 }, client);
    for (let number = 2; number <= 6; number++) {
      write('example.net.zone', withSerial(number, number === 4 ? 'x A 300.1.1.1\n' : ''));
      await moment(250);
    }
    await until(() => seen.has(6));
    asking = false;
    await Promise.all(clients);
    expect(asked).toBeGreaterThan(100);
    expect([...seen].sort()).toEqual([1, 2, 3, 5, 6]);
    expect(running?.stderr()).toMatch(/^error: example\.net\.zone:\d+:\d+: [^\n]*; what was served before still is\n$/);
  });

  test('serves a folder, and follows files that come and go', async () => {
    const zones = folderOf({ 'a.zone': zone('', 'a.example') });
    const port = await serve(zones.path, '--listen', '0', '--watch');
    expect(await serial(port, 'a.example.')).toBe(1);
    writeFileSync(join(zones.path, 'b.zone'), zone('', 'b.example'));
    await until(() => events().some(({ event, zones: read }) => event === 'reload' && String(read) === 'b.example.'));
    expect(await serial(port, 'b.example.')).toBe(1);
    rmSync(join(zones.path, 'a.zone'));
    await until(() => running?.stderr().includes('a.example. is gone') === true);
    expect([await serial(port, 'a.example.'), await serial(port, 'b.example.')]).toEqual([5, 1]);
    zones.remove();
  });

  test('has a line for people and a log of words', async () => {
    running = await start(['serve', 'example.net.zone', '--listen', '127.0.0.1:0', '--log', 'text'], {
      cwd: folder.path,
    });
    await until(() => running?.stdout().endsWith('\n') === true);
    const [, port] =
      /^Serving example\.net\. \(\d+ records\) at 127\.0\.0\.1:(\d+) \(UDP, TCP\)\.\n$/.exec(running.stdout()) ?? [];
    await serial(Number(port));
    await until(() => running?.stdout().split('\n').length === 3);
    expect(running.stdout()).toMatch(
      /^\d{4}-\S+Z 127\.0\.0\.1#\d+ udp 1 example\.net\. SOA IN rd,ad edns0,1232 NOERROR aa answer 40>\d+ [\d.]+ms$/m,
    );
  });
});

test('makes a certificate when none is given, and says how to trust it', async () => {
  const secure = ['--tls-listen', '127.0.0.1:0', '--https-listen', '127.0.0.1:0'];
  await serve('example.net.zone', ...secure, '--tls-name', 'Mx.Test', '--tls-ca-out', 'root.pem');
  const places = events().filter(({ event }) => event === 'listening');
  expect(places.map(({ transport }) => transport)).toEqual(['tls', 'https']);
  const pins = new Set(places.map(({ pin }) => pin));
  const key = createPublicKey(readFileSync(join(folder.path, 'root.pem'))).export({ type: 'spki', format: 'der' });
  expect([...pins]).toEqual([createHash('sha256').update(key).digest('base64')]);
  await until(() => running?.stderr().endsWith('\n') === true);
  expect(running?.stderr()).toBe(
    `note: made a certificate for localhost, mx.test, 127.0.0.1 and ::1: trust it by its pin ${[...pins][0]} or as the root in root.pem\n`,
  );
  for (const [index, transport] of ['--tls', '--https'].entries()) {
    for (const [name, code] of [
      ['mx.test', 0],
      ['localhost', 0],
      ['other.test', 2],
    ] as const) {
      const asked = ['example.net', 'SOA', `@127.0.0.1:${places[index]?.['port']}`, transport, '--tls-name', name];
      expect((await cli(['query', ...asked, '--tls-ca', 'root.pem'], { cwd: folder.path })).code).toBe(code);
    }
  }
});

test('--ready-fd gets a newline and is closed', async () => {
  const main = await sharedProgram();
  const child = spawn(
    process.execPath,
    [main, 'serve', 'other.txt', '--origin', 'example.org', '--listen', '0', '--quiet', '--ready-fd', '3'],
    { cwd: folder.path, stdio: ['ignore', 'pipe', 'pipe', 'pipe'] },
  );
  let said = '';
  const pipe = child.stdio[3] as Readable;
  pipe.on('data', (text) => (said += String(text)));
  await new Promise((resolve) => pipe.on('end', resolve));
  expect([said, child.exitCode]).toEqual(['\n', null]);
  const gone = new Promise((resolve) => child.on('exit', resolve));
  child.kill('SIGTERM');
  expect(await gone).toBe(0);
});

describe('serve refuses, in one sentence and with exit code 2,', () => {
  test.each<[string, readonly string[], RegExp]>([
    ['no zone', [], /an argument of serve is missing/],
    ['a file that is not there', ['nix.zone'], /no such file or folder: nix\.zone/],
    ['a zone that servers refuse', ['bad.zone'], /bad\.zone:8:3: .*(?:SOA|alias)/],
    ['a zone that cannot be read whole', ['broken.zone'], /broken\.zone:8:5: /],
    ['one zone twice', ['example.net.zone', 'example.net=same.txt'], /both hold example\.net\.: serve one of them/],
    ['--origin for two', ['a', 'b', '--origin', 'x.'], /--origin is for one file/],
    [
      'a place that is none',
      ['example.net.zone', '--listen', 'localhost'],
      /--listen localhost: a host name would need DNS/,
    ],
    ['a port that is none', ['example.net.zone', '--listen', '127.0.0.1:70000'], /'70000' is no port/],
    ['another machine', ['example.net.zone', '--listen', '192.0.2.1:0'], /192\.0\.2\.1 is no address of this machine/],
    [
      'a certificate for nothing',
      ['example.net.zone', '--tls-cert', 'cert.pem'],
      /--tls-cert needs --tls-listen or --https-listen/,
    ],
    [
      'options of TLS for nothing',
      ['example.net.zone', '--tls-name', 'a.test', '--tls-ca-out', 'out.pem'],
      /--tls-name and --tls-ca-out need --tls-listen or --https-listen/,
    ],
    [
      'a certificate that is given and made',
      ['example.net.zone', '--tls-listen', '0', '--tls-cert', 'cert.pem', '--tls-name', 'a.test'],
      /--tls-name and --tls-ca-out are about the certificate made/,
    ],
    [
      'a name that no certificate can have',
      ['example.net.zone', '--tls-listen', '0', '--tls-name', '..x'],
      /--tls-name \.\.x: this is no host name/,
    ],
    [
      'a key of another certificate',
      ['example.net.zone', '--tls-listen', '127.0.0.1:0', '--tls-cert', 'cert.pem', '--tls-key', 'other-key.pem'],
      /127\.0\.0\.1:0: the certificate or key cannot be used \(.*mismatch\)/,
    ],
    [
      'a certificate that is none',
      ['example.net.zone', '--https-listen', '127.0.0.1:0', '--tls-cert', 'no-cert.pem', '--tls-key', 'key.pem'],
      /127\.0\.0\.1:0: the certificate or key cannot be used \(/,
    ],
    [
      'a certificate that is not there',
      ['example.net.zone', '--tls-listen', '0', '--tls-cert', 'nix.pem'],
      /nix\.pem: no such file or folder/,
    ],
    [
      'a folder that the certificate cannot go to',
      ['example.net.zone', '--tls-listen', '127.0.0.1:0', '--tls-ca-out', 'nix/out.pem'],
      /nix\/out\.pem/,
    ],
    [
      'a certificate without key',
      ['example.net.zone', '--https-listen', '127.0.0.1:0', '--tls-cert', 'cert.pem'],
      /cert\.pem: no private key in PEM is in it/,
    ],
    ['a wrong word', ['example.net.zone', '--lint', 'maybe'], /--lint cannot be 'maybe'/],
  ])('%s', async (_, args, words) => {
    const ran = await cli(['serve', ...args], { cwd: folder.path });
    expect(ran).toMatchObject({ code: 2, stdout: '' });
    expect(ran.stderr).toMatch(words);
    expect(ran.stderr).toMatch(/^error: [^\n]*\n$/);
  });

  const privileged = process.getuid?.() === 0 ? 'this is root, who may listen at any port' : undefined;
  if (privileged !== undefined) console.log(`a privileged port is not tried: ${privileged}`);
  test.skipIf(privileged !== undefined)('a privileged port', async () => {
    const ran = await cli(['serve', 'example.net.zone', '--listen', '127.0.0.1:53'], { cwd: folder.path });
    expect(ran).toMatchObject({ code: 2, stdout: '' });
    expect(ran.stderr).toMatch(/^error: 127\.0\.0\.1:53 (is a privileged port: use a port from 1024 on|is in use)/);
  });

  test('a port in use', async () => {
    const port = await serve('example.net.zone', '--listen', '0');
    const ran = await cli(['serve', 'example.net.zone', '--listen', `127.0.0.1:${port}`], { cwd: folder.path });
    const sentence = `error: 127.0.0.1:${port} is in use: another program listens there for UDP\n`;
    expect(ran).toEqual({ code: 2, stdout: '', stderr: sentence });
  });
});

describe('--lint', () => {
  test.each([
    ['warn', /^warning: broken\.zone:8:5: /],
    ['off', /^warning: broken\.zone: one entry unreadable, taken as absent\n$/],
  ])('%s serves a zone with errors', async (lint, words) => {
    const port = await serve('broken.zone', '--listen', '0', '--lint', lint);
    expect(await serial(port, 'broken.example.')).toBe(1);
    expect(running?.stderr()).toMatch(words);
  });
});

test('places that other machines may reach are warned of', async () => {
  await serve('example.net.zone', '--listen', '0.0.0.0:0');
  expect(running?.stderr()).toMatch(
    /^warning: other machines may reach this test server at 0\.0\.0\.0:\d+ \(UDP, TCP\)\n$/,
  );
});
