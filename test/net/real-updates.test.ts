import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningServer, startServer } from '../../lib/net/serve.ts';
import { ServedZones } from '../../lib/server/served-zones.ts';
import { TestServer } from '../../lib/server/test-server.ts';
import { readTsigKey, TSIG_ALGORITHMS } from '../../lib/wire/tsig-keys.ts';
import { ZoneTree } from '../../lib/zone/tree.ts';
import { zoneOf } from '../zone/zones.ts';
import { both, moment } from './serving.ts';
import { missingModule, missingTools, ran } from './tools.ts';

const SECRET = Buffer.from('a secret of no importance at all').toString('base64');
const ALGORITHMS = TSIG_ALGORITHMS.filter((name) => !/-\d+$/u.test(name));

const TEXT = `$ORIGIN example.net.
$TTL 300
@ SOA ns1 hostmaster 1 7200 1800 1209600 3600
@ NS ns1
ns1 A 192.0.2.1
www A 192.0.2.80
${Array.from({ length: 1500 }, (_, i) => `host${i} TXT "${'x'.repeat(50)}"\n`).join('')}`;

const missing = missingTools('UPDATE and TSIG by clients of other people', ['nsupdate', 'dig', 'kdig']);
const noDnspython = missingModule('UPDATE and TSIG by dnspython', 'dns.tsig');
const folder = mkdtempSync(join(tmpdir(), 'zonewright-update-'));
let tested: TestServer;
let running: RunningServer;
let port = 0;

beforeAll(async () => {
  const keys = ALGORITHMS.flatMap((algorithm) => {
    const read = readTsigKey(`${algorithm}:key-${algorithm}:${SECRET}`);
    return 'keys' in read ? read.keys : [];
  });
  const short = readTsigKey(`hmac-sha256-128:short:${SECRET}`);
  tested = new TestServer(
    new ServedZones([new ZoneTree(zoneOf('example.net.', TEXT))]),
    { now: () => Date.now(), ticks: () => 0, wait: moment },
    {
      keys: [...keys, ...('keys' in short ? short.keys : [])],
      mayUpdate: ({ key }) => key !== undefined,
      mayTransfer: ({ key }) => key !== undefined,
    },
  );
  running = await startServer({
    listen: both('127.0.0.1'),
    handle: (query, exchange) => tested.handle(query, exchange),
    now: () => Date.now(),
  });
  port = running.listeners[0]?.port ?? 0;
});
afterAll(async () => {
  await running.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What nsupdate says of a script, signed unless told otherwise. */
async function nsupdate(script: string, ...options: string[]): Promise<string> {
  const given = options.length === 0 ? ['-y', `hmac-sha256:key-hmac-sha256:${SECRET}`] : options;
  const input = `server 127.0.0.1 ${port}\nzone example.net\n${script}\nsend\n`;
  const { code, stderr } = await ran('nsupdate', given.filter(Boolean), input);
  return code === 0 ? 'done' : stderr.trim();
}

async function dig(...args: string[]): Promise<string> {
  const { stdout } = await ran('dig', ['@127.0.0.1', '-p', String(port), '+noidnout', ...args]);
  return stdout;
}

describe.skipIf(missing.length > 0)('nsupdate', () => {
  test.each([
    ['prereq yxdomain www.example.net', 'done'],
    ['prereq yxdomain nowhere.example.net', 'update failed: NXDOMAIN'],
    ['prereq nxdomain nowhere.example.net', 'done'],
    ['prereq nxdomain www.example.net', 'update failed: YXDOMAIN'],
    ['prereq yxrrset www.example.net A', 'done'],
    ['prereq yxrrset www.example.net AAAA', 'update failed: NXRRSET'],
    ['prereq nxrrset www.example.net AAAA', 'done'],
    ['prereq nxrrset www.example.net A', 'update failed: YXRRSET'],
    ['prereq yxrrset www.example.net A 192.0.2.80', 'done'],
    ['prereq yxrrset www.example.net A 192.0.2.81', 'update failed: NXRRSET'],
    ['prereq yxdomain www.example.org', 'update failed: NOTZONE'],
  ])('%s: %s', async (prerequisite, expected) => {
    const name = `n${Math.random().toString(36).slice(2)}.example.net`;
    expect(await nsupdate(`${prerequisite}\nupdate add ${name} 60 TXT "new"`)).toBe(expected);
    const answer = await dig('+short', name, 'TXT');
    expect(answer.trim()).toBe(expected === 'done' ? '"new"' : '');
  });

  test.each(ALGORITHMS)('signs with %s', async (algorithm) => {
    const name = `${algorithm}.example.net`;
    const key = join(folder, `${algorithm}.key`);
    writeFileSync(key, `key "key-${algorithm}" { algorithm ${algorithm}; secret "${SECRET}"; };\n`);
    expect(await nsupdate(`update add ${name} 60 TYPE265 \\# 3 000000`, '-k', key)).toBe('done');
    expect(await nsupdate(`update delete ${name} TYPE265`, '-v', '-k', key)).toBe('done');
  });

  test.each([
    ['no key', [''], 'update failed: REFUSED'],
    ['an unknown key', ['-y', `hmac-sha256:nobody:${SECRET}`], 'NOTAUTH(BADKEY)'],
    ['a wrong secret', ['-y', 'hmac-sha256:key-hmac-sha256:AAAA'], 'NOTAUTH(BADSIG)'],
    ['another algorithm', ['-y', `hmac-sha1:key-hmac-sha256:${SECRET}`], 'NOTAUTH(BADKEY)'],
  ])('with %s is turned away', async (_, options, expected) => {
    const serial = await dig('+short', 'example.net', 'SOA');
    expect(await nsupdate('update add x.example.net 60 A 192.0.2.9', ...options)).toContain(expected);
    expect(await dig('+short', 'example.net', 'SOA')).toBe(serial);
  });
});

describe.skipIf(missing.length > 0)('a signed transfer', () => {
  const count = (text: string): number => text.split('\n').filter((line) => /\sIN\s+TXT\s+"x+"/u.test(line)).length;

  test.each(ALGORITHMS)('is taken by dig and kdig with %s', async (algorithm) => {
    const sign = ['-y', `${algorithm}:key-${algorithm}:${SECRET}`];
    const whole = await dig(...sign, 'example.net', 'AXFR');
    expect([count(whole), whole.includes("Couldn't verify"), whole.includes('WARNING')]).toEqual([1500, false, false]);
    expect(/messages (\d+)/u.exec(whole)?.[1]).not.toBe('1');
    const kdig = await ran('kdig', [...sign, '@127.0.0.1', '-p', String(port), 'example.net', 'AXFR']);
    expect([count(kdig.stdout), kdig.stderr]).toEqual([1500, '']);
  });

  test('of differences is taken by dig over TCP and UDP', async () => {
    const sign = ['-y', `hmac-sha256:key-hmac-sha256:${SECRET}`];
    const serial = Number((await dig('+short', 'example.net', 'SOA')).split(' ')[2]);
    expect(await nsupdate('update add ixfr.example.net 60 TXT "by difference"\nupdate delete host3.example.net')).toBe(
      'done',
    );
    for (const how of ['+tcp', '+notcp']) {
      const answer = await dig(...sign, how, 'example.net', `IXFR=${serial}`);
      const lines = answer.split('\n').filter((line) => /\sIN\s/u.test(line) && !line.startsWith(';'));
      expect([lines.length, lines.filter((line) => line.includes('SOA')).length]).toEqual([6, 4]);
      expect(answer).not.toContain("Couldn't verify");
    }
  });

  test('with a MAC cut short is taken by dig', async () => {
    const answer = await dig('-y', `hmac-sha256-128:short:${SECRET}`, 'www.example.net', 'A');
    expect(answer).toContain('status: NOERROR');
    expect(answer).not.toContain('WARNING -- Some TSIG');
    const cut = await dig('-y', `hmac-sha256-128:key-hmac-sha256:${SECRET}`, 'www.example.net', 'A');
    expect(cut).toMatch(/NOTAUTH[\s\S]*BADTRUNC/u);
  });

  test.skipIf(noDnspython)('and an update of dnspython are understood', async () => {
    const script = `
import dns.update, dns.query, dns.zone, dns.tsig, dns.rcode, dns.xfr, dns.name
key = dns.tsig.Key('key-hmac-sha512', '${SECRET}', 'hmac-sha512')
u = dns.update.Update('example.net', keyring={key.name: key}, keyname=key.name)
u.present('www')
u.absent('nowhere')
u.absent('www', 'AAAA')
u.add('python', 60, 'MX', '10 www')
u.replace('python2', 60, 'TXT', 'one')
print(dns.rcode.to_text(dns.query.udp(u, '127.0.0.1', port=${port}, timeout=5).rcode()))
zone = dns.zone.Zone('example.net')
q, serial = dns.xfr.make_query(zone, keyring={key.name: key}, keyname=key.name)
dns.query.inbound_xfr('127.0.0.1', zone, q, port=${port}, timeout=5)
print(zone.find_rdataset('python', 'MX')[0].to_text(), len(zone.nodes) > 1400)
u = dns.update.Update('example.net', keyring={key.name: key}, keyname=key.name)
u.delete('python')
dns.query.tcp(u, '127.0.0.1', port=${port}, timeout=5)
q, serial = dns.xfr.make_query(zone, keyring={key.name: key}, keyname=key.name)
dns.query.inbound_xfr('127.0.0.1', zone, q, port=${port}, timeout=5)
print(zone.get_node('python'), dns.rdatatype.to_text(q.question[0].rdtype))
`;
    const { stdout, stderr } = await ran('/usr/bin/python3', ['-c', script]);
    expect([stdout, stderr]).toEqual(['NOERROR\n10 www True\nNone IXFR\n', '']);
  });
});
