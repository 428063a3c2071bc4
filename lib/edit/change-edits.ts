import { nameKey } from '../rr/name.ts';
import { hexText } from '../rr/octets.ts';
import type { SourceFile } from '../text/diagnostic.ts';
import type { Zone } from '../zone/zone.ts';
import type { Change } from './change.ts';
import type { ChangeProblem } from './change-problem.ts';
import { Draft, type Wish } from './draft.ts';
import type { FileEdits } from './file-writer.ts';
import { applyFileEdits } from './reread.ts';
import { Settler } from './settle.ts';

/** What may be edited. */
export interface ChangeOptions {
  /** Whether a file may be edited; without it all may. */
  readonly writable?: (file: SourceFile) => boolean;
}

/** The edits that make the changes, file by file; none when something stands against one of them. */
export interface ChangeResult {
  readonly files: readonly FileEdits[];
  readonly problem?: ChangeProblem;
}

/**
 * The text edits that make changes of a zone, all at once. Nothing but what the changes name gets another owner, TTL, class
 * or RDATA: where an entry took a part over from one that goes, the part is written out. Comments and layout stay.
 */
export function changeEdits(
  zone: Zone,
  changes: Change | readonly Change[],
  options: ChangeOptions = {},
): ChangeResult {
  const list: readonly Change[] = 'kind' in changes ? [changes] : changes;
  const draft = new Draft(zone, list, options.writable ?? (() => true));
  if (draft.problem !== undefined) return { files: [], problem: draft.problem };
  const settler = new Settler(draft);
  settler.run();
  if (settler.writer.overlaps) draft.refuse('conflict', { what: 'the same lines' });
  if (draft.problem !== undefined) return { files: [], problem: draft.problem };
  const files = settler.writer.result();
  // Where an entry is broken, an edit near it can move its end: then only reading the result tells.
  if (zone.broken.length > 0 && !readsAsMeant(zone, applyFileEdits(zone, files), draft)) {
    const { file = 0 } = zone.broken[0] ?? {};
    draft.refuse('broken-entry', { file: zone.files[file]?.name ?? '' });
    return { files: [], ...(draft.problem === undefined ? {} : { problem: draft.problem }) };
  }
  return { files };
}

/** Whether a zone read after edits has every record that was to stay, in order, and every record that was wished. */
function readsAsMeant(before: Zone, after: Zone, { wishes, pieces }: Draft): boolean {
  if (after.broken.length !== before.broken.length) return false;
  const keys = Array.from({ length: after.count }, (_, record) => keyOf(after, record, {}));
  const all = new Set(keys);
  let at = 0;
  for (let record = 0; record < before.count; record++) {
    const wish = wishes.get(record);
    if (wish?.fate === 'removed' || wish?.fate === 'commented') continue;
    const key = keyOf(before, record, wish ?? {});
    if (wish !== undefined && !all.has(key)) return false;
    if (wish !== undefined) continue;
    while (at < keys.length && keys[at] !== key) at++;
    if (at++ >= keys.length) return false;
  }
  const going = [...wishes.values()].filter(({ fate }) => fate === 'removed' || fate === 'commented').length;
  const made = pieces.filter(({ content }) => content.kind === 'new').length;
  return pieces.some(({ content }) => content.kind === 'text') || after.count === before.count - going + made;
}

function keyOf(zone: Zone, record: number, wish: Partial<Wish>): string {
  const owner = nameKey(wish.owner ?? zone.ownerOf(record));
  const rdata = hexText(wish.rdata ?? zone.rdataOf(record));
  return `${owner} ${wish.ttl ?? zone.ttls[record]} ${zone.classes[record]} ${wish.type ?? zone.types[record]} ${rdata}`;
}
