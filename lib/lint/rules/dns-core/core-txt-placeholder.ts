import { bare } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { Rule } from '../../rule.ts';
import { textRecords } from './txt.ts';

/** Words that people write where a value is still to come. */
const PLACEHOLDER =
  /(?<![a-z0-9])(change[-_ ]?me|todo|fixme|replace[-_ ]?me|place[-_ ]?holder|your[-_](?:token|key|domain|value)(?:[-_]here)?|insert[-_](?:token|key|value)(?:[-_]here)?|<[a-z][a-z _-]*>)(?![a-z0-9])/i;

/** Longer texts, such as keys, are values already. */
const LONGEST = 250;

/** The first two octets of those words. */
const BEGINNINGS: Uint8Array = beginnings(['ch', 'to', 'fi', 're', 'pl', 'yo', 'in']);

/** A text that still waits for its value. */
export const rule: Rule = {
  id: 'core-txt-placeholder',
  group: 'dns-core',
  level: 'warning',
  cites: ['RFC 1464 §2'],
  what: 'A TXT record has a placeholder where a value belongs.',
  why: 'Whoever checks the record, such as the other side of a domain verification, finds the placeholder.',
  help: 'Put in the real value, or remove the record.',
  bad: { zone: '@ TXT "site-verification=changeme" ; expect\n' },
  good: { zone: '@ TXT "site-verification=b5f1c0"\n' },
  say: ({ name, found }) => `the TXT record of ${name} has the placeholder "${found}"`,
  check(facts, report) {
    for (const record of textRecords(facts)) {
      if (!mayHavePlaceholder(facts, record)) continue;
      const found = PLACEHOLDER.exec(facts.text(record))?.[1];
      if (found !== undefined) report.record(record, 'rdata', { args: { name: bare(facts.ownerText(record)), found } });
    }
  },
};

/** A cheap look over the octets: a word of the list can only begin behind something that is no letter or digit. */
function mayHavePlaceholder(facts: Facts, record: number): boolean {
  const { rdata, rdataStarts, rdataLengths } = facts.zone;
  if ((rdataLengths[record] as number) > LONGEST) return false;
  const start = rdataStarts[record] as number;
  const end = start + (rdataLengths[record] as number) - 1;
  let inWord = false;
  for (let at = start; at < end; at++) {
    const octet = rdata[at] as number;
    if (!inWord && BEGINNINGS[((octet | 0x20) << 8) | ((rdata[at + 1] as number) | 0x20)] === 1) return true;
    const letter = octet | 0x20;
    inWord = (letter >= 0x61 && letter <= 0x7a) || (octet >= 0x30 && octet <= 0x39);
  }
  return false;
}

/** A table of 65,536 pairs of octets, ASCII case left out; `<` with any letter is one of them. */
function beginnings(words: readonly string[]): Uint8Array {
  const table = new Uint8Array(65_536);
  for (const [first = '', second = ''] of words) table[(first.charCodeAt(0) << 8) | second.charCodeAt(0)] = 1;
  for (let letter = 0x61; letter <= 0x7a; letter++) table[(0x3c << 8) | letter] = 1;
  return table;
}
