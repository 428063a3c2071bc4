import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { askServer } from '../../lib/net/ask.ts';
import type { ServerAddress } from '../../lib/net/server-address.ts';
import { TYPE } from '../../lib/rr/types.ts';
import { wire } from '../wire/messages.ts';

/** A server of other people on the loopback, stopped and cleaned away when disposed of. */
export interface RealServer extends ServerAddress, AsyncDisposable {}

/** A program, where its configuration goes, and how it is started. */
export interface Program {
  readonly command: string;
  readonly args: (configuration: string) => readonly string[];
  readonly configuration: (folder: string, port: number) => string;
  /** A name that it answers about as soon as it is ready. */
  readonly ready: string;
}

/** Whether a program can be started here. */
export function installed(command: string): boolean {
  return spawnSync(command, ['-V']).error === undefined;
}

/** Knot DNS for one zone, signed when wanted. */
export function knot(origin: string, signed = false): Program {
  return {
    command: '/usr/sbin/knotd',
    args: (configuration) => ['-c', configuration],
    configuration: (folder, port) => `
server:
  rundir: "${folder}"
  listen: 127.0.0.1@${port}
database:
  storage: "${folder}"
zone:
  - domain: ${origin}
    file: "${folder}/zone"
    zonefile-sync: -1
    zonefile-load: whole
    journal-content: none
    dnssec-signing: ${signed ? 'on' : 'off'}
`,
    ready: `${origin}.`,
  };
}

/** NSD for one zone. */
export function nsd(origin: string): Program {
  return {
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
remote-control:
  control-enable: no
zone:
  name: ${origin}
  zonefile: zone
`,
    ready: `${origin}.`,
  };
}

/** Unbound that validates one zone of another server by the given key of it, and tells why it refuses an answer. */
export function unbound(origin: string, upstream: ServerAddress, anchor: string, more = ''): Program {
  return {
    command: '/usr/sbin/unbound',
    args: (configuration) => ['-d', '-c', configuration],
    configuration: (folder, port) => `
server:
  interface: 127.0.0.1@${port}
  port: ${port}
  directory: "${folder}"
  chroot: ""
  username: ""
  pidfile: ""
  use-syslog: no
  logfile: "${folder}/log"
  do-not-query-localhost: no
  do-daemonize: no
  trust-anchor: "${anchor}"
  ede: yes
  module-config: "validator iterator"
  ${more}
remote-control:
  control-enable: no
stub-zone:
  name: ${origin}
  stub-addr: ${upstream.address}@${upstream.port}
`,
    ready: `${origin}.`,
  };
}

/** Starts a program with a zone and waits until it answers; throws with what it said when it does not. */
export async function realServer(program: Program, zone = ''): Promise<RealServer> {
  const folder = mkdtempSync(join(tmpdir(), 'zonewright-dns-'));
  const port = await freePort();
  writeFileSync(join(folder, 'zone'), zone);
  const configuration = join(folder, 'configuration');
  writeFileSync(configuration, program.configuration(folder, port));
  const child = spawn(program.command, [...program.args(configuration)], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += String(text)));
  const server = { address: '127.0.0.1', port };
  const stop = async (): Promise<void> => {
    await stopped(child);
    rmSync(folder, { recursive: true, force: true });
  };
  if (!(await answers(server, child, program.ready))) {
    await stop();
    throw new Error(`${program.command} does not answer: ${said.slice(-2000)}`);
  }
  return { ...server, [Symbol.asyncDispose]: stop };
}

async function answers(server: ServerAddress, child: ChildProcess, name: string): Promise<boolean> {
  const question = { name: wire(name), type: TYPE.SOA, class: 1 };
  for (let tries = 0; tries < 60 && child.exitCode === null; tries++) {
    const result = await askServer(server, question, { random: () => tries, timeout: 250, retries: 0 });
    if ('message' in result && (result.message.answer.length > 0 || result.message.edns?.options.length)) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const patience = setTimeout(() => child.kill('SIGKILL'), 3000);
  await gone;
  clearTimeout(patience);
}

/** A port that nobody has, neither for UDP nor for TCP, and that the system gives to nobody who asks for any. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    const tcp = createServer();
    const udp = createSocket('udp4');
    const free = await Promise.all(
      [tcp, udp].map(
        (each) =>
          new Promise<boolean>((resolve) => {
            each.on('error', () => resolve(false));
            if (each === tcp) tcp.listen(port, '127.0.0.1', () => resolve(true));
            else udp.bind(port, '127.0.0.1', () => resolve(true));
          }),
      ),
    );
    await new Promise<void>((resolve) => (tcp.listening ? tcp.close(() => resolve()) : resolve()));
    udp.close();
    if (free.every(Boolean)) return port;
  }
}
