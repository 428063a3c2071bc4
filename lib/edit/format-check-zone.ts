import { COMMENT_TOKEN, Entry, scanEntry } from '../text/entry.ts';
import { readZone } from '../zone/read.ts';
import type { Zone } from '../zone/zone.ts';
import { isOurs, trimmedEnd } from './format-check-record.ts';

/** Where a formatted file would not mean the same, and the sentence that says so. */
export interface Difference {
  /** Offset in the file as it was. */
  readonly at: number;
  readonly why: string;
}

/** Says whether two texts hold the same records and comments in any order; includes are not followed. */
export function sameZone(old: Uint8Array, now: Uint8Array, origin: Uint8Array): Difference | undefined {
  const before = readZone({ name: '', bytes: old, origin });
  const after = readZone({ name: '', bytes: now, origin });
  const differ = (why: string): Difference => ({ at: 0, why });
  if (!sameList(recordsOf(before), recordsOf(after))) return differ('the records would not be the same');
  const directives = ({ directives: all, files }: Zone): string[] =>
    all.map(({ kind, start, end, file }) => {
      const text = Buffer.from(files[file]?.bytes.subarray(start, end) ?? []).toString('latin1');
      return `${kind} ${text.replace(/^\S+/u, '').replace(/[ \t]+/gu, ' ')}`;
    });
  if (!sameList(directives(before), directives(after))) return differ('the directives would not be the same');
  if (before.broken.length !== after.broken.length) return differ('other entries could not be read');
  // The comments of the formatter come on top of those of the author.
  const kept = commentsOf(now);
  for (const [comment, count] of commentsOf(old)) {
    if ((kept.get(comment) ?? 0) < count && !isOurs(comment)) return differ('a comment would be lost');
  }
  return undefined;
}

function recordsOf(zone: Zone): string[] {
  const { names } = zone;
  const texts: string[] = [];
  for (let record = 0; record < zone.count; record++) {
    const owner = Buffer.from(names.wire(zone.owners[record] as number))
      .toString('latin1')
      .toLowerCase();
    const rdata = Buffer.from(zone.rdataOf(record)).toString('latin1');
    texts.push(`${owner} ${zone.types[record]} ${zone.classes[record]} ${zone.ttls[record]} ${rdata}`);
  }
  return texts.sort();
}

function sameList(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((text, index) => text === right[index]);
}

function commentsOf(bytes: Uint8Array): Map<string, number> {
  const counts = new Map<string, number>();
  const entry = new Entry();
  for (let at = 0; at < bytes.length; at = entry.end) {
    scanEntry(bytes, at, entry);
    for (let token = 0; token < entry.tokenCount; token++) {
      if (entry.kinds[token] !== COMMENT_TOKEN) continue;
      const start = entry.starts[token] ?? 0;
      const end = trimmedEnd(bytes, start, entry.tokenEnd(token));
      const text = Buffer.from(bytes.subarray(start, end)).toString('latin1');
      counts.set(text, (counts.get(text) ?? 0) + 1);
    }
  }
  return counts;
}
