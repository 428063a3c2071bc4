import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ControlReply } from '../../lib/net/control-options.ts';
import { TestServer } from '../../lib/server/test-server.ts';
import { ChallengeTestServer } from '../../lib/testing/control/challtestsrv.ts';
import { asked, exchange, messageOf, octets, served, shown } from '../server/dialogue.ts';
import { ZONE } from './control-calls.ts';

class Mocked {
  readonly server: TestServer;
  readonly mock: ChallengeTestServer;

  constructor() {
    const now = (): number => 1_700_000_000_000;
    this.server = new TestServer(served({ 'example.net.': ZONE }), { now, ticks: now, wait: async () => {} });
    this.mock = new ChallengeTestServer(this.server);
    this.server.amend = (answered, from) => this.mock.amend(answered, from);
  }

  /** The lines of a reply. */
  async ask(words: string): Promise<string[]> {
    const { message, transport } = asked(words);
    const { bytes } = await this.server.handle(octets(message), exchange(transport));
    return shown(messageOf(bytes));
  }

  request(method: string, target: string, body = '', headers: Readonly<Record<string, string>> = {}): ControlReply {
    const request = {
      method,
      target,
      body: Buffer.from(body),
      client: { address: '127.0.0.1', port: 1 },
      signal: new AbortController().signal,
      headers: { host: 'localhost:8055', ...headers },
    };
    return this.mock.handle(request, '127.0.0.1');
  }

  post(path: string, body: unknown): ControlReply {
    return this.request('POST', path, JSON.stringify(body));
  }
}

const SOA = (name: string): string =>
  `authority ${name} 0 SOA ns.zonewright.invalid. hostmaster.zonewright.invalid. 1 1 1 1 0`;

describe('names of no zone', () => {
  test('exist, with the default addresses alone', async () => {
    const mocked = new Mocked();
    expect(await mocked.ask('Any.test. A')).toEqual(['NOERROR aa', 'answer Any.test. 0 A 127.0.0.1']);
    expect(await mocked.ask('any.test. AAAA')).toEqual(['NOERROR aa', 'answer any.test. 0 AAAA ::1']);
    expect(await mocked.ask('any.test. TXT')).toEqual(['NOERROR aa', SOA('any.test.')]);
    expect((await mocked.ask('www.example.net. A'))[1]).toBe('answer www.example.net. 300 A 192.0.2.80');
    expect((await mocked.ask('none.example.net. A'))[0]).toBe('NXDOMAIN aa');
  });

  test('have other addresses, or none', async () => {
    const mocked = new Mocked();
    expect(mocked.post('/set-default-ipv4', { ip: '10.10.10.2' })).toEqual({ status: 200 });
    expect(await mocked.ask('any.test. A')).toEqual(['NOERROR aa', 'answer any.test. 0 A 10.10.10.2']);
    mocked.post('/set-default-ipv6', { ip: '' });
    expect(await mocked.ask('any.test. AAAA')).toEqual(['NOERROR aa', SOA('any.test.')]);
    expect(mocked.post('/set-default-ipv4', { ip: 'localhost' }).status).toBe(400);
  });
});

describe('records', () => {
  const added: readonly (readonly [string, object, string, readonly string[]])[] = [
    ['a', { addresses: ['12.12.12.12', '13.13.13.13'] }, 'A', ['12.12.12.12', '13.13.13.13']],
    ['aaaa', { addresses: ['2001:db8::1'] }, 'AAAA', ['2001:db8::1']],
    ['caa', { policies: [{ tag: 'issue', value: 'ca.test' }] }, 'CAA', ['0 issue "ca.test"']],
    ['mx', { exchangers: [{ preference: 10, exchange: 'mx.test' }] }, 'MX', ['10 mx.test.']],
    ['clientmx', { exchangers: [{ preference: 0, exchange: '.' }] }, 'CLIENTMX', ['\\# 3 000000']],
    ['srv', { services: [{ priority: 0, weight: 1, port: 842, target: 'mx.test.' }] }, 'SRV', ['0 1 842 mx.test.']],
    ['tlsa', { associations: [{ usage: 3, selector: 1, matching: 0, data: 'ABCD' }] }, 'TLSA', ['3 1 0 abcd']],
  ];
  test.each(added)('are added with add-%s and cleared', async (word, body, type, data) => {
    const mocked = new Mocked();
    expect(mocked.post(`/add-${word}`, { host: 'Host.test', ...body })).toEqual({ status: 200 });
    const told = await mocked.ask(`host.test. ${type}`);
    expect(told.map((line) => line.toLowerCase())).toEqual([
      'noerror aa',
      ...data.map(
        (each) => `answer host.test. 0 ${type === 'CLIENTMX' ? 'type265' : type.toLowerCase()} ${each.toLowerCase()}`,
      ),
    ]);
    expect(mocked.post(`/clear-${word}`, { host: 'host.test.' })).toEqual({ status: 200 });
    expect((await mocked.ask(`host.test. ${type}`)).join()).not.toContain(String(data[0]));
  });

  test('of TXT add up; long texts are cut into strings', async () => {
    const mocked = new Mocked();
    const host = '_acme-challenge.host.test';
    mocked.post('/set-txt', { host, value: 'one' });
    mocked.post('/set-txt', { host, value: 'two' });
    mocked.post('/set-txt', { host, value: 'two' });
    expect(await mocked.ask(`${host}. TXT`)).toEqual([
      'NOERROR aa',
      `answer ${host}. 0 TXT "one"`,
      `answer ${host}. 0 TXT "two"`,
    ]);
    mocked.post('/clear-txt', { host });
    mocked.post('/set-txt', { host, value: 'x'.repeat(300) });
    expect((await mocked.ask(`${host}. TXT +tcp`))[1]).toBe(
      `answer ${host}. 0 TXT "${'x'.repeat(255)}" "${'x'.repeat(45)}"`,
    );
  });

  test('keep the default of the other address', async () => {
    const mocked = new Mocked();
    mocked.post('/add-a', { host: 'host.test', addresses: ['192.0.2.1'] });
    expect((await mocked.ask('host.test. AAAA'))[1]).toBe('answer host.test. 0 AAAA ::1');
    mocked.post('/set-default-ipv6', { ip: '::2' });
    expect((await mocked.ask('host.test. AAAA'))[1]).toBe('answer host.test. 0 AAAA ::2');
  });

  test('of aliases lead to other names, zones and default addresses', async () => {
    const mocked = new Mocked();
    mocked.post('/set-cname', { host: 'a.test', target: 'b.test' });
    mocked.post('/set-cname', { host: 'b.test', target: 'www.example.net' });
    mocked.post('/set-cname', { host: 'c.test', target: 'other.test' });
    expect(await mocked.ask('a.test. A')).toEqual([
      'NOERROR aa',
      'answer a.test. 0 CNAME b.test.',
      'answer b.test. 0 CNAME www.example.net.',
      'answer www.example.net. 300 A 192.0.2.80',
    ]);
    expect((await mocked.ask('c.test. A')).slice(1)).toEqual([
      'answer c.test. 0 CNAME other.test.',
      'answer other.test. 0 A 127.0.0.1',
    ]);
    expect(await mocked.ask('c.test. TXT')).toEqual([
      'NOERROR aa',
      'answer c.test. 0 CNAME other.test.',
      SOA('other.test.'),
    ]);
    expect(await mocked.ask('c.test. CNAME')).toEqual(['NOERROR aa', 'answer c.test. 0 CNAME other.test.']);
    mocked.post('/set-cname', { host: 'c.test', target: 'a.test' });
    expect((await mocked.ask('c.test. CNAME'))[1]).toBe('answer c.test. 0 CNAME a.test.');
    mocked.post('/clear-cname', { host: 'c.test' });
    expect((await mocked.ask('c.test. A'))[1]).toBe('answer c.test. 0 A 127.0.0.1');
  });

  test('come before those of a zone, and leave all else of it', async () => {
    const mocked = new Mocked();
    mocked.post('/set-txt', { host: '_acme-challenge.example.net', value: 'token' });
    mocked.post('/add-a', { host: 'www.example.net', addresses: ['192.0.2.99'] });
    expect((await mocked.ask('_acme-challenge.example.net. TXT'))[1]).toBe(
      'answer _acme-challenge.example.net. 0 TXT "token"',
    );
    expect((await mocked.ask('_acme-challenge.example.net. A'))[0]).toBe('NOERROR aa');
    expect(await mocked.ask('_acme-challenge.example.net. A')).toHaveLength(2);
    expect((await mocked.ask('www.example.net. A'))[1]).toBe('answer www.example.net. 0 A 192.0.2.99');
    expect((await mocked.ask('example.net. MX'))[1]).toBe('answer example.net. 3600 MX 10 mail.example.net.');
  });
});

describe('failures', () => {
  test('come for a name of any length and any zone, until they are cleared', async () => {
    const mocked = new Mocked();
    const long = `${'a'.repeat(63)}.${'b'.repeat(63)}.example.net`;
    for (const host of ['www.EXAMPLE.net', long]) expect(mocked.post('/set-servfail', { host }).status).toBe(200);
    expect((await mocked.ask('www.example.net. A'))[0]).toBe('SERVFAIL');
    expect((await mocked.ask(`${long}. TXT`))[0]).toBe('SERVFAIL');
    expect((await mocked.ask('mail.example.net. A'))[0]).toBe('NOERROR aa');
    mocked.post('/clear-servfail', { host: 'www.example.net.' });
    expect((await mocked.ask('www.example.net. A'))[0]).toBe('NOERROR aa');
    mocked.post('/clear-servfail', { host: long });
    expect(mocked.server.faults.list()).toEqual([]);
  });
});

describe('histories', () => {
  test('have the shape that is known', async () => {
    const mocked = new Mocked();
    await mocked.ask('A.test. TXT');
    await mocked.ask('b.test. A');
    const history = (host: string): unknown => JSON.parse(String(mocked.post('/dns-request-history', { host }).body));
    expect(history('a.test')).toEqual([{ Question: { Name: 'A.test.', Qtype: 16, Qclass: 1 } }]);
    expect(mocked.post('/clear-request-history', { host: 'a.test', type: 'dns' })).toEqual({ status: 200 });
    expect([history('a.test'), history('b.test'), history('c.test')]).toEqual([[], [expect.anything()], []]);
    await mocked.ask('a.test. A');
    expect(history('a.test')).toEqual([{ Question: { Name: 'a.test.', Qtype: 1, Qclass: 1 } }]);
    expect(mocked.post('/clear-request-history', { host: 'a.test', type: 'smtp' }).status).toBe(400);
  });
});

describe('challenges of http-01', () => {
  test('are answered to any host, and remembered', () => {
    const mocked = new Mocked();
    const get = (target: string): ControlReply => mocked.request('GET', target, '', { host: 'le.test:5002' });
    mocked.post('/add-http01', { token: 'aaaa', content: 'aaaa.key' });
    expect(get('/.well-known/acme-challenge/aaaa')).toMatchObject({ status: 200, body: 'aaaa.key' });
    expect(get('/.well-known/acme-challenge/bbbb').status).toBe(404);
    const history = (host: string): unknown => JSON.parse(String(mocked.post('/http-request-history', { host }).body));
    expect(history('le.test')).toEqual([
      { URL: '/.well-known/acme-challenge/aaaa', Host: 'le.test:5002', HTTPS: false, ServerName: '' },
      { URL: '/.well-known/acme-challenge/bbbb', Host: 'le.test:5002', HTTPS: false, ServerName: '' },
    ]);
    mocked.post('/clear-request-history', { host: 'le.test', type: 'http' });
    expect(history('le.test')).toEqual([]);
    mocked.post('/del-http01', { token: 'aaaa' });
    expect(get('/.well-known/acme-challenge/aaaa').status).toBe(404);
  });

  test('are redirected, whatever the target has in it', () => {
    const mocked = new Mocked();
    mocked.post('/add-redirect', { path: '/a', targetURL: 'https://b.test/%41?x=1\r\nset-cookie: a=b\ud800' });
    expect(mocked.request('GET', '/a?b').headers).toEqual({
      location: 'https://b.test/%41?x=1%0D%0Aset-cookie:%20a=b%EF%BF%BD',
    });
    mocked.post('/del-redirect', { path: '/a' });
    expect(mocked.request('GET', '/a').status).toBe(404);
  });
});

describe('requests', () => {
  test.each([
    ['/add-a', '', 'expected JSON POST body, was empty'],
    ['/add-a', '[]', 'an object of JSON'],
    ['/add-a', '{', 'JSON'],
    ['/add-a', '{"host":"a.test"}', 'addresses is a list'],
    ['/add-a', '{"host":"a.test","addresses":[]}', 'addresses is a list'],
    ['/add-a', '{"host":"","addresses":["192.0.2.1"]}', 'host'],
    ['/add-a', '{"host":"a..b","addresses":["192.0.2.1"]}', 'no domain name'],
    ['/add-a', '{"host":"a.test","addresses":["::1"]}', 'address'],
    ['/set-txt', '{"host":"a.test","value":""}', 'value'],
    ['/add-caa', '{"host":"a.test","policies":[{}]}', 'tag'],
    [
      '/add-tlsa',
      '{"host":"a.test","associations":[{"usage":3,"selector":1,"matching":1,"data":{"length":1e9}}]}',
      'hexadecimal',
    ],
    ['/add-tlsa', '{"host":"a.test","associations":[{"usage":3,"selector":1,"matching":1,"data":"ab"}]}', '32 octets'],
    ['/add-mx', '{"host":"a.test","exchangers":[{"preference":1}]}', 'exchange'],
  ])('to %s with %s are refused with a sentence', (path, body, says) => {
    const { status, body: text } = new Mocked().request('POST', path, body);
    expect([status, text]).toEqual([400, expect.stringContaining(says)]);
  });

  test('may spell members as they like', async () => {
    const mocked = new Mocked();
    expect(mocked.post('/add-caa', { Host: 'a.test', POLICIES: [{ Tag: 'issue', Value: 'x' }] })).toEqual({
      status: 200,
    });
    expect((await mocked.ask('a.test. CAA'))[1]).toBe('answer a.test. 0 CAA 0 issue "x"');
  });

  test('from other sites, to unknown paths or about TLS are refused', () => {
    const mocked = new Mocked();
    expect(mocked.request('POST', '/set-txt', '{}', { host: 'evil.test' }).status).toBe(403);
    expect(mocked.request('POST', '/set-txt', '{}', { origin: 'http://evil.test' }).status).toBe(403);
    expect(mocked.post('/add-txt', {}).status).toBe(404);
    expect(mocked.post('/add-tlsalpn01', {})).toMatchObject({
      status: 501,
      body: expect.stringContaining('tls-alpn-01') as string,
    });
    expect(mocked.request('PUT', '/set-txt').status).toBe(405);
  });

  test('of any shape are answered, and names stay answerable', async () => {
    const mocked = new Mocked();
    const word = fc.constantFrom(
      'set-txt',
      'add-a',
      'add-caa',
      'add-mx',
      'add-srv',
      'add-tlsa',
      'set-cname',
      'clear-a',
      'set-servfail',
      'clear-servfail',
      'set-default-ipv4',
      'dns-request-history',
    );
    const text = fc.oneof(fc.string(), fc.constantFrom('a.test', 'b.test', '192.0.2.1', '.', 'issue'));
    const fields = fc.record(
      {
        preference: fc.nat(),
        exchange: text,
        target: text,
        port: fc.nat(),
        weight: fc.nat(),
        priority: fc.nat(),
        tag: text,
        value: text,
        usage: fc.nat(300),
        selector: fc.nat(300),
        matching: fc.nat(3),
        data: fc.oneof(text, fc.jsonValue()),
      },
      { requiredKeys: [] },
    );
    const list = fc.oneof(fc.array(fields, { maxLength: 2 }), fc.array(text, { maxLength: 2 }), fc.jsonValue());
    const body = fc.record(
      {
        host: fc.constantFrom('a.test', 'b.test', 'c.test', 'www.example.net'),
        value: text,
        target: fc.constantFrom('a.test', 'b.test', 'c.test'),
        ip: text,
        addresses: list,
        policies: list,
        exchangers: list,
        services: list,
        associations: list,
      },
      { requiredKeys: ['host'] },
    );
    await fc.assert(
      fc.asyncProperty(word, body, async (path, value) => {
        const { status } = mocked.post(`/${path}`, value);
        const [first = ''] = await mocked.ask('a.test. A +tcp');
        return (status === 200 || status === 400) && /^(?:NOERROR|SERVFAIL)/u.test(first);
      }),
      { numRuns: 500 },
    );
  });

  test('are undone by a reset', async () => {
    const mocked = new Mocked();
    mocked.post('/add-a', { host: 'a.test', addresses: ['192.0.2.1'] });
    mocked.post('/set-servfail', { host: 'b.test' });
    mocked.post('/set-default-ipv4', { ip: '192.0.2.7' });
    mocked.mock.reset();
    expect((await mocked.ask('a.test. A'))[1]).toBe('answer a.test. 0 A 127.0.0.1');
    expect((await mocked.ask('b.test. A'))[0]).toBe('NOERROR aa');
  });
});
