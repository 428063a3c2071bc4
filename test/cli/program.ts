import { type ChildProcess, spawn } from 'node:child_process';
import { sharedProgram } from './bundle.ts';

/** How a process ended. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A running process with what it has written so far. */
export interface Started {
  readonly child: ChildProcess;
  readonly exit: Promise<Exit>;
  stdout(): string;
  stderr(): string;
}

/** What a process is started with. */
export interface Surroundings {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
}

/** Starts the bundled program; internal errors come with their stack. */
export async function start(args: readonly string[], { cwd, env = {}, input }: Surroundings): Promise<Started> {
  const main = await sharedProgram();
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [main, ...args], {
    cwd,
    env: { PATH, HOME, ZONEWRIGHT_DEBUG: '1', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const texts = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    texts.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    texts.stderr += text;
  });
  child.stdin.on('error', () => {});
  child.stdin.end(input ?? '');
  const exit = new Promise<Exit>((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal, ...texts }));
  });
  return { child, exit, stdout: () => texts.stdout, stderr: () => texts.stderr };
}

/** Runs the bundled program to its end. */
export async function program(args: readonly string[], surroundings: Surroundings): Promise<Exit> {
  return (await start(args, surroundings)).exit;
}

/** Has a program say on stderr that it starts a thread. */
export const TELLING_THREADS: Readonly<Record<string, string>> = {
  NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent("process.on('worker',()=>console.error('a thread'))")}`,
};

const THREADS = new URL('threads.mjs', import.meta.url).href;

/** As `program` with `--jobs`, where other threads really take a part of the work; throws when they did not. */
export async function threads(jobs: number, args: readonly string[], { env, ...rest }: Surroundings): Promise<Exit> {
  const surroundings = { ...rest, env: { ...env, NODE_OPTIONS: `--import ${THREADS}` } };
  const exit = await program([...args, '--jobs', String(jobs)], surroundings);
  const [said = '', answers] = /(\d+) answers of threads\n$/u.exec(exit.stderr) ?? [];
  if (answers === undefined || answers === '0') throw new Error(`no thread has helped: ${exit.stderr}`);
  return { ...exit, stderr: exit.stderr.slice(0, -said.length) };
}

/** A report without the time it took. */
export function steady(text: string): string {
  return text.replaceAll(/ in [\d.]+ m?s\b/gu, ' in no time');
}
