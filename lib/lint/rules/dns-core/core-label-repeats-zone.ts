import type { Edit } from '../../../text/edits.ts';
import { lookAt } from '../../../zone/look.ts';
import { dotEdit } from '../../common-edits.ts';
import { bare, bareName } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { ProposedFix, Rule } from '../../rule.ts';
import { repeatOf } from './repeats.ts';

/** An owner that has the zone name twice. */
export const rule: Rule = {
  id: 'core-label-repeats-zone',
  group: 'dns-core',
  level: 'warning',
  cites: ['RFC 1035 §5.1', 'RFC 1912 §2.1'],
  what: 'An owner contains the zone name twice, mostly because its final dot is missing.',
  why: 'The records stand at a name that nobody asks for.',
  help: 'Add the final dot, or leave the zone name out of the owner.',
  bad: { zone: 'www.example.net A 192.0.2.10 ; expect\n' },
  good: { zone: 'www.example.net. A 192.0.2.10\nftp A 192.0.2.11\n' },
  fix: 'safe',
  say: ({ name, meant }) => `the owner is ${name}, with the zone name twice; was ${meant} meant?`,
  check(facts, report) {
    const { zone, tree } = facts;
    const { arena, offsets } = zone.names;
    for (let name = 0; name < tree.first.length; name++) {
      const record = tree.first[name] as number;
      if (record < 0 || tree.parent[name] === -1) continue;
      const start = offsets[name] as number;
      const behind = repeatOf(arena, start, offsets[name + 1] as number, zone.origin);
      // Names such as example.net._report._dmarc.example.net name a domain on purpose.
      if (behind < 0 || (arena[behind] !== 0 && arena[behind + 1] === 0x5f)) continue;
      const meant = bareName(Uint8Array.of(...arena.subarray(start, behind), 0));
      report.record(record, 'owner', { args: { name: bare(facts.nameText(name)), meant }, fixes: dots(facts, name) });
    }
  },
};

/** A dot behind each place where the owner is written. */
function dots(facts: Facts, name: number): readonly ProposedFix[] {
  const edits: Edit[] = [];
  const [first] = facts.recordsAt(name);
  for (const record of facts.recordsAt(name)) {
    if (lookAt(facts.zone, record).header.ownerWord < 0) continue;
    const edit = dotEdit(facts, record, 'owner');
    if (edit === undefined || facts.fileOf(record) !== facts.fileOf(first ?? record)) return [];
    edits.push(edit);
  }
  return edits.length === 0 ? [] : [{ title: 'add the final dot to the owner', safe: true, edits }];
}
