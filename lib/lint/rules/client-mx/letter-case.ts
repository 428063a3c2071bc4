import { lowerName } from '../../../rr/name.ts';
import { repeatedHosts } from '../../common-hosts.ts';
import { bareName } from '../../common-words.ts';
import type { Facts, MailTarget } from '../../facts.ts';

/** Client MX RDATA with the letters of the name in lower case and the preference as it is. */
export function lowerRdata(facts: Facts, record: number): Uint8Array {
  const rdata = facts.rdata(record);
  const lower = rdata.slice();
  lower.set(lowerName(rdata.subarray(2)), 2);
  return lower;
}

/** Whether a wire name has upper-case letters. */
export function hasUpperCase(wire: Uint8Array): boolean {
  for (let at = 0; at < wire.length; at++) {
    const octet = wire[at] as number;
    if (octet >= 0x41 && octet <= 0x5a) return true;
  }
  return false;
}

/** Pairs of records equal but for letter case: the one that stays and the one too many. */
export function caseTwins(members: readonly MailTarget[]): readonly (readonly [MailTarget, MailTarget])[] {
  // Most domains name each host once.
  if ([...repeatedHosts(members)].length === 0) return [];
  const groups = new Map<string, MailTarget[]>();
  for (const member of members) {
    const key = `${member.preference} ${member.host}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [member]);
    else group.push(member);
  }
  return [...groups.values()].flatMap((group) => {
    const keep = group.find(({ wire }) => !hasUpperCase(wire)) ?? group[0];
    if (keep === undefined) return [];
    const spelled = bareName(keep.wire);
    return group.filter(({ wire }) => bareName(wire) !== spelled).map((other) => [keep, other] as const);
  });
}
