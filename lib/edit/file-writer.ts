import type { SourceFile } from '../text/diagnostic.ts';
import type { Edit } from '../text/edits.ts';
import type { Zone } from '../zone/zone.ts';

/** The edits of one file, in file order and not overlapping. */
export interface FileEdits {
  readonly file: SourceFile;
  readonly edits: readonly Edit[];
}

/** Collects edits and inserted lines of the files of a zone, in file order; edits that touch become one. */
export class FileWriter {
  private readonly zone: Zone;
  private readonly edits: Map<number, Edit[]> = new Map();
  /** Whether two edits wanted the same octets. */
  overlaps = false;

  constructor(zone: Zone) {
    this.zone = zone;
  }

  edit(file: number, edits: readonly Edit[]): void {
    for (const edit of edits) this.put(file, edit);
  }

  /** Inserts whole lines with the line ends of the file; at its end also where the last line has none, which then stays so. */
  insert(file: number, offset: number, lines: string): void {
    const bytes = this.bytes(file);
    const newline = lineEnd(bytes);
    let text = newline === '\n' ? lines : lines.replaceAll(/\r?\n/g, newline);
    if (newline === '\n') text = text.replaceAll('\r\n', '\n');
    if (offset > 0 && bytes[offset - 1] !== 0x0a && !(offset === 3 && bytes[0] === 0xef)) {
      // The line before has no end; it is only needed when something of that line is left.
      const last = this.edits.get(file)?.at(-1);
      const whole = last?.end === offset && (last.start === 0 || bytes[last.start - 1] === 0x0a);
      if (!whole || (last.text !== '' && !last.text.endsWith('\n'))) text = newline + text;
      text = text.slice(0, -newline.length);
    }
    this.put(file, { start: offset, end: offset, text });
  }

  /** All edits, without those that change nothing. */
  result(): FileEdits[] {
    const found: FileEdits[] = [];
    for (const [index, all] of [...this.edits].sort(([a], [b]) => a - b)) {
      const file = this.zone.files[index];
      const edits = all.filter(({ start, end, text }) => !this.isSame(index, start, end, text));
      if (file !== undefined && edits.length > 0) found.push({ file, edits });
    }
    return found;
  }

  private isSame(file: number, start: number, end: number, text: string): boolean {
    return Buffer.compare(Buffer.from(text), this.bytes(file).subarray(start, end)) === 0;
  }

  private put(file: number, edit: Edit): void {
    const list = this.edits.get(file) ?? [];
    this.edits.set(file, list);
    const last = list.at(-1);
    if (last === undefined || edit.start > last.end) list.push(edit);
    else if (edit.start === last.end)
      list[list.length - 1] = { start: last.start, end: edit.end, text: last.text + edit.text };
    else this.overlaps = true;
  }

  private bytes(file: number): Uint8Array {
    return this.zone.files[file]?.bytes ?? new Uint8Array(0);
  }
}

/** The line end of a file: that of its first line. */
function lineEnd(bytes: Uint8Array): string {
  const first = bytes.indexOf(0x0a);
  return first > 0 && bytes[first - 1] === 0x0d ? '\r\n' : '\n';
}
