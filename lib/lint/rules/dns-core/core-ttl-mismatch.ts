import { TYPE, typeToText } from '../../../rr/types.ts';
import type { Edit } from '../../../text/edits.ts';
import { OUT_OF_ZONE } from '../../../zone/tree.ts';
import { ttlEdit } from '../../common-edits.ts';
import { bare, period } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { ProposedFix, Rule } from '../../rule.ts';

/** Records of one RRset with different TTLs. */
export const rule: Rule = {
  id: 'core-ttl-mismatch',
  group: 'dns-core',
  level: 'warning',
  cites: ['RFC 2181 §5.2'],
  what: 'Records of the same name and type have different TTLs.',
  why: 'An RRset has one TTL. Servers pick one of them, BIND the first and Knot DNS the last, so secondaries and signatures may disagree.',
  help: 'Give all records of the RRset the lowest of their TTLs.',
  bad: { zone: 'www 300 A 192.0.2.10\nwww 600 A 192.0.2.11 ; expect\n' },
  good: { zone: 'www 300 A 192.0.2.10\nwww 300 A 192.0.2.11\n' },
  fix: 'safe',
  say: ({ name, type, ttl, other, lowest }) =>
    `the ${type} records of ${name} have TTLs of ${period(Number(other))} and ${period(Number(ttl))}; all should have ${period(Number(lowest))}`,
  check(facts, report) {
    for (const { first, record } of mismatches(facts)) {
      const { zone } = facts;
      const owner = zone.owners[record] ?? 0;
      const records = facts.rrset(owner, zone.types[record] ?? 0);
      const lowest = records.reduce((least, each) => Math.min(least, zone.ttls[each] ?? 0), 0xffff_ffff);
      const args = {
        name: bare(facts.nameText(owner)),
        type: typeToText(zone.types[record] ?? 0),
        ttl: zone.ttls[record] ?? 0,
        other: zone.ttls[first] ?? 0,
        lowest,
      };
      const related = [{ record: first, part: 'ttl', message: 'the first record of the RRset' }];
      report.record(record, 'ttl', { args, related, fixes: lower(facts, records, lowest) });
    }
  },
};

/** Per RRset the first record whose TTL is not that of the first. */
function* mismatches(facts: Facts): Generator<{ first: number; record: number }> {
  const { first, next, flags } = facts.tree;
  const { ttls } = facts.zone;
  for (let name = 0; name < first.length; name++) {
    const start = first[name] as number;
    if (start < 0) continue;
    const ttl = ttls[start] as number;
    let record = next[start] as number;
    while (record >= 0 && ttls[record] === ttl) record = next[record] as number;
    if (record >= 0 && ((flags[name] as number) & OUT_OF_ZONE) === 0) yield* mismatchesAt(facts, name);
  }
}

function* mismatchesAt(facts: Facts, name: number): Generator<{ first: number; record: number }> {
  const { types, ttls } = facts.zone;
  const firsts = new Map<number, number>();
  const said = new Set<number>();
  for (const record of facts.recordsAt(name)) {
    const type = types[record] ?? 0;
    // Signatures take the TTL of the RRset they cover (RFC 4034 §3), so theirs differ.
    if (type === TYPE.RRSIG || type === TYPE.SIG || said.has(type)) continue;
    const first = firsts.get(type);
    if (first === undefined) firsts.set(type, record);
    else if (ttls[first] !== ttls[record]) {
      said.add(type);
      yield { first, record };
    }
  }
}

function lower(facts: Facts, records: readonly number[], ttl: number): readonly ProposedFix[] {
  const edits: Edit[] = [];
  for (const record of records) {
    if (facts.zone.ttls[record] === ttl) continue;
    const edit = ttlEdit(facts, record, ttl);
    if (edit === undefined || facts.fileOf(record) !== facts.fileOf(records[0] ?? record)) return [];
    edits.push(edit);
  }
  return [{ title: `give all records of the RRset the TTL ${ttl}`, safe: true, edits }];
}
