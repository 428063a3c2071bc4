import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { run } from '../../cli/app.ts';
import { type BufferedOutput, createIo, type Io } from '../../cli/io.ts';

/** What a command line did. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The world of a command line that is not given is quiet: no terminal, no environment, 21 November 2026. */
export interface Given {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string | Uint8Array;
  readonly now?: string;
  /** Both outputs are terminals of this many columns. */
  readonly columns?: number;
  /** Milliseconds that pass each time the program looks at the clock. */
  readonly tick?: number;
}

/** Runs a command line in this process. */
export async function cli(args: readonly string[], given: Given = {}): Promise<Ran> {
  const { io, written } = world(given);
  const code = await run(args, io);
  return { code, stdout: written.stdout.join(''), stderr: written.stderr.join('') };
}

/** An io that keeps what is written. */
export function world(given: Given): { io: Io; written: { stdout: string[]; stderr: string[] } } {
  const written = { stdout: [] as string[], stderr: [] as string[] };
  const output = (texts: string[]): BufferedOutput => ({
    write: (text) => void texts.push(text),
    writeBytes: (octets) => void texts.push(Buffer.from(octets).toString('latin1')),
    flush: () => {},
    terminal: given.columns !== undefined,
    columns: given.columns,
  });
  let ticks = 0;
  let rest =
    typeof given.stdin === 'string' ? new TextEncoder().encode(given.stdin) : (given.stdin ?? new Uint8Array());
  const io = createIo({
    cwd: given.cwd ?? process.cwd(),
    env: given.env ?? {},
    stdout: output(written.stdout),
    stderr: output(written.stderr),
    now: () => Date.parse(given.now ?? '2026-11-21T00:00:00Z'),
    ticks: () => (ticks += given.tick ?? 0),
    stdin: (into) => {
      const piece = rest.subarray(0, into.length);
      into.set(piece);
      rest = rest.subarray(piece.length);
      return piece.length;
    },
  });
  return { io, written };
}

/** A folder with files in it; the caller removes it. */
export function folderOf(files: Readonly<Record<string, string | Uint8Array>>): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'zonewright-'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), content);
  }
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** A zone that nothing is wrong with, and further lines. */
export function zone(lines = '', origin = 'example.net'): string {
  return `$ORIGIN ${origin}.
$TTL 3600
@ SOA ns1 hostmaster 1 7200 1800 1209600 3600
@ NS ns1
@ NS ns2
ns1 A 192.0.2.1
ns2 A 198.51.100.1
${lines}`;
}
