import type { Io, NewFile } from '../io.ts';
import type { Progress } from '../progress.ts';

/** Standard output, or the file of `--output`, which appears when the report is complete. */
export class ReportFile {
  private readonly path: string | undefined;
  private readonly progress: Progress;
  private readonly io: Io;
  private file: NewFile | undefined;

  constructor(path: string | undefined, progress: Progress, io: Io) {
    this.path = path;
    this.progress = progress;
    this.io = io;
  }

  write(text: string | Uint8Array): void {
    if (this.path === undefined) {
      this.progress.clear();
      if (typeof text === 'string') this.io.stdout.write(text);
      else this.io.stdout.writeBytes(text);
      return;
    }
    this.file ??= this.io.createFile(this.path);
    this.file.write(text);
  }

  commit(): void {
    if (this.path === undefined) return;
    this.file ??= this.io.createFile(this.path);
    this.file.commit();
  }

  discard(): void {
    this.file?.discard();
  }
}
