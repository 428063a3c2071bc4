import { isAbsolute, relative, resolve, sep } from 'node:path';
import { changesOf, type LineChange, linesOf } from '../../lib/text/line-changes.ts';
import type { Io } from '../io.ts';
import type { ChangedFile } from './fixing.ts';

/** Lines around a change that are shown with it. */
const CONTEXT = 3;

/**
 * What changed as a unified diff that `patch -p1` applies in the working folder, octet by octet as it is in the files, whatever
 * their encoding. Files outside the working folder are named from the root, for `patch -p1 -d /`.
 */
export function unifiedDiff(changed: readonly ChangedFile[], io: Pick<Io, 'cwd'>): Uint8Array {
  const texts: string[] = [];
  for (const { name, before, after } of changed) {
    const path = pathInDiff(name, io);
    texts.push(`--- ${quoted(`a/${path}`)}\n+++ ${quoted(`b/${path}`)}\n`);
    const [old, now] = [linesOf(before), linesOf(after)];
    for (const hunk of hunksOf(old, now)) writeHunk(hunk, old, now, texts);
  }
  return Uint8Array.from(Buffer.from(texts.join(''), 'latin1'));
}

/** A path as patch and git read it, its octets as characters: a tab tells where one with blanks ends. */
function quoted(path: string): string {
  const octets = Buffer.from(path).toString('latin1');
  if (!/["\\\p{Cc}]/u.test(path)) return path.includes(' ') ? `${octets}\t` : octets;
  const escaped = octets.replace(/["\\]|[^ -~]/g, (sign) =>
    /["\\]/.test(sign) ? `\\${sign}` : `\\${sign.charCodeAt(0).toString(8).padStart(3, '0')}`,
  );
  return `"${escaped}"`;
}

function pathInDiff(name: string, { cwd }: Pick<Io, 'cwd'>): string {
  const way = relative(cwd, resolve(cwd, name));
  const outside = isAbsolute(way) || way === '..' || way.startsWith(`..${sep}`);
  return (outside ? resolve(cwd, name).slice(1) : way).split(sep).join('/');
}

/** Changes near each other, shown together with the lines around them. */
type Hunk = readonly [LineChange, ...LineChange[]];

function hunksOf(old: readonly string[], now: readonly string[]): Hunk[] {
  const groups: [LineChange, ...LineChange[]][] = [];
  for (const change of changesOf(old, now)) {
    const last = groups.at(-1);
    if (last !== undefined && change.oldStart - (last.at(-1) as LineChange).oldEnd <= 2 * CONTEXT) last.push(change);
    else groups.push([change]);
  }
  return groups;
}

function writeHunk(hunk: Hunk, old: readonly string[], now: readonly string[], texts: string[]): void {
  const [first, last] = [hunk[0], hunk.at(-1) as LineChange];
  const start = Math.max(0, first.oldStart - CONTEXT);
  const end = Math.min(old.length, last.oldEnd + CONTEXT);
  const before = range(start, end);
  const after = range(first.newStart - (first.oldStart - start), last.newEnd + (end - last.oldEnd));
  texts.push(`@@ -${before} +${after} @@\n`);
  const write = (mark: string, lines: readonly string[], from: number, to: number): void => {
    for (let index = from; index < to; index++) {
      const line = lines[index] as string;
      texts.push(mark, line, line.endsWith('\n') ? '' : '\n\\ No newline at end of file\n');
    }
  };
  let at = start;
  for (const { oldStart, oldEnd, newStart, newEnd } of hunk) {
    write(' ', old, at, oldStart);
    write('-', old, oldStart, oldEnd);
    write('+', now, newStart, newEnd);
    at = oldEnd;
  }
  write(' ', old, at, end);
}

/** Lines counted from 1; no lines are said to stand behind the line before. */
function range(start: number, end: number): string {
  return `${end > start ? start + 1 : start},${end - start}`;
}
