import { execFile, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The version of tmux; undefined where there is none. */
export const TMUX: string | undefined = spawnSync('tmux', ['-V'], { encoding: 'utf8' }).stdout?.trim() || undefined;

let count = 0;

/** A program in a real terminal: a tmux server of its own, which ends with it. */
export class TmuxTerminal {
  private readonly folder: string;
  private readonly socket: string;

  private constructor(folder: string, socket: string) {
    this.folder = folder;
    this.socket = socket;
  }

  /** Starts a command in a folder; what it leaves behind it says how it ended. */
  static async start(
    command: readonly string[],
    { folder, columns, rows }: { readonly folder: string; readonly columns: number; readonly rows: number },
  ): Promise<TmuxTerminal> {
    const terminal = new TmuxTerminal(folder, `zonewright-${process.pid}-${count++}`);
    const words = command.map((word) => `'${word}'`).join(' ');
    writeFileSync(
      join(folder, 'run.sh'),
      `export HOME='${folder}/home' XDG_STATE_HOME='${folder}/states' LC_ALL=C.UTF-8 TZ=UTC CI=false\nunset NO_COLOR\n` +
        `sh -c 'echo $$ > pid; exec "$@"' sh ${words}\necho "ended with $?"\nexec cat\n`,
    );
    const size = ['-x', String(columns), '-y', String(rows)];
    await terminal.tmux('-f', '/dev/null', '-u', 'new-session', '-d', '-s', 'test', ...size, '-c', folder, 'sh run.sh');
    return terminal;
  }

  /** The number of the process that was started. */
  get pid(): number {
    return Number(readFileSync(join(this.folder, 'pid'), 'utf8'));
  }

  /** Presses keys by their names, such as `Enter` and `C-u`. */
  async press(...keys: readonly string[]): Promise<void> {
    await this.tmux('send-keys', '-t', 'test', ...keys);
  }

  async type(text: string): Promise<void> {
    await this.tmux('send-keys', '-t', 'test', '-l', text);
  }

  async resize(columns: number, rows: number): Promise<void> {
    await this.tmux('resize-window', '-t', 'test', '-x', String(columns), '-y', String(rows));
  }

  async screen(): Promise<string> {
    return this.tmux('capture-pane', '-p', '-t', 'test');
  }

  /** The screen once it shows a text; fails with what it shows instead. */
  async shows(wanted: string | RegExp): Promise<string> {
    const end = performance.now() + 10_000;
    for (;;) {
      const text = await this.screen();
      if (typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text)) return text;
      if (performance.now() > end) throw new Error(`the screen never showed ${wanted}:\n${text}`);
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  }

  /** Ends the terminal and all that runs in it. */
  async end(): Promise<void> {
    await this.tmux('kill-session', '-t', 'test').catch(() => {});
    // It may be writing what was not saved.
    const end = performance.now() + 2000;
    while (this.isRunning() && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 20));
  }

  private isRunning(): boolean {
    try {
      process.kill(this.pid, 0);
      // Where nobody asks how it ended, its number stays.
      const stat = `/proc/${this.pid}/stat`;
      return !existsSync(stat) || !/\) Z /u.test(readFileSync(stat, 'utf8'));
    } catch {
      return false;
    }
  }

  private async tmux(...args: readonly string[]): Promise<string> {
    return (await run('tmux', ['-L', this.socket, ...args])).stdout;
  }
}
