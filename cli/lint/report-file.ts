import type { Io, NewFile } from '../io.ts';
import type { Progress } from '../progress.ts';

/** Characters and octets that are held back at most: a run that is interrupted before has begun no file. */
const HELD_BACK = 2 ** 25;

/** Standard output, or the file of `--output`, which appears when the report is complete. */
export class ReportFile {
  private readonly path: string | undefined;
  private readonly progress: Progress;
  private readonly io: Io;
  private file: NewFile | undefined;
  private held: (string | Uint8Array)[] = [];
  private size = 0;

  /** Throws FileError when the file cannot be made. */
  constructor(path: string | undefined, progress: Progress, io: Io) {
    this.path = path;
    this.progress = progress;
    this.io = io;
    if (path === undefined) return;
    // What cannot be written is told before the work.
    const file = io.createFile(path);
    // Who reads a pipe goes when it is closed.
    if (io.kind(path) === 'special') this.file = file;
    else file.discard();
  }

  write(text: string | Uint8Array): void {
    if (this.path === undefined) {
      this.progress.clear();
      if (typeof text === 'string') this.io.stdout.write(text);
      else this.io.stdout.writeBytes(text);
      return;
    }
    this.held.push(text);
    this.size += text.length;
    if (this.size > HELD_BACK) this.bringOut(this.path);
  }

  commit(): void {
    if (this.path !== undefined) this.bringOut(this.path).commit();
  }

  discard(): void {
    this.file?.discard();
  }

  private bringOut(path: string): NewFile {
    this.file ??= this.io.createFile(path);
    for (const text of this.held) this.file.write(text);
    this.held = [];
    this.size = 0;
    return this.file;
  }
}
