import { TYPE } from '../../../rr/types.ts';
import { BELOW_CUT, OUT_OF_ZONE } from '../../../zone/tree.ts';
import { removal } from '../../common-edits.ts';
import { bare } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { Rule } from '../../rule.ts';
import { cutAbove } from './occluded.ts';

/** An address below a delegation of a host that is no name server. */
export const rule: Rule = {
  id: 'deleg-spurious-glue',
  group: 'delegation',
  level: 'warning',
  cites: ['RFC 1034 §4.2.1', 'RFC 2181 §6'],
  what: 'An address stands below a delegation and no NS record names that host.',
  why: 'It is no glue, so nobody ever gets it: either the host has moved to the delegated zone, or an NS record is missing.',
  help: 'Move the address to the delegated zone, or remove it.',
  fix: 'unsafe',
  bad: { zone: 'sub NS ns.sub\nns.sub A 192.0.2.9\nold.sub A 192.0.2.8 ; expect\n' },
  good: { zone: 'sub NS ns.sub\nns.sub A 192.0.2.9\n' },
  say: ({ name, cut }) =>
    `${name} lies below the delegation of ${cut} and is none of its name servers, so its address is never given out`,
  check(facts, report) {
    const { zone, tree } = facts;
    const hidden = [...facts.records(TYPE.A), ...facts.records(TYPE.AAAA)].filter(
      (record) => ((tree.flags[zone.owners[record] as number] as number) & (BELOW_CUT | OUT_OF_ZONE)) === BELOW_CUT,
    );
    if (hidden.length === 0) return;
    const servers = serversOf(facts);
    const said = new Set<number>();
    for (const record of hidden.sort((a, b) => a - b)) {
      const owner = zone.owners[record] as number;
      if (servers.has(owner) || said.has(owner) || facts.mayBeBroken(TYPE.NS)) continue;
      said.add(owner);
      const edit = removal(facts, record);
      report.record(record, 'owner', {
        args: { name: bare(facts.ownerText(record)), cut: bare(facts.nameText(cutAbove(facts, owner))) },
        fixes: edit === undefined ? [] : [{ title: 'remove the address', safe: false, edits: [edit] }],
      });
    }
  },
};

/** Name ids of all hosts that NS records name. */
function serversOf(facts: Facts): ReadonlySet<number> {
  const { zone } = facts;
  const found = new Set<number>();
  for (const record of facts.records(TYPE.NS)) {
    const start = zone.rdataStarts[record] as number;
    const id = zone.names.find(zone.rdata, start, start + (zone.rdataLengths[record] as number));
    if (id >= 0) found.add(id);
  }
  return found;
}
