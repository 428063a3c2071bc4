import type { Change } from '../../../lib/edit/change.ts';
import { changeEdits } from '../../../lib/edit/change-edits.ts';
import { sayChangeProblem } from '../../../lib/edit/change-problem.ts';
import type { SourceFile } from '../../../lib/text/diagnostic.ts';
import { applyEdits, type Edit, inverse, type OctetEdit, planEdits } from '../../../lib/text/edits.ts';
import { Entry, scanEntry } from '../../../lib/text/entry.ts';
import { fileName } from '../../../lib/zone/directives.ts';
import type { ReadInclude } from '../../../lib/zone/options.ts';
import { readZone } from '../../../lib/zone/read.ts';
import type { Zone } from '../../../lib/zone/zone.ts';
import { type ChangedRange, changedAfter, changedBetween } from './changed-ranges.ts';
import type { FileContents } from './effects.ts';

/** Edits of one file, by its name. */
export interface NamedEdits {
  readonly name: string;
  readonly edits: readonly (Edit | OctetEdit)[];
}

/** One step that can be undone: its name for people, and the edits there and back of each file. */
export interface Step {
  readonly name: string;
  readonly forth: readonly NamedEdits[];
  readonly back: readonly NamedEdits[];
}

/** A stack that shares its tail with those before, so that a step costs the same however many there are. */
export interface Steps {
  readonly step: Step;
  readonly rest: Steps | undefined;
  readonly depth: number;
}

/** What is edited: the zone with the octets of its files, as they are, and as they were when read or saved. */
export interface ZoneDocument {
  /** The zone as its files are now; its numbers of records hold until the next step. */
  readonly zone: Zone;
  /** The zone as it was read or saved last. */
  readonly savedZone: Zone;
  /** Every file met, also one that no $INCLUDE names any more. */
  readonly files: FileContents;
  readonly saved: FileContents;
  /** Which file an $INCLUDE means, by including file and path. */
  readonly includes: ReadonlyMap<string, string>;
  /** What differs from the saved octets, by file; files without differences are not in it. */
  readonly changed: ReadonlyMap<string, readonly ChangedRange[]>;
  readonly done: Steps | undefined;
  readonly undone: Steps | undefined;
  /** Grows with every step, undo and redo. */
  readonly revision: number;
  /** Gives files that were not included before. */
  readonly readInclude: ReadInclude | undefined;
}

/** A document after a step with the edits that made it, or why there is none, as a sentence. */
export type StepResult = Stepped | { readonly problem: string };

/** A document after a step, and the edits that made it. */
export interface Stepped {
  readonly document: ZoneDocument;
  readonly edits: readonly NamedEdits[];
  readonly name: string;
}

/** The document of a zone as it was read. */
export function openDocument(zone: Zone, readInclude?: ReadInclude): ZoneDocument {
  const files = new Map(zone.files.map(({ name, bytes }) => [name, bytes]));
  return {
    zone,
    savedZone: zone,
    files,
    saved: files,
    includes: includesOf(zone),
    changed: new Map(),
    done: undefined,
    undone: undefined,
    revision: 0,
    readInclude,
  };
}

/** Whether the document differs from what was saved. */
export function isDirty({ changed }: ZoneDocument): boolean {
  return changed.size > 0;
}

/** Makes changes of records as one step. */
export function stepChanges(
  document: ZoneDocument,
  name: string,
  changes: readonly Change[],
  more: readonly NamedEdits[] = [],
): StepResult {
  if (changes.length === 0) return stepEdits(document, name, more);
  const { files, problem } = changeEdits(document.zone, changes);
  if (problem !== undefined) return { problem: sentence(sayChangeProblem(problem)) };
  return stepEdits(document, name, [...files.map(({ file, edits }) => ({ name: file.name, edits })), ...more]);
}

/** Makes edits of files as one step; one that changes nothing is no step. */
export function stepEdits(document: ZoneDocument, name: string, edits: readonly NamedEdits[]): StepResult {
  const forth: NamedEdits[] = [];
  const back: NamedEdits[] = [];
  for (const { name: file, edits: some } of joined(edits)) {
    const bytes = document.files.get(file);
    if (bytes === undefined) return { problem: `${file} is no file of this zone.` };
    const { applied, conflicting } = planEdits(some.map(asOctets), bytes.length);
    if (conflicting.length > 0) return { problem: 'Two of the edits touch the same place, so none was made.' };
    const real = applied.filter((edit) => changes(edit, bytes));
    if (real.length === 0) continue;
    forth.push({ name: file, edits: real });
    back.push({ name: file, edits: inverse(real, bytes) });
  }
  if (forth.length === 0) return { problem: 'Nothing changes.' };
  const depth = (document.done?.depth ?? 0) + 1;
  const made = withEdits(document, forth);
  const done = { step: { name, forth, back }, rest: document.done, depth };
  return { document: { ...made, done, undone: undefined }, edits: forth, name };
}

/** Takes the last step back; undefined when there is none. */
export function undo(document: ZoneDocument): Stepped | undefined {
  const { done, undone } = document;
  if (done === undefined) return undefined;
  const { step } = done;
  const made = withEdits(document, step.back);
  const next = { step, rest: undone, depth: (undone?.depth ?? 0) + 1 };
  return { document: { ...made, done: done.rest, undone: next }, edits: step.back, name: step.name };
}

/** Makes the step again that was taken back last; undefined when there is none. */
export function redo(document: ZoneDocument): Stepped | undefined {
  const { done, undone } = document;
  if (undone === undefined) return undefined;
  const { step } = undone;
  const made = withEdits(document, step.forth);
  const next = { step, rest: done, depth: (done?.depth ?? 0) + 1 };
  return { document: { ...made, done: next, undone: undone.rest }, edits: step.forth, name: step.name };
}

/** The document when files hold on the disk what is given: what it differs from, from now on. */
export function markSaved(document: ZoneDocument, files: FileContents): ZoneDocument {
  const saved = new Map(document.saved);
  const changed = new Map(document.changed);
  for (const [name, bytes] of files) {
    saved.set(name, bytes);
    const ranges = changedBetween(bytes, document.files.get(name) ?? bytes);
    if (ranges.length === 0) changed.delete(name);
    else changed.set(name, ranges);
  }
  const marked = { ...document, saved, changed };
  const savedZone = changed.size === 0 ? document.zone : read(marked, saved).zone;
  return { ...marked, savedZone };
}

/** Gives files another content as one step, such as what was found on the disk. */
export function stepContents(document: ZoneDocument, name: string, files: FileContents): StepResult {
  const edits = [...files].flatMap(([file, bytes]): NamedEdits[] => {
    const old = document.files.get(file);
    if (old === undefined) return [];
    const ranges = changedBetween(old, bytes);
    return [{ name: file, edits: ranges.map(({ start, end, from, to }) => octetEdit(from, to, bytes, start, end)) }];
  });
  return stepEdits(document, name, edits);
}

/** The edit that takes a difference back to what was saved. */
export function dropEdit(document: ZoneDocument, file: string, range: ChangedRange): NamedEdits {
  const saved = document.saved.get(file) ?? new Uint8Array(0);
  return { name: file, edits: [octetEdit(range.start, range.end, saved, range.from, range.to)] };
}

/** A sentence for the message line: a capital, and a final dot. */
export function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}${/[.?!]$/u.test(text) ? '' : '.'}`;
}

function octetEdit(start: number, end: number, bytes: Uint8Array, from: number, to: number): OctetEdit {
  return { start, end, octets: bytes.slice(from, to) };
}

const encoder = new TextEncoder();

function asOctets(edit: Edit | OctetEdit): OctetEdit {
  return 'octets' in edit ? edit : { start: edit.start, end: edit.end, octets: encoder.encode(edit.text) };
}

/** Whether an edit writes other octets than stand there. */
function changes({ start, end, octets }: OctetEdit, bytes: Uint8Array): boolean {
  return Buffer.compare(bytes.subarray(start, end), octets) !== 0;
}

/** Edits of the same file become one list. */
function joined(edits: readonly NamedEdits[]): NamedEdits[] {
  const files = new Map<string, (Edit | OctetEdit)[]>();
  for (const { name, edits: some } of edits) {
    const list = files.get(name) ?? [];
    files.set(name, list);
    for (const edit of some) list.push(edit);
  }
  return [...files].map(([name, list]) => ({ name, edits: list }));
}

function withEdits(document: ZoneDocument, edits: readonly NamedEdits[]): ZoneDocument {
  const files = new Map(document.files);
  const changed = new Map(document.changed);
  for (const { name, edits: some } of edits) {
    const bytes = applyEdits(files.get(name) ?? new Uint8Array(0), some);
    files.set(name, bytes);
    const ranges = changedAfter(changed.get(name) ?? [], some, document.saved.get(name) ?? new Uint8Array(0), bytes);
    if (ranges.length === 0) changed.delete(name);
    else changed.set(name, ranges);
  }
  const { zone, files: all, includes } = read(document, files);
  const saved = all.size === files.size ? document.saved : new Map([...all, ...document.saved]);
  return { ...document, zone, files: all, saved, includes, changed, revision: document.revision + 1 };
}

/** The zone of files; those that are included for the first time are asked for and kept. */
function read(
  document: ZoneDocument,
  files: FileContents,
): { readonly zone: Zone; readonly files: FileContents; readonly includes: ReadonlyMap<string, string> } {
  const [first] = document.zone.files;
  if (first === undefined) return { zone: document.zone, files, includes: document.includes };
  const all = new Map(files);
  const includes = new Map(document.includes);
  const readInclude: ReadInclude = (path, from) => {
    const key = includeKey(from.name, path);
    const known = includes.get(key);
    const bytes = known === undefined ? undefined : all.get(known);
    if (known !== undefined && bytes !== undefined) return { name: known, bytes };
    const found = document.readInclude?.(path, from) ?? { problem: 'it was not read with the zone' };
    if ('problem' in found) return found;
    includes.set(key, found.name);
    // One file has one content, whatever path leads to it.
    const content = all.get(found.name) ?? found.bytes;
    all.set(found.name, content);
    return { name: found.name, bytes: content };
  };
  const bytes = all.get(first.name) ?? first.bytes;
  const zone = readZone({ name: first.name, bytes, origin: document.zone.origin, readInclude });
  return { zone, files: all, includes };
}

function includesOf(zone: Zone): ReadonlyMap<string, string> {
  const entry = new Entry();
  const found = new Map<string, string>();
  for (const { name, included } of zone.files) {
    if (included === undefined) continue;
    const from: SourceFile = included.file;
    scanEntry(from.bytes, included.span.start, entry);
    found.set(includeKey(from.name, fileName(entry, 1)), name);
  }
  return found;
}

function includeKey(from: string, path: string): string {
  return `${from}\0${path}`;
}
