import { TYPE, typeToText } from '../../../rr/types.ts';
import { BELOW_CUT, BELOW_DNAME, IS_CUT, OWNS_CNAME, OWNS_RECORDS } from '../../../zone/tree.ts';
import { bare, counted } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { Rule } from '../../rule.ts';

const MAIL_TYPES: readonly number[] = [TYPE.MX, TYPE.CLIENTMX];
const NOT_COVERED = BELOW_CUT | BELOW_DNAME | IS_CUT | OWNS_CNAME;

/** Hosts that a wildcard's mail records do not reach. */
export const rule: Rule = {
  id: 'core-wildcard-shadowed',
  group: 'dns-core',
  level: 'info',
  cites: ['RFC 4592 §2.2.1', 'RFC 1034 §4.3.3'],
  what: 'A wildcard has mail records, and a name beside it owns addresses but no such records.',
  why: 'A wildcard answers only for names that do not exist; mail for the name beside it goes to its own address.',
  help: 'Add the mail records to each name that owns other records, if it is to receive mail.',
  bad: { zone: 'mx1 A 192.0.2.10\n*.shop MX 10 mx1 ; expect\nwww.shop A 192.0.2.11\n' },
  good: { zone: 'mx1 A 192.0.2.10\n*.shop MX 10 mx1\nwww.shop A 192.0.2.11\nwww.shop MX 10 mx1\n' },
  byDefault: false,
  say: ({ wildcard, type, name, count }) =>
    `the ${type} records of ${wildcard} do not reach ${name}${Number(count) > 1 ? ` and ${counted(Number(count) - 1, 'other name')}` : ''}, which exists without them`,
  check(facts, report) {
    for (const type of MAIL_TYPES) {
      for (const [wildcard, names] of shadowed(facts, type)) {
        const [name = 0] = names;
        const args = {
          wildcard: bare(facts.nameText(wildcard)),
          type: typeToText(type),
          name: bare(facts.nameText(name)),
          count: names.length,
        };
        const [other] = facts.recordsAt(name);
        const related = other === undefined ? [] : [{ record: other, part: 'owner', message: 'not covered' }];
        report.record(facts.rrset(wildcard, type)[0] ?? 0, 'owner', { args, related });
      }
    }
  },
};

/** By wildcard, its siblings and their hosts with addresses but without the type. */
function shadowed(facts: Facts, type: number): Map<number, number[]> {
  const { tree, zone } = facts;
  const byParent = new Map<number, number>();
  for (const { owner } of facts.rrsets(type)) {
    const start = zone.names.offsets[owner] as number;
    if (zone.names.arena[start] === 1 && zone.names.arena[start + 1] === 0x2a)
      byParent.set(tree.parent[owner] ?? -1, owner);
  }
  const found = new Map<number, number[]>();
  if (byParent.size === 0) return found;
  for (let name = 0; name < tree.flags.length; name++) {
    const flag = tree.flags[name] as number;
    const wildcard = byParent.get(tree.parent[name] ?? -1);
    if (wildcard === undefined || wildcard === name || (flag & OWNS_RECORDS) === 0 || flag & NOT_COVERED) continue;
    if (facts.hasType(name, type) || !(facts.hasType(name, TYPE.A) || facts.hasType(name, TYPE.AAAA))) continue;
    const names = found.get(wildcard);
    if (names === undefined) found.set(wildcard, [name]);
    else names.push(name);
  }
  return found;
}
