import { isWritten } from '../../common-edits.ts';
import { bare } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { ProposedFix, Rule } from '../../rule.ts';
import { textRecords } from './txt.ts';

/** A backslash before a semicolon inside quotes. */
export const rule: Rule = {
  id: 'core-txt-backslash-semicolon',
  group: 'dns-core',
  level: 'info',
  cites: ['RFC 1035 §5.1'],
  what: 'A semicolon inside a quoted string has a backslash before it.',
  why: 'The quotes protect the semicolon already. Servers drop the backslash; web forms and other software into which the line is copied may keep it.',
  help: 'Remove the backslash.',
  bad: { zone: '_dmarc TXT "v=DMARC1\\; p=none" ; expect\n' },
  good: { zone: '_dmarc TXT "v=DMARC1; p=none"\n' },
  fix: 'safe',
  byDefault: false,
  say: ({ name }) => `the quoted text of ${name} has a backslash before a semicolon; it needs none`,
  check(facts, report) {
    for (const record of textRecords(facts)) {
      if (!facts.rdata(record).includes(0x3b) || !isWritten(facts, record)) continue;
      const edits = backslashes(facts, record);
      if (edits.length === 0) continue;
      const fixes: ProposedFix[] = [{ title: 'remove the backslashes', safe: true, edits }];
      report.record(record, 'rdata', { args: { name: bare(facts.ownerText(record)) }, fixes });
    }
  },
};

/** Edits that remove the backslash of each `\;` inside quotes. */
function backslashes(facts: Facts, record: number): { start: number; end: number; text: string }[] {
  const { start, end } = facts.span(record, 'rdata');
  const { bytes } = facts.fileOf(record);
  const edits: { start: number; end: number; text: string }[] = [];
  let quoted = false;
  let comment = false;
  for (let at = start; at < end; at++) {
    const octet = bytes[at];
    if (comment) comment = octet !== 0x0a;
    else if (octet === 0x22) quoted = !quoted;
    else if (octet === 0x3b) comment = !quoted;
    else if (octet === 0x5c) {
      if (quoted && bytes[at + 1] === 0x3b) edits.push({ start: at, end: at + 1, text: '' });
      at++;
    }
  }
  return edits;
}
