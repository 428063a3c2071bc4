import { isWritten } from '../../common-edits.ts';
import { bare, counted } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { ProposedFix, Rule } from '../../rule.ts';
import { hasSeveralStrings, textRecords } from './txt.ts';

const LONGEST_STRING = 255;

/** Unquoted words that become several strings. */
export const rule: Rule = {
  id: 'core-txt-unquoted-multi',
  group: 'dns-core',
  level: 'warning',
  cites: ['RFC 1035 §5.1', 'RFC 1035 §3.3.14'],
  what: 'The text of a TXT record is not quoted and becomes several strings.',
  why: 'Readers such as SPF join the strings without the blanks between them: "v=spf1 -all" is read as "v=spf1-all".',
  help: 'Put the whole text in double quotes.',
  bad: { zone: '@ TXT v=spf1 mx -all ; expect\n' },
  good: { zone: '@ TXT "v=spf1 mx -all"\n' },
  fix: 'safe',
  say: ({ name, count, joined }) =>
    `the TXT record of ${name} is ${counted(Number(count), 'string')} that are read as "${joined}"; quotes keep it together`,
  check(facts, report) {
    for (const record of textRecords(facts)) {
      if (!hasSeveralStrings(facts, record) || hasQuoteNear(facts, record) || !isWritten(facts, record)) continue;
      const source = facts.source(record, 'rdata');
      if (source.startsWith('\\#') || source.includes('"')) continue;
      const joined = facts.text(record);
      const args = {
        name: bare(facts.ownerText(record)),
        count: stringCount(facts.rdata(record)),
        joined: joined.length > 40 ? `${joined.slice(0, 39)}…` : joined,
      };
      report.record(record, 'rdata', { args, fixes: quoted(facts, record, source) });
    }
  },
};

/** Whether a quote stands between the record and the next one of its file: the usual case, seen without a close look. */
function hasQuoteNear(facts: Facts, record: number): boolean {
  const { zone } = facts;
  const { bytes } = facts.fileOf(record);
  const start = zone.entries[record] as number;
  const after = zone.fileOf[record + 1] === zone.fileOf[record] && record + 1 < zone.count;
  const end = after ? (zone.entries[record + 1] as number) : bytes.length;
  for (let at = start; at < end && at < start + 512; at++) if (bytes[at] === 0x22) return true;
  return false;
}

function stringCount(rdata: Uint8Array): number {
  let count = 0;
  for (let at = 0; at < rdata.length; at += 1 + (rdata[at] ?? 0)) count++;
  return count;
}

function quoted(facts: Facts, record: number, source: string): readonly ProposedFix[] {
  const span = facts.span(record, 'rdata');
  if (/[\n\r();\\]/.test(source) || span.end - span.start > LONGEST_STRING) return [];
  return [{ title: 'put the text in quotes', safe: true, edits: [{ ...span, text: `"${source}"` }] }];
}
