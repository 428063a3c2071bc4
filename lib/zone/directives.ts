import { shown } from '../rr/found.ts';
import { nameToText, readNameWord } from '../rr/name.ts';
import type { Report } from '../rr/problem.ts';
import { readPeriod } from '../rr/ttl.ts';
import type { Place, SourceFile } from '../text/diagnostic.ts';
import type { Entry } from '../text/entry.ts';
import { nearest } from '../text/nearest.ts';
import { ByteSink } from '../text/sink.ts';
import { expandGenerate } from './generate.ts';
import { usableTtl } from './header.ts';
import type { ReadInclude, ReadLimits } from './options.ts';
import { addProblem, type ReadState } from './state.ts';
import type { Directive } from './zone.ts';

const KINDS = ['ORIGIN', 'TTL', 'INCLUDE', 'GENERATE'] as const;
const KEYWORDS: readonly Uint8Array[] = KINDS.map((kind) => new TextEncoder().encode(kind));

/** What directives need of the reader that met them. */
export interface DirectiveHost {
  readonly state: ReadState;
  readonly limits: ReadLimits;
  readonly readInclude: ReadInclude | undefined;
  /** Reads a whole file. */
  file(source: SourceFile): void;
  /** Reads entries that were expanded from a directive. */
  text(bytes: Uint8Array, start: number): void;
  place(start: number, end: number): Place | undefined;
}

/** Reads `$ORIGIN`, `$TTL`, `$INCLUDE` (RFC 1035 §5.1, RFC 2308 §4) and `$GENERATE` (an extension of BIND). */
export class Directives {
  private readonly reader: DirectiveHost;
  private generated = 0;
  private readonly sink = new ByteSink(64);

  constructor(reader: DirectiveHost) {
    this.reader = reader;
  }

  read(entry: Entry, report: Report): void {
    const start = entry.wordStart(0);
    const end = entry.wordEnd(0);
    const kind = kindOf(entry.bytes, start, end);
    if (kind === undefined) {
      const found = shown(entry.bytes, start, end);
      const guess = nearest(found.slice(1).toUpperCase(), KINDS);
      report('unknown-directive', start, end, guess === undefined ? { found } : { found, nearest: `$${guess}` });
      return;
    }
    if (this.reader.state.expandedFrom >= 0) {
      report('unknown-directive', start, end, { found: shown(entry.bytes, start, end) });
      return;
    }
    this.note(kind, entry);
    if (entry.end === entry.bytes.length && entry.bytes[entry.end - 1] !== 0x0a && kind !== 'INCLUDE') {
      const found = 'a directive on a last line without newline';
      report('nonportable', start, end, { found, refusedBy: 'BIND', hint: 'add the newline' });
    }
    if (kind === 'ORIGIN') this.origin(entry, report);
    else if (kind === 'TTL') this.ttl(entry, report);
    else if (kind === 'INCLUDE') this.include(entry, report);
    else this.generate(entry, report);
  }

  private note(kind: Directive['kind'], entry: Entry): void {
    const { zone, file } = this.reader.state;
    const last = entry.wordCount - 1;
    zone.directives.push({ kind, file, start: entry.start, end: entry.wordEnd(last), before: zone.count });
  }

  private origin(entry: Entry, report: Report): void {
    const origin = this.nameWord(entry, 1, 'the new origin', report);
    if (origin === undefined || !noMoreThan(entry, 2, report)) return;
    const start = entry.wordStart(1);
    const end = entry.wordEnd(1);
    if (end - start === 1 && entry.bytes[start] === 0x40) {
      const hint = `write ${nameToText(origin)}, or leave the line out`;
      report('nonportable', start, end, { found: '$ORIGIN @', refusedBy: 'Knot DNS', hint });
    } else if (entry.bytes[end - 1] !== 0x2e) {
      report('nonportable', start, end, {
        found: 'a relative $ORIGIN',
        refusedBy: 'NSD and Knot DNS',
        hint: `write ${nameToText(origin)}`,
      });
    }
    this.reader.state.origin = origin;
  }

  private nameWord(entry: Entry, word: number, what: string, report: Report): Uint8Array | undefined {
    const at = entry.wordCount > word ? entry.wordStart(word) : entry.wordEnd(entry.wordCount - 1);
    if (entry.wordCount <= word || entry.wordQuoted(word)) {
      const end = entry.wordCount > word ? entry.wordEnd(word) : at;
      report('parse-error', at, end, { expected: `a domain name (${what})`, found: shown(entry.bytes, at, end) });
      return undefined;
    }
    const { sink } = this;
    sink.length = 0;
    const { origin } = this.reader.state;
    return readNameWord(entry.bytes, at, entry.wordEnd(word), origin, sink, report) ? sink.slice() : undefined;
  }

  private ttl(entry: Entry, report: Report): void {
    const last = entry.wordEnd(entry.wordCount - 1);
    const start = entry.wordCount > 1 ? entry.wordStart(1) : last;
    const end = entry.wordCount > 1 ? entry.wordEnd(1) : last;
    const ttl = entry.wordCount > 1 && !entry.wordQuoted(1) ? readPeriod(entry.bytes, start, end) : -1;
    const found = shown(entry.bytes, start, end);
    if (ttl < 0) {
      report('ttl-invalid', start, end, { found });
      return;
    }
    if (!noMoreThan(entry, 2, report)) return;
    this.reader.state.defaultTtl = usableTtl(ttl);
    if (usableTtl(ttl) !== ttl) report('ttl-too-large', start, end, { found });
  }

  private include(entry: Entry, report: Report): void {
    const { reader } = this;
    const { state } = reader;
    if (entry.wordCount < 2) {
      const at = entry.wordEnd(0);
      report('parse-error', at, at, { expected: 'a file name', found: '' });
      return;
    }
    const start = entry.wordStart(1);
    const end = entry.wordEnd(1);
    const path = fileName(entry, 1);
    const origin =
      entry.wordCount > 2 ? this.nameWord(entry, 2, 'the origin of the included file', report) : state.origin;
    if (origin === undefined || !noMoreThan(entry, 3, report)) return;
    const from = state.zone.files[state.file];
    const read = this.included(path, from);
    if ('problem' in read) {
      report('include-problem', start, end, { found: path, what: read.problem });
      return;
    }
    const place = reader.place(entry.start, entry.wordEnd(entry.wordCount - 1));
    const outer = state.origin;
    state.origin = origin;
    reader.file(place === undefined ? read : { name: read.name, bytes: read.bytes, included: place });
    state.origin = outer;
  }

  /** The file an include names, or the clause that says why it is not read. */
  private included(path: string, from: SourceFile | undefined): ReturnType<ReadInclude> {
    const { state, limits, readInclude } = this.reader;
    if (readInclude === undefined || from === undefined) return { problem: 'includes are not read here' };
    if (depthOf(from) >= limits.includeDepth) return { problem: `includes nest deeper than ${limits.includeDepth}` };
    if (state.zone.files.length >= limits.includeFiles) {
      return { problem: `the zone has more than ${limits.includeFiles} files` };
    }
    const read = readInclude(path, from);
    return 'bytes' in read && includes(from, read.name) ? { problem: 'the file includes itself' } : read;
  }

  private generate(entry: Entry, report: Report): void {
    const { reader } = this;
    const { state } = reader;
    const end = entry.wordEnd(entry.wordCount - 1);
    const expansion = expandGenerate(entry, reader.limits.generated - this.generated, report);
    if (expansion === undefined) return;
    addProblem(state, 'generate-nonportable', entry.start, end, { records: expansion.count });
    this.generated += expansion.count;
    state.expandedFrom = entry.start;
    state.expandedTo = end;
    for (this.sink.length = 0; expansion.next(this.sink); this.sink.length = 0) {
      const problems = state.zone.problems.length;
      reader.text(this.sink.slice(), 0);
      // One wrong right-hand side is wrong in every line made of it: said once.
      if (state.zone.problems.length > problems) {
        state.zone.problems.length = problems + 1;
        break;
      }
    }
    state.expandedFrom = -1;
    state.expandedTo = -1;
  }
}

/** The directive that a word is, a dollar sign and its keyword in any letter case. */
function kindOf(bytes: Uint8Array, start: number, end: number): Directive['kind'] | undefined {
  for (let index = 0; index < KINDS.length; index++) {
    if (isKeyword(bytes, start, end, KEYWORDS[index] as Uint8Array)) return KINDS[index];
  }
  return undefined;
}

function isKeyword(bytes: Uint8Array, start: number, end: number, keyword: Uint8Array): boolean {
  if (end - start !== keyword.length + 1) return false;
  for (let index = 0; index < keyword.length; index++) {
    if (((bytes[start + index + 1] as number) & ~0x20) !== keyword[index]) return false;
  }
  return true;
}

function noMoreThan(entry: Entry, words: number, report: Report): boolean {
  if (entry.wordCount <= words) return true;
  const start = entry.wordStart(words);
  const end = entry.wordEnd(words);
  report('parse-error', start, end, { expected: 'the end of the line', found: shown(entry.bytes, start, end) });
  return false;
}

/** Text of a file name word: quotes taken off, escapes resolved. */
export function fileName(entry: Entry, word: number): string {
  const quoted = entry.wordQuoted(word);
  const start = entry.wordStart(word) + (quoted ? 1 : 0);
  const end = entry.wordEnd(word) - (quoted ? 1 : 0);
  return new TextDecoder().decode(entry.bytes.subarray(start, end)).replace(/\\(.)/gu, '$1');
}

function depthOf(file: SourceFile): number {
  let depth = 0;
  for (let at = file.included; at !== undefined; at = at.file.included) depth++;
  return depth;
}

function includes(from: SourceFile, name: string): boolean {
  for (let file: SourceFile | undefined = from; file !== undefined; file = file.included?.file) {
    if (file.name === name) return true;
  }
  return false;
}
