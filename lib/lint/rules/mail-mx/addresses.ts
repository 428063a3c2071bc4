import { TYPE } from '../../../rr/types.ts';
import { addressesOf } from '../../common-hosts.ts';
import type { Facts, MailTarget } from '../../facts.ts';
import { isDocumentation, specialIpv4, specialIpv6 } from '../dns-core/addresses.ts';

/** Whether every address the zone gives a host is out of reach from the Internet; false for a host without any. */
export function isUnreachable(facts: Facts, target: MailTarget): boolean {
  // Most hosts have a public IPv4 address, and are done with that.
  const ipv4 = facts.tree.firstOf(target.id, TYPE.A);
  if (ipv4 >= 0 && !isOutOfReach(facts, ipv4)) return false;
  const addresses = addressesOf(facts, target.wire, target.id);
  return addresses.length > 0 && addresses.every((record) => isOutOfReach(facts, record));
}

// Documentation addresses stand for public ones in every example.
function isOutOfReach({ zone }: Facts, record: number): boolean {
  const special = zone.types[record] === TYPE.A ? specialIpv4 : specialIpv6;
  const use = special(zone.rdata, zone.rdataStarts[record] ?? 0);
  return use !== undefined && !isDocumentation(use);
}
