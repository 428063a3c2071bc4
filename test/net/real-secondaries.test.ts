import { afterEach, describe, expect, test } from 'vitest';
import { Notifier } from '../../lib/net/notify.ts';
import { startServer } from '../../lib/net/serve.ts';
import type { ServerAddress } from '../../lib/net/server-address.ts';
import { TYPE } from '../../lib/rr/types.ts';
import { ServedZones } from '../../lib/server/served-zones.ts';
import { TestServer } from '../../lib/server/test-server.ts';
import { soaOf } from '../../lib/server/zone-records.ts';
import { readTsigKey } from '../../lib/wire/tsig-keys.ts';
import { ZoneTree } from '../../lib/zone/tree.ts';
import { messageOf } from '../server/dialogue.ts';
import { zoneOf } from '../zone/zones.ts';
import { realServer } from './real-dns.ts';
import { both, moment } from './serving.ts';
import { missingTools, ran } from './tools.ts';

const SECRET = Buffer.from('a secret of no importance at all').toString('base64');
const [key] = (() => {
  const read = readTsigKey(`hmac-sha256:xfr-key:${SECRET}`);
  if ('problem' in read) throw new Error(read.problem);
  return read.keys;
})();

const TEXT = `$ORIGIN example.net.
$TTL 300
@ SOA ns1 hostmaster 1 7200 1800 1209600 3600
@ NS ns1
ns1 A 192.0.2.1
@ TYPE265 \\# 19 000a036d7831076578616d706c65036e657400
${Array.from({ length: 200 }, (_, i) => `host${i} TXT "number ${i}"\n`).join('')}`;

type Secondary = Parameters<typeof realServer>[0];

/** The same secondary three times: signed transfers from the primary, NOTIFY by the key. */
const SECONDARIES: Readonly<Record<string, (primary: ServerAddress) => Secondary>> = {
  BIND: ({ address, port: from }) => ({
    command: '/usr/sbin/named',
    args: (configuration) => ['-f', '-n', '1', '-c', configuration],
    configuration: (folder, port) => `
key "xfr-key" { algorithm hmac-sha256; secret "${SECRET}"; };
options {
  directory "${folder}"; listen-on port ${port} { 127.0.0.1; }; listen-on-v6 { none; }; pid-file none; session-keyfile none;
  recursion no; dnssec-validation no; notify no; allow-transfer { any; };
};
controls { };
logging { channel all { file "log"; severity debug 3; }; category default { all; }; };
zone "example.net" { type secondary; file "copy"; primaries { ${address} port ${from} key "xfr-key"; }; allow-notify { key "xfr-key"; }; };
`,
    ready: 'example.net.',
  }),
  Knot: ({ address, port: from }) => ({
    command: '/usr/sbin/knotd',
    args: (configuration) => ['-c', configuration],
    configuration: (folder, port) => `
server:
  rundir: "${folder}"
  listen: 127.0.0.1@${port}
database:
  storage: "${folder}"
key:
  - id: xfr-key
    algorithm: hmac-sha256
    secret: ${SECRET}
remote:
  - id: primary
    address: ${address}@${from}
    key: xfr-key
acl:
  - id: notify
    key: xfr-key
    action: notify
  - id: all
    address: 127.0.0.1
    action: transfer
zone:
  - domain: example.net
    master: primary
    acl: [notify, all]
    zonefile-sync: -1
`,
    ready: 'example.net.',
  }),
  NSD: ({ address, port: from }) => ({
    command: '/usr/sbin/nsd',
    args: (configuration) => ['-d', '-c', configuration],
    configuration: (folder, port) => `
server:
  ip-address: 127.0.0.1@${port}
  zonesdir: "${folder}"
  pidfile: "${folder}/pid"
  xfrdfile: "${folder}/xfrd"
  zonelistfile: "${folder}/zonelist"
  xfrdir: "${folder}"
  database: ""
  username: ""
  xfrd-reload-timeout: 0
  server-count: 1
remote-control:
  control-enable: no
key:
  name: xfr-key
  algorithm: hmac-sha256
  secret: "${SECRET}"
zone:
  name: example.net
  zonefile: copy
  request-xfr: ${address}@${from} xfr-key
  allow-notify: 127.0.0.1 xfr-key
  provide-xfr: 127.0.0.1 NOKEY
`,
    ready: 'example.net.',
  }),
};

const open: AsyncDisposable[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each[Symbol.asyncDispose]();
});

/** A primary that hands zones to those with the key alone, and takes updates from the loopback. */
async function primary(): Promise<{ tested: TestServer; at: ServerAddress; asked: string[] }> {
  const world = { now: () => Date.now(), ticks: () => 0, wait: moment };
  const tested = new TestServer(new ServedZones([new ZoneTree(zoneOf('example.net.', TEXT))]), world, {
    keys: key === undefined ? [] : [key],
    mayTransfer: (exchange) => exchange.key !== undefined,
    mayUpdate: () => true,
  });
  const asked: string[] = [];
  tested.history.listen(({ summary, exchange, response }) => {
    const { type } = summary.question ?? {};
    const word = new Map([
      [251, 'IXFR'],
      [252, 'AXFR'],
    ]).get(type ?? 0);
    if (word === undefined || exchange.key === undefined) return;
    const second = messageOf(response).answer[1]?.type;
    asked.push(`${word}${second === TYPE.SOA ? ' by differences' : ''}`);
  });
  const server = await startServer({
    listen: both('127.0.0.1'),
    handle: (query, exchange) => tested.handle(query, exchange),
    now: () => Date.now(),
  });
  open.push(server);
  return { tested, at: { address: '127.0.0.1', port: server.listeners[0]?.port ?? 0 }, asked };
}

async function lines({ address, port }: ServerAddress, signed: boolean): Promise<string[]> {
  const sign = signed ? ['-y', `hmac-sha256:xfr-key:${SECRET}`] : [];
  const args = [
    '+noall',
    '+answer',
    '+onesoa',
    '+noidnout',
    ...sign,
    `@${address}`,
    '-p',
    String(port),
    'example.net',
    'AXFR',
  ];
  const { stdout } = await ran('dig', args);
  return stdout
    .split('\n')
    .filter((line) => line !== '' && !line.includes('TSIG'))
    .map((line) => line.replaceAll(/\s+/gu, ' '))
    .sort();
}

async function follows(secondary: ServerAddress, from: ServerAddress): Promise<void> {
  const wanted = await lines(from, true);
  expect(wanted.length).toBeGreaterThan(200);
  for (let tries = 0; tries < 60; tries++) {
    if ((await lines(secondary, false)).join('\n') === wanted.join('\n')) return;
    await moment(100);
  }
  expect(await lines(secondary, false)).toEqual(wanted);
}

async function update({ address, port }: ServerAddress, script: string): Promise<void> {
  const input = `server ${address} ${port}\nzone example.net\n${script}send\n`;
  expect(await ran('nsupdate', [], input)).toMatchObject({ code: 0, stderr: '' });
}

const tools = missingTools('secondaries of other people', ['dig', 'nsupdate']);
const names = Object.keys(SECONDARIES).filter((name) => {
  const { command = '' } = SECONDARIES[name]?.({ address: '', port: 0 }) ?? {};
  return missingTools(`${name} as secondary`, [command]).length === 0 && tools.length === 0;
});

describe('a secondary', () => {
  test.runIf(names.length > 0).each(names)(
    '%s follows updates by NOTIFY and IXFR, all signed',
    { timeout: 60_000 },
    async (name) => {
      const { tested, at, asked } = await primary();
      const program = SECONDARIES[name]?.(at);
      if (program === undefined) return;
      const secondary = await realServer(program);
      open.push(secondary);
      await follows(secondary, at);
      asked.length = 0;
      const failures: string[] = [];
      const notifier = new Notifier([{ ...secondary, ...(key && { key }) }], {
        now: () => Date.now(),
        random: () => Math.floor(Math.random() * 65536),
        failed: (sentence) => failures.push(sentence),
      });
      tested.onSerials((zones) => {
        for (const { tree } of zones) {
          const soa = soaOf(tree);
          if (soa !== undefined) void notifier.notify(soa);
        }
      });
      for (const script of [
        'update add new.example.net 60 TXT "first"\n',
        'update delete host7.example.net\nupdate add new.example.net 60 MX 10 ns1.example.net\nupdate add host8.example.net 5 TXT "more"\n',
        Array.from({ length: 60 }, (_, i) => `update add many${i}.example.net 60 TXT "${'x'.repeat(60)}"\n`).join(''),
        'update delete new.example.net\nupdate delete example.net TYPE265\n',
      ]) {
        await update(at, script);
        await follows(secondary, at);
      }
      notifier.close();
      expect(failures).toEqual([]);
      expect(asked.filter((each) => each === 'IXFR by differences').length).toBeGreaterThanOrEqual(4);
      // What dig asked to compare is all that went as a whole zone.
      expect(asked.filter((each) => each === 'AXFR')).toHaveLength(4);
    },
  );
});
