import { spawn } from 'node:child_process';
import { PassThrough, Writable } from 'node:stream';
import type { ReadStream, WriteStream } from 'node:tty';
import { isMainThread } from 'node:worker_threads';
import { processIo } from '../../cli/io.ts';
import { openSession } from '../../cli/tui/run/open.ts';
import { nameFromText } from '../../lib/rr/name.ts';
import type { EditFigures, EditJob, KeyFigures } from './edit-case.ts';

/** Ends a synchronised update. */
const FRAME_END = '\u001b[?2026l';

/** Milliseconds between keys: a fast typist, and longer than a frame. */
const BETWEEN = 40;

/** Milliseconds that a frame may take to come. */
const PATIENCE = 2000;

/** A terminal that knows when something was written to it. */
class Screen {
  readonly stdin: ReadStream;
  readonly stdout: WriteStream;
  octets = 0;
  private written = 0;
  private wake: (() => void) | undefined;

  constructor(columns: number, rows: number) {
    const input = new PassThrough();
    this.stdin = Object.assign(input, { isTTY: true, setRawMode: () => this.stdin }) as unknown as ReadStream;
    const output = new Writable({
      decodeStrings: false,
      write: (chunk: string | Uint8Array, _, done) => {
        this.octets += Buffer.byteLength(chunk);
        if (String(chunk).includes(FRAME_END)) {
          this.written = performance.now();
          this.wake?.();
        }
        done();
      },
    });
    this.stdout = Object.assign(output, { isTTY: true, columns, rows }) as unknown as WriteStream;
  }

  /** Milliseconds from a key to the frame that it makes; undefined when it makes none. */
  async press(keys: string): Promise<number | undefined> {
    const start = performance.now();
    const frame = this.frame();
    this.stdin.push(keys);
    return (await frame) ? this.written - start : undefined;
  }

  frame(): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), PATIENCE);
      this.wake = () => {
        clearTimeout(timer);
        this.wake = undefined;
        resolve(true);
      };
    });
  }
}

async function answer(job: EditJob): Promise<EditFigures | number[]> {
  if (job.kind === 'keys') return figures(job);
  const times: number[] = [];
  for (let round = 0; round < job.rounds; round++) times.push(await firstFrame(job.command));
  return times;
}

/** Seconds from starting a program on a terminal to its first frame; then it is left. */
function firstFrame(command: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const begun = performance.now();
    let seconds: number | undefined;
    let seen = '';
    const words = command.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
    const child = spawn('script', ['-qec', words, '/dev/null'], { stdio: ['pipe', 'pipe', 'inherit'] });
    child.stdout.on('data', (octets) => {
      seen += String(octets);
      if (seconds !== undefined || !seen.includes(FRAME_END)) return;
      seconds = (performance.now() - begun) / 1000;
      child.stdin.end('q');
    });
    child.on('error', reject);
    child.on('exit', () => {
      if (seconds === undefined) reject(new Error(`no frame: ${seen.slice(-200)}`));
      else resolve(seconds);
    });
  });
}

async function figures({ file, origin, columns, rows }: Extract<EditJob, { kind: 'keys' }>): Promise<EditFigures> {
  const io = processIo();
  const read = nameFromText(`${origin}.`);
  if ('problem' in read) throw new Error(`${origin} is no name`);
  const screen = new Screen(columns, rows);
  const frame = screen.frame();
  const session = await openSession(
    { path: file, options: { origin: read.name }, stdin: screen.stdin, stdout: screen.stdout },
    io,
  );
  const ended = session.run();
  await frame;
  // The linter's first answer and what it draws are over.
  await linted(session);

  const keys: Record<string, KeyFigures> = {};
  keys['move'] = await pressed(screen, 'jjjjkkkkGgGg'.repeat(4).split(''));
  keys['page'] = await pressed(
    screen,
    Array.from({ length: 40 }, () => '\x1b[6~'),
  );
  keys['search'] = await pressed(screen, ['/', ...'mail', '\r', ...'nnnnnnnn', '\x1b']);
  keys['filter'] = await pressed(screen, ['&', ...'t:mx', '\r', ...'jjjj', '\x1b']);
  keys['form'] = await pressed(screen, ['\r', ...'abcdefghijklmnopqrstuvwxyz']);
  await pressed(screen, ['\x1b', '\x1b']);
  // An edit, while whose linting a form is typed into.
  keys['edit'] = await pressed(screen, ['d', 'u', 'd', 'u', 'd']);
  const blocked = watchLoop();
  keys['form while the linter runs'] = await pressed(screen, ['\r', ...'abcdefghijklmnopqrstuvwxyz'.repeat(2)]);
  const longest = blocked();
  process.kill(process.pid, 'SIGTERM');
  await ended;
  return { keys, longest };
}

async function linted(session: {
  readonly shown: { readonly problems: { readonly running: boolean } };
}): Promise<void> {
  for (let waited = 0; session.shown.problems.running && waited < 60_000; waited += 50) await pause(50);
  await pause(200);
}

async function pressed(screen: Screen, keys: readonly string[]): Promise<KeyFigures> {
  const times: number[] = [];
  const before = screen.octets;
  for (const key of keys) {
    const time = await screen.press(key);
    if (time !== undefined) times.push(time);
    await pause(BETWEEN);
  }
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return { p50: at(0.5), p95: at(0.95), octets: (screen.octets - before) / keys.length };
}

/** The longest time for which nothing else got a turn. */
function watchLoop(): () => number {
  let last = performance.now();
  let longest = 0;
  const timer = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  }, 1);
  return () => {
    clearInterval(timer);
    return longest;
  };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Edits a zone on a terminal that is none, and prints what it took as JSON: `edit-run.js JOB`. The linter's thread starts here too. */
if (isMainThread) console.log(JSON.stringify(await answer(JSON.parse(process.argv[2] ?? '{}') as EditJob)));
