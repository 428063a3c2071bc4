import { execFile, spawn } from 'node:child_process';
import { Resolver } from 'node:dns/promises';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askServer } from '../../lib/net/ask.ts';
import { startServer } from '../../lib/net/serve.ts';
import type { Handled } from '../../lib/net/serve-options.ts';
import { TYPE } from '../../lib/rr/types.ts';
import { answer } from '../../lib/server/answer.ts';
import type { Exchange } from '../../lib/server/exchange.ts';
import { ServedZones } from '../../lib/server/served-zones.ts';
import { transfer } from '../../lib/server/transfer.ts';
import { readZone } from '../../lib/zone/read.ts';
import { ZoneTree } from '../../lib/zone/tree.ts';
import { zone } from '../cli/run.ts';
import { wire } from '../wire/messages.ts';
import { serverCertificate } from './certificates.ts';
import { installed } from './real-dns.ts';
import { both, moment, type Served } from './serving.ts';

const tls = serverCertificate(['dns.example.net'], { subject: 'CN=dns.example.net' });
const strings = Array.from({ length: 20 }, (_, i) => String.fromCharCode(97 + i).repeat(200));
const many = Array.from({ length: 3000 }, (_, i) => `host${i} A 10.0.${i >> 8}.${i & 255}\n`).join('');
const text = zone(`@ MX 10 mx1
@ TYPE265 \\# 19 000a036d7831076578616d706c65036e657400
mx1 A 192.0.2.10
_smtp-tls._tcp SRV 0 0 842 mx1
big TXT ${strings.map((each) => `"${each}"`).join(' ')}
${many}`);

let server: Served;
let port: Readonly<Record<string, number>> = {};
beforeAll(async () => {
  const read = readZone({ name: 'zone', bytes: new TextEncoder().encode(text), origin: wire('example.net.') });
  const zones = new ServedZones([new ZoneTree(read)]);
  const handle = (query: Uint8Array, exchange: Exchange): Handled => {
    const answered = answer(query, zones, exchange);
    if (answered.summary.outcome !== 'transfer') return answered;
    return { bytes: undefined, more: transfer(query, zones) ?? [] };
  };
  const secure = (['tls', 'https'] as const).map((transport) => ({ transport, address: '127.0.0.1', port: 0 }));
  const running = await startServer({ listen: [...both('127.0.0.1'), ...secure], handle, now: () => Date.now(), tls });
  server = { ...running, port: running.listeners[0]?.port ?? 0 };
  port = Object.fromEntries(running.listeners.map((each) => [each.transport, each.port]));
});
afterAll(() => server.close());

/** What a program writes; the server is in this process, so nobody may block it. */
function output(command: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve) =>
    execFile(command, args, { timeout: 15_000, maxBuffer: 1e8 }, (_, stdout, stderr) =>
      resolve(stdout + (stdout === '' ? stderr : '')),
    ),
  );
}

const [udp, secure, https] = [() => String(server.port), () => String(port['tls']), () => String(port['https'])];
const rdata = '\\# 19 000A036D7831076578616D706C65036E657400';

/** A program, whether it is there, and lines that it asks with and what has to be in what it says. */
const clients: readonly {
  readonly program: string;
  readonly asks: readonly (readonly [() => string[], string | RegExp])[];
}[] = [
  {
    program: 'dig',
    asks: [
      [() => ['@127.0.0.1', '-p', udp(), 'example.net', 'TYPE265', '+short'], rdata],
      [() => ['@127.0.0.1', '-p', udp(), 'example.net', 'MX', '+tcp', '+norec'], /flags: qr aa; QUERY: 1, ANSWER: 1/],
      [() => ['@127.0.0.1', '-p', udp(), 'big.example.net', 'TXT', '+short'], `"${strings.at(-1)}"`],
      [() => ['@127.0.0.1', '-p', udp(), 'big.example.net', 'TXT', '+ignore'], /flags: qr aa tc/],
      [() => ['@127.0.0.1', '-p', udp(), 'example.net', 'AXFR'], /XFR size: 3011 records \(messages [1-9]/],
      [() => ['@127.0.0.1', '-p', secure(), '+tls', 'example.net', 'MX', '+short'], '10 mx1.example.net.'],
      [() => ['@127.0.0.1', '-p', https(), '+https', 'example.net', 'MX', '+short'], '10 mx1.example.net.'],
      [() => ['@127.0.0.1', '-p', https(), '+https-get', 'example.net', 'MX', '+short'], '10 mx1.example.net.'],
    ],
  },
  {
    program: 'kdig',
    asks: [
      [() => ['@127.0.0.1', '-p', udp(), 'example.net', 'TYPE265', '+short'], rdata],
      [
        () => ['@127.0.0.1', '-p', udp(), '+tcp', 'example.net', 'MX', '+short', 'example.net', 'NS'],
        'ns1.example.net.',
      ],
      [() => ['@127.0.0.1', '-p', udp(), 'example.net', 'AXFR'], 'host2999.example.net.'],
      [() => ['@127.0.0.1', '-p', secure(), '+tls', 'example.net', 'MX', '+short'], '10 mx1.example.net.'],
      [() => ['@127.0.0.1', '-p', secure(), '+tls', 'example.net', 'AXFR'], 'host2999.example.net.'],
      [() => ['@127.0.0.1', '-p', https(), '+https', 'example.net', 'MX', '+short'], '10 mx1.example.net.'],
      [
        () => ['@127.0.0.1', '-p', https(), '+https', '+https-get', 'example.net', 'MX', '+short'],
        '10 mx1.example.net.',
      ],
    ],
  },
  {
    program: 'drill',
    asks: [
      [() => ['-p', udp(), '@127.0.0.1', 'example.net', 'MX'], /rcode: NOERROR[\s\S]*mx1\.example\.net\./],
      [() => ['-p', udp(), '-t', '@127.0.0.1', 'big.example.net', 'TXT'], strings.at(-1) ?? ''],
    ],
  },
];

/** Options that old versions of a program do not know. */
const knows = async (program: string, args: readonly string[]): Promise<boolean> => {
  const newer = args.find((each) => each.startsWith('+tls') || each.startsWith('+https'));
  if (newer === undefined || program !== 'dig') return true;
  return !/Invalid option/.test(await output('sh', ['-c', `dig ${newer} -v 2>&1`]));
};

describe.each(clients)('$program', ({ program, asks }) => {
  const there = installed(program);
  if (!there) console.log(`no ${program}: the server is not tried with it`);
  test.runIf(there)('gets every answer', async () => {
    for (const [args, expected] of asks) {
      const words = args();
      if (!(await knows(program, words))) {
        console.log(`this ${program} does not know one of ${words.join(' ')}`);
        continue;
      }
      const said = await output(program, words);
      expect(`${words.join(' ')}: ${said}`).toMatch(expected);
    }
  });
});

test("Node's own resolver gets 4 KB of TXT over TCP, MX and SRV", async () => {
  const resolver = new Resolver({ timeout: 2000, tries: 1 });
  resolver.setServers([`127.0.0.1:${server.port}`]);
  expect(await resolver.resolveTxt('big.example.net')).toEqual([strings]);
  expect(await resolver.resolveMx('example.net')).toMatchObject([{ priority: 10, exchange: 'mx1.example.net' }]);
  expect(await resolver.resolveSrv('_smtp-tls._tcp.example.net')).toMatchObject([
    { port: 842, name: 'mx1.example.net' },
  ]);
  await expect(resolver.resolve4('nix.example.net')).rejects.toMatchObject({ code: 'ENOTFOUND' });
  await expect(resolver.resolve4('big.example.net')).rejects.toMatchObject({ code: 'ENODATA' });
});

const python = '/usr/bin/python3';
const dnspython = await output(python, ['-c', 'import dns.version; print(dns.version.version)']);
if (dnspython === '') console.log('no dnspython: the server is not tried with it');

test.runIf(dnspython !== '')('dnspython transfers the zone, and asks over each transport it has', async () => {
  const script = `
import dns.message, dns.query, dns.zone, ssl
port, tls = ${server.port}, ${port['tls']}
zone = dns.zone.from_xfr(dns.query.xfr('127.0.0.1', 'example.net', port=port, relativize=False), relativize=False)
print(len(zone.nodes))
ask = dns.message.make_query('example.net', 265, use_edns=0, want_dnssec=True)
for answer in (dns.query.udp(ask, '127.0.0.1', port=port), dns.query.tcp(ask, '127.0.0.1', port=port)):
    print(answer.answer[0][0].to_text().replace(' ', ''))
context = ssl._create_unverified_context()
print(dns.query.tls(ask, '127.0.0.1', port=tls, ssl_context=context).rcode())
`;
  // The apex, three hosts, the service, the long one and the many.
  expect(await output(python, ['-c', script])).toBe(
    `${6 + 3000}\n${`${rdata.replaceAll(' ', '').toLowerCase()}\n`.repeat(2)}0\n`,
  );
});

interface Secondary {
  readonly command: string;
  readonly configuration: (folder: string, own: number, primary: number) => string;
  readonly args: (file: string) => string[];
}

const secondaries: readonly Secondary[] = [
  {
    command: '/usr/sbin/knotd',
    args: (file) => ['-c', file],
    configuration: (folder, own, primary) => `
server:
  rundir: "${folder}"
  listen: 127.0.0.1@${own}
database:
  storage: "${folder}"
remote:
  - id: primary
    address: 127.0.0.1@${primary}
zone:
  - domain: example.net
    master: primary
    storage: "${folder}"
`,
  },
  {
    command: '/usr/sbin/nsd',
    args: (file) => ['-d', '-c', file],
    configuration: (folder, own, primary) => `
server:
  ip-address: 127.0.0.1@${own}
  zonesdir: "${folder}"
  pidfile: "${folder}/pid"
  xfrdfile: "${folder}/xfrd"
  zonelistfile: "${folder}/zonelist"
  xfrdir: "${folder}"
  database: ""
  username: ""
remote-control:
  control-enable: no
zone:
  name: example.net
  zonefile: "${folder}/secondary"
  request-xfr: 127.0.0.1@${primary} NOKEY
`,
  },
  {
    command: '/usr/sbin/named',
    args: (file) => ['-g', '-c', file],
    configuration: (folder, own, primary) => `
options {
  directory "${folder}";
  pid-file "${folder}/pid";
  session-keyfile "${folder}/session";
  listen-on port ${own} { 127.0.0.1; };
  listen-on-v6 { none; };
  recursion no;
  dnssec-validation no;
};
controls { };
zone "example.net" {
  type secondary;
  primaries { 127.0.0.1 port ${primary}; };
  file "secondary";
};
`,
  },
];

describe.each(secondaries)('$command', ({ command, configuration, args }) => {
  const there = installed(command);
  if (!there) console.log(`no ${command}: no zone is transferred to it`);
  test.runIf(there)(
    'is a secondary of the server',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'zonewright-secondary-'));
      const free = await startServer({ listen: both('127.0.0.1'), handle: () => ({ bytes: undefined }), now: () => 0 });
      const own = free.listeners[0]?.port ?? 0;
      await free.close();
      const file = join(folder, 'configuration');
      writeFileSync(file, configuration(folder, own, server.port));
      const child = spawn(command, args(file), { stdio: ['ignore', 'pipe', 'pipe'] });
      let said = '';
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (words) => (said += String(words)));
      try {
        const question = { name: wire('host2999.example.net.'), type: TYPE.A, class: 1 };
        const ask = (): ReturnType<typeof askServer> =>
          askServer({ address: '127.0.0.1', port: own }, question, { random: () => 1, timeout: 300, retries: 0 });
        let result = await ask();
        for (let tries = 0; tries < 100 && !('message' in result && result.message.answer.length > 0); tries++) {
          await moment(100);
          result = await ask();
        }
        expect([result, said.slice(-1500)]).toMatchObject([
          { message: { answer: [{ rdata: Uint8Array.of(10, 0, 11, 183) }] } },
          expect.any(String),
        ]);
      } finally {
        const gone = new Promise((resolve) => child.once('exit', resolve));
        child.kill('SIGTERM');
        const patience = setTimeout(() => child.kill('SIGKILL'), 3000);
        await gone;
        clearTimeout(patience);
        rmSync(folder, { recursive: true, force: true });
      }
    },
    30_000,
  );
});
