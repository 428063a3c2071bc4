import { Writable } from 'node:stream';
import { type Instance, render } from 'ink';
import { Component, type ReactElement, type ReactNode } from 'react';
import type { ScreenOutput } from './output.ts';
import { RowMarks } from './row-marks.ts';

/** Milliseconds between two frames at least: a key that is held down draws no more often. */
const FRAME = 16;

/** Makes the screen of a state; `mark` stands for a row of it, as it is to be written to the terminal. */
export type ScreenOf<State> = (state: State, mark: (row: string) => string) => ReactElement;

/** Draws states of a program, each in the place of the one before. */
export class Drawing<State> {
  private readonly output: ScreenOutput;
  private readonly screenOf: ScreenOf<State>;
  private readonly marks = new RowMarks();
  private readonly frames: FrameStream;
  private instance: Instance | undefined;
  private drawn = Number.NEGATIVE_INFINITY;
  private next: { readonly state: State; readonly timer: NodeJS.Timeout } | undefined;
  private failure: { readonly error: unknown } | undefined;
  private readonly failed: ((error: unknown) => void) | undefined;

  /** `failed` is told what a frame throws that is drawn later; without it that is thrown out of a timer. */
  constructor(output: ScreenOutput, screenOf: ScreenOf<State>, failed?: ((error: unknown) => void) | undefined) {
    this.output = output;
    this.screenOf = screenOf;
    this.frames = new FrameStream(output, this.marks);
    this.failed = failed;
  }

  /** Draws a state at once, or the last of several that come soon after each other; throws what drawing it throws. */
  draw(state: State): void {
    const left = FRAME - (performance.now() - this.drawn);
    if (left <= 0 && this.next === undefined) this.now(state);
    else {
      const timer = this.next?.timer ?? setTimeout(() => this.flush(), Math.max(0, left));
      this.next = { state, timer };
    }
  }

  /** Draws all of it on a screen that is empty. */
  anew(state: State): void {
    this.forget();
    this.output.emptied();
    this.now(state);
  }

  /** Draws no more; the screen stays as it is. */
  end(): void {
    this.forget();
    this.output.muted = true;
    this.instance?.unmount();
    this.instance = undefined;
    this.output.muted = false;
  }

  private forget(): void {
    clearTimeout(this.next?.timer);
    this.next = undefined;
  }

  private flush(): void {
    const { next } = this;
    this.next = undefined;
    if (next === undefined) return;
    try {
      this.now(next.state);
    } catch (error) {
      if (this.failed === undefined) throw error;
      this.failed(error);
    }
  }

  private now(state: State): void {
    this.forget();
    this.marks.begin();
    const screen = <Guard failed={(error) => this.fail(error)}>{this.screenOf(state, this.marks.of)}</Guard>;
    if (this.instance !== undefined) this.instance.rerender(screen);
    else {
      this.instance = render(screen, {
        stdout: this.frames as unknown as NodeJS.WriteStream,
        stderr: this.frames as unknown as NodeJS.WriteStream,
        exitOnCtrlC: false,
        patchConsole: false,
        // Every frame whole and nothing else: what of it is new on the screen is found by the output.
        debug: true,
      });
    }
    this.drawn = performance.now();
    if (this.failure !== undefined) throw this.failure.error;
  }

  private fail(error: unknown): void {
    this.failure ??= { error };
  }
}

/** Columns of the screen as the renderer has it: a mark is one wide. */
const MARK_COLUMNS = 4;

/** Takes the frames of the renderer and passes them on with rows for their marks. */
class FrameStream extends Writable {
  readonly isTTY = true as const;
  readonly columns = MARK_COLUMNS;
  private readonly to: ScreenOutput;
  private readonly marks: RowMarks;

  constructor(to: ScreenOutput, marks: RowMarks) {
    super({ decodeStrings: false });
    this.to = to;
    this.marks = marks;
  }

  get rows(): number {
    return this.to.rows;
  }

  override _write(chunk: string | Uint8Array, _: string, done: () => void): void {
    const rows = String(chunk)
      .split('\n')
      .map((mark) => this.marks.row(mark));
    this.to.write(rows.join('\n'));
    done();
  }
}

interface GuardProps {
  readonly failed: (error: unknown) => void;
  readonly children: ReactNode;
}

/** Tells of what goes wrong while the screen is made, instead of showing it. */
class Guard extends Component<GuardProps, { readonly broken: boolean }> {
  override state: { readonly broken: boolean } = { broken: false };

  static getDerivedStateFromError(): { readonly broken: boolean } {
    return { broken: true };
  }

  override componentDidCatch(error: unknown): void {
    this.props.failed(error);
  }

  override render(): ReactNode {
    return this.state.broken ? null : this.props.children;
  }
}
