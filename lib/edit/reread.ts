import type { SourceFile } from '../text/diagnostic.ts';
import { applyEdits } from '../text/edits.ts';
import { Entry, scanEntry } from '../text/entry.ts';
import { fileName } from '../zone/directives.ts';
import type { ReadInclude, ReadLimits } from '../zone/options.ts';
import { readZone } from '../zone/read.ts';
import type { Zone } from '../zone/zone.ts';
import type { FileEdits } from './file-writer.ts';

/** How a zone is read again: bounds as it was read with, and files that it did not include before. */
export interface RereadOptions {
  readonly limits?: ReadLimits;
  readonly readInclude?: ReadInclude;
}

/** The zone as its files are after edits; those that are not edited are taken as they were read. */
export function applyFileEdits(zone: Zone, files: readonly FileEdits[], options: RereadOptions = {}): Zone {
  const first = zone.files[0];
  if (first === undefined) return zone;
  const bytes = new Map(zone.files.map((file) => [file.name, file.bytes]));
  for (const { file, edits } of files) bytes.set(file.name, applyEdits(file.bytes, edits));
  const includes = includedNames(zone);
  const readInclude: ReadInclude = (path, from) => {
    const name = includes.get(key(from.name, path));
    const known = name === undefined ? undefined : bytes.get(name);
    if (name !== undefined && known !== undefined) return { name, bytes: known };
    return options.readInclude?.(path, from) ?? { problem: failedInclude(zone, path) };
  };
  const { origin } = zone;
  const { limits } = options;
  const main = { name: first.name, bytes: bytes.get(first.name) ?? first.bytes, origin, readInclude };
  return readZone(limits === undefined ? main : { ...main, limits });
}

/** The names of the files that `$INCLUDE` lines brought in, by file and path. */
function includedNames(zone: Zone): ReadonlyMap<string, string> {
  const entry = new Entry();
  const names = new Map<string, string>();
  for (const { name, included } of zone.files) {
    if (included === undefined) continue;
    const from: SourceFile = included.file;
    scanEntry(from.bytes, included.span.start, entry);
    names.set(key(from.name, fileName(entry, 1)), name);
  }
  return names;
}

/** Why a file was not included when the zone was read. */
function failedInclude(zone: Zone, path: string): string {
  const problem = zone.problems.find(({ code, args }) => code === 'include-problem' && args.found === path);
  return String(problem?.args.what ?? 'it was not read with the zone');
}

function key(from: string, path: string): string {
  return `${from}\0${path}`;
}
