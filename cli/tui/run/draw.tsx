import { type Instance, render } from 'ink';
import type { ReactElement } from 'react';
import type { ScreenOutput } from './output.ts';

/** Frames a second at most: a key that is held down draws no more often. */
const MOST_FRAMES = 60;

/** Draws states of a program, each in the place of the one before. */
export class Drawing<State> {
  private readonly output: ScreenOutput;
  private readonly screenOf: (state: State) => ReactElement;
  private instance: Instance | undefined;

  constructor(output: ScreenOutput, screenOf: (state: State) => ReactElement) {
    this.output = output;
    this.screenOf = screenOf;
  }

  draw(state: State): void {
    const screen = this.screenOf(state);
    if (this.instance !== undefined) {
      this.instance.rerender(screen);
      return;
    }
    this.instance = render(screen, {
      stdout: this.output as unknown as NodeJS.WriteStream,
      stderr: this.output as unknown as NodeJS.WriteStream,
      exitOnCtrlC: false,
      patchConsole: false,
      maxFps: MOST_FRAMES,
    });
  }

  /** Draws all of it on a screen that is empty: the renderer forgets what it has drawn. */
  anew(state: State): void {
    this.end();
    this.draw(state);
  }

  /** Draws no more; the screen stays as it is. */
  end(): void {
    this.output.muted = true;
    this.instance?.unmount();
    this.instance = undefined;
    this.output.muted = false;
  }
}
