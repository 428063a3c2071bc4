import type { Entry } from '../text/entry.ts';
import type { FormatOrigin } from './format-origin.ts';
import { wordPlan } from './format-types.ts';

/** Octets up to which a text is made one by one: views of a file cost more. */
const SHORT = 24;

/** Octets as a text, each one character. */
export function textOf(bytes: Uint8Array, start: number, end: number): string {
  if (end - start > SHORT) return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1');
  let text = '';
  for (let at = start; at < end; at++) text += String.fromCharCode(bytes[at] as number);
  return text;
}

/** A text with its ASCII letters in capitals. */
export function upperText(text: string): string {
  if (!/[a-z]/u.test(text)) return text;
  return text.replace(/[a-z]+/gu, (letters) => letters.toUpperCase());
}

/** A name relative to the origin, when that is shorter and has nothing in it that can be written in several ways. */
export function shortName(name: string, names: FormatOrigin): string {
  if (names.text.length === 0 || !name.endsWith('.') || !/^[\w*./-]+$/u.test(name)) return name;
  const octets = Buffer.from(name, 'latin1');
  const length = names.shortened(octets, 0, octets.length);
  return length === 0 ? '@' : name.slice(0, length);
}

/** The words of RDATA as they are written: names under the origin shortened, a run of digits in one word, all else as it is. */
export function wordTexts(
  entry: Entry,
  from: number,
  type: number,
  names: FormatOrigin,
  generic: boolean,
): readonly string[] {
  const texts: string[] = [];
  for (let word = from; word < entry.wordCount; word++) {
    const start = entry.wordStart(word);
    const text = textOf(entry.bytes, start, entry.wordEnd(word));
    // What stands without a blank between is kept so: key="value" is one value.
    if (word > from && entry.wordAdjoins(word)) texts.push((texts.pop() ?? '') + text);
    else texts.push(text);
  }
  if (generic) return joinedAfter(texts, 2);
  const plan = wordPlan(type);
  for (const index of plan.names) {
    const name = texts[index];
    if (name !== undefined && index <= plan.before) texts[index] = shortName(name, names);
  }
  return plan.digits ? joinedAfter(texts, plan.before) : texts;
}

function joinedAfter(texts: readonly string[], count: number): string[] {
  const rest = texts.slice(count);
  return rest.length === 0 ? [...texts] : [...texts.slice(0, count), rest.join('')];
}

/** Whether a carriage return stands in a run of blanks other than before a line feed. */
export function hasOddReturn(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at] === 0x0d && (at + 1 < end || bytes[end] !== 0x0a)) return true;
  return false;
}
