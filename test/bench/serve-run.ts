import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createSocket, type Socket } from 'node:dgram';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loaded } from './serve-load.ts';
import type { Job, ServeFigures } from './serve-servers.ts';

/** Starts one server, waits for its first answer, loads it, and prints the figures as JSON: `serve-run.js JOB`. */
const job = JSON.parse(process.argv[2] ?? '{}') as Job;

/** Milliseconds a server has for its first answer. */
const PATIENCE = 120_000;
/** Ticks of /proc in a second. */
const TICKS = 100;

console.log(JSON.stringify(await figures(job)));

async function figures({ server, load, question }: Job): Promise<ServeFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'zonewright-bench-'));
  const port = await freePort();
  const filled = (text: string): string => text.replaceAll('%PORT%', String(port)).replaceAll('%DIR%', folder);
  for (const [name, text] of Object.entries(server.files ?? {})) writeFileSync(join(folder, name), filled(text));
  const [program = '', ...args] = [...(load === undefined ? [] : ['taskset', '-c', '0']), ...server.start.map(filled)];
  const begun = performance.now();
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (text) => (said = (said + String(text)).slice(-500)));
  try {
    const first = await firstAnswer(port, Buffer.from(question, 'hex'), child);
    if (first === undefined) return { failure: `no answer: ${said.trim().split('\n').at(-1) ?? ''}` };
    const started = { firstAnswer: (first - begun) / 1000, memory: memoryOf(child.pid) };
    if (load === undefined) return started;
    // A moment of load first, in which the program gets warm.
    await loaded(port, load, load.warm);
    const before = cpuOf(child.pid);
    const result = await loaded(port, load, load.seconds);
    const cpu = (cpuOf(child.pid) - before) / TICKS;
    return { ...started, ...result, perCpuSecond: result.answers / cpu, memory: memoryOf(child.pid) };
  } finally {
    await stopped(child);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** When the server answers for the first time, by its zone and not with an error. */
async function firstAnswer(port: number, query: Buffer, child: ChildProcess): Promise<number | undefined> {
  const socket = createSocket('udp4');
  socket.on('error', () => {});
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const end = performance.now() + PATIENCE;
  try {
    return await new Promise((resolve) => {
      const timer = setInterval(() => {
        if (child.exitCode !== null || performance.now() > end) resolve(undefined);
        else send(socket, query, port);
      }, 2);
      socket.on('message', (answer) => {
        // An echo has no QR; a server that is still reading says SERVFAIL or REFUSED.
        if (((answer[3] ?? 0) & 15) !== 0) return;
        clearInterval(timer);
        resolve(performance.now());
      });
      child.once('exit', () => {
        clearInterval(timer);
        resolve(undefined);
      });
    });
  } finally {
    socket.close();
  }
}

function send(socket: Socket, query: Buffer, port: number): void {
  socket.send(query, port, '127.0.0.1', () => {});
}

/** The process and all below it. */
function family(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/u.test(entry)) continue;
    const fields = statOf(Number(entry));
    if (fields !== undefined) parents.set(Number(entry), Number(fields[1]));
  }
  const found = [pid];
  for (const each of found) for (const [child, parent] of parents) if (parent === each) found.push(child);
  return found;
}

/** What /proc says of a process behind its name: state, parent, … */
function statOf(pid: number): string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

/** Ticks of processor time that a process and those below it have used. */
function cpuOf(pid = 0): number {
  return family(pid).reduce((sum, each) => {
    const fields = statOf(each) ?? [];
    return sum + Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
  }, 0);
}

/** Octets of memory of the same, what several share counted once. */
function memoryOf(pid = 0): number {
  return family(pid).reduce((sum, each) => {
    try {
      const [, kilobytes = '0'] = /^Pss:\s+(\d+)/mu.exec(readFileSync(`/proc/${each}/smaps_rollup`, 'latin1')) ?? [];
      return sum + Number(kilobytes) * 1024;
    } catch {
      return sum;
    }
  }, 0);
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  const all = family(child.pid ?? 0);
  child.kill('SIGTERM');
  const patience = setTimeout(() => spawnSync('kill', ['-KILL', ...all.map(String)]), 5000);
  await gone;
  clearTimeout(patience);
}

/** A port that nobody has, neither for UDP nor for TCP. */
async function freePort(): Promise<number> {
  for (;;) {
    const tcp = createServer();
    const port = await new Promise<number>((resolve) =>
      tcp.listen(0, '127.0.0.1', () => resolve((tcp.address() as { port: number }).port)),
    );
    const udp = createSocket('udp4');
    const free = await new Promise<boolean>((resolve) => {
      udp.on('error', () => resolve(false));
      udp.bind(port, '127.0.0.1', () => resolve(true));
    });
    await new Promise<void>((resolve) => tcp.close(() => resolve()));
    udp.close();
    if (free) return port;
  }
}
