import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { serverLookup } from '../../lib/net/server-lookup.ts';
import { TYPE } from '../../lib/rr/types.ts';
import { type DnsServer, type DnsServerOptions, fakeClock, startDnsServer } from '../../lib/testing/index.ts';
import { installed, type Program, type RealServer, realServer } from '../net/real-dns.ts';

const UNBOUND = '/usr/sbin/unbound';
const absent = !installed(UNBOUND);
if (absent) console.log(`no ${UNBOUND}: what servers of tests sign is not validated`);

const ZONES = {
  'mail.test': '@ MX 10 mx\nmx A 192.0.2.1\n*.wild A 192.0.2.9',
  'other.test': '@ A 192.0.2.2',
};

const start = (options: DnsServerOptions): Promise<DnsServer> => startDnsServer({ zones: ZONES, ...options });

/** Unbound with nothing but what the server hands out, and where to be. */
function handedTo(dns: DnsServer): Promise<RealServer> {
  const program: Program = {
    command: UNBOUND,
    args: (configuration) => ['-d', '-c', configuration],
    configuration: (folder, port) =>
      dns.unboundStub().replace(
        'server:',
        `server:
  interface: 127.0.0.1@${port}
  port: ${port}
  directory: "${folder}"
  chroot: ""
  username: ""
  pidfile: ""
  use-syslog: no
  logfile: "${folder}/log"
  do-daemonize: no
  ede: yes`,
      ),
    ready: 'mail.test.',
  };
  return realServer(program);
}

const SECURE = { security: 'secure' };
const BOGUS = { kind: 'failure', reason: 'bogus' };

describe('a server of a test that signs', () => {
  test('says how it is trusted, and signs what is changed', async () => {
    await using dns = await start({ sign: true });
    expect(dns.trustAnchors).toEqual([
      expect.stringMatching(/^mail\.test\. IN DS \d+ 13 2 [\dA-F]{64}$/iu),
      expect.stringMatching(/^other\.test\. IN DS \d+ 13 2 [\dA-F]{64}$/iu),
    ]);
    dns.zone('mail.test').edit((edit) => edit.add('new 3600 A 192.0.2.7'));
    const asked = await dns.client.query('new.mail.test', 'A', { dnssec: true });
    expect(asked.answers).toEqual([
      'new.mail.test. 3600 IN A 192.0.2.7',
      expect.stringMatching(/^new\.mail\.test\. 3600 IN RRSIG A 13 3 3600 /u),
    ]);
    expect((await dns.client.query('none.mail.test', 'A', { dnssec: true })).authority.join('\n')).toMatch(/ NSEC /u);
    expect(dns.unboundStub()).not.toContain('domain-insecure');
  });

  test('signs as it is told', async () => {
    const { privateKey } = generateKeyPairSync('ed25519', {
      privateKeyEncoding: { format: 'pem', type: 'pkcs8' },
      publicKeyEncoding: { format: 'pem', type: 'spki' },
    });
    const nsec3 = { iterations: 2, salt: Uint8Array.of(0xab) };
    await using one = await start({ sign: { key: privateKey, nsec3, cds: true } });
    await using two = await start({ sign: { key: new TextEncoder().encode(privateKey), algorithm: 'ed25519' } });
    expect(one.trustAnchors).toEqual(two.trustAnchors);
    expect(one.trustAnchors[0]).toMatch(/ DS \d+ 15 2 /u);
    expect((await one.client.query('mail.test', 'NSEC3PARAM')).answers).toEqual([
      expect.stringMatching(/ NSEC3PARAM 1 0 2 AB$/iu),
    ]);
    expect((await one.client.query('mail.test', 'CDS')).answers).toHaveLength(1);
    await using other = await start({ sign: 'ecdsap384sha384' });
    expect(other.trustAnchors[0]).toMatch(/ DS \d+ 14 2 /u);
    await expect(start({ sign: { key: 'no key' } })).rejects.toThrow(/^sign: /u);
  });

  test('trusts no zone that it does not sign', async () => {
    await using dns = await startDnsServer({ zones: ZONES });
    expect(dns.trustAnchors).toEqual([]);
    expect(dns.unboundStub()).toContain('domain-insecure: "other.test."');
  });

  test('breaks what it signs, beside what rules do', async () => {
    await using dns = await start({ sign: { breaks: 'missing-signature' } });
    const asked = await dns.client.query('mx.mail.test', 'A', { dnssec: true });
    expect(asked.answers).toEqual(['mx.mail.test. 3600 IN A 192.0.2.1']);
    expect(dns.queries().at(-1)?.faults).toEqual(['sign-missing-signature']);
    dns.on({ name: 'mx.mail.test' }).servfail();
    expect((await dns.client.query('mx.mail.test', 'A', { dnssec: true })).rcode).toBe('SERVFAIL');
    dns.reset();
    expect((await dns.client.query('mx.mail.test', 'A', { dnssec: true })).answers).toHaveLength(1);
  });
});

describe.skipIf(absent)('Unbound with what it is handed', () => {
  test.each([
    ['NSEC', { sign: true }],
    ['NSEC3', { sign: { nsec3: true, algorithm: 'rsasha256' } }],
    ['another time', { sign: true, clock: fakeClock('2031-02-03T04:05:06Z') }],
  ] as const)(
    'vouches for what is signed: %s',
    async (_, options) => {
      await using dns = await start(options);
      await using resolver = await handedTo(dns);
      const lookup = serverLookup(resolver, { random: () => 4711 });
      expect(await lookup.ask({ name: 'mail.test', type: TYPE.MX })).toMatchObject({ kind: 'records', ...SECURE });
      expect(await lookup.ask({ name: 'other.test', type: TYPE.A })).toMatchObject({ kind: 'records', ...SECURE });
      expect(await lookup.ask({ name: 'x.wild.mail.test', type: TYPE.A })).toMatchObject({
        kind: 'records',
        ...SECURE,
      });
      expect(await lookup.ask({ name: 'none.mail.test', type: TYPE.A })).toMatchObject({ kind: 'nxdomain', ...SECURE });
      expect(await lookup.ask({ name: 'mx.mail.test', type: TYPE.MX })).toMatchObject({ kind: 'nodata', ...SECURE });
      dns.on({ name: 'new.other.test' }).action({ dnssec: 'corrupt' });
      dns.zone('other.test').edit((edit) => edit.add('new A 192.0.2.7', 'good A 192.0.2.8'));
      expect(await lookup.ask({ name: 'new.other.test', type: TYPE.A })).toMatchObject(BOGUS);
      expect(await lookup.ask({ name: 'good.other.test', type: TYPE.A })).toMatchObject({ kind: 'records', ...SECURE });
    },
    30_000,
  );

  test.each(['expired', 'not-yet-valid', 'wrong-key', 'missing-signature', 'wrong-denial'] as const)(
    'fails when all is broken: %s',
    async (breaks) => {
      await using dns = await start({ sign: { breaks } });
      await using resolver = await handedTo(dns);
      const lookup = serverLookup(resolver, { random: () => 4711 });
      expect(await lookup.ask({ name: 'none.mail.test', type: TYPE.A })).toMatchObject(BOGUS);
    },
    30_000,
  );
});
