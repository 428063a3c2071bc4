import { parseRdata, printRdata } from '../rr/codec.ts';
import { readNameWord } from '../rr/name.ts';
import { NOTES, type Problem, type Report } from '../rr/problem.ts';
import { typeRow, typeToText } from '../rr/types.ts';
import { CLOSE_TOKEN, COMMENT_TOKEN, Entry, NEWLINE_TOKEN, OPEN_TOKEN, SPACE_TOKEN, scanEntry } from '../text/entry.ts';
import { ByteSink } from '../text/sink.ts';
import { emptyHeader, type Header, readHeader } from '../zone/header.ts';
import { trimmedEnd } from './format-check-record.ts';
import { clientMxComment, isClientMxComment } from './format-client-mx.ts';
import type { FormatOrigin } from './format-origin.ts';
import { wordPlan } from './format-types.ts';
import { hasOddReturn, shortName, textOf, upperText, wordTexts } from './format-words.ts';

/** One line inside parentheses: its words and the comment that ends it; each octet one character. */
export interface ParenLine {
  readonly words: string[];
  comment: string;
}

/** RDATA that keeps lines of its own, because there are comments between them or each field gets a line. */
export interface ParenLayout {
  readonly lines: readonly ParenLine[];
  /** The comment behind the closing parenthesis. */
  readonly trailing: string;
  /** Words of the RDATA, when each timer is to stand on a line. */
  readonly timers: number;
}

/** The close look at a record, ready to be laid out; each octet of a text is one character. */
export interface LookedRecord {
  readonly owner: string;
  readonly ttl: string;
  readonly recordClass: string;
  readonly type: string;
  readonly number: number;
  /** The RDATA on one line; empty when there is a layout. */
  readonly rdata: string;
  readonly layout: ParenLayout | undefined;
  readonly comment: string;
}

/** What an entry turned out to be; `undefined` leaves it as it is, with the problem that is the reason for it. */
export interface Looked {
  readonly record: LookedRecord | undefined;
  readonly problem: Problem | undefined;
  /** Whether the records behind it know their owner. */
  readonly hasOwner: boolean;
}

/** Looks at entries one by one for the formatter: whether they can be read, and what their parts are. */
export class EntryLooker {
  readonly entry: Entry = new Entry();
  private readonly header: Header = emptyHeader();
  private readonly sink = new ByteSink(512);
  private readonly said = new ByteSink(512);
  private readonly names: FormatOrigin;
  private readonly clientMxType: number;
  private problem: Problem | undefined;

  constructor(names: FormatOrigin, clientMxType: number) {
    this.names = names;
    this.clientMxType = clientMxType;
  }

  /** Scans the entry at an offset. */
  scan(bytes: Uint8Array, at: number): Entry {
    scanEntry(bytes, at, this.entry);
    return this.entry;
  }

  /** Looks at the record just scanned. */
  look(hasOwner: boolean): Looked {
    const { entry, header, sink, names } = this;
    this.problem = undefined;
    for (const { fault, start, end } of entry.problems) {
      this.report(fault === 'unclosed-quote' ? fault : 'unbalanced-paren', start, end, { what: fault });
    }
    const owned = entry.blankStart ? hasOwner : this.readOwner();
    if (entry.blankStart && !hasOwner) this.problem ??= noOwner(entry);
    sink.length = 0;
    const context = { origin: names.wire, report: this.report };
    const read =
      readHeader(entry, header, this.report) && parseRdata(entry, header.rdataWord, header.type, context, sink);
    if (!read || this.problem !== undefined || !owned || isOdd(entry)) {
      return { record: undefined, problem: this.problem, hasOwner: owned };
    }
    return { record: this.made(), problem: undefined, hasOwner: true };
  }

  private readOwner(): boolean {
    const { entry, sink } = this;
    if (entry.wordQuoted(0)) return false;
    sink.length = 0;
    return readNameWord(entry.bytes, entry.wordStart(0), entry.wordEnd(0), this.names.wire, sink, this.report);
  }

  private readonly report: Report = (code, start, end, args) => {
    if (!NOTES.has(code)) this.problem ??= { code, start, end, args };
  };

  private made(): LookedRecord | undefined {
    const { entry, header, names } = this;
    const { type } = header;
    const word = (index: number): string =>
      index < 0 ? '' : textOf(entry.bytes, entry.wordStart(index), entry.wordEnd(index));
    const owner = entry.blankStart ? '' : shortName(word(0), names);
    const head = { owner, ttl: word(header.ttlWord), recordClass: upperText(word(header.classWord)), number: type };
    const written = upperText(word(header.typeWord));
    const rdata = this.sink.bytes.subarray(0, this.sink.length);
    const generic = this.isGeneric();
    // The form that only we know becomes the one that every server loads.
    const native = !generic && typeRow(type)?.generic === true;
    if (native && (!names.known || type !== this.clientMxType)) return undefined;
    const texts = native
      ? printRdata(type, rdata).split(' ')
      : wordTexts(entry, header.rdataWord, type, names, generic);
    const lines = linesOf(entry, header.rdataWord, texts, native || generic || wordPlan(type).digits);
    const typeText = native ? typeToText(type) : written;
    const timers = generic ? -1 : wordPlan(type).timers;
    const comments = lines.lines.reduce((count, { comment }) => count + (comment === '' ? 0 : 1), 0);
    if (timers >= 0 || comments > 0) {
      const layout = { lines: lines.lines, trailing: lines.trailing, timers };
      return { ...head, type: typeText, rdata: '', layout, comment: '' };
    }
    const comment = this.explained(type, rdata, lines.trailing, native || generic);
    return {
      ...head,
      type: typeText,
      rdata: lines.lines.flatMap(({ words }) => words).join(' '),
      layout: undefined,
      comment,
    };
  }

  private isGeneric(): boolean {
    const { entry, header } = this;
    if (header.rdataWord >= entry.wordCount) return false;
    const at = entry.wordStart(header.rdataWord);
    return entry.bytes[at] === 0x5c && entry.bytes[at + 1] === 0x23 && entry.wordEnd(header.rdataWord) === at + 2;
  }

  private explained(type: number, rdata: Uint8Array, comment: string, generic: boolean): string {
    if (!generic || type !== this.clientMxType) return comment;
    const octets = Buffer.from(comment, 'latin1');
    if (comment !== '' && !isClientMxComment(octets, 0, octets.length)) return comment;
    const out = this.said;
    out.length = 0;
    return clientMxComment(rdata, rdata.length, out) ? Buffer.from(out.slice()).toString('latin1') : comment;
  }
}

function noOwner(entry: Entry): Problem {
  const start = entry.wordStart(0);
  return {
    code: 'no-owner',
    start,
    end: entry.wordEnd(0),
    args: { found: textOf(entry.bytes, start, entry.wordEnd(0)) },
  };
}

/** Whether an entry is written in a way that is better left alone. */
function isOdd(entry: Entry): boolean {
  const first = entry.kinds[0] === SPACE_TOKEN ? entry.kinds[1] : entry.kinds[0];
  if (first === OPEN_TOKEN || first === COMMENT_TOKEN) return true;
  for (let token = 0; token < entry.tokenCount; token++) {
    if (
      entry.kinds[token] === SPACE_TOKEN &&
      hasOddReturn(entry.bytes, entry.starts[token] ?? 0, entry.tokenEnd(token))
    ) {
      return true;
    }
  }
  return false;
}

/** The RDATA by the lines of the author, its first texts standing for its first words; the comment behind all of it apart. */
function linesOf(
  entry: Entry,
  rdataWord: number,
  texts: readonly string[],
  joined: boolean,
): { readonly lines: readonly ParenLine[]; readonly trailing: string } {
  let lastClose = -1;
  for (let token = 0; token < entry.tokenCount; token++) if (entry.kinds[token] === CLOSE_TOKEN) lastClose = token;
  const lines: ParenLine[] = [];
  let line: ParenLine = { words: [], comment: '' };
  let trailing = '';
  let taken = 0;
  for (let token = 0, word = 0; token < entry.tokenCount; token++) {
    const kind = entry.kinds[token];
    if (kind === COMMENT_TOKEN) {
      const start = entry.starts[token] ?? 0;
      const comment = textOf(entry.bytes, start, trimmedEnd(entry.bytes, start, entry.tokenEnd(token)));
      if (token > lastClose) trailing = comment;
      else line.comment = comment;
    } else if (kind === NEWLINE_TOKEN) {
      if (line.words.length > 0 || line.comment !== '') lines.push(line);
      line = { words: [], comment: '' };
    } else if (word < entry.wordCount && token === entry.wordTokens[word]) {
      const first = word === rdataWord || !entry.wordAdjoins(word);
      if (word >= rdataWord && first && taken < texts.length) line.words.push(texts[taken++] as string);
      word++;
      // What is joined stands where its last piece would: nothing is left over then.
      if (joined && word === entry.wordCount) line.words.push(...texts.slice(taken));
    }
  }
  if (line.words.length > 0 || line.comment !== '') lines.push(line);
  return { lines, trailing };
}
