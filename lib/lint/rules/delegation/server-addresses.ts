import { TYPE } from '../../../rr/types.ts';
import { addressesOf } from '../../common-hosts.ts';
import { oncePerZone } from '../../common-memo.ts';
import type { Facts } from '../../facts.ts';

/** A name server of the zone itself with the addresses that the zones given know. */
export interface ServerAddresses {
  /** Its NS record at the apex. */
  readonly record: number;
  readonly addresses: readonly { readonly ipv6: boolean; readonly octets: Uint8Array }[];
}

/** The apex name servers with their addresses; undefined when any of them is a host no zone given can tell of. */
export const apexServers: (facts: Facts) => readonly ServerAddresses[] | undefined = oncePerZone((facts) => {
  const found: ServerAddresses[] = [];
  for (const record of facts.rrset(facts.zone.apex, TYPE.NS)) {
    const server = facts.rdata(record);
    const home = facts.zoneFor(server);
    if (home === undefined || home.mayBeBroken(TYPE.A) || home.mayBeBroken(TYPE.AAAA)) return undefined;
    const addresses = addressesOf(home, server).map((each) => ({
      ipv6: home.zone.types[each] === TYPE.AAAA,
      octets: home.rdata(each),
    }));
    if (addresses.length === 0) return undefined;
    found.push({ record, addresses });
  }
  return found.length === 0 ? undefined : found;
});
