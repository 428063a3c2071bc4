/** A line of text that is being typed: the text, where the cursor stands, and what was cut out last. */
export interface LineInput {
  readonly text: string;
  /** Offset in `text`, always between two characters as people see them. */
  readonly cursor: number;
  readonly killed: string;
}

/** Splits a text into characters as people see them: combining marks and joined emoji belong to what they stand on. */
const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Characters a line has at most: what is more than a record can be is no line to type. */
const LONGEST = 200_000;

/** A line with a text, the cursor behind it. */
export function lineOf(text: string): LineInput {
  return { text, cursor: text.length, killed: '' };
}

/** Inserts text at the cursor. */
export function insert(line: LineInput, text: string): LineInput {
  const room = Math.max(0, LONGEST - line.text.length);
  const before = line.text.slice(0, line.cursor) + text.slice(0, room);
  const whole = before + line.text.slice(line.cursor);
  // What was typed may join what stands behind it, as a base does a combining mark.
  return { ...line, text: whole, cursor: boundaryFrom(whole, before.length) };
}

/** Puts another text in the place of the whole. */
export function setText(line: LineInput, text: string): LineInput {
  return { ...line, text, cursor: text.length };
}

/** One character to the left. */
export function left(line: LineInput): LineInput {
  return { ...line, cursor: characterBefore(line.text, line.cursor) };
}

/** One character to the right. */
export function right(line: LineInput): LineInput {
  return { ...line, cursor: characterAfter(line.text, line.cursor) };
}

/** To the start of the word at the cursor, or of the one before. */
export function wordLeft(line: LineInput): LineInput {
  const before = line.text.slice(0, line.cursor);
  return { ...line, cursor: boundaryTo(line.text, before.length - (/[^\s.]*[\s.]*$/u.exec(before)?.[0].length ?? 0)) };
}

/** Behind the word at the cursor, or behind the next. */
export function wordRight(line: LineInput): LineInput {
  const after = line.text.slice(line.cursor);
  return { ...line, cursor: boundaryFrom(line.text, line.cursor + (/^[\s.]*[^\s.]*/u.exec(after)?.[0].length ?? 0)) };
}

/** To the start. */
export function home(line: LineInput): LineInput {
  return { ...line, cursor: 0 };
}

/** To the end. */
export function end(line: LineInput): LineInput {
  return { ...line, cursor: line.text.length };
}

/** Takes out the character before the cursor. */
export function backspace(line: LineInput): LineInput {
  return cut(line, characterBefore(line.text, line.cursor), line.cursor);
}

/** Takes out the character at the cursor. */
export function deleteAt(line: LineInput): LineInput {
  return cut(line, line.cursor, characterAfter(line.text, line.cursor));
}

/** Cuts what stands behind the cursor. */
export function killAfter(line: LineInput): LineInput {
  return kill(line, line.cursor, line.text.length);
}

/** Cuts what stands before the cursor. */
export function killBefore(line: LineInput): LineInput {
  return kill(line, 0, line.cursor);
}

/** Cuts the word before the cursor. */
export function killWord(line: LineInput): LineInput {
  return kill(line, wordLeft(line).cursor, line.cursor);
}

/** Inserts what was cut last. */
export function yank(line: LineInput): LineInput {
  return insert(line, line.killed);
}

/** Commands of a line that is typed. */
export type LineEdit =
  | 'line-left'
  | 'line-right'
  | 'line-word-left'
  | 'line-word-right'
  | 'line-home'
  | 'line-end'
  | 'line-backspace'
  | 'line-delete'
  | 'line-kill'
  | 'line-kill-before'
  | 'line-kill-word'
  | 'line-yank';

/** What they do to it. */
export const LINE_EDITS: Readonly<Record<LineEdit, (line: LineInput) => LineInput>> = {
  'line-left': left,
  'line-right': right,
  'line-word-left': wordLeft,
  'line-word-right': wordRight,
  'line-home': home,
  'line-end': end,
  'line-backspace': backspace,
  'line-delete': deleteAt,
  'line-kill': killAfter,
  'line-kill-before': killBefore,
  'line-kill-word': killWord,
  'line-yank': yank,
};

/** The text before the cursor, the character at it and what stands behind, as a line with a cursor is drawn. */
export function splitAtCursor({ text, cursor }: LineInput): { before: string; at: string; after: string } {
  const behind = characterAfter(text, cursor);
  return { before: text.slice(0, cursor), at: text.slice(cursor, behind), after: text.slice(behind) };
}

function kill(line: LineInput, from: number, to: number): LineInput {
  return from === to ? line : { ...cut(line, from, to), killed: line.text.slice(from, to) };
}

function cut(line: LineInput, from: number, to: number): LineInput {
  const text = line.text.slice(0, from) + line.text.slice(to);
  // What stands on both sides may become one character.
  return { ...line, text, cursor: boundaryTo(text, from) };
}

function characterBefore(text: string, at: number): number {
  return at <= 0 ? 0 : (segment(text, at - 1)?.index ?? 0);
}

function characterAfter(text: string, at: number): number {
  const found = segment(text, at);
  return found === undefined ? text.length : found.index + found.segment.length;
}

/** The boundary at an offset, or the last before it. */
function boundaryTo(text: string, at: number): number {
  return at >= text.length ? text.length : (segment(text, at)?.index ?? 0);
}

/** The boundary at an offset, or the first behind it. */
function boundaryFrom(text: string, at: number): number {
  const found = at >= text.length ? undefined : segment(text, at);
  if (found === undefined) return text.length;
  return found.index === at ? at : found.index + found.segment.length;
}

function segment(text: string, at: number): Intl.SegmentData | undefined {
  return GRAPHEMES.segment(text).containing(at);
}
