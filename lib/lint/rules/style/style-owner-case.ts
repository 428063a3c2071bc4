import { lookAt } from '../../../zone/look.ts';
import type { Rule } from '../../rule.ts';

/** Capital letters in an owner. */
export const rule: Rule = {
  id: 'style-owner-case',
  group: 'style',
  level: 'info',
  cites: ['RFC 4343 §3', 'RFC 4034 §6.2'],
  what: 'An owner is written with capital letters.',
  why: 'Letter case has no meaning in names, but searching and comparing files is easier without it.',
  help: 'Write the owner in small letters.',
  fix: 'safe',
  byDefault: false,
  bad: { zone: 'WWW A 192.0.2.10 ; expect\n' },
  good: { zone: 'www A 192.0.2.10\n' },
  say: ({ found, expected }) => `the owner is written ${found}; expected ${expected}`,
  check(facts, report) {
    const { zone } = facts;
    for (let record = 0; record < zone.count; record++) {
      if (!hasCapital(zone.ownerOf(record))) continue;
      const { header, written } = lookAt(zone, record);
      if (!written || header.ownerWord < 0) continue;
      const found = facts.source(record, 'owner');
      const expected = found.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
      if (found === expected) continue;
      const edits = [{ ...facts.span(record, 'owner'), text: expected }];
      const fixes = [{ title: `write ${expected}`, safe: true, edits }];
      report.record(record, 'owner', { args: { found, expected }, fixes });
    }
  },
};

function hasCapital(name: Uint8Array): boolean {
  for (let at = 0; at < name.length; at++) {
    const octet = name[at] ?? 0;
    if (octet >= 0x41 && octet <= 0x5a) return true;
  }
  return false;
}
