import { describe, expect, test } from 'vitest';
import { sendQuery } from '../../lib/net/send-query.ts';
import { fakeClock, startDnsServer } from '../../lib/testing/index.ts';
import { OPTION } from '../../lib/wire/edns.ts';
import type { EdnsOption, Message } from '../../lib/wire/message.ts';
import { EDNS, query } from '../server/dialogue.ts';

const zones = { 'example.test': '@ TXT x' };

describe('allowQuery', () => {
  test('refuses others, and explain says so of each client', async () => {
    await using dns = await startDnsServer({ zones, allowQuery: ['192.0.2.0/24'] });
    expect((await dns.client.query('example.test', 'TXT')).rcode).toBe('REFUSED');
    expect(dns.explain('example.test', 'TXT').outcome).toBe('prohibited');
    expect(dns.explain('example.test', 'TXT', { client: '192.0.2.9' }).outcome).toBe('answer');
  });

  test('that makes no sense starts nothing', async () => {
    await expect(startDnsServer({ zones, allowQuery: ['some'] })).rejects.toThrow("allowQuery cannot be 'some'; it is");
  });
});

describe('requireCookie', () => {
  const CLIENT = Uint8Array.from({ length: 8 }, (_, index) => index + 1);

  async function ask(port: number, cookie: Uint8Array | undefined): Promise<Message> {
    const options: EdnsOption[] = cookie === undefined ? [] : [{ code: OPTION.COOKIE, data: cookie }];
    const message = query('example.test. TXT', { edns: { ...EDNS, options } });
    const sent = await sendQuery({ address: '127.0.0.1', port }, message, {
      transport: 'udp',
      timeout: 3000,
      tries: 1,
    });
    if ('problem' in sent) throw new Error(sent.problem);
    return sent.message;
  }

  test('answers over UDP who shows the cookie that BADCOOKIE brought, and over TCP all', async () => {
    await using dns = await startDnsServer({ zones, requireCookie: true });
    const none = await ask(dns.port, undefined);
    expect([none.rcode, none.truncated, none.answer]).toEqual([0, true, []]);
    const bad = await ask(dns.port, CLIENT);
    expect([bad.rcode, bad.answer]).toEqual([23, []]);
    const given = bad.edns?.options.find(({ code }) => code === OPTION.COOKIE)?.data;
    expect((await ask(dns.port, given)).answer).toHaveLength(1);
    expect((await dns.client.query('example.test', 'TXT', { transport: 'tcp' })).answers).toHaveLength(1);
    expect(dns.explain('example.test', 'TXT').outcome).toBe('answer');
  });

  test('makes the same cookies with the same seed', async () => {
    const cookies = await Promise.all(
      [7, 7, 8].map(async (seed) => {
        await using dns = await startDnsServer({ zones, requireCookie: true, seed, clock: fakeClock() });
        const reply = await ask(dns.port, CLIENT);
        return Buffer.from(reply.edns?.options[0]?.data ?? []).toString('hex');
      }),
    );
    expect(cookies[0]).toBe(cookies[1]);
    expect(cookies[0]).not.toBe(cookies[2]);
  });
});

test('rotate orders RRsets, the same after reset', async () => {
  const text = `@ TXT a\n@ TXT b\n@ TXT c`;
  await using dns = await startDnsServer({ zones: { 'example.test': text }, rotate: 'cyclic' });
  const first = async (): Promise<string> => JSON.stringify((await dns.client.query('example.test', 'TXT')).answers[0]);
  const seen = [await first(), await first()];
  expect(seen[0]).not.toEqual(seen[1]);
  expect(dns.explain('example.test', 'TXT').answers).toHaveLength(3);
  dns.reset();
  expect([await first(), await first()]).toEqual(seen);
});
