import { createSocket } from 'node:dgram';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { sendQuery } from '../../lib/net/send-query.ts';
import { readTsigKey } from '../../lib/wire/tsig-keys.ts';
import { moment } from '../net/serving.ts';
import { messageOf, octets } from '../server/dialogue.ts';
import { updateOf } from '../server/updates.ts';
import type { Started } from './program.ts';
import { cli, folderOf, zone } from './run.ts';
import { portOf, startEnding } from './serving.ts';

const SECRET = 'c2VjcmV0IG9mIG5vIGltcG9ydGFuY2U=';
const folder = folderOf({
  'example.net.zone': zone('www A 192.0.2.80 ; the web\n'),
  'example.org.zone': zone('', 'example.org'),
  'up.key': `key "up" {\n\talgorithm hmac-sha256;\n\tsecret "${SECRET}";\n};\n`,
  'two.key': `key a { algorithm hmac-sha256; secret "AAAA"; };\nkey b { algorithm hmac-sha256; secret "AAAA"; };\n`,
  'bad.key': `key "up" { algorithm hmac-sha256; secret "${SECRET}!"; };\n`,
});
afterAll(() => folder.remove());

let running: Started | undefined;
const start = startEnding();

async function serve(...args: string[]): Promise<number> {
  const all = ['serve', 'example.net.zone', 'example.org.zone', '--listen', '127.0.0.1:0', '--log', 'json', ...args];
  running = await start(all, { cwd: folder.path });
  return portOf(running);
}

/** The RCODE of an UPDATE, signed or not. */
async function update(port: number, line: string, signed: boolean): Promise<number> {
  const read = readTsigKey(`up:${SECRET}`);
  const [key] = 'keys' in read ? read.keys : [];
  const sign = signed && key !== undefined ? { sign: { key, now: () => Date.now() } } : {};
  const options = { transport: 'udp', timeout: 3000, tries: 1, ...sign } as const;
  const sent = await sendQuery({ address: '127.0.0.1', port }, updateOf([line]), options);
  if ('problem' in sent) throw new Error(sent.problem);
  return sent.message.rcode;
}

const query = (port: number, ...args: string[]): ReturnType<typeof cli> =>
  cli(['query', ...args, `@127.0.0.1:${port}`], { cwd: folder.path, now: new Date().toISOString() });

describe('serve --key', () => {
  test('takes signed updates, in memory alone, and logs the key', async () => {
    const port = await serve('--key', 'up.key');
    const [notSigned, signed] = [
      await update(port, 'add new 60 TXT "x"', false),
      await update(port, 'add new 60 TXT "x"', true),
    ];
    expect([notSigned, signed]).toEqual([5, 0]);
    const { code, stdout } = await query(port, 'new.example.net', 'TXT', '--key', 'up.key', '--format', 'json');
    const told = JSON.parse(stdout) as { tsig: string; answer: unknown[] };
    expect([code, told.tsig, told.answer.length]).toEqual([0, 'verified', 1]);
    expect(readFileSync(join(folder.path, 'example.net.zone'), 'utf8')).toBe(zone('www A 192.0.2.80 ; the web\n'));
    const logged = (): string[] =>
      (running?.stdout() ?? '').split('\n').filter((line) => line.includes('"event":"query"'));
    for (let waits = 0; logged().length < 3 && waits < 300; waits++) await moment(10);
    const lines = logged();
    expect(lines.map((line) => (JSON.parse(line) as { key?: string }).key)).toEqual([undefined, 'up.', 'up.']);
    expect(running?.stdout()).not.toContain(SECRET);
  });

  test('keeps what updates changed when another zone is read again', async () => {
    const port = await serve('--key', 'up.key', '--watch');
    expect(await update(port, 'add new 60 TXT "x"', true)).toBe(0);
    writeFileSync(
      join(folder.path, 'example.org.zone'),
      zone('more A 192.0.2.1\n', 'example.org').replace(' 1 7200', ' 2 7200'),
    );
    for (let waits = 0; !running?.stderr().includes('again') && waits < 300; waits++) await moment(10);
    expect((await query(port, 'more.example.org', 'A', '--format', 'short')).stdout).toBe('192.0.2.1\n');
    expect((await query(port, 'new.example.net', 'TXT', '--format', 'short')).stdout).toBe('"x"\n');
    writeFileSync(join(folder.path, 'example.org.zone'), zone('', 'example.org'));
  });

  test('tells secondaries at the start and of each change', async () => {
    const socket = createSocket('udp4');
    const came: string[] = [];
    socket.on('message', (bytes, from) => {
      const notify = messageOf(bytes);
      const [soa] = notify.answer;
      const serial =
        soa === undefined ? 0 : new DataView(soa.rdata.buffer, soa.rdata.byteOffset).getUint32(soa.rdata.length - 20);
      came.push(`${Buffer.from(soa?.name ?? []).toString('latin1', 9, 12)} ${serial} ${notify.additional.length}`);
      socket.send(octets({ ...notify, response: true, additional: [] }), from.port, from.address);
    });
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
    try {
      const port = await serve('--update', 'loopback', '--notify', `127.0.0.1:${socket.address().port}`);
      for (let waits = 0; came.length < 2 && waits < 300; waits++) await moment(10);
      expect(came.sort()).toEqual(['net 1 0', 'org 1 0']);
      expect(await update(port, 'add new 60 TXT "x"', false)).toBe(0);
      for (let waits = 0; came.length < 3 && waits < 300; waits++) await moment(10);
      expect(came.at(-1)).toBe('net 2 0');
    } finally {
      socket.close();
    }
  });

  test.each([
    [['--update', 'none'], false, 4],
    [['--update', 'any'], false, 0],
    [['--update', 'loopback'], false, 0],
    [['--key', 'up.key', '--update', 'none'], true, 4],
    [['--key', 'up.key', '--update', 'loopback'], true, 0],
  ])('%s: signed %s is RCODE %i', async (args, signed, expected) => {
    expect(await update(await serve(...args), 'add new 60 TXT "x"', signed)).toBe(expected);
  });
});

describe('a key', () => {
  test.each([
    [['--key', 'gone.key'], 'there is no file gone.key, and a key on the command line is NAME:BASE64'],
    [['--key', SECRET], 'there is no file of this name'],
    [['--key', `hmac-md5:up:${SECRET}`], 'HMAC-MD5 must not be used any more'],
    [['--key', `up:${SECRET}!`], 'the secret of the key "up" is not in base64'],
    [['--key', 'bad.key'], 'the secret of the key "up" is not in base64'],
    [['--key', 'example.net.zone'], 'there is no key in it'],
    [['--transfer', 'key'], '--transfer key needs a key: give --key FILE'],
    [['--update', 'key'], '--update key needs a key: give --key FILE'],
    [['--key', 'up.key', '--notify', '127.0.0.1@other'], '--notify 127.0.0.1@other: no --key has the name other'],
    [['--notify', 'ns2.example.net'], "--notify ns2.example.net: 'ns2.example.net' is no IP address"],
  ])('%s is one sentence that tells no secret', async (args, sentence) => {
    const { code, stderr } = await cli(['serve', 'example.net.zone', ...args], { cwd: folder.path });
    expect([code, stderr.includes(sentence), stderr.trim().split('\n').length]).toEqual([2, true, 1]);
    expect(stderr).not.toContain(SECRET);
  });

  test('is one for query', async () => {
    const { code, stderr } = await query(1, 'example.net', '--key', 'two.key');
    expect([code, stderr]).toEqual([2, 'error: --key: two.key has more than one key\n']);
  });

  test('that the server does not have is told of', async () => {
    const port = await serve();
    const { code, stdout } = await query(port, 'www.example.net', '--key', 'up.key');
    expect([code, /status: NOTAUTH[\s\S]*;; TSIG: BADKEY/u.test(stdout)]).toEqual([1, true]);
  });
});
