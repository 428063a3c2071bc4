import { TYPE } from '../../../rr/types.ts';
import { lookAt } from '../../../zone/look.ts';
import type { Rule } from '../../rule.ts';

/** Texts without quotes. */
export const rule: Rule = {
  id: 'style-quote-char-strings',
  group: 'style',
  level: 'info',
  cites: ['RFC 1035 §5.1'],
  what: 'The text of a TXT record is written without quotes.',
  why: 'The next blank or semicolon that somebody puts in divides the text or turns its rest into a comment.',
  help: 'Put quotes around the text.',
  fix: 'safe',
  byDefault: false,
  bad: { zone: 'www TXT hello ; expect\n' },
  good: { zone: 'www TXT "hello"\n' },
  say: ({ found }) => `the text ${found} is written without quotes`,
  needs: [TYPE.TXT],
  check(facts, report) {
    for (const record of facts.records(TYPE.TXT)) {
      const { entry, header, written } = lookAt(facts.zone, record);
      if (!written || entry.bytes[entry.wordStart(header.rdataWord)] === 0x5c) continue;
      const edits = [];
      for (let word = header.rdataWord; word < entry.wordCount; word++) {
        if (entry.wordQuoted(word)) continue;
        const start = entry.wordStart(word);
        const end = entry.wordEnd(word);
        // A quote in the middle of a word would end the string.
        if (entry.bytes.subarray(start, end).includes(0x22)) continue;
        edits.push({ start, end: start, text: '"' }, { start: end, end, text: '"' });
      }
      const [first] = edits;
      if (first === undefined) continue;
      const found = new TextDecoder().decode(entry.bytes.subarray(first.start, edits[1]?.start));
      const fixes = [{ title: 'put quotes around it', safe: true, edits }];
      report.place(
        { file: facts.fileOf(record), span: { start: first.start, end: edits.at(-1)?.end ?? first.end } },
        { args: { found }, fixes },
      );
    }
  },
};
