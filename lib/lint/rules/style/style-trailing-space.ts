import { COMMENT_TOKEN, NEWLINE_TOKEN, SPACE_TOKEN } from '../../../text/entry.ts';
import type { Rule } from '../../rule.ts';
import { entriesOf } from './entries.ts';

/** Blanks before a line end. */
export const rule: Rule = {
  id: 'style-trailing-space',
  group: 'style',
  level: 'info',
  cites: ['RFC 1035 §5.1'],
  what: 'A line ends in blanks.',
  why: 'Nobody sees them, and they make differences between versions of the file that mean nothing.',
  help: 'Remove the blanks.',
  fix: 'safe',
  byDefault: false,
  bad: { zone: 'www A 192.0.2.10  \n', whole: true },
  good: { zone: 'www A 192.0.2.10\n' },
  say: ({ count }) => `the line ends in ${count === 1 ? 'a blank' : `${count} blanks`}`,
  check(facts, report) {
    for (const { file, entry } of entriesOf(facts)) {
      for (let token = 0; token < entry.tokenCount; token++) {
        const last = token + 1 >= entry.tokenCount || entry.kinds[token + 1] === NEWLINE_TOKEN;
        const kind = entry.kinds[token];
        if (!last || (kind !== SPACE_TOKEN && kind !== COMMENT_TOKEN)) continue;
        const end = entry.tokenEnd(token);
        const from = entry.starts[token] ?? end;
        let start = end;
        while (start > from && isBlank(file.bytes[start - 1])) start--;
        if (start === end) continue;
        const fixes = [{ title: 'remove the blanks', safe: true, edits: [{ start, end, text: '' }] }];
        report.place({ file, span: { start, end } }, { args: { count: end - start }, fixes });
      }
    }
  },
};

function isBlank(octet: number | undefined): boolean {
  return octet === 0x20 || octet === 0x09;
}
