import { resolve } from 'node:path';
import { type LoadFault, loadFaults } from '../../lib/lint/load-faults.ts';
import { ServedZone } from '../../lib/server/served-zone.ts';
import { LineTable } from '../../lib/text/lines.ts';
import { ZoneTree } from '../../lib/zone/tree.ts';
import { UsageError } from '../errors.ts';
import type { Io } from '../io.ts';
import { counted } from '../report/words.ts';
import { readZoneFile, type ZoneInput } from '../zone-file.ts';

/** What is done about zones that name servers would refuse to load. */
export type LintOnLoad = 'refuse' | 'warn' | 'off';

/** How zones are loaded. */
export interface LoadOptions {
  readonly lint: LintOnLoad;
  readonly includeRoot?: string;
}

/** A zone with the files it was made from. */
export interface LoadedZone {
  readonly served: ServedZone;
  /** Absolute paths of the files, and of those that were looked for in vain. */
  readonly files: ReadonlySet<string>;
  /** What is to be said about it though it is served, one sentence each. */
  readonly warnings: readonly string[];
}

/** Findings of one zone that are told one by one. */
const MOST_TOLD = 10;

/** Reads and lints one zone; throws UsageError or FileError, one sentence, when it is not to be served. */
export class ZoneLoader {
  private readonly options: LoadOptions;
  private readonly io: Io;

  constructor(options: LoadOptions, io: Io) {
    this.options = options;
    this.io = io;
  }

  load(input: ZoneInput, origin: Uint8Array | undefined): LoadedZone {
    const { includeRoot } = this.options;
    const looked = new Set<string>();
    const reading = { ...(origin && { origin }), ...(includeRoot !== undefined && { includeRoot }) };
    const zone = readZoneFile(input, reading, this.io, looked);
    const tree = new ZoneTree(zone);
    const warnings = this.judge(tree, input.path);
    const own = zone.files.map(({ name }) => resolve(this.io.cwd, name));
    const served = new ServedZone(tree);
    return { served, files: new Set([...own, ...looked]), warnings };
  }

  private judge(tree: ZoneTree, path: string): string[] {
    const { lint } = this.options;
    if (lint === 'off') {
      const left = tree.zone.broken.length;
      const what = left === 1 ? 'one entry' : `${left} entries`;
      return left === 0 ? [] : [`${path}: ${what} unreadable, taken as absent`];
    }
    const found = loadFaults(tree, this.io.now());
    const [first, ...more] = found;
    if (first === undefined) return [];
    const list = `zonewright lint ${path} --profile load`;
    if (lint === 'refuse') {
      const rest = more.length === 0 ? '' : `; ${counted(more.length, 'more error')}, which ${list} lists`;
      throw new UsageError(`${said(first)}${rest}`);
    }
    const told = found.slice(0, MOST_TOLD).map(said);
    const left = found.length - told.length;
    return left === 0 ? told : [...told, `${path}: ${counted(left, 'more error')}, which ${list} lists`];
  }
}

function said({ diagnostic: { place }, message }: LoadFault): string {
  const { line, column } = new LineTable(place.file.bytes).position(place.span.start);
  return `${place.file.name}:${line}:${column}: ${message}`;
}
