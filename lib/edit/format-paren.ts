import { Entry, scanEntry } from '../text/entry.ts';
import type { ByteSink } from '../text/sink.ts';
import type { ParenLayout, ParenLine } from './format-look.ts';
import { fieldName, type WordPlan, wordPlan } from './format-types.ts';

/** Digits of a key or digest on one line. */
const DIGITS_A_LINE = 64;

/**
 * Writes RDATA that is too long for its line in parentheses, the column of the line being reached; false when it has no place
 * where it can be parted.
 */
export function writeWrapped(
  text: Uint8Array,
  type: number,
  column: number,
  width: number,
  out: ByteSink,
  crlf: boolean,
): boolean {
  const plan = wordPlan(type);
  if (!canPart(text, plan)) return false;
  const words = unitsOf(text);
  const generic = words[0] === '\\#';
  const head = words.slice(0, plan.before);
  const rest = words.slice(plan.before);
  if (generic || rest.length === 0) return false;
  let lines: string[];
  if (plan.digits) {
    const digits = rest.join('');
    if (digits.length <= DIGITS_A_LINE) return false;
    lines = digits.match(new RegExp(`.{1,${DIGITS_A_LINE}}`, 'gu')) ?? [];
    if (head.length > 0) lines.unshift(head.join(' '));
  } else {
    if (rest.length < 2) return false;
    lines = plan.oneALine ? rest : filled(rest, Math.max(20, width - column - 4));
    if (head.length > 0) lines = [head.join(' '), ...lines];
  }
  const first = lines.map((words): ParenLine => ({ words: [words], comment: '' }));
  writeLayout({ lines: first, trailing: '', timers: -1 }, type, column, out, crlf);
  return true;
}

/** Whether there may be a place where values, separated by one blank, can be parted; most long texts have none. */
function canPart(text: Uint8Array, { digits, before }: WordPlan): boolean {
  let blanks = 0;
  let last = 0;
  for (let at = 0; at < text.length; at++) {
    const octet = text[at] as number;
    if (octet === 0x5c) return true;
    if (octet === 0x22) {
      at = text.indexOf(0x22, at + 1);
      // An escaped quote, or one that never ends.
      if (at < 0 || text[at - 1] === 0x5c) return true;
    } else if (octet === 0x20) {
      blanks++;
      last = at + 1;
    }
  }
  return digits ? text.length - last > DIGITS_A_LINE || blanks > before : blanks > before;
}

/** Values on one line, separated by blanks; those without a blank between belong together. */
function unitsOf(text: Uint8Array): string[] {
  const entry = new Entry();
  scanEntry(text, 0, entry);
  const units: string[] = [];
  for (let word = 0; word < entry.wordCount; word++) {
    const start = entry.wordStart(word);
    const unit = Buffer.from(text.subarray(start, entry.wordEnd(word))).toString('latin1');
    if (entry.wordAdjoins(word)) units.push((units.pop() ?? '') + unit);
    else units.push(unit);
  }
  return units;
}

function filled(words: readonly string[], width: number): string[] {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** Writes RDATA on lines of its own, the first of them at the column that is reached. */
export function writeLayout(layout: ParenLayout, type: number, column: number, out: ByteSink, crlf: boolean): void {
  const newline = crlf ? '\r\n' : '\n';
  const words = layout.lines.flatMap((line) => line.words);
  const text =
    layout.timers >= 0 && words.length > layout.timers
      ? timerLines(layout, type, words, column)
      : parenLines(layout, column);
  out.put(Buffer.from(text.join(newline), 'latin1'));
}

/** The lines of the author with their comments aligned. */
function parenLines({ lines, trailing }: ParenLayout, column: number): string[] {
  const indent = ' '.repeat(column + 2);
  const texts = lines.map(({ words }) => words.join(' '));
  const last = lines.length - 1;
  const open = lines[last]?.comment === '';
  const closed = texts.map((text, index) => (index === last && open ? `${text} )` : text));
  const width = Math.max(
    0,
    ...closed.flatMap((text, index) => (commentOf(lines, index, trailing) === '' ? [] : [text.length])),
  );
  const result = closed.map((text, index) => {
    const comment = commentOf(lines, index, trailing);
    const lead = index > 0 ? indent : text === '' && comment === '' ? '(' : '( ';
    // A comment on a line of its own stands where the values start.
    return lead + (comment === '' ? text : text === '' ? comment : `${text.padEnd(width)} ${comment}`);
  });
  if (!open) result.push(closing(column, trailing));
  return result;
}

function closing(column: number, trailing: string): string {
  return `${' '.repeat(column)})${trailing === '' ? '' : ` ${trailing}`}`;
}

function commentOf(lines: readonly ParenLine[], index: number, trailing: string): string {
  const own = lines[index]?.comment ?? '';
  return own === '' && index === lines.length - 1 ? trailing : own;
}

/** The names on the first line, then a line for each number with the comment of the author or the name of the field. */
function timerLines(
  { lines, trailing, timers }: ParenLayout,
  type: number,
  words: readonly string[],
  column: number,
): string[] {
  const before: string[][] = words.map(() => []);
  const own: string[] = words.map(() => '');
  const after: string[] = [];
  let count = 0;
  for (const line of lines) {
    count += line.words.length;
    if (line.comment === '') continue;
    const target = line.words.length > 0 ? count - 1 : -1;
    if (target >= timers && own[target] === '') own[target] = line.comment;
    else if (count < words.length) before[Math.max(timers, count)]?.push(line.comment);
    else after.push(line.comment);
  }
  const last = words.length - 1;
  const lone = after.length === 0 && (trailing === '' || own[last] === '');
  if (lone && own[last] === '') own[last] = trailing;
  const indent = ' '.repeat(column);
  const values = words.map((word, index) => (index === last && lone ? `${word} )` : word));
  const width = Math.max(...values.slice(timers).map((value) => value.length));
  const names = words.slice(0, timers).join(' ');
  const result = [`${names === '' ? '' : `${names} `}(`];
  for (let index = timers; index < words.length; index++) {
    for (const comment of before[index] ?? []) result.push(indent + comment);
    const comment = own[index] === '' ? `; ${fieldName(type, index)}` : own[index];
    result.push(`${indent}${(values[index] ?? '').padEnd(width)} ${comment}`);
  }
  for (const comment of after) result.push(indent + comment);
  if (!lone) result.push(closing(column, trailing));
  return result;
}
