import type { RrsetChange, ZoneDiff } from '../../lib/edit/diff.ts';
import { type FieldChange, pairRecords, recordText } from '../../lib/edit/diff-fields.ts';
import { findRenames, type RenameMap, renameMap } from '../../lib/edit/diff-renames.ts';
import { nameKey, nameToText } from '../../lib/rr/name.ts';
import { typeToText } from '../../lib/rr/types.ts';
import { type Look, type Paint, type Palette, paletteOf } from '../report/look.ts';
import { counted, grouped, listed } from '../report/words.ts';

/** Colours and signs of a difference. */
interface Style extends Palette {
  readonly gone: Paint;
  readonly come: Paint;
  readonly changed: Paint;
  readonly arrow: string;
}

/**
 * The differences of two zones for people: owner by owner, `-` for what is gone, `+` for what is new, `~` for what has changed
 * in some fields, which are shown as `old → new`; a renamed host stands under its new name.
 */
export function* textChunks(diff: ZoneDiff, look: Look): Generator<string> {
  const style = styleOf(look);
  const renames = findRenames(diff);
  const shown: Shown = { diff, style, map: renameMap(renames) };
  const moves = renames.flatMap(({ from, to, below }): readonly Move[] => [{ from, to }, ...below]);
  const arrivals = new Map(moves.map((move) => [nameKey(move.to), move]));
  const departures = new Set(moves.map(({ from }) => nameKey(from)));
  const old = renames.length === 0 ? new Map<string, RrsetChange[]>() : changesAt(diff, departures);
  let owner = '';
  let first = true;
  let group: RrsetChange[] = [];
  const finish = (): string => {
    if (group.length === 0 || departures.has(owner)) return '';
    group.sort((a, b) => TURN[a.kind] - TURN[b.kind]);
    const lines = group.flatMap((change) => changeLines(shown, change));
    const rename = arrivals.get(owner);
    const head =
      rename === undefined ? [style.strong(nameToText(group[0]?.owner ?? diff.new.origin))] : renameHead(rename, style);
    const body = rename === undefined ? lines : renameLines(shown, old.get(nameKey(rename.from)) ?? [], group);
    const text = `${first ? '' : '\n'}${[...head, ...body].join('\n')}\n`;
    first = false;
    return text;
  };
  for (const change of diff.changes()) {
    const key = nameKey(change.owner);
    if (key !== owner) {
      yield finish();
      group = [];
      owner = key;
    }
    group.push(change);
  }
  yield finish();
  yield `${first ? '' : '\n'}${summary(diff, renames.length, style)}\n`;
}

/** A name that another took the place of. */
interface Move {
  readonly from: Uint8Array;
  readonly to: Uint8Array;
}

interface Shown {
  readonly diff: ZoneDiff;
  readonly style: Style;
  readonly map: RenameMap;
}

/** What stays comes first, then what goes and what takes its place. */
const TURN = { changed: 0, removed: 1, added: 2 } as const;

function styleOf(look: Look): Style {
  const paint =
    (code: string): Paint =>
    (text) =>
      look.color && text !== '' ? `\u001b[${code}m${text}\u001b[0m` : text;
  const arrow = look.unicode ? '→' : '->';
  return { ...paletteOf(look), gone: paint('31'), come: paint('32'), changed: paint('33'), arrow };
}

function changesAt(diff: ZoneDiff, owners: ReadonlySet<string>): Map<string, RrsetChange[]> {
  const found = new Map<string, RrsetChange[]>();
  for (const change of diff.changes()) {
    const key = nameKey(change.owner);
    if (owners.has(key)) found.set(key, [...(found.get(key) ?? []), change]);
  }
  return found;
}

function changeLines(shown: Shown, change: RrsetChange): string[] {
  const { diff, style } = shown;
  const { type, oldTtl, newTtl } = change;
  const lines: string[] = [];
  const retimed = oldTtl !== undefined && newTtl !== undefined && oldTtl !== newTtl;
  const kept = change.before.length - change.removed.length;
  if (retimed && kept > 0) {
    const records = kept === 1 ? 'the record' : `${kept} records`;
    lines.push(
      line('~', style.changed, change, `TTL ${step(String(oldTtl), String(newTtl), style)} of ${records} that stayed`),
    );
  }
  const { pairs, removed, added } = pairRecords(diff, change, shown.map);
  for (const { removed: gone, added: come, fields } of pairs) {
    if (isWordy(fields)) {
      lines.push(record('-', style.gone, change, oldTtl, recordText(type, diff.old.rdataOf(gone))));
      lines.push(record('+', style.come, change, newTtl, recordText(type, diff.new.rdataOf(come))));
      continue;
    }
    const words = fields.map((field) => (field.old === field.new ? field.old : step(field.old, field.new, style)));
    const named = fields.length > NAMELESS ? changedFields(fields, style) : words.join(' ');
    const ttl = retimed ? `${step(String(oldTtl), String(newTtl), style)} ` : `${newTtl} `;
    lines.push(`${style.changed('~')}   ${ttl}${typeText(change)} ${named}`);
  }
  for (const gone of removed)
    lines.push(record('-', style.gone, change, oldTtl, recordText(type, diff.old.rdataOf(gone))));
  for (const come of added)
    lines.push(record('+', style.come, change, newTtl, recordText(type, diff.new.rdataOf(come))));
  return lines;
}

/** Fields that are told apart by their place; of more only those that changed are shown, with their names. */
const NAMELESS = 4;
/** Characters of a field that still fits into a line with its successor. */
const SHORT = 60;

function isWordy(fields: readonly FieldChange[]): boolean {
  return fields.some((field) => field.old !== field.new && (field.old.length > SHORT || field.new.length > SHORT));
}

function changedFields(fields: readonly FieldChange[], style: Style): string {
  return fields
    .filter((field) => field.old !== field.new)
    .map((field) => `${field.name} ${step(field.old, field.new, style)}`)
    .join(', ');
}

function step(old: string, now: string, style: Style): string {
  return `${style.gone(old)} ${style.arrow} ${style.come(now)}`;
}

function record(sign: string, paint: Paint, change: RrsetChange, ttl: number | undefined, text: string): string {
  return paint(`${sign}   ${ttl ?? ''} ${typeText(change)} ${text}`);
}

function line(sign: string, paint: Paint, change: RrsetChange, text: string): string {
  return `${paint(sign)}   ${typeText(change)} ${text}`;
}

function typeText({ type, covered }: RrsetChange): string {
  return covered === undefined ? typeToText(type) : `${typeToText(type)}(${typeToText(covered)})`;
}

function renameHead({ from, to }: Move, style: Style): string[] {
  return [`${style.strong('renamed')} ${step(nameToText(from), nameToText(to), style)}`];
}

/** The RRsets of a renamed host against those it had: alike ones once and without a sign. */
function renameLines(shown: Shown, old: readonly RrsetChange[], now: readonly RrsetChange[]): string[] {
  const { diff, style } = shown;
  const lines: string[] = [];
  const texts = (change: RrsetChange, which: 'old' | 'new'): string[] =>
    (which === 'old' ? change.before : change.after).map((each) => recordText(change.type, diff[which].rdataOf(each)));
  const left = new Map(old.map((change) => [typeText(change), change]));
  for (const change of now) {
    const before = left.get(typeText(change));
    left.delete(typeText(change));
    const [was, is] = [before === undefined ? [] : texts(before, 'old'), texts(change, 'new')];
    const same = before !== undefined && before.oldTtl === change.newTtl;
    for (const text of was) {
      if (!same || !is.includes(text)) lines.push(record('-', style.gone, change, before?.oldTtl, text));
    }
    for (const text of is) {
      if (same && was.includes(text)) lines.push(`    ${change.newTtl} ${typeText(change)} ${text}`);
      else lines.push(record('+', style.come, change, change.newTtl, text));
    }
  }
  for (const change of left.values()) {
    for (const text of texts(change, 'old')) lines.push(record('-', style.gone, change, change.oldTtl, text));
  }
  return lines;
}

/** `2 RRsets added, 1 changed (3 records added, 1 removed); serial 1 → 2.` */
function summary(diff: ZoneDiff, renames: number, style: Style): string {
  const { counts, serial, options, onlySerial } = diff;
  const step_ = serial === undefined ? '' : `serial ${serial.old} ${style.arrow} ${serial.new}`;
  const raised = serial === undefined || serial.raised ? '' : ', which is not after it';
  if (diff.length === 0) {
    const ignored = serial !== undefined && options.ignoreSerial === true ? ` but the ${step_}${raised}` : '';
    return style.strong(`No difference${ignored}.`);
  }
  if (onlySerial) return style.strong(`No difference but the ${step_}${raised}.`);
  const { rrsets, records, ttls } = counts;
  const sets = words(
    [
      [rrsets.added, 'added'],
      [rrsets.removed, 'removed'],
      [rrsets.changed, 'changed'],
    ],
    'RRset',
  );
  const single = words(
    [
      [records.added, 'added'],
      [records.removed, 'removed'],
    ],
    'record',
  );
  const details = [...(single === '' ? [] : [single]), ...(ttls === 0 ? [] : [counted(ttls, 'TTL')])];
  const hosts = renames === 0 ? '' : `; ${counted(renames, 'host')} renamed`;
  const same = serial === undefined && options.ignoreSerial !== true ? '; the serial is the same' : '';
  return style.strong(`${sets} (${details.join(', ')})${hosts}${step_ === '' ? same : `; ${step_}${raised}`}.`);
}

function words(counts: readonly (readonly [number, string])[], noun: string): string {
  const some = counts.filter(([count]) => count > 0);
  return listed(some.map(([count, verb], index) => `${index === 0 ? counted(count, noun) : grouped(count)} ${verb}`));
}
