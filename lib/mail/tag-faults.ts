import type { Tag, TagList } from './tag-list.ts';
import { parseTagList } from './tag-list.ts';

/** Faults a tag list can have whatever its tags mean. */
export type TagFaultCode =
  /** Quotation marks around the text that belong to it. */
  | 'quoted'
  /** Octets that look like a blank and are none. */
  | 'false-blank'
  /** A piece between semicolons that is no `name=value`. */
  | 'not-a-tag'
  | 'semicolon-missing'
  /** The same tag again. */
  | 'duplicate';

/** A fault of a tag list and the octets it is about. */
export interface TagFault {
  readonly code: TagFaultCode;
  readonly from: number;
  readonly to: number;
  /** The text there. */
  readonly found: string;
}

/** The tags of a protocol, as far as they tell one tag from the next; `tagProtocol` makes it. */
export interface TagProtocol {
  /** Tags whose value may be any text. */
  readonly free: readonly string[];
  /** Another tag begins behind a blank or comma. */
  readonly behindBlank: RegExp;
  /** Another tag begins right behind a value that is complete. */
  readonly behindWord: RegExp;
}

/** Names of tags as the protocol spells them, and values that a tag can have as a whole: behind them a name begins another tag. */
export function tagProtocol(names: readonly string[], words: readonly string[], free: readonly string[]): TagProtocol {
  const next = `(?=(${names.join('|')})[ \\t]*=[^=\\s])`;
  return {
    free,
    behindBlank: new RegExp(`(?<![\\s,])[\\s,]+${next}`),
    behindWord: new RegExp(`^(?:${words.join('|')})${next}`, 'i'),
  };
}

/** The tags of a text after what is plainly wrong was put right, and what that was. */
export interface CheckedTags {
  readonly tags: readonly Tag[];
  readonly faults: readonly TagFault[];
}

/**
 * The tags of a text (RFC 6376 §3.2). Quotation marks around the text are left out, two tags without a semicolon between them are
 * told apart, of several tags with one name the first counts. Never throws, linear.
 */
export function checkedTags(text: string, protocol: TagProtocol): CheckedTags {
  const faults: TagFault[] = [];
  const list = parseTagList(withBlanks(withoutQuotes(text, faults), faults));
  for (const { start, end, text: found } of list.broken)
    faults.push({ code: 'not-a-tag', from: start, to: end, found });
  const tags: Tag[] = [];
  const seen = new Set<string>();
  for (const tag of separated(list, protocol, faults)) {
    if (!TAG_NAME.test(tag.name)) {
      const { start, valueEnd } = tag;
      faults.push({ code: 'not-a-tag', from: start, to: valueEnd, found: text.slice(start, valueEnd) });
      continue;
    }
    if (hasTag(tags, seen, tag.name)) {
      faults.push({ code: 'duplicate', from: tag.nameStart, to: tag.nameEnd, found: tag.name });
      continue;
    }
    tags.push(tag);
    if (tags.length > FEW) seen.add(tag.name);
  }
  return { tags, faults };
}

const TAG_NAME = /^[a-z]\w*$/i;

/** Real records have no more tags than this, and are looked through one by one. */
const FEW = 16;

/** Whether a name is among the first tags or in the set of those behind them. */
function hasTag(tags: readonly Tag[], seen: ReadonlySet<string>, name: string): boolean {
  const end = Math.min(tags.length, FEW);
  for (let at = 0; at < end; at++) if (tags[at]?.name === name) return true;
  return seen.has(name);
}

/** The text with blanks in place of quotation marks around it: marks written with a backslash in the zone belong to the text. */
function withoutQuotes(text: string, faults: TagFault[]): string {
  const last = text.length - 1;
  const opens = text.startsWith('"');
  const closes = last > 0 && text.endsWith('"');
  if (!opens && !closes) return text;
  const at = opens ? 0 : last;
  faults.push({ code: 'quoted', from: at, to: at + 1, found: '"' });
  return `${opens ? ' ' : ''}${text.slice(opens ? 1 : 0, closes ? last : undefined)}${closes ? ' ' : ''}`;
}

/** No-break spaces, zero-width spaces and byte order marks in UTF-8, and no-break spaces in Latin-1. */
const FALSE_BLANKS = /(?:\xc2\xa0|\xe2\x80\x8b|\xef\xbb\xbf|\xa0)+/g;

/** The text with true blanks in place of what only looks like one; the first run of them is the fault. */
function withBlanks(text: string, faults: TagFault[]): string {
  if (!/[\x80-\xff]/.test(text)) return text;
  const first = text.search(FALSE_BLANKS);
  if (first < 0) return text;
  let run = 0;
  const mended = text.replace(FALSE_BLANKS, (found) => {
    run ||= found.length;
    return ' '.repeat(found.length);
  });
  faults.push({ code: 'false-blank', from: first, to: first + run, found: text.slice(first, first + run) });
  return mended;
}

/** The tags, each split where another one begins in its value. */
function separated(list: TagList, protocol: TagProtocol, faults: TagFault[]): Iterable<Tag> {
  const whole = list.tags.every(({ name, value }) => !value.includes('=') || protocol.free.includes(name));
  return whole ? list.tags : split(list, protocol, faults);
}

function* split(list: TagList, protocol: TagProtocol, faults: TagFault[]): Generator<Tag> {
  for (const whole of list.tags) {
    let tag = whole;
    if (!protocol.free.includes(tag.name)) {
      for (let cut = border(tag.value, protocol); cut !== undefined; ) {
        const { from, to, name } = cut;
        const at = tag.valueStart + to;
        faults.push({ code: 'semicolon-missing', from: tag.valueStart + from, to: at, found: name });
        yield { ...tag, value: tag.value.slice(0, from), valueEnd: tag.valueStart + from, end: tag.valueStart + from };
        tag = tagAt(whole, tag.value.slice(to), name, at);
        cut = border(tag.value, protocol);
      }
    }
    yield tag;
  }
}

interface Border {
  readonly from: number;
  readonly to: number;
  readonly name: string;
}

/** Where in a value another tag begins. */
function border(value: string, { behindBlank, behindWord }: TagProtocol): Border | undefined {
  if (!value.includes('=')) return undefined;
  const word = behindWord.exec(value);
  if (word !== null) return { from: word[0].length, to: word[0].length, name: word[1] ?? '' };
  const blank = behindBlank.exec(value);
  if (blank === null) return undefined;
  return { from: blank.index, to: blank.index + blank[0].length, name: blank[1] ?? '' };
}

/** The tag that begins at `start` within another one, whose rest is `text`. */
function tagAt(whole: Tag, text: string, name: string, start: number): Tag {
  const equals = text.indexOf('=');
  const blanks = text.slice(equals + 1).search(/\S|$/);
  const valueStart = start + equals + 1 + blanks;
  return {
    name,
    value: text.slice(equals + 1 + blanks),
    nameStart: start,
    nameEnd: start + name.length,
    valueStart,
    valueEnd: whole.valueEnd,
    start,
    end: whole.end,
  };
}
