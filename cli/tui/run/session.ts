import type { ReadStream, WriteStream } from 'node:tty';
import type { Zone } from '../../../lib/zone/zone.ts';
import { FileError, type Io } from '../../io.ts';
import { type FileWatch, watchFiles } from '../../watch-files.ts';
import type { Command, EditorEvent } from '../model/command.ts';
import { isDirty } from '../model/document.ts';
import type { Effect, FileContents } from '../model/effects.ts';
import { commandOfKey } from '../model/keys.ts';
import { currentRow } from '../model/list.ts';
import { openEditor, placedAt, withNow } from '../model/open.ts';
import { reduce } from '../model/reduce.ts';
import { lineOfRow } from '../model/rows.ts';
import type { EditorSettings, EditorState } from '../model/state.ts';
import type { ScreenLook } from '../view/lines.tsx';
import { screenWith } from '../view/screen.tsx';
import { Drawing } from './draw.tsx';
import type { Input } from './key-reader.ts';
import type { Linting } from './lint-thread.ts';
import type { LintAnswer } from './lint-worker.ts';
import { placeIn, rememberPlace } from './places.ts';
import { type EditorProcess, type Recovered, Recovery } from './recovery.ts';
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
  /** The process that has the file open, this one where none is given. */
  readonly process?: EditorProcess;
  readonly stdin: ReadStream;
  readonly stdout: WriteStream;
}

/** Signals that tell the process to end, and its exit codes then. */
const SIGNALS = { SIGTERM: 143, SIGHUP: 129, SIGINT: 130 } as const;

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
  private readonly recovery: Recovery;
  /** What an editor before this one has left, while it is not decided what becomes of it. */
  private left: Recovered | undefined;
  private ended: (code: number) => void = () => {};
  private failed: (error: unknown) => void = () => {};
  private over = false;

  constructor(options: SessionOptions, io: Io) {
    const { stdin, stdout, zone, settings, look, linter } = options;
    this.options = options;
    this.io = io;
    this.terminal = new Terminal(stdin, stdout, {
      input: (input) => this.guard(() => this.input(input)),
      resized: ({ columns, rows }) =>
        this.guard(() => {
          this.terminal.clear();
          this.state = reduce(withNow(this.state, io.now()), { kind: 'event', event: 'resized', columns, rows }).state;
          this.drawing.anew(this.state);
        }),
      resumed: () =>
        this.guard(() => {
          this.drawing.anew(this.state);
          this.lookOutside();
        }),
      // As if the terminal had told so itself.
      lost: () => this.interrupted(SIGNALS.SIGHUP),
    });
    this.drawing = new Drawing(this.terminal.output, screenWith(look), (error) => this.fail(error));
    this.lint = linter((answer) => this.guard(() => this.linted(answer)));
    this.recovery = new Recovery(options.path, io, options.process);
    this.state = openEditor({ zone, settings, size: this.terminal.size, now: io.now() });
  }

  /** Runs until the user leaves or the process is told to end: the exit code. What goes wrong inside is thrown at the end. */
  async run(): Promise<number> {
    const listeners = Object.entries(SIGNALS).map(([signal, code]) => {
      const listener = (): void => this.interrupted(code);
      process.on(signal, listener);
      return () => process.off(signal, listener);
    });
    const crash = (): void => this.keepNow();
    process.prependListener('uncaughtException', crash);
    try {
      const code = await new Promise<number>((resolve, reject) => {
        this.ended = resolve;
        this.failed = reject;
        this.guard(() => this.begin());
      });
      this.remember();
      return code;
    } finally {
      this.over = true;
      clearTimeout(this.keepTimer);
      this.drawing.end();
      this.terminal.stop();
      process.off('uncaughtException', crash);
      for (const stop of listeners) stop();
      if (!this.kept) this.recovery.close();
      await Promise.all([this.lint.close(), this.watch?.close()]);
    }
  }

  private begin(): void {
    this.terminal.start();
    this.takePlace();
    this.drawing.draw(this.state);
    this.effect({ kind: 'lint', revision: this.state.document.revision });
    this.offerRecovery();
    this.follow().catch((error: unknown) => this.fail(error));
  }

  /** Does something; what it throws ends the editor, and what is not saved is kept. */
  private guard(act: () => void): void {
    if (this.over) return;
    try {
      act();
    } catch (error) {
      this.fail(error);
    }
  }

  private fail(error: unknown): void {
    this.keepNow();
    this.failed(error);
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
      case 'recovery-done':
        this.keepNow();
        if (this.left !== undefined) this.recovery.remove(this.left.path);
        this.left = undefined;
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
      if (answer.tree !== undefined) this.tell({ event: 'mail-tree', revision, tree: answer.tree });
      this.tell({ event: 'linted', revision, problems: answer.problems });
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
    // Whoever left at once is not to wait for files to change.
    if (this.over) return watch.close();
    this.watch = watch;
    for (;;) {
      await watch.next();
      this.guard(() => this.lookOutside());
      watch.add(names());
    }
  }

  /** Offers what an editor that did not end as it should has left, or tells of one that has the file open. */
  private offerRecovery(): void {
    if (this.state.settings.readOnly) return;
    const { recovered, openIn } = this.recovery.find();
    this.recovery.open();
    if (recovered !== undefined) {
      const { files, saved, time } = recovered;
      const here = this.state.document.files;
      const isHere = (name: string, bytes: Uint8Array): boolean =>
        Buffer.compare(here.get(name) ?? new Uint8Array(0), bytes) === 0;
      if ([...files].every(([name, bytes]) => isHere(name, bytes))) this.recovery.remove(recovered.path);
      else {
        this.left = recovered;
        this.tell({ event: 'recovered', time: timeText(time), files, saved });
      }
    } else if (openIn !== undefined) {
      this.tell({ event: 'message', sentence: `Another editor has this file open (process ${openIn}).` });
    }
  }

  /** Goes to where the zone was left, with the filter of then. */
  private takePlace(): void {
    const place = placeIn(this.options.path, this.io);
    if (place === undefined) return;
    const { file, line, filter } = place;
    this.state = placedAt(this.state, file, line, filter);
  }

  private remember(): void {
    const { list, document } = this.state;
    const row = currentRow(this.state);
    if (row < 0) return;
    const { file, line } = lineOfRow(document.zone, list.rows, row);
    rememberPlace(this.options.path, { file, line, filter: list.filter.text }, this.io);
  }

  private keepSoon(): void {
    clearTimeout(this.keepTimer);
    const size = [...this.unsaved().values()].reduce((sum, bytes) => sum + bytes.length, 0);
    if (size > KEPT_WHILE_TYPING) return;
    this.keepTimer = setTimeout(() => this.guard(() => this.keepNow()), KEEP_AFTER);
  }

  /** Keeps what is not saved; forgets what was kept when there is nothing. */
  private keepNow(): void {
    clearTimeout(this.keepTimer);
    if (!isDirty(this.state.document)) {
      if (this.kept) this.forget();
      return;
    }
    try {
      this.recovery.keep(this.unsaved(), this.state.document.saved);
      this.kept = true;
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
    }
  }

  private forget(): void {
    clearTimeout(this.keepTimer);
    this.recovery.forget();
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

  /** The state that is on the screen, or will be with the next frame. */
  get shown(): EditorState {
    return this.state;
  }

  /** Whether something was kept for the next start. */
  get keptForRecovery(): boolean {
    return this.kept;
  }
}

/** A moment as people write it, in the time zone of here. */
function timeText(time: number): string {
  const local = new Date(time - new Date(time).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16).replace('T', ' ');
}
