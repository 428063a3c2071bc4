import { readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { afterAll, describe, expect, test } from 'vitest';
import { nameToText } from '../../lib/rr/name.ts';
import { TYPE, typeToText } from '../../lib/rr/types.ts';
import { fakeServer, octets, reply } from '../net/fake-dns.ts';
import { join, record, wire } from '../wire/messages.ts';
import { cli, folderOf, type Given, type Ran, zone } from './run.ts';

const EXAMPLE = new URL('../example/example.net.zone', import.meta.url).pathname;
const Q = '_smtp-tls._tcp';

const HOSTS = 'mx1 A 192.0.2.10\nmx1 AAAA 2001:db8::10\nmx2 A 192.0.2.20\n';

const folder = folderOf({
  'starttls.zone': zone(`${HOSTS}${Q} SRV 0 0 25 mx1\n`),
  'implicit.zone': zone(`${HOSTS}${Q} SRV 0 0 842 mx1\n@ MX 10 mx2\n`),
  'backup.zone': zone(`${HOSTS}${Q} SRV 0 0 842 mx1\n${Q} SRV 1 0 25 mx2\n`),
  'null.zone': zone(`${HOSTS}${Q} SRV 0 0 0 .\n@ MX 10 mx1\n`),
  'mx.zone': zone(`${HOSTS}@ MX 10 mx1\n@ MX 20 mx2\n@ CLIENTMX 10 mx1\n`),
  'nullmx.zone': zone('@ MX 0 .\n'),
  'equal.zone': zone(`${HOSTS}@ MX 10 mx1\n@ MX 10 mx2\n`),
  'dead.zone': zone(`${Q} SRV 0 0 842 gone\n@ MX 10 ns1\n`),
  'many.zone': zone(
    Array.from({ length: 40 }, (_, at) => `${Q} SRV ${at} 0 842 h${at}\nh${at} A 192.0.2.1\n`).join(''),
  ),
  'signed.zone': zone(`@ DNSKEY 257 3 13 AAAA\n${HOSTS}@ MX 10 mx1\n_25._tcp.mx1 TLSA 3 1 1 ${'ab'.repeat(32)}\n`),
  'hostile.zone': zone(`@ MX 10 a\\027[31m\na\\027[31m A 192.0.2.1\n`),
  'odd.zone': zone(`${HOSTS}${Q} SRV 0 0 465 mx1\n`),
  'away.zone': zone(`${Q} SRV 0 0 842 mx.example.org.\n`),
  'org.zone': zone('mx A 192.0.2.99\n', 'example.org'),
});
afterAll(() => folder.remove());

const plan = (line: string, given: Given = {}): Promise<Ran> =>
  cli(['plan', ...line.split(' ')], { cwd: folder.path, ...given });

describe('plan', () => {
  test('draws the plan of the example (SRV-2-i, SRV-2-d, SRV-4-a, SRV-4-b)', async () => {
    const { stdout, stderr, code } = await plan(`example.net --zone ${EXAMPLE}`);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout).toBe(`example.net
  _smtp-tls._tcp.example.net has 4 SRV records: SRV goes before MX, so no MX is asked for or used
├─ 1. mx1.example.net port 842, TLS from the first octet on (priority 10, weight 0)
│     addresses   2001:db8:1::10, 192.0.2.10
│     names       mx1.example.net (by insecure DNS), example.net or _smtp-tls.example.net (SRV-ID)
│     if it fails port 25 of mx1.example.net, STARTTLS required; if that fails too, DNS is not
│                 trusted and the mail waits
└─ 2. mx2.example.net port 842, TLS from the first octet on (priority 20, weight 0)
      addresses   2001:db8:2::10, 198.51.100.10
      names       mx2.example.net (by insecure DNS), example.net or _smtp-tls.example.net (SRV-ID)
      if it fails port 25 of mx2.example.net, STARTTLS required; if that fails too, DNS is not
                  trusted and the mail waits

deliver: there is a way to deliver: 2 hosts, never without TLS
DNS         not protected by DNSSEC; from 1 zone file
Client MX   published: a server without TLS, or with a certificate that fails, gets no mail
Order       equal hosts and addresses are drawn with seed 1; --seed N draws again
`);
  });

  test.each([
    ['starttls.zone', 0, '1. mx1.example.net port 25, STARTTLS required'],
    ['implicit.zone', 0, '1. mx1.example.net port 842, TLS from the first octet on'],
    ['backup.zone', 0, '2. mx2.example.net port 25, STARTTLS required'],
    ['null.zone', 1, 'reject 556 5.4.4: example.net offers no Secure SMTP'],
    ['null.zone --srv-null mx', 0, '1. mx1.example.net port 25, STARTTLS where it is offered'],
    ['mx.zone', 0, 'Client MX   published'],
    ['mx.zone --own-host mx1.example.net', 1, 'reject 554 5.4.6'],
    ['mx.zone --own-host 192.0.2.20', 0, '1. mx1.example.net'],
    ['mx.zone --own-host 2001:db8::10', 1, 'reject 554 5.4.6'],
    ['nullmx.zone', 1, 'reject 556 5.1.10: example.net takes no mail'],
    ['dead.zone', 1, 'reject 550 5.4.4: _smtp-tls._tcp.example.net has 1 SRV record, none with a usable host'],
    ['dead.zone', 1, '  gone.example.net is left out: it has no address; an A or AAAA record is expected'],
    ['odd.zone', 0, 'caution     port 465 has another use; port 842 is expected'],
    ['away.zone', 0, 'caution     lies outside the domain, and DNSSEC does not protect the record'],
    ['away.zone', 0, 'unknown: the host lies in none of the zones given'],
    ['away.zone org.zone', 0, 'addresses   192.0.2.99'],
    ['signed.zone', 0, 'DANE makes TLS required (RFC 7672)'],
  ])('%s: exit code %i', async (line, code, words) => {
    const ran = await plan(`example.net --zone ${line}`);
    expect(ran.stdout).toContain(words);
    expect(ran.code).toBe(code);
    expect(ran.stderr).toBe('');
  });

  test('--trace shows every decision with its requirements', async () => {
    const { stdout } = await plan('example.net --zone implicit.zone --trace');
    expect(stdout).toContain('when port 842 of mx1.example.net fails: port 25 of the same host, STARTTLS required');
    expect(stdout).toContain('     SRV-4-a SRV-4-b SRV-4-d SRV-4-e AMB-S7');
    expect((await plan('example.net --zone implicit.zone')).stdout).not.toContain('SRV-4-a');
  });

  test('an address literal needs no DNS', async () => {
    const { stdout, code } = await plan('[192.0.2.1] --zone mx.zone');
    expect(code).toBe(0);
    expect(stdout).toContain('1. 192.0.2.1 port 25');
  });

  test('the order is the same for one seed, and other seeds give others', async () => {
    const first = async (seed: string): Promise<string> => {
      const { stdout } = await plan(`example.net --zone equal.zone --format json${seed}`);
      return JSON.parse(stdout).steps[0].host;
    };
    expect(await first('')).toBe(await first(' --seed 1'));
    const seen = new Set<string>();
    for (let seed = 0; seed < 12; seed++) seen.add(await first(` --seed ${seed}`));
    expect(seen.size).toBe(2);
  });

  test('--path-open leaves out port 25 only where DNSSEC protects the record (SRV-4-c)', async () => {
    const { stdout } = await plan('example.net --zone implicit.zone --path-open mx1.example.net:842 --format json');
    expect(JSON.parse(stdout).steps[0]).toHaveProperty('fallback');
  });

  test('hosts left out are told on stderr', async () => {
    const { stderr, code } = await plan('example.net --zone many.zone');
    expect(stderr).toBe('warning: 8 hosts beyond the first 32 left out\n');
    expect(code).toBe(0);
  });

  test('without colours and Unicode it stays readable, and narrow', async () => {
    const given = { env: { LANG: 'C' }, columns: 60 };
    const { stdout } = await plan('example.net --zone implicit.zone --color never', given);
    expect(stdout).toMatch(/^[\n -~]*$/);
    expect(stdout).toContain('`- 1. mx1.example.net port 842');
    expect(stdout).toContain('rank        priority 0, weight 0');
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(60);
    const coloured = await plan('example.net --zone implicit.zone', given);
    expect(stripVTControlCharacters(coloured.stdout)).toBe(stdout);
    expect(coloured.stdout).not.toBe(stdout);
  });

  test('hostile names do not steer the terminal', async () => {
    const { stdout } = await plan('example.net --zone hostile.zone --color never --trace');
    expect(stdout).not.toContain('\x1b');
  });

  test.each([
    ['example.net', 'nothing tells what is in DNS'],
    ['example.org --zone mx.zone', 'example.org is in none of the zones given'],
    ['192.0.2.1 --zone mx.zone', 'an address literal is written [192.0.2.1]'],
    ['joe@example.net --zone mx.zone', 'give the domain behind the @ alone'],
    ['a..b --zone mx.zone', 'is no domain name'],
    ['example.net --zone mx.zone --srv-error sometimes', '--srv-error cannot be'],
    ['example.net --zone mx.zone --path-open mx1', '--path-open needs HOST:PORT'],
    ['example.net --zone mx.zone --path-open mx1:99999', '--path-open needs HOST:PORT'],
    ['example.net --zone mx.zone --own-host a..b', '--own-host needs a host name'],
    ['example.net --zone mx.zone --own-host 1.2.3.400', '--own-host needs a host name'],
    ['example.net --zone mx.zone --seed -1', '--seed needs a whole number'],
    ['example.net --zone mx.zone --now yesterday', '--now needs a date'],
    ['example.net --zone missing.zone', 'missing.zone'],
  ])('%s is wrong use', async (line, words) => {
    const { code, stderr, stdout } = await plan(line);
    expect(code).toBe(2);
    expect(stderr).toContain(words);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stdout).toBe('');
  });
});

describe('a server that is asked', () => {
  const srv = record(
    '_smtp-tls._tcp.example.net.',
    TYPE.SRV,
    join([0, 0, 0, 0, 842 >> 8, 842 & 255], wire('mx1.example.net.')),
    300,
  );
  const address = record('mx1.example.net.', TYPE.A, Uint8Array.of(192, 0, 2, 10), 300);

  test('sees SRV and addresses and no question for MX (SRV-2-i, SRV-2-j)', async () => {
    const asked: string[] = [];
    await using server = await fakeServer({
      udp: (query, send) => {
        const [question] = query.questions;
        const line = `${nameToText(question?.name ?? wire('.'))} ${typeToText(question?.type ?? 0)}`;
        asked.push(line);
        const answer = { 'mx1.example.net. A': [address], '_smtp-tls._tcp.example.net. SRV': [srv] }[line];
        send(octets(reply(query, answer === undefined ? {} : { answer })));
      },
    });
    const { stdout, code, stderr } = await plan(`example.net --server 127.0.0.1:${server.port}`);
    expect(stderr).toBe('');
    expect(stdout).toContain('1. mx1.example.net port 842, TLS from the first octet on');
    expect(stdout).toContain(`from the server 127.0.0.1:${server.port}`);
    expect(code).toBe(0);
    expect(asked[0]).toBe('_smtp-tls._tcp.example.net. SRV');
    expect(new Set(asked.slice(1, 3))).toEqual(new Set(['mx1.example.net. AAAA', 'mx1.example.net. A']));
    expect(asked).not.toContain('example.net. MX');
  });

  test('that fails makes the mail wait (AMB-S5)', async () => {
    await using server = await fakeServer({ udp: (query, send) => send(octets(reply(query, { rcode: 2 }))) });
    const { stdout, code } = await plan(`example.net --server 127.0.0.1:${server.port}`);
    expect(stdout).toContain('defer 451 4.4.3: DNS does not tell whether example.net has SRV records');
    expect(code).toBe(1);
  });
});

describe('json', () => {
  const ajv = new Ajv2020({ allErrors: true, strict: true });
  addFormats.default(ajv);
  const schema = JSON.parse(readFileSync(new URL('../../schemas/plan.schema.json', import.meta.url), 'utf8'));
  const valid = ajv.compile(schema);

  test.each([
    'starttls',
    'implicit',
    'backup',
    'null',
    'mx',
    'nullmx',
    'equal',
    'dead',
    'many',
    'signed',
    'hostile',
    'away',
  ])('%s.zone fits the schema', async (name) => {
    const { stdout, code } = await plan(`example.net --zone ${name}.zone --format json`);
    const json = JSON.parse(stdout);
    expect(valid(json), JSON.stringify(valid.errors)).toBe(true);
    expect(code).toBe(json.outcome.kind === 'deliver' ? 0 : 1);
  });

  test('an address literal fits the schema', async () => {
    const json = JSON.parse((await plan('[IPv6:2001:db8::1] --zone mx.zone --format json')).stdout);
    expect(valid(json), JSON.stringify(valid.errors)).toBe(true);
  });

  test('says what was asked, decided and remembered', async () => {
    const json = JSON.parse((await plan('example.net --zone mx.zone --format json --now 2026-12-01')).stdout);
    expect(json).toMatchObject({
      version: 1,
      domain: 'example.net',
      source: '1 zone file',
      seed: 1,
      now: '2026-12-01T00:00:00.000Z',
      route: 'mx',
      optIn: true,
      serverNames: ['mx1.example.net', 'mx2.example.net'],
      remembered: [{ name: '_smtp-tls._tcp.example.net', answer: 'nxdomain', expires: '2026-12-01T01:00:00.000Z' }],
      negative: [{ seconds: 3600, by: 'soa' }],
    });
    expect(json.questions.map(({ type, purpose }: { type: string; purpose: string }) => `${purpose} ${type}`)).toEqual([
      'delivery SRV',
      'delivery MX',
      ...Array.from({ length: 4 }, (_, at) => `delivery ${at % 2 === 0 ? 'AAAA' : 'A'}`),
      'extra TYPE265',
      'extra TLSA',
      'extra TLSA',
    ]);
  });

  test('--output writes a file', async () => {
    const { stdout } = await plan('example.net --zone mx.zone --format json --output plan.json');
    expect(stdout).toBe('');
    expect(JSON.parse(readFileSync(`${folder.path}/plan.json`, 'utf8')).route).toBe('mx');
  });
});
