import { generateKeyPairSync } from 'node:crypto';
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readSignature } from '../../lib/dnssec/signatures.ts';
import { askServer } from '../../lib/net/ask.ts';
import { TYPE, typeFromText } from '../../lib/rr/types.ts';
import type { Message } from '../../lib/wire/message.ts';
import { verifies } from '../dnssec/verifier.ts';
import { moment } from '../net/serving.ts';
import { wire } from '../wire/messages.ts';
import type { Started } from './program.ts';
import { cli, folderOf, zone } from './run.ts';
import { startEnding } from './serving.ts';

const { privateKey } = generateKeyPairSync('ed25519', {
  privateKeyEncoding: { format: 'pem', type: 'pkcs8' },
  publicKeyEncoding: { format: 'pem', type: 'spki' },
});

const ZONE = zone('www A 192.0.2.80\n');

const folder = folderOf({
  'example.net.zone': ZONE,
  'example.org.zone':
    '$ORIGIN example.org.\n$TTL 60\n@ SOA a b 1 2 3 4 5\n@ NS a\n@ NSEC3PARAM 1 0 0 -\na A 192.0.2.1\n',
  'key.pem': privateKey,
  'none.pem': 'no key\n',
});
afterAll(() => folder.remove());

let running: Started | undefined;
const start = startEnding();

/** Starts with a log as JSON; the port and the events before it is ready. */
async function serve(...args: string[]): Promise<{ readonly port: number; readonly events: readonly Event[] }> {
  running = await start(['serve', '--listen', '127.0.0.1:0', '--log', 'json', ...args], { cwd: folder.path });
  await until(() => events().some(({ event }) => event === 'ready'));
  const { port = 0 } = events().find(({ event }) => event === 'listening') ?? {};
  return { port, events: events() };
}

type Event = Readonly<Record<string, unknown>> & { readonly event: string; readonly port?: number };

function events(): Event[] {
  const lines = (running?.stdout() ?? '').split('\n').filter((line) => line.startsWith('{') && line.endsWith('}'));
  return lines.map((line) => JSON.parse(line) as Event);
}

async function until(what: () => boolean): Promise<void> {
  for (let waits = 0; !what() && waits < 600; waits++) await moment(10);
  expect([what(), running?.stderr()]).toEqual([true, running?.stderr()]);
}

async function ask(port: number, name: string, type: string): Promise<Message> {
  const question = { name: wire(name), type: typeFromText(type) ?? 0, class: 1 };
  const options = { random: () => 1, dnssec: true, recursion: false };
  const result = await askServer({ address: '127.0.0.1', port }, question, options);
  if (!('message' in result)) throw new Error(result.detail);
  return result.message;
}

/** Whether the first signature of an answer is that of the server's key. */
async function isGood(port: number, name: string, type: string): Promise<boolean> {
  const keys = (await ask(port, 'example.net.', 'DNSKEY')).answer.filter((each) => each.type === TYPE.DNSKEY);
  const { answer } = await ask(port, name, type);
  const signature = answer.find((each) => each.type === TYPE.RRSIG)?.rdata ?? new Uint8Array(18);
  const covered = readSignature(signature).typeCovered;
  const rdatas = answer.filter((each) => each.type === covered).map(({ rdata }) => rdata);
  return verifies(
    { owner: wire(name), type: covered, rdatas, signature },
    keys.map(({ rdata }) => rdata),
  );
}

describe('serve --sign', () => {
  test('signs, tells of it, and signs again what is read again', async () => {
    const { port, events } = await serve('--sign', 'example.net.zone', '--cds');
    expect(events.at(-1)).toEqual({ event: 'ready' });
    const signed = events.find(({ event }) => event === 'signed');
    expect(signed).toEqual({
      event: 'signed',
      zone: 'example.net.',
      ds: [expect.stringMatching(/^example\.net\. IN DS \d+ 13 2 [\dA-Fa-f]{64}$/u)],
      dnskey: [expect.stringMatching(/^example\.net\. IN DNSKEY 257 3 13 \S+$/u)],
    });
    expect(await isGood(port, 'www.example.net.', 'A')).toBe(true);
    expect((await ask(port, 'example.net.', 'CDS')).answer.length).toBe(2);
    expect((await ask(port, 'none.example.net.', 'A')).authority.some(({ type }) => type === TYPE.NSEC)).toBe(true);

    writeFileSync(join(folder.path, '.tmp'), `${ZONE}new A 192.0.2.81\n`);
    renameSync(join(folder.path, '.tmp'), join(folder.path, 'example.net.zone'));
    running?.child.kill('SIGHUP');
    await until(() => (running?.stdout() ?? '').includes('"reload"'));
    expect(await isGood(port, 'new.example.net.', 'A')).toBe(true);
    // The key is the same.
    expect((running?.stdout() ?? '').split('"signed"').length).toBe(2);
  });

  test('takes a key, hashes names, and leaves alone what is signed', async () => {
    const { port, events } = await serve('example.net.zone', 'example.org.zone', '--sign-key', 'key.pem', '--nsec3');
    expect(events.filter(({ event }) => event.endsWith('signed'))).toEqual([
      expect.objectContaining({ event: 'signed', dnskey: [expect.stringMatching(/ 257 3 15 /u)] }),
      { event: 'unsigned', zone: 'example.org.', reason: 'is signed already and served as it is' },
    ]);
    const { answer } = await ask(port, 'example.net.', 'NSEC3PARAM');
    expect(Buffer.from(answer[0]?.rdata ?? []).toString('hex')).toBe('0100000000');
    expect(await isGood(port, 'www.example.net.', 'A')).toBe(true);
  });

  test('says in words what validators need, and nothing that is secret', async () => {
    running = await start(
      [
        'serve',
        'example.net.zone',
        '--sign-key',
        'key.pem',
        '--nsec3-iterations',
        '1',
        '--nsec3-salt',
        'ab',
        '--listen',
        '127.0.0.1:0',
      ],
      { cwd: folder.path },
    );
    await until(() => (running?.stderr() ?? '').includes('delv'));
    const said = running?.stderr() ?? '';
    expect(said).toMatch(/^note: signed example\.net\.; who is to validate it needs one of these lines:$/mu);
    expect(said).toMatch(/^ {2}unbound\.conf: {2}trust-anchor: "example\.net\. IN DS \d+ 15 2 [\da-fA-F]{64}"$/mu);
    expect(said).toMatch(/trust-anchors \{ example\.net\. static-ds \d+ 15 2 "[\da-fA-F]{64}"; \};$/mu);
    expect(said + running?.stdout()).not.toContain(privateKey.split('\n')[1]);
  });

  test.each([
    [['--sign', 'ed2519'], "--sign cannot be 'ed2519', and there is no such file; did you mean ed25519?"],
    [['--nsec3'], '--nsec3 needs --sign'],
    [['--cds', '--nsec3-salt', 'ab'], '--nsec3-salt and --cds need --sign'],
    [['--sign', '--nsec3-salt', 'abc'], "--nsec3-salt needs pairs of hexadecimal digits such as ab12, or -, not 'abc'"],
    [['--sign', '--nsec3-iterations', '-1'], "--nsec3-iterations needs a whole number, 0 to 65535, not '-1'"],
    [['--sign-key', 'none.pem'], 'none.pem: no private key in PEM is in it, and none of dnssec-keygen'],
    [['--sign', 'rsasha256', '--sign-key', 'key.pem'], 'key.pem: the key is of type ed25519, not for rsasha256'],
  ])('refuses %j', async (args, message) => {
    const { code, stderr } = await cli(['serve', 'example.net.zone', ...args], { cwd: folder.path });
    expect(stderr.split('\n')[0]).toBe(`error: ${message}`);
    expect(code).toBe(2);
  });
});
