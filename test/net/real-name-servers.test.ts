import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gather } from '../../lib/mail/gather.ts';
import { askServer } from '../../lib/net/ask.ts';
import type { ServerAddress } from '../../lib/net/server-address.ts';
import { type ServerLookup, serverLookup } from '../../lib/net/server-lookup.ts';
import { printRdata } from '../../lib/rr/codec.ts';
import { TYPE } from '../../lib/rr/types.ts';
import { join, wire } from '../wire/messages.ts';
import { installed, knot, nsd, realServer, unbound } from './real-dns.ts';

const STRINGS = Array.from({ length: 40 }, (_, index) => `string ${index} ${'x'.repeat(100)}`);

const ZONE = `
$ORIGIN example.net.
$TTL 3600
@ SOA ns1 host 1 7200 3600 1209600 300
@ NS ns1
ns1 A 127.0.0.1
@ MX 10 mx1
@ MX 20 mx2.example.net.
@ TYPE265 \\# 19 000A036D7831076578616D706C65036E657400
_smtp-tls._tcp SRV 0 5 842 mx1
mx1 A 192.0.2.1
mx2 A 192.0.2.2
first 60 CNAME second
second CNAME third
third CNAME @
ring1 CNAME ring2
ring2 CNAME ring1
absent CNAME nowhere
*.wild MX 5 mx1
big TXT ${STRINGS.map((text) => `"${text}"`).join(' ')}
tree DNAME leaves
a.b.leaves MX 7 mx1
out CNAME www.example.org.
child NS ns.child
ns.child A 127.0.0.1
inner CNAME x.child
`;

const random = (): number => 4711;
const MX = join([0, 10], wire('mx1.example.net.'));

for (const program of [knot('example.net'), nsd('example.net')]) {
  const missing = !installed(program.command);
  if (missing) console.log(`${program.command} is not installed: it is not asked`);

  describe.skipIf(missing)(`${program.command}`, () => {
    let server: ServerAddress & AsyncDisposable;
    let lookup: ServerLookup;
    beforeAll(async () => {
      server = await realServer(program, ZONE);
      lookup = serverLookup(server, { random });
    });
    afterAll(() => server[Symbol.asyncDispose]());

    test('where there is SRV nobody asks for MX (SRV-2-i, SRV-2-j)', async () => {
      const fresh = serverLookup(server, { random });
      await gather({ kind: 'domain', domain: 'example.net' }, fresh);
      const types = fresh.queries.map(({ type }) => type);
      expect(types[0]).toBe(TYPE.SRV);
      expect(types).not.toContain(TYPE.MX);
    });

    test.each<[string, number, object]>([
      [
        '_smtp-tls._tcp.example.net',
        TYPE.SRV,
        { kind: 'records', rdata: [join([0, 0, 0, 5, 3, 0x4a], wire('mx1.example.net.'))] },
      ],
      ['example.net', TYPE.CLIENTMX, { kind: 'records', rdata: [MX], ttl: 3600, security: 'insecure' }],
      ['x.y.wild.example.net', TYPE.MX, { kind: 'records', rdata: [join([0, 5], wire('mx1.example.net.'))] }],
      [
        'first.example.net',
        TYPE.CLIENTMX,
        { kind: 'records', rdata: [MX], canonical: 'example.net', ttl: 60, aliases: { length: 3 } },
      ],
      ['ring1.example.net', TYPE.MX, { kind: 'failure', reason: 'alias-loop' }],
      [
        'absent.example.net',
        TYPE.MX,
        { kind: 'nxdomain', canonical: 'nowhere.example.net', times: { soaMinimum: 300 } },
      ],
      ['none.example.net', TYPE.MX, { kind: 'nxdomain', times: { soaMinimum: 300 } }],
      ['mx1.example.net', TYPE.MX, { kind: 'nodata', times: { soaMinimum: 300 } }],
      ['_tcp.example.net', TYPE.MX, { kind: 'nodata' }],
      [
        'a.b.tree.example.net',
        TYPE.MX,
        { kind: 'records', canonical: 'a.b.leaves.example.net', aliases: [{ type: 'DNAME' }] },
      ],
      ['out.example.net', TYPE.A, { kind: 'failure', canonical: 'www.example.org', aliases: { length: 1 } }],
      ['x.child.example.net', TYPE.MX, { kind: 'failure', reason: 'outside' }],
      ['inner.example.net', TYPE.MX, { kind: 'failure', reason: 'outside', aliases: { length: 1 } }],
      ['example.org', TYPE.MX, { kind: 'failure', reason: 'refused' }],
    ])('%s, type %i', async (name, type, expected) => {
      expect(await lookup.ask({ name, type })).toMatchObject(expected);
    });

    test('both MX records', async () => {
      const found = await lookup.ask({ name: 'example.net', type: TYPE.MX });
      expect(found.kind === 'records' && found.rdata.length).toBe(2);
      expect(found.kind === 'records' && found.rdata).toContainEqual(MX);
    });

    test('a TXT record of 40 strings comes over TCP', async () => {
      const found = await lookup.ask({ name: 'big.example.net', type: TYPE.TXT });
      const text = (string: string): Uint8Array => join([string.length], new TextEncoder().encode(string));
      expect(found).toMatchObject({ kind: 'records', rdata: [join(...STRINGS.map(text))] });
      expect(lookup.queries.at(-1)).toMatchObject({ name: 'big.example.net', transport: 'tcp' });
      const question = { name: wire('big.example.net.'), type: TYPE.TXT, class: 1 };
      expect(await askServer(server, question, { random, transport: 'udp' })).toMatchObject({
        message: { truncated: true },
      });
    });
  });
}

const validating = installed('/usr/sbin/unbound') && installed('/usr/sbin/knotd');
if (!validating) console.log('unbound or knotd is not installed: no validating resolver is asked');

describe.skipIf(!validating)('unbound over a zone that Knot DNS signs', () => {
  test('vouches for what is signed, and tells what is bogus', async () => {
    await using upstream = await realServer(knot('example.net', true), ZONE);
    const keys = await serverLookup(upstream, { random }).ask({ name: 'example.net', type: TYPE.DNSKEY });
    const key = keys.kind === 'records' ? keys.rdata.find(([, flags]) => flags === 1) : undefined;
    const anchor = `example.net. DNSKEY ${printRdata(TYPE.DNSKEY, key ?? new Uint8Array(0))}`;
    {
      await using resolver = await realServer(unbound('example.net', upstream, anchor));
      const lookup = serverLookup(resolver, { random });
      const secure = (name: string, type: number) => expect(lookup.ask({ name, type })).resolves;
      await secure('example.net', TYPE.CLIENTMX).toMatchObject({ kind: 'records', rdata: [MX], security: 'secure' });
      await secure('first.example.net', TYPE.CLIENTMX).toMatchObject({
        kind: 'records',
        aliases: { length: 3 },
        security: 'secure',
      });
      await secure('none.example.net', TYPE.MX).toMatchObject({ kind: 'nxdomain', security: 'secure' });
      await secure('mx1.example.net', TYPE.MX).toMatchObject({ kind: 'nodata', security: 'secure' });
      await secure('a.b.tree.example.net', TYPE.MX).toMatchObject({ kind: 'records', security: 'secure' });
      await secure('big.example.net', TYPE.TXT).toMatchObject({ kind: 'records', security: 'secure' });
    }
    const wrong = 'example.net. DS 12345 13 2 0000000000000000000000000000000000000000000000000000000000000000';
    await using resolver = await realServer(unbound('example.net', upstream, wrong));
    const bogus = await serverLookup(resolver, { random }).ask({ name: 'example.net', type: TYPE.MX });
    expect(bogus).toMatchObject({ kind: 'failure', reason: 'bogus' });
    expect('detail' in bogus && bogus.detail).toContain('answered SERVFAIL (');
  }, 60_000);
});
