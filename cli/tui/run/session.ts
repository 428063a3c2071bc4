import type { ReadStream, WriteStream } from 'node:tty';
import type { Zone } from '../../../lib/zone/zone.ts';
import { FileError, type Io } from '../../io.ts';
import { type FileWatch, watchFiles } from '../../watch-files.ts';
import type { Command, EditorEvent } from '../model/command.ts';
import { isDirty } from '../model/document.ts';
import type { Effect, FileContents } from '../model/effects.ts';
import { commandOfKey } from '../model/keys.ts';
import { openEditor, withNow } from '../model/open.ts';
import { reduce } from '../model/reduce.ts';
import type { EditorSettings, EditorState } from '../model/state.ts';
import type { ScreenLook } from '../view/lines.tsx';
import { screenWith } from '../view/screen.tsx';
import { Drawing } from './draw.tsx';
import type { Input } from './key-reader.ts';
import type { Linting } from './lint-thread.ts';
import type { LintAnswer } from './lint-worker.ts';
import { type Recovered, removeRecovery, writeRecovery } from './recovery.ts';
import { filesChanged } from './saving.ts';
import { Terminal } from './terminal.ts';
import { answerEffect } from './world.ts';

/** What an editor is started with. */
export interface SessionOptions {
  readonly path: string;
  readonly zone: Zone;
  readonly settings: EditorSettings;
  readonly look: ScreenLook;
  /** Makes what lints, given who is told of its answers. */
  readonly linter: (answered: (answer: LintAnswer) => void) => Linting;
  readonly recovered: Recovered | undefined;
  readonly stdin: ReadStream;
  readonly stdout: WriteStream;
}

/** Milliseconds without a change after which what is not saved is kept for recovery. */
const KEEP_AFTER = 2000;

/** Octets of unsaved files up to which they are kept while one types; larger ones when the editor is ended. */
const KEPT_WHILE_TYPING = 16 << 20;

/** One zone in the editor, from the first screen to the last. */
export class Session {
  private state: EditorState;
  private readonly options: SessionOptions;
  private readonly io: Io;
  private readonly terminal: Terminal;
  private readonly drawing: Drawing<EditorState>;
  private readonly lint: Linting;
  private watch: FileWatch | undefined;
  private keepTimer: NodeJS.Timeout | undefined;
  private kept = false;
  private ended: (code: number) => void = () => {};

  constructor(options: SessionOptions, io: Io) {
    const { stdin, stdout, zone, settings, look, linter } = options;
    this.options = options;
    this.io = io;
    this.terminal = new Terminal(stdin, stdout, {
      input: (input) => this.input(input),
      resized: ({ columns, rows }) => {
        this.terminal.clear();
        this.state = reduce(withNow(this.state, io.now()), { kind: 'event', event: 'resized', columns, rows }).state;
        this.drawing.anew(this.state);
      },
      resumed: () => {
        this.drawing.anew(this.state);
        this.lookOutside();
      },
    });
    this.drawing = new Drawing(this.terminal.output, screenWith(look));
    this.lint = linter((answer) => this.linted(answer));
    this.state = openEditor({ zone, settings, size: this.terminal.size, now: io.now() });
  }

  /** Runs until the user leaves or the process is told to end; the exit code. */
  async run(): Promise<number> {
    const signals = { SIGTERM: 143, SIGHUP: 129, SIGINT: 130 } as const;
    const listeners = Object.entries(signals).map(([signal, code]) => {
      const listener = (): void => this.interrupted(code);
      process.on(signal, listener);
      return () => process.off(signal, listener);
    });
    const crash = (): void => this.keepNow();
    process.prependListener('uncaughtException', crash);
    this.terminal.start();
    this.recover();
    this.drawing.draw(this.state);
    this.effect({ kind: 'lint', revision: this.state.document.revision });
    void this.follow();
    const code = await new Promise<number>((resolve) => {
      this.ended = resolve;
    });
    clearTimeout(this.keepTimer);
    this.drawing.end();
    this.terminal.stop();
    process.off('uncaughtException', crash);
    for (const stop of listeners) stop();
    await Promise.all([this.lint.close(), this.watch?.close()]);
    return code;
  }

  private input(input: Input): void {
    if (input.kind === 'focus') {
      if (input.focused) this.lookOutside();
    } else if (input.kind === 'paste') this.dispatch({ kind: 'paste', text: input.text });
    else {
      const command = commandOfKey(this.state, input.key);
      if (command !== undefined) this.dispatch(command);
    }
  }

  private dispatch(command: Command): void {
    const before = this.state;
    const { state, effects } = reduce(withNow(before, this.io.now()), command);
    this.state = state;
    if (state.document !== before.document) this.keepSoon();
    for (const effect of effects) this.effect(effect);
    this.drawing.draw(this.state);
  }

  private tell(event: EditorEvent): void {
    this.dispatch({ kind: 'event', ...event });
  }

  private effect(effect: Effect): void {
    const { document, size } = this.state;
    switch (effect.kind) {
      case 'lint':
        this.lint.lint(effect.revision, document.files);
        break;
      case 'mail-tree':
        this.lint.mailTree(effect.revision, document.files);
        break;
      case 'quit':
        this.forget();
        this.ended(effect.code);
        break;
      case 'suspend':
        this.keepNow();
        this.terminal.suspend();
        break;
      case 'redraw':
        this.terminal.clear();
        this.drawing.anew(this.state);
        break;
      case 'external-editor':
        this.terminal.lend(() => this.tell(answerEffect(effect, document.saved, size.columns, this.io)));
        break;
      default:
        this.tell(answerEffect(effect, document.saved, size.columns, this.io));
    }
  }

  private linted(answer: LintAnswer): void {
    const { revision } = answer;
    if ('sentence' in answer) this.tell({ event: 'lint-failed', revision, sentence: answer.sentence });
    else {
      this.tell({ event: 'linted', revision, problems: answer.problems });
      if (answer.tree !== undefined) this.tell({ event: 'mail-tree', revision, tree: answer.tree });
    }
  }

  /** Looks whether other programs have written the files. */
  private lookOutside(): void {
    const files = filesChanged(this.state.document.saved, this.io);
    if (files.size > 0) this.tell({ event: 'outside', files });
  }

  private async follow(): Promise<void> {
    const names = (): string[] => [...this.state.document.saved.keys()];
    const watch = await watchFiles(names(), this.io.cwd);
    this.watch = watch;
    for (;;) {
      await watch.next();
      this.lookOutside();
      watch.add(names());
    }
  }

  /** What an editor that did not end as it should has left is put into the zone, as a step that can be undone. */
  private recover(): void {
    const { recovered } = this.options;
    if (recovered === undefined) return;
    for (const [file, bytes] of recovered.files) this.tell({ event: 'edited', file, bytes });
  }

  private keepSoon(): void {
    clearTimeout(this.keepTimer);
    const size = [...this.unsaved().values()].reduce((sum, bytes) => sum + bytes.length, 0);
    if (size > KEPT_WHILE_TYPING) return;
    this.keepTimer = setTimeout(() => this.keepNow(), KEEP_AFTER);
  }

  /** Keeps what is not saved; forgets what was kept when there is nothing. */
  private keepNow(): void {
    clearTimeout(this.keepTimer);
    if (!isDirty(this.state.document)) {
      if (this.kept) this.forget();
      return;
    }
    try {
      writeRecovery(this.options.path, this.unsaved(), this.io);
      this.kept = true;
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
    }
  }

  private forget(): void {
    clearTimeout(this.keepTimer);
    removeRecovery(this.options.path, this.io);
    this.kept = false;
  }

  private unsaved(): FileContents {
    const { changed, files } = this.state.document;
    return new Map([...changed.keys()].map((name) => [name, files.get(name) ?? new Uint8Array(0)]));
  }

  /** The process is told to end: what is not saved is kept. */
  private interrupted(code: number): void {
    this.keepNow();
    this.ended(code);
  }

  /** Whether something was kept for the next start. */
  get keptForRecovery(): boolean {
    return this.kept;
  }
}
