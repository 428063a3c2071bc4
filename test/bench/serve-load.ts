import { spawn } from 'node:child_process';
import type { Load } from './serve-servers.ts';

/** What came back under load. */
export interface Loaded {
  readonly answers: number;
  readonly perSecond: number;
  /** Share of NXDOMAIN, and of RCODEs that are neither that nor NOERROR. */
  readonly nxdomain: number;
  readonly failed: number;
}

/** Queries on their way at a time, from so many sockets. */
const OUTSTANDING = '500';
const CLIENTS = '4';

/** Loads a server with dnsperf on the other processor core. */
export async function loaded(port: number, { transport, queries }: Load, seconds: number): Promise<Loaded> {
  const place = ['-s', '127.0.0.1', '-p', String(port), '-m', transport, '-d', queries];
  const effort = ['-l', String(seconds), '-q', OUTSTANDING, '-c', CLIENTS, '-T', '1'];
  const args = ['-c', '1', 'dnsperf', ...place, ...effort];
  const child = spawn('taskset', args, { stdio: ['ignore', 'pipe', 'ignore'] });
  let said = '';
  child.stdout.on('data', (text) => (said += String(text)));
  await new Promise((resolve) => child.once('exit', resolve));
  const number = (pattern: RegExp): number => Number(pattern.exec(said)?.[1] ?? 0);
  const answers = number(/Queries completed:\s+(\d+)/u);
  const nxdomain = number(/NXDOMAIN (\d+)/u);
  const right = number(/NOERROR (\d+)/u) + nxdomain;
  return {
    answers,
    perSecond: number(/Queries per second:\s+([\d.]+)/u),
    nxdomain: nxdomain / answers,
    failed: (answers - right) / answers,
  };
}
