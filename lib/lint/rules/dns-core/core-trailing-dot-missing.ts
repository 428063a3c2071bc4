import { nameLength } from '../../../rr/name.ts';
import { dotEdit } from '../../common-edits.ts';
import { bare, bareName } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { Report, Rule } from '../../rule.ts';
import { NAME_FIELDS, type NameFields } from './name-fields.ts';
import { endsWith, repeatOf } from './repeats.ts';

/** A target that has the zone name twice because its final dot is missing. */
export const rule: Rule = {
  id: 'core-trailing-dot-missing',
  group: 'dns-core',
  level: 'warning',
  cites: ['RFC 1035 §5.1', 'RFC 1912 §2.1'],
  what: 'A name in RDATA contains the zone name and lacks the final dot, so that the zone name is added once more.',
  why: 'The record points at a name that does not exist: mail is not delivered, aliases lead nowhere.',
  help: 'Add the final dot.',
  bad: { zone: 'mx1 A 192.0.2.10\n@ MX 10 mx1.example.net ; expect\n' },
  good: { zone: 'mx1 A 192.0.2.10\n@ MX 10 mx1.example.net.\n' },
  fix: 'safe',
  say: ({ found, name }) => `"${found}" has no final dot and stands for ${name}`,
  check(facts, report) {
    for (const fields of NAME_FIELDS) {
      for (const record of facts.records(fields.type)) checkRecord(facts, report, record, fields);
    }
  },
};

function checkRecord(facts: Facts, report: Report, record: number, { offset, fields }: NameFields): void {
  const { zone } = facts;
  const { rdata, origin } = zone;
  const end = (zone.rdataStarts[record] as number) + (zone.rdataLengths[record] as number);
  let at = (zone.rdataStarts[record] as number) + offset;
  for (const field of fields) {
    // The last name of the RDATA ends with it; only names before it need to be measured.
    const stop = fields.length === 1 ? end : at + nameLength(rdata, at);
    if (stop <= at || stop > end) return;
    if (endsWith(rdata, at, stop, origin) && repeatOf(rdata, at, stop, origin) >= 0) {
      reportField(facts, report, record, field, rdata.slice(at, stop));
    }
    at = stop;
  }
}

function reportField(facts: Facts, report: Report, record: number, field: string, name: Uint8Array): void {
  const found = facts.source(record, field);
  const edit = dotEdit(facts, record, field);
  if (found.endsWith('.')) return;
  const fixes = edit === undefined ? [] : [{ title: `write ${found}. with its final dot`, safe: true, edits: [edit] }];
  report.record(record, field, { args: { found: bare(found), name: bareName(name) }, fixes });
}
