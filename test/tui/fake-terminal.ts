import { PassThrough, Writable } from 'node:stream';
import type { ReadStream, WriteStream } from 'node:tty';
import xterm from '@xterm/headless';
import type { Io } from '../../cli/io.ts';
import { makeZoneLinter } from '../../cli/lint/linter.ts';
import { requestOf } from '../../cli/lint/options.ts';
import { setUp } from '../../cli/lint/setup.ts';
import type { FileContents } from '../../cli/tui/model/effects.ts';
import type { EditorSettings } from '../../cli/tui/model/state.ts';
import type { Linting } from '../../cli/tui/run/lint-thread.ts';
import { EditorLinter, type LintAnswer } from '../../cli/tui/run/lint-worker.ts';
import type { EditorProcess } from '../../cli/tui/run/recovery.ts';
import { Session } from '../../cli/tui/run/session.ts';
import type { ScreenLook } from '../../cli/tui/view/lines.tsx';
import { readZoneFile } from '../../cli/zone-file.ts';

/** A terminal that keeps its screen as a real one would, and counts what is written to it. */
export class FakeTerminal {
  readonly stdin: ReadStream;
  readonly stdout: WriteStream;
  /** Octets written, and how often the whole screen was erased. */
  octets = 0;
  clears = 0;
  raw = false;
  private readonly screen: xterm.Terminal;
  private written: Promise<void> = Promise.resolve();

  constructor(columns: number, rows: number) {
    this.screen = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, convertEol: true });
    const input = new PassThrough();
    this.stdin = Object.assign(input, {
      isTTY: true,
      setRawMode: (on: boolean) => {
        this.raw = on;
        return this.stdin;
      },
    }) as unknown as ReadStream;
    const output = new Writable({
      decodeStrings: false,
      write: (chunk: string | Uint8Array, _, done) => {
        this.take(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
        done();
      },
    });
    this.stdout = Object.assign(output, { isTTY: true, columns, rows }) as unknown as WriteStream;
  }

  private take(text: string): void {
    this.octets += Buffer.byteLength(text);
    this.clears += text.split('\u001b[2J').length - 1 + text.split('\u001b[3J').length - 1;
    this.written = new Promise((done) => this.screen.write(text, done));
  }

  type(text: string): void {
    this.stdin.push(text);
  }

  resize(columns: number, rows: number): void {
    this.screen.resize(columns, rows);
    Object.assign(this.stdout, { columns, rows });
    this.stdout.emit('resize');
  }

  /** The lines of the screen once all that was written is on it. */
  async lines(): Promise<string[]> {
    await this.written;
    const { active } = this.screen.buffer;
    return Array.from(
      { length: this.screen.rows },
      (_, row) => active.getLine(active.viewportY + row)?.translateToString(true) ?? '',
    );
  }

  get alternate(): boolean {
    return this.screen.buffer.active.type === 'alternate';
  }

  /** The screen once it shows a text; fails with what it shows instead. */
  async shows(wanted: string | RegExp): Promise<string> {
    const end = performance.now() + 10_000;
    for (;;) {
      const text = (await this.lines()).join('\n');
      if (typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text)) return text;
      if (performance.now() > end) throw new Error(`the screen never showed ${wanted}:\n${text}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}

/** What an editor on a terminal of a test is opened with. */
export interface Opened {
  readonly terminal: FakeTerminal;
  readonly session: Session;
  /** The exit code, once the editor has ended. */
  readonly ended: Promise<number>;
}

/** What an editor of a test is opened with; each has its usual value. */
export interface OpenWith {
  readonly columns?: number;
  readonly rows?: number;
  readonly settings?: EditorSettings;
  readonly look?: ScreenLook;
  readonly process?: EditorProcess;
  readonly linterOf?: (linter: EditorLinter, answered: (answer: LintAnswer) => void) => Linting;
}

/** Opens a file of the world in an editor that lints in this thread. */
export async function openEditorOn(path: string, io: Io, given: OpenWith = {}): Promise<Opened> {
  const { columns = 80, rows = 24, settings = { readOnly: false, raiseSerial: true }, process, linterOf } = given;
  const { look = { color: true, unicode: true } } = given;
  const terminal = new FakeTerminal(columns, rows);
  const request = requestOf([path], {}, { format: 'json' }, io);
  const { inputs, setup } = await setUp(request, io);
  const [target] = inputs.all;
  if (target === undefined) throw new Error('no target');
  const linter = new EditorLinter(await makeZoneLinter(setup, io), target, io);
  const session = new Session(
    {
      path,
      zone: readZoneFile({ path }, request.zoneFile, io),
      settings,
      look,
      linter: (answered) => linterOf?.(linter, answered) ?? new LintHere(linter, answered),
      ...(process === undefined ? {} : { process }),
      stdin: terminal.stdin,
      stdout: terminal.stdout,
    },
    io,
  );
  const ended = session.run();
  return { terminal, session, ended };
}

/** Lints in this thread, in a later turn. */
class LintHere implements Linting {
  private readonly linter: EditorLinter;
  private readonly answered: (answer: LintAnswer) => void;
  private closed = false;

  constructor(linter: EditorLinter, answered: (answer: LintAnswer) => void) {
    this.linter = linter;
    this.answered = answered;
  }

  lint(revision: number, files: FileContents): void {
    this.later({ revision, files, tree: false });
  }

  mailTree(revision: number, files: FileContents): void {
    this.later({ revision, files, tree: true });
  }

  async close(): Promise<void> {
    this.closed = true;
  }

  private later(question: Parameters<EditorLinter['answer']>[0]): void {
    setImmediate(() => {
      if (!this.closed) this.answered(this.linter.answer(question));
    });
  }
}
