import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type DnsServer, rr, startDnsServer, zone } from '../../lib/testing/index.ts';
import { zoneOf } from '../zone/zones.ts';

describe('a zone as a template', () => {
  test('loses the indentation of its lines and keeps that of a continued owner', () => {
    const { text, origin } = zone('example.test')`
      www   A     192.0.2.1
            AAAA  2001:db8::1

      mail  MX    10 www
    `;
    expect(origin).toBe('example.test');
    expect(text).toBe('www   A     192.0.2.1\n      AAAA  2001:db8::1\n\nmail  MX    10 www\n');
  });

  test('takes values as they are, lines of their own too', () => {
    const lines = 'a A 192.0.2.1\nb A 192.0.2.2';
    const { text } = zone('example.test')`
      ${lines}
      c ${300} A 192.0.2.3
      ${'d'} A 192.0.2.4
    `;
    expect(text).toBe(`${lines}\nc 300 A 192.0.2.3\nd A 192.0.2.4\n`);
  });

  test('keeps backslashes as a file has them', () => {
    const { text } = zone('example.test')`a.b\.c TXT "\"q\"" "\$5 \`"`;
    expect(text).toBe('a.b\\.c TXT "\\"q\\"" "$5 `"');
  });

  test('of one line needs no indentation', () => {
    expect(zone('example.test')`@ MX 10 mx`.text).toBe('@ MX 10 mx');
  });
});

describe('zones at the start', () => {
  test('get the TTL, SOA and NS that they have not, and say so', async () => {
    await using dns = await startDnsServer({ zones: { 'example.test': 'www A 192.0.2.1\n' } });
    expect(dns.zone('example.test').text.split('\n')).toEqual([
      expect.stringMatching(/^example\.test\. 3600 IN SOA .* ; added: the text has no SOA$/),
      expect.stringMatching(/^example\.test\. 3600 IN NS ns\.invalid\. ; added: the text has no NS$/),
      '$TTL 3600',
      'www A 192.0.2.1',
      '',
    ]);
    const absent = await dns.client.query('nope.example.test', 'A');
    expect([absent.rcode, absent.authority]).toEqual([
      'NXDOMAIN',
      ['example.test. 60 IN SOA ns.invalid. hostmaster.invalid. 1 3600 600 604800 60'],
    ]);
  });

  test('that have them stay as they are', async () => {
    const text = '@ 300 SOA ns host 7 1 2 3 4\n@ NS ns\nns A 192.0.2.1\n';
    await using dns = await startDnsServer({ zones: [{ origin: 'example.test.', text }] });
    expect(dns.zone('EXAMPLE.test').text).toBe(text);
    expect(dns.zone('example.test').records('ns')).toEqual([
      { name: 'ns.example.test.', ttl: 300, type: 'A', data: '192.0.2.1' },
    ]);
  });

  test('may be read already', async () => {
    const read = zoneOf('example.test.', '@ 60 SOA ns host 1 2 3 4 5\n@ 60 NS ns\n* 60 TXT any\n');
    await using dns = await startDnsServer({ zones: [read] });
    expect((await dns.client.query('x.example.test', 'TXT')).answers).toEqual(['x.example.test. 60 IN TXT "any"']);
  });

  test.each([
    [
      'say every broken line',
      '@ MX 10\nwww A 1.2.3\n',
      'zone example.test. cannot be served:\n' +
        '  example.test:1:8: expected a domain name as MX exchange, but the record ends here\n' +
        '  example.test:2:7: expected an IPv4 address as A address, found "1.2.3"',
    ],
    [
      'say what lies outside',
      'a.example.net. A 192.0.2.1',
      'example.test:1:1: a.example.net. does not lie in the zone',
    ],
  ])('%s', async (_, text, says) => {
    await expect(startDnsServer({ zones: { 'example.test': text } })).rejects.toThrow(says);
  });

  test('can be held to what name servers load, lines counted as they were written', async () => {
    const zones = { 'example.test': 'www A 192.0.2.1\nwww CNAME a\n' };
    const problem = startDnsServer({ zones, lint: 'error' });
    await expect(problem).rejects.toThrow(/example\.test:[12]:\d+: .*CNAME/);
    await using dns = await startDnsServer({ zones });
    expect(dns.zone('example.test').records('www')).toHaveLength(2);
  });

  test('can be broken on purpose', async () => {
    await using dns = await startDnsServer({ zones: { 'example.test': 'a A 1.2.3\nb A 192.0.2.1' }, lint: 'off' });
    expect((await dns.client.query('b.example.test', 'A')).answers).toHaveLength(1);
  });
});

describe('zones that change', () => {
  let dns: DnsServer;
  beforeEach(async () => {
    dns = await startDnsServer({
      zones: [
        zone('example.test')`
          @               MX        10 mx1
          _smtp-tls._tcp  SRV       0 0 842 mx1 ; keep me
          mx1             A         127.0.0.11
                          AAAA      ::1
        `,
      ],
    });
  });
  afterEach(() => dns.close());

  test('serve what was added, removed, replaced and given another TTL', async () => {
    dns.zone('example.test').edit((z) =>
      z
        .remove('_smtp-tls._tcp', 'SRV')
        .add(rr.srv('_smtp-tls._tcp', 0, 0, 25, 'mx1'), 'mx2 60 A 127.0.0.12')
        .replace(rr.mx('@', 5, 'mx2'), rr.mx('@', 6, 'mx1'))
        .setTtl('mx1', 'A', 7)
        .remove('mx1', 'AAAA')
        .raiseSerial(),
    );
    const answers = async (name: string, type: string) => (await dns.client.query(name, type)).answers;
    expect(await answers('_smtp-tls._tcp.example.test', 'SRV')).toEqual([
      '_smtp-tls._tcp.example.test. 3600 IN SRV 0 0 25 mx1.example.test.',
    ]);
    expect(await answers('example.test', 'MX')).toEqual([
      'example.test. 3600 IN MX 5 mx2.example.test.',
      'example.test. 3600 IN MX 6 mx1.example.test.',
    ]);
    expect(await answers('mx1.example.test', 'A')).toEqual(['mx1.example.test. 7 IN A 127.0.0.11']);
    expect(await answers('mx1.example.test', 'AAAA')).toEqual([]);
    expect(await answers('mx2.example.test', 'A')).toEqual(['mx2.example.test. 60 IN A 127.0.0.12']);
    expect(dns.zone('example.test').records('@', 'SOA')[0]?.data).toContain(' 2 3600 ');
  });

  test('lose all of a name', () => {
    dns.zone('example.test').edit((z) => z.remove('mx1'));
    expect(dns.zone('example.test').records('mx1')).toEqual([]);
  });

  test('stay as they were when one of the changes cannot be made', () => {
    const before = dns.zone('example.test').text;
    const changes = () => dns.zone('example.test').edit((z) => z.remove('mx1').remove('mx9', 'A'));
    expect(changes).toThrow('zone example.test.: remove(mx9, A): there is no A record at mx9.example.test.');
    expect(dns.zone('example.test').text).toBe(before);
  });

  test.each<[string, Parameters<ReturnType<DnsServer['zone']>['edit']>[0], string]>([
    ['an address as host', (z) => z.add(rr.mx('@', 10, '192.0.2.1')), 'exchange: expected a host name'],
    ['a wrong address', (z) => z.add(rr.a('www', '192.0.2.300')), 'www A {"address":"192.0.2.300"}: address'],
    ['a broken line', (z) => z.add('www A 192.0.2.300'), 'www A 192.0.2.300: expected an IPv4 address'],
    ['an empty line', (z) => z.add(' '), "' ' holds no record"],
    [
      'a name outside',
      (z) => z.add(rr.a('www.example.net.', '192.0.2.1')),
      'www.example.net. does not lie in the zone',
    ],
    ['a short digest', (z) => z.add(rr.tlsa('_25._tcp', 3, 1, 1, 'aabb')), 'expected a digest of 32 octets'],
    ['a wrong type', (z) => z.remove('mx1', 'AAA'), "unknown RR type 'AAA'"],
    ['changes that come later', async (z) => z.remove('mx1'), 'before the function ends'],
  ])('tell of %s', (_, change, says) => {
    expect(() => dns.zone('example.test').edit(change)).toThrow(says);
  });

  test('come and go', async () => {
    dns.addZone(zone('sub.example.test')`www CNAME mx1.example.test.`).edit((z) => z.add(rr.clientMx('@', 10, 'out1')));
    const { answers } = await dns.client.query('www.sub.example.test', 'A');
    expect(answers).toEqual([
      'www.sub.example.test. 3600 IN CNAME mx1.example.test.',
      'mx1.example.test. 3600 IN A 127.0.0.11',
    ]);
    const sub = dns.zone('sub.example.test');
    dns.removeZone('sub.example.test');
    expect((await dns.client.query('www.sub.example.test', 'A')).rcode).toBe('NXDOMAIN');
    expect(() => sub.text).toThrow('zone sub.example.test. is not served any more');
    expect(() => dns.removeZone('exampel.test')).toThrow('there is no zone exampel.test.; did you mean example.test.?');
  });

  test('every builder makes what it says', () => {
    const hex = 'aa'.repeat(32);
    dns
      .zone('example.test')
      .edit((z) =>
        z.add(
          rr.aaaa('a', '2001:db8::1'),
          rr.cname('b', 'mx1'),
          rr.dname('c', 'example.net.'),
          rr.ns('d', 'ns.example.net.'),
          rr.ptr('e', 'mx1'),
          rr.tlsa('f', 3, 1, 1, Buffer.from(hex, 'hex')),
          rr.txt('g', 'v=spf1 -all'),
          rr.caa('h', 'issue', 'ca.example', { critical: true }),
          rr.record('i', 'URI', { priority: 1, weight: 2, target: 'https://example.test/' }),
          rr.fields('j', 'HINFO', { cpu: 'a', os: 'b' }),
          rr.generic('k', 65280, Uint8Array.of(1, 2)).withTtl(9),
        ),
      );
    const found = dns
      .zone('example.test')
      .records()
      .filter(({ name }) => name[1] === '.' && name !== '@');
    expect(Object.fromEntries(found.map(({ name, type, data }) => [name[0], `${type} ${data}`]))).toEqual({
      a: 'AAAA 2001:db8::1',
      b: 'CNAME mx1.example.test.',
      c: 'DNAME example.net.',
      d: 'NS ns.example.net.',
      e: 'PTR mx1.example.test.',
      f: `TLSA 3 1 1 ${hex}`,
      g: 'TXT "v=spf1 -all"',
      h: 'CAA 128 issue "ca.example"',
      i: 'URI 1 2 "https://example.test/"',
      j: 'HINFO "a" "b"',
      k: 'TYPE65280 \\# 2 0102',
    });
    expect(dns.zone('example.test').records('k')[0]?.ttl).toBe(9);
  });
});
