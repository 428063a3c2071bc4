import type { ZoneDiff } from '../../lib/edit/diff.ts';
import { changeToJson, diffFrame } from '../../lib/edit/diff-json.ts';

/** Two zones that were compared, with their names as the user gave them. */
export interface Compared {
  readonly old: string;
  readonly new: string;
  readonly diff: ZoneDiff;
  /** Entries that could not be read and so were not compared. */
  readonly unreadable: { readonly old: number; readonly new: number };
}

/** Characters a chunk has at least, the last one excepted. */
const CHUNK = 0x10000;

/** One pair of zones as a member of `zones` (schemas/diff.schema.json), one change a line. */
export function* comparedChunks({ old, new: now, diff, unreadable }: Compared): Generator<string> {
  const { origin, class: zoneClass, ...frame } = diffFrame(diff);
  const members = Object.entries({
    origin,
    class: zoneClass,
    old: { file: old, records: diff.old.count, unreadable: unreadable.old },
    new: { file: now, records: diff.new.count, unreadable: unreadable.new },
    ...frame,
  });
  let chunk = `    {\n${members.map(([name, value]) => `      ${JSON.stringify(name)}: ${JSON.stringify(value)},\n`).join('')}      "changes": [`;
  let separator = '';
  for (const change of diff.changes()) {
    chunk += `${separator}\n        ${JSON.stringify(changeToJson(diff, change))}`;
    separator = ',';
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = '';
  }
  yield `${chunk}${separator === '' ? '' : '\n      '}]\n    }`;
}
