import { afterAll, describe, expect, test } from 'vitest';
import { sendQuery } from '../../lib/net/send-query.ts';
import { OPTION } from '../../lib/wire/edns.ts';
import { extendedErrors } from '../../lib/wire/extended-errors.ts';
import type { Message } from '../../lib/wire/message.ts';
import { readTsigKey } from '../../lib/wire/tsig-keys.ts';
import { EDNS, query } from '../server/dialogue.ts';
import { updateOf } from '../server/updates.ts';
import type { Started } from './program.ts';
import { cli, folderOf, zone } from './run.ts';
import { portOf, startEnding } from './serving.ts';

const KEY = 'up:c2VjcmV0IG9mIG5vIGltcG9ydGFuY2U=';
const folder = folderOf({ 'example.net.zone': zone('www A 192.0.2.80\n') });
afterAll(() => folder.remove());

let running: Started | undefined;
const start = startEnding();

async function serve(...args: string[]): Promise<number> {
  running = await start(['serve', 'example.net.zone', '--listen', '0', '--log', 'json', ...args], { cwd: folder.path });
  return portOf(running);
}

/** Asks over UDP or TCP, with a key or without. */
async function ask(port: number, message: Message, { signed = false, tcp = false } = {}): Promise<Message> {
  const read = readTsigKey(KEY);
  const [key] = 'keys' in read ? read.keys : [];
  const sign = signed && key !== undefined ? { sign: { key, now: () => Date.now() } } : {};
  const options = { transport: tcp ? 'tcp' : 'udp', timeout: 3000, tries: 1, ...sign } as const;
  const sent = await sendQuery({ address: '127.0.0.1', port }, message, options);
  if ('problem' in sent) throw new Error(sent.problem);
  return sent.message;
}

const SOA = query('example.net. SOA', { edns: EDNS });

describe('serve --allow-query', () => {
  test.each<[readonly string[], boolean]>([
    [['any'], true],
    [['loopback'], true],
    [['192.0.2.0/24,127.0.0.0/8'], true],
    [['192.0.2.0/24', '--allow-query', '127.0.0.1'], true],
    [['192.0.2.0/24,2001:db8::/32'], false],
    [['none'], false],
  ])('%s answers the loopback: %s', async (who, answers) => {
    const port = await serve('--allow-query', ...who);
    const reply = await ask(port, SOA);
    expect([reply.rcode, reply.answer.length]).toEqual(answers ? [0, 1] : [5, 0]);
    expect(extendedErrors(reply).map(({ code }) => code)).toEqual(answers ? [] : [18]);
  });

  test('refuses transfers too, but none of those who have a key', async () => {
    const port = await serve('--allow-query', 'key', '--transfer', 'any', '--key', KEY);
    const transfer = query('example.net. AXFR');
    expect((await ask(port, transfer, { tcp: true })).rcode).toBe(5);
    expect((await ask(port, SOA)).rcode).toBe(5);
    expect((await ask(port, SOA, { signed: true })).rcode).toBe(0);
    expect((await ask(port, transfer, { tcp: true, signed: true })).answer.length).toBeGreaterThan(0);
  });
});

test.each<[readonly string[], number, number]>([
  [['--transfer', '127.0.0.1/32', '--update', '127.0.0.0/8'], 0, 0],
  [['--transfer', '192.0.2.1', '--update', '192.0.2.1,::1'], 5, 5],
])('prefixes are for %s: AXFR %i, UPDATE %i', async (args, transferred, updated) => {
  const port = await serve(...args);
  expect((await ask(port, query('example.net. AXFR'), { tcp: true })).rcode).toBe(transferred);
  expect((await ask(port, updateOf(['add new 60 TXT "x"']))).rcode).toBe(updated);
});

test('serve --require-cookie answers who shows the cookie that BADCOOKIE brought', async () => {
  const port = await serve('--require-cookie');
  const withCookie = (data: Uint8Array): Message =>
    query('example.net. SOA', { edns: { ...EDNS, options: [{ code: OPTION.COOKIE, data }] } });
  const bad = await ask(port, withCookie(new Uint8Array(8)));
  const [given] = bad.edns?.options ?? [];
  const good = await ask(port, withCookie(given?.data ?? new Uint8Array(8)));
  expect([bad.rcode, bad.answer.length, good.rcode, good.answer.length]).toEqual([23, 0, 0, 1]);
  const none = await ask(port, SOA);
  expect([none.truncated, (await ask(port, SOA, { tcp: true })).answer.length]).toEqual([true, 1]);
});

test.each([
  [['--allow-query', 'lopback'], "error: --allow-query cannot be 'lopback'; did you mean loopback?\n"],
  [['--transfer', '192.0.2.0/33'], "error: --transfer cannot be '192.0.2.0/33'; it is loopback, any, key, none, or an"],
  [['--update', 'none,any'], "error: --update cannot be 'none' and somebody else\n"],
  [['--allow-query', ','], 'error: --allow-query needs a word or an address: none means nobody\n'],
  [['--allow-query', '127.0.0.1,key'], 'error: --allow-query key needs a key: give --key FILE\n'],
])('%s is refused in one sentence', async (args, sentence) => {
  const ran = await cli(['serve', 'example.net.zone', ...args], { cwd: folder.path });
  expect([ran.code, ran.stdout, ran.stderr.slice(0, sentence.length)]).toEqual([2, '', sentence]);
  expect(ran.stderr).toMatch(/^[^\n]*\n$/);
});
