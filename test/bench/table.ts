import { type Measured, median } from './measure.ts';

/** A figure that has to be reached, and whether it is. */
export interface Verdict {
  readonly says: string;
  readonly reached: boolean;
}

/** Lines of aligned columns; the first column is text, all others are numbers. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) =>
        column === 0 || column === head.length - 1
          ? cell.padEnd(widths[column] ?? 0)
          : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd();
  return [head, widths.map((width) => '-'.repeat(width)), ...rows].map((row) => `  ${line(row)}`).join('\n');
}

/** The cells median, minimum, speed and peak memory of one program. */
export function cells({ seconds, peakBytes, failure }: Measured, bytes: number): readonly string[] {
  if (failure !== undefined) return ['–', '–', '–', '–'];
  const middle = median(seconds);
  return [
    inSeconds(middle),
    inSeconds(Math.min(...seconds)),
    (bytes / 1e6 / middle).toFixed(bytes / 1e6 / middle < 10 ? 1 : 0),
    peakBytes === undefined ? '?' : (peakBytes / 1e6).toFixed(0),
  ];
}

/** Seconds with three significant digits or milliseconds. */
export function inSeconds(seconds: number): string {
  return seconds.toFixed(seconds < 10 ? 3 : 1);
}

/** `11.2 ×`. */
export function times(ratio: number): string {
  return `${ratio.toFixed(ratio < 10 ? 2 : 1)} ×`;
}

/** Says of a ratio whether it is as large as wanted. */
export function atLeast(what: string, ratio: number, needed: number): Verdict {
  const reached = ratio >= needed;
  return { says: `${what}: needs ≥ ${needed} ×, has ${times(ratio)}${reached ? '' : '  MISSED'}`, reached };
}

/** Says of a ratio whether it is as small as wanted. */
export function atMost(what: string, ratio: number, needed: number): Verdict {
  const reached = ratio <= needed;
  return { says: `${what}: needs ≤ ${needed} ×, has ${times(ratio)}${reached ? '' : '  MISSED'}`, reached };
}
