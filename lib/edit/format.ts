import { nameToText, readNameWord } from '../rr/name.ts';
import type { Problem } from '../rr/problem.ts';
import { readPeriod } from '../rr/ttl.ts';
import { BLANK, CLASS_OF, COMMENT, NEWLINE } from '../text/classes.ts';
import type { Entry } from '../text/entry.ts';
import { ByteSink } from '../text/sink.ts';
import { FormatChecker } from './format-check.ts';
import { type Difference, sameZone } from './format-check-zone.ts';
import { directiveText } from './format-directive.ts';
import { EntryLooker, type LookedRecord } from './format-look.ts';
import { FORMAT_OPTIONS, type FormatOptions } from './format-options.ts';
import { FormatOrigin, UNKNOWN_ORIGIN } from './format-origin.ts';
import * as row from './format-rows.ts';
import { FormatScanner } from './format-scan.ts';
import { BlockSorter } from './format-sort.ts';
import { wordPlan } from './format-types.ts';
import { RowWriter } from './format-write.ts';

/** How to format a file, and what is known of it. */
export interface FormatInput extends Partial<FormatOptions> {
  /** Wire form of the origin of relative names before the first `$ORIGIN`; without it names before that are kept as they are. */
  readonly origin?: Uint8Array;
  /** Told now and then how many octets are done. */
  readonly progress?: (done: number, all: number) => void;
  /** Checks the formatted text while it is written; used for a file that ends in a newline and is not sorted. */
  readonly follower?: FormatFollower;
}

/** Reads the file and its formatted text as far as that is written, as `FormatChecker` does. */
export interface FormatFollower {
  /** Where the formatted text is to be written, as far as there is room. */
  readonly room: Uint8Array;
  /** Everything before the first offset has been written, before the second offset of the room. */
  wrote(old: number, now: number): void;
  /** Whether the whole file was found to mean the same; false as well when it was not read to its end. */
  isSame(): boolean;
}

/** A formatted file. */
export interface Formatted {
  /** The file as it should be; the octets given when it is so already, or must not be touched. */
  readonly bytes: Uint8Array;
  readonly unchanged: boolean;
  /** Why entries were left as they are: the first problem of each, in their order; at most 1,000. */
  readonly problems: readonly Problem[];
  /** Sorting was asked for and would have changed what the file means, so that everything is laid out but nothing sorted. */
  readonly unsorted?: true;
  /** Why the whole file was left as it is: its text would not have meant the same, at that octet. */
  readonly refused?: Difference;
}

const MOST_PROBLEMS = 1000;
/** Lines that are aligned together at most, so that one long name does not move a million lines. */
const LONGEST_BLOCK = 1000;
/** Octets after which progress is told. */
const STEP = 4_000_000;

/**
 * Lays out one zone file: aligned columns, one form for everything that can be written in several ways, comments kept. What
 * cannot be read stays as it is. The result is compared with the file record by record and given only if it means the same.
 */
export function formatFile(bytes: Uint8Array, input: FormatInput = {}): Formatted {
  const options: FormatOptions = { ...FORMAT_OPTIONS, ...input };
  const whole = withNewline(bytes);
  if (whole.length === 0) return { bytes, unchanged: true, problems: [] };
  const follower = whole === bytes && !options.sort ? input.follower : undefined;
  const formatter = new Formatter(whole, options, input, follower);
  const result = formatter.run();
  const { problems } = formatter;
  if (same(result, bytes)) return { bytes, unchanged: true, problems };
  const difference = formatter.wasFollowed() ? undefined : differenceOf(whole, result, input.origin, options);
  // An entry that is left as it is may take its owner from a record that sorting has moved.
  if (difference !== undefined && options.sort)
    return { ...formatFile(bytes, { ...input, sort: false }), unsorted: true };
  if (difference !== undefined) return { bytes, unchanged: true, problems, refused: difference };
  return { bytes: result, unchanged: false, problems };
}

function differenceOf(
  old: Uint8Array,
  now: Uint8Array,
  origin: Uint8Array | undefined,
  { sort, clientMxType }: FormatOptions,
): Difference | undefined {
  return sort ? sameZone(old, now, origin ?? UNKNOWN_ORIGIN) : new FormatChecker(old, now, origin, clientMxType).run();
}

/** Octets of room that formatting a file mostly needs no more than. */
export function roomFor(octets: number): number {
  return Math.ceil(octets * 1.5) + 1024;
}

function withNewline(bytes: Uint8Array): Uint8Array {
  if (bytes.length === 0 || bytes[bytes.length - 1] === 0x0a) return bytes;
  const crlf = endsInCrlf(bytes);
  const whole = new Uint8Array(bytes.length + (crlf ? 2 : 1));
  whole.set(bytes);
  if (crlf) whole[bytes.length] = 0x0d;
  whole[whole.length - 1] = 0x0a;
  return whole;
}

/** Whether the first line with anything on it ends in CRLF, as all lines then do. */
function endsInCrlf(bytes: Uint8Array): boolean {
  let at = 0;
  while (CLASS_OF[bytes[at] as number] === BLANK || bytes[at] === 0x0a) at++;
  const end = bytes.indexOf(0x0a, at);
  return end > 0 && bytes[end - 1] === 0x0d;
}

function same(left: Uint8Array, right: Uint8Array): boolean {
  return Buffer.compare(left, right) === 0;
}

/** Takes a file apart, block by block, and writes it. */
class Formatter {
  readonly problems: Problem[] = [];
  private readonly bytes: Uint8Array;
  private readonly input: FormatInput;
  private readonly names = new FormatOrigin();
  private readonly rows: row.Rows;
  private readonly scanner: FormatScanner;
  private readonly looker: EntryLooker;
  private readonly writer: RowWriter;
  private readonly out: ByteSink;
  private readonly sorter: BlockSorter | undefined;
  private readonly blankLines: number;
  private readonly follower: FormatFollower | undefined;
  private hasOwner = false;
  private hasDefaultTtl = false;

  constructor(bytes: Uint8Array, options: FormatOptions, input: FormatInput, follower: FormatFollower | undefined) {
    this.bytes = bytes;
    this.input = input;
    this.follower = follower;
    this.blankLines = options.blankLines;
    if (input.origin !== undefined) this.names.set(input.origin);
    this.rows = new row.Rows(2 * LONGEST_BLOCK);
    this.scanner = new FormatScanner(bytes, this.rows, this.names, options.clientMxType);
    this.looker = new EntryLooker(this.names, options.clientMxType);
    this.sorter = options.sort ? new BlockSorter(bytes) : undefined;
    this.out = new ByteSink(follower === undefined ? roomFor(bytes.length) : 0);
    if (follower !== undefined) this.out.bytes = follower.room;
    this.writer = new RowWriter(bytes, this.out, options, endsInCrlf(bytes));
  }

  run(): Uint8Array {
    const { bytes } = this;
    let at = 0;
    if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
      this.out.put(bytes.subarray(0, 3));
      at = 3;
    }
    let told = STEP;
    while (at < bytes.length) {
      at = this.entry(at);
      if (at < told) continue;
      told = at + STEP;
      this.input.progress?.(at, bytes.length);
    }
    this.endBlock(bytes.length);
    return this.out.bytes.subarray(0, this.out.length);
  }

  /** Whether the follower has seen the whole result and found it to mean the same. */
  wasFollowed(): boolean {
    const { follower } = this;
    return follower !== undefined && this.out.bytes === follower.room && follower.isSame();
  }

  /** Takes the entry at an offset; the offset behind it. */
  private entry(at: number): number {
    const { bytes } = this;
    const octet = bytes[at] as number;
    const kind = CLASS_OF[octet];
    let value = at;
    let next = kind;
    if (kind === BLANK) {
      while (bytes[value] === 0x20 || bytes[value] === 0x09) value++;
      if (bytes[value] === 0x0d && bytes[value + 1] === 0x0a) value++;
      next = CLASS_OF[bytes[value] as number];
    }
    if (next === NEWLINE) {
      // Without blank lines nothing would show where the block ended.
      if (this.blankLines === 0) return value + 1;
      this.endBlock(at);
      this.rows.other(row.BLANK_ROW, at, 0);
      this.endBlock(value + 1);
      return value + 1;
    }
    if (next === COMMENT) return this.comment(at, value);
    if (this.rows.count >= LONGEST_BLOCK && this.sorter === undefined) this.endBlock(at);
    if (octet !== 0x24 && (kind !== BLANK || this.hasOwner)) {
      const end = this.scanner.record(at);
      if (end >= 0) {
        this.hasOwner = true;
        return end + 1;
      }
    }
    return this.close(at);
  }

  private comment(at: number, start: number): number {
    const { bytes, rows } = this;
    const newline = bytes.indexOf(0x0a, start);
    let end = newline;
    while (CLASS_OF[bytes[end - 1] as number] === BLANK) end--;
    const base = rows.count * row.STRIDE;
    rows.other(row.COMMENT_ROW, start, end - start);
    rows.data[base + row.OWNER] = start > at ? 1 : 0;
    rows.data[base + row.ENTRY] = at;
    return newline + 1;
  }

  /** The close look at the entry at an offset. */
  private close(at: number): number {
    const { bytes, looker } = this;
    const entry = looker.scan(bytes, at);
    const end = entry.end;
    if (entry.wordCount === 0) this.keep(at, end, undefined);
    else if (!entry.blankStart && bytes[at] === 0x24 && !entry.wordQuoted(0)) this.directive(entry);
    else {
      const { record, problem, hasOwner } = looker.look(this.hasOwner);
      this.hasOwner = hasOwner;
      if (record === undefined) this.keep(at, end, problem);
      else this.add(record, at);
    }
    return end;
  }

  private keep(start: number, end: number, problem: Problem | undefined): void {
    this.rows.other(row.KEPT_ROW, start, end - start);
    if (problem !== undefined && this.problems.length < MOST_PROBLEMS) this.problems.push(problem);
  }

  private directive(entry: Entry): void {
    const { bytes, names, rows } = this;
    this.endBlock(entry.start);
    const text = directiveText(entry);
    if (text === undefined) this.keep(entry.start, entry.end, undefined);
    else {
      const from = rows.side.length;
      rows.side.put(text.octets);
      rows.other(row.COMMENT_ROW, row.sideStart(from), text.octets.length);
      rows.data[row.OWNER] = 0;
      if (text.keyword === '$GENERATE') this.sorter?.forgetOwner();
      if (text.keyword === '$TTL') this.hasDefaultTtl = readPeriod(bytes, entry.wordStart(1), entry.wordEnd(1)) >= 0;
      if (text.keyword === '$ORIGIN' && entry.wordCount === 2) {
        const sink = new ByteSink(256);
        const origin = names.known ? names.wire : undefined;
        this.sorter?.leaveOrigin(origin && nameToText(origin));
        const read = readNameWord(bytes, entry.wordStart(1), entry.wordEnd(1), origin, sink, () => {});
        if (read) {
          names.set(sink.slice());
          this.sorter?.enterOrigin(nameToText(names.wire));
        } else names.forget();
        this.scanner.originChanged();
      }
    }
    this.endBlock(entry.end);
  }

  private add(record: LookedRecord, entry: number): void {
    const { rows } = this;
    const base = rows.next();
    const { data } = rows;
    const put = (slot: number, text: string): void => {
      data[slot] = text === '' ? row.NO_TEXT : row.sideStart(rows.side.length);
      data[slot + 1] = text.length;
      if (text !== '') rows.side.put(Buffer.from(text, 'latin1'));
    };
    put(base + row.OWNER, record.owner);
    put(base + row.TTL, record.ttl);
    put(base + row.CLASS, record.recordClass);
    put(base + row.TYPE_WORD, record.type);
    put(base + row.COMMENT, record.comment);
    const plan = wordPlan(record.number);
    data[base + row.TYPE_NUMBER] = record.number | (plan.digits || plan.list ? row.WRAPPABLE : 0);
    data[base + row.ENTRY] = entry;
    if (record.layout === undefined) {
      data[base + row.KIND] = row.RECORD_ROW;
      put(base + row.DATA, record.rdata);
    } else {
      data[base + row.KIND] = row.LAYOUT_ROW;
      data[base + row.DATA] = rows.layouts.push(record.layout) - 1;
      data[base + row.DATA + 1] = 0;
    }
    rows.measure(base);
  }

  /** Writes what was taken, which ends before an offset of the file. */
  private endBlock(end: number): void {
    const { rows, out, follower } = this;
    if (rows.count > 0) {
      this.sorter?.block(rows, this.hasDefaultTtl);
      this.writer.block(rows);
      rows.clear();
    }
    if (out.bytes === follower?.room) follower.wrote(end, out.length);
  }
}
