import { canonicalRdata } from '../rr/codec.ts';
import { equalNames, nameFromText, nameKey } from '../rr/name.ts';
import { readPeriod } from '../rr/ttl.ts';
import { TYPE, typeToText } from '../rr/types.ts';
import type { SourceFile } from '../text/diagnostic.ts';
import type { Edit } from '../text/edits.ts';
import { Entry, scanEntry } from '../text/entry.ts';
import type { Zone } from '../zone/zone.ts';
import { bareText } from './generate-names.ts';
import type { MailRecord, MailSection, MailZone } from './generate-plan.ts';
import { sectionsText, USUAL_TTL } from './generate-text.ts';
import { joinedText, kindOf } from './generate-wire.ts';

/** Why a spec cannot be written into a zone: a sentence and where in which file. */
export interface IntoProblem {
  readonly file: SourceFile;
  readonly start: number;
  readonly message: string;
}

/** What writing a spec into a zone takes: at most one edit of its file. */
export type IntoResult =
  | { readonly problems: readonly IntoProblem[] }
  | { readonly file: SourceFile; readonly edit: Edit | undefined; readonly block: Block };

/** Octets of the block, whole lines; empty at the end of the file when there is none yet. */
export interface Block {
  readonly start: number;
  readonly end: number;
  readonly isThere: boolean;
}

/**
 * The edit of a zone file that makes its block `zonewright:begin mail NAME` … `zonewright:end` say what a plan asks for. Records
 * that stand outside the block just as the plan wants them stay there; others of the same RRset are problems, and nothing is edited.
 */
export function generateInto(zone: Zone, wanted: MailZone, ttl: number | undefined): IntoResult {
  const file = zone.files[0];
  if (file === undefined) return { problems: [] };
  const found = findBlock(file, wanted.label);
  if ('message' in found) return { problems: [found] };
  const outside = outsideRecords(zone, found);
  const { sections, problems } = withoutThose(zone, outside, wanted, ttl);
  if (problems.length > 0) return { problems };
  const { origin, defaultTtl } = contextAt(zone, file, found.start);
  const here = origin !== undefined && equalNames(origin, zone.origin) ? { origin } : {};
  const usual = ttl ?? (defaultTtl < 0 ? USUAL_TTL : undefined);
  const written = usual === defaultTtl ? undefined : usual;
  const text = sectionsText(sections, { ...here, ttl: (record) => ttlOf(zone, outside, record) ?? written });
  const lines = `; zonewright:begin mail ${wanted.label}\n; Made by zonewright generate; lines in between are overwritten.\n${text}; zonewright:end\n`;
  return { file, block: found, edit: editOf(file, found, lines) };
}

/** Whether the records outside the blocks are the same in two readings of a zone, one by one. */
export function sameOutside(before: Zone, old: Block, after: Zone, now: Block): boolean {
  const describe = (zone: Zone, block: Block): string[] =>
    outsideRecords(zone, block).map((record) => {
      const rdata = zone.types[record] === TYPE.SOA ? '' : zone.rdataOf(record).join();
      return `${nameKey(zone.ownerOf(record))} ${zone.types[record]} ${zone.classes[record]} ${zone.ttls[record]} ${rdata}`;
    });
  const [one, other] = [describe(before, old), describe(after, now)];
  return one.length === other.length && one.every((each, index) => each === other[index]);
}

/** The block of a plan in a file, or what keeps it from being found. */
export function findBlock(file: SourceFile, label: string): Block | IntoProblem {
  const { bytes } = file;
  const begin = `; zonewright:begin mail ${label}`;
  const entry = new Entry();
  let start = -1;
  for (let at = 0; at < bytes.length; at = entry.end) {
    scanEntry(bytes, at, entry);
    if (entry.wordCount > 0) continue;
    const line = Buffer.from(bytes.subarray(entry.start, entry.end)).toString('utf8').trim();
    if (!line.startsWith('; zonewright:')) continue;
    if (line === begin) {
      if (start >= 0) return { file, start: at, message: `the block ${label} begins again before it has ended` };
      start = at;
    } else if (start >= 0 && line === '; zonewright:end') {
      return { start, end: entry.end, isThere: true };
    } else if (start >= 0)
      return { file, start, message: `the block ${label} has no "; zonewright:end" before the next one` };
  }
  if (start >= 0) return { file, start, message: `the block ${label} has no "; zonewright:end"` };
  return { start: bytes.length, end: bytes.length, isThere: false };
}

function editOf({ bytes }: SourceFile, block: Block, lines: string): Edit | undefined {
  const feed = bytes.indexOf(0x0a);
  const isCrlf = feed > 0 && bytes[feed - 1] === 0x0d;
  const ended = isCrlf ? lines.replaceAll('\n', '\r\n') : lines;
  const newline = isCrlf ? '\r\n' : '\n';
  if (block.isThere) {
    const old = new TextDecoder().decode(bytes.subarray(block.start, block.end));
    return old === ended ? undefined : { start: block.start, end: block.end, text: ended };
  }
  const tail = new TextDecoder('latin1').decode(bytes.subarray(-4));
  const isOpen = bytes.length > 0 && !tail.endsWith('\n');
  const isBlank = bytes.length === 0 || /\n\r?\n$/.test(tail);
  const before = `${isOpen ? newline : ''}${isBlank ? '' : newline}`;
  return { start: block.start, end: block.end, text: `${before}${ended}` };
}

function outsideRecords(zone: Zone, block: Block): number[] {
  const all: number[] = [];
  for (let record = 0; record < zone.count; record++) {
    const at = zone.entries[record] ?? 0;
    if (zone.fileOf[record] !== 0 || at < block.start || at >= block.end) all.push(record);
  }
  return all;
}

/** The sections without records that stand elsewhere in the zone already, and problems for those that contradict them. */
function withoutThose(
  zone: Zone,
  outside: readonly number[],
  wanted: MailZone,
  ttl: number | undefined,
): { readonly sections: readonly MailSection[]; readonly problems: readonly IntoProblem[] } {
  const byOwner = new Map<string, number[]>();
  for (const record of outside) {
    const key = nameKey(zone.ownerOf(record));
    byOwner.set(key, [...(byOwner.get(key) ?? []), record]);
  }
  const problems = new Map<number, IntoProblem>();
  const all = wanted.sections.flatMap(({ records }) => records);
  const isWanted = (record: MailRecord): boolean => {
    const there = byOwner.get(nameKey(record.owner)) ?? [];
    const same = there.filter((each) => isOfKind(zone, each, record));
    const strangers = same.length > 0 ? same : there.filter((each) => excludes(zone.types[each] ?? 0, record.type));
    if (strangers.length === 0) return true;
    const ours = all.filter((each) => equalNames(each.owner, record.owner) && isOfKind(zone, same[0] ?? -1, each));
    if (same.length > 0 && sameSet(zone, same, ours, ttl)) return false;
    for (const each of strangers) problems.set(each, contradiction(zone, each, wanted.label));
    return true;
  };
  const sections = wanted.sections.map(({ comment, records }) => ({ comment, records: records.filter(isWanted) }));
  const order = [...problems.entries()].sort(([a], [b]) => a - b).map(([, problem]) => problem);
  return { sections: sections.filter(({ records }) => records.length > 0), problems: order };
}

function isOfKind(zone: Zone, record: number, wanted: MailRecord): boolean {
  if (record < 0 || zone.types[record] !== wanted.type) return false;
  return kindOf(wanted.type, zone.rdataOf(record)) === kindOf(wanted.type, wanted.rdata);
}

/** Whether two types cannot stand at one name (RFC 1034 §3.6.2, RFC 4035 §2.5). */
function excludes(there: number, wanted: number): boolean {
  const beside = [TYPE.RRSIG, TYPE.NSEC, TYPE.CNAME];
  if (there === TYPE.CNAME) return true;
  return wanted === TYPE.CNAME && !beside.includes(there);
}

function sameSet(
  zone: Zone,
  there: readonly number[],
  wanted: readonly MailRecord[],
  ttl: number | undefined,
): boolean {
  if (ttl !== undefined && there.some((record) => zone.ttls[record] !== ttl)) return false;
  const canonical = (type: number, rdata: Uint8Array): string =>
    type === TYPE.TXT ? joinedText(rdata) : canonicalRdata(type, rdata).join();
  const one = new Set(there.map((record) => canonical(zone.types[record] ?? 0, zone.rdataOf(record))));
  const other = new Set(wanted.map(({ type, rdata }) => canonical(type, rdata)));
  return one.size === other.size && [...one].every((each) => other.has(each));
}

function contradiction(zone: Zone, record: number, label: string): IntoProblem {
  const type = typeToText(zone.types[record] ?? 0);
  const name = bareText(zone.ownerOf(record));
  const message = `${type} of ${name} stands here, and the block "mail ${label}" would write it otherwise; remove this one, or take it out of the spec`;
  const file = zone.files[zone.fileOf[record] ?? 0] ?? { name: '', bytes: new Uint8Array(0) };
  return { file, start: zone.entries[record] ?? 0, message };
}

/** The TTL of the RRset outside the block that a record joins, as all records of an RRset have one (RFC 2181 §5.2). */
function ttlOf(zone: Zone, outside: readonly number[], { owner, type }: MailRecord): number | undefined {
  const sibling = outside.find((record) => zone.types[record] === type && equalNames(zone.ownerOf(record), owner));
  return sibling === undefined ? undefined : zone.ttls[sibling];
}

/** The origin and the default TTL that hold where the block begins; -1 without `$TTL`. */
function contextAt(zone: Zone, file: SourceFile, at: number): { origin: Uint8Array | undefined; defaultTtl: number } {
  let origin: Uint8Array | undefined = zone.origin;
  let defaultTtl = -1;
  for (const { kind, file: index, start, end } of zone.directives) {
    if (index === 0 && start >= at) break;
    const bytes = zone.files[index]?.bytes ?? file.bytes;
    const entry = new Entry();
    scanEntry(bytes, start, entry);
    if (entry.wordCount < 2 || end <= start) continue;
    const [from, to] = [entry.wordStart(1), entry.wordEnd(1)];
    if (kind === 'TTL') defaultTtl = readPeriod(bytes, from, to);
    if (kind !== 'ORIGIN' || index !== 0) continue;
    const read = nameFromText(new TextDecoder('latin1').decode(bytes.subarray(from, to)), origin);
    origin = 'name' in read ? read.name : undefined;
  }
  return { origin, defaultTtl };
}
