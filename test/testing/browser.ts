import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

/** The browser that is installed; undefined when there is none. */
export const BROWSER: string | undefined = ['chromium', 'chromium-browser', 'google-chrome'].find(
  (name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0,
);

interface Told {
  readonly id?: number;
  readonly method?: string;
  readonly params?: never;
  readonly result?: never;
  readonly error?: { readonly message: string };
}

/** One page of a browser without a window. */
export class Tab implements AsyncDisposable {
  /** What the page has said on its console, errors and refusals of its policy included. */
  readonly console: string[] = [];
  private readonly folder = mkdtempSync(join(tmpdir(), 'zonewright-tab-'));
  private readonly child;
  private readonly waiting = new Map<number, (told: Told) => void>();
  private calls = 0;
  private session: string | undefined;

  private constructor() {
    const args = ['--headless', '--no-sandbox', '--disable-gpu', '--remote-debugging-pipe', '--no-first-run'];
    this.child = spawn(BROWSER ?? '', [...args, `--user-data-dir=${this.folder}`, '--window-size=1400,900'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    });
    let rest = '';
    (this.child.stdio[4] as Readable).setEncoding('utf8').on('data', (text: string) => {
      const messages = (rest + text).split('\0');
      rest = messages.pop() ?? '';
      for (const message of messages) this.take(JSON.parse(message) as Told);
    });
  }

  /** Opens a page and waits until it is loaded. */
  static async open(url: string): Promise<Tab> {
    const tab = new Tab();
    const { targetId } = await tab.send('Target.createTarget', { url: 'about:blank' });
    const { sessionId } = await tab.send('Target.attachToTarget', { targetId, flatten: true });
    tab.session = sessionId;
    for (const domain of ['Page', 'Runtime', 'Log']) await tab.send(`${domain}.enable`);
    await tab.send('Page.navigate', { url });
    await tab.until('location.href !== "about:blank" && document.readyState === "complete"');
    return tab;
  }

  /** A command of the DevTools protocol. */
  async send(method: string, params: object = {}): Promise<never> {
    const id = ++this.calls;
    const told = new Promise<Told>((resolve) => this.waiting.set(id, resolve));
    const message = { id, method, params, ...(this.session !== undefined && { sessionId: this.session }) };
    (this.child.stdio[3] as Writable).write(`${JSON.stringify(message)}\0`);
    const { result, error } = await told;
    if (error !== undefined) throw new Error(`${method}: ${error.message}`);
    return result as never;
  }

  /** The value of an expression in the page. */
  async value<Value>(expression: string): Promise<Value> {
    const { result, exceptionDetails } = (await this.send('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
    })) as { result: { value: Value }; exceptionDetails?: object };
    if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails));
    return result.value;
  }

  /** Waits until an expression in the page is true. */
  async until(expression: string): Promise<void> {
    for (let waits = 0; waits < 200; waits++) {
      if (await this.value<boolean>(`Boolean(${expression})`)) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`never true: ${expression}\n${await this.value<string>('document.body.innerText')}`);
  }

  /** Presses and releases a key. */
  async press(key: string): Promise<void> {
    const text = key.length === 1 ? { text: key } : {};
    await this.send('Input.dispatchKeyEvent', { type: 'keyDown', key, ...text });
    await this.send('Input.dispatchKeyEvent', { type: 'keyUp', key });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = new Promise((resolve) => this.child.on('close', resolve));
    this.child.kill('SIGKILL');
    await ended;
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }

  private take(told: Told): void {
    if (told.id !== undefined) this.waiting.get(told.id)?.(told);
    else if (/^(?:Runtime\.(?:consoleAPICalled|exceptionThrown)|Log\.entryAdded)$/u.test(told.method ?? ''))
      this.console.push(JSON.stringify(told.params));
  }
}
