import { SPACE_TOKEN } from '../../../text/entry.ts';
import type { Rule } from '../../rule.ts';
import { entriesOf } from './entries.ts';

const STOP = 8;

/** Tabs between the words of a file. */
export const rule: Rule = {
  id: 'style-tabs',
  group: 'style',
  level: 'info',
  cites: ['RFC 1035 §5.1'],
  what: 'Words are kept apart by tabs.',
  why: 'Columns stand in line only where the tab width is the author’s: in reviews and web pages they do not.',
  help: 'Use blanks.',
  fix: 'safe',
  byDefault: false,
  bad: { zone: 'www\tA\t192.0.2.10 ; expect\n' },
  good: { zone: 'www     A       192.0.2.10\n' },
  say: ({ count }) => `the line has ${count === 1 ? 'a tab' : `${count} tabs`} between its words; expected blanks`,
  check(facts, report) {
    for (const { file, entry } of entriesOf(facts)) {
      let first = -1;
      let last = -1;
      let count = 0;
      const edits = [];
      for (let token = 0; token < entry.tokenCount; token++) {
        if (entry.kinds[token] !== SPACE_TOKEN) continue;
        const start = entry.starts[token] ?? 0;
        const end = entry.tokenEnd(token);
        const tabs = file.bytes.subarray(start, end).filter((octet) => octet === 0x09).length;
        if (tabs === 0) continue;
        if (first < 0) first = start;
        last = end;
        count += tabs;
        edits.push({ start, end, text: ' '.repeat(width(file.bytes, start, end)) });
      }
      if (count === 0) continue;
      const fixes = [{ title: 'write blanks for tabs', safe: true, edits }];
      report.place({ file, span: { start: first, end: last } }, { args: { count }, fixes });
    }
  },
};

/** Columns that blanks and tabs take up where they stand. */
function width(bytes: Uint8Array, start: number, end: number): number {
  const line = bytes.lastIndexOf(0x0a, start - 1) + 1;
  const before = columns(bytes, start === 0 ? 0 : line, start, 0);
  return columns(bytes, start, end, before) - before;
}

function columns(bytes: Uint8Array, start: number, end: number, from: number): number {
  let column = from;
  for (let at = start; at < end; at++) {
    const octet = bytes[at] ?? 0;
    if (octet === 0x09) column += STOP - (column % STOP);
    else if ((octet & 0xc0) !== 0x80) column++;
  }
  return column;
}
