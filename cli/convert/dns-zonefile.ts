import * as dnsZonefileModule from 'dns-zonefile';
import { nameKey } from '../../lib/rr/name.ts';
import { hexText } from '../../lib/rr/octets.ts';
import type { DnsZonefile } from '../../lib/zone/formats/dns-zonefile.ts';
import type { TakeLoss } from '../../lib/zone/formats/loss.ts';
import { readZone } from '../../lib/zone/read.ts';
import type { Zone } from '../../lib/zone/zone.ts';

/** The package exports one object, which its types do not say. */
const { generate } = (dnsZonefileModule as unknown as { default: { generate(json: object): string } }).default;

/** Stands in for a SOA, without which the package writes nothing. */
const SOA = { name: '@', mname: '.', rname: '.', serial: 0, refresh: 0, retry: 0, expire: 0, minimum: 0, ttl: 1 };

/** Has the package make a zone file of its JSON and names the `held` records that do not stand in it as they were. */
export function checkDnsZonefile(zone: Zone, json: DnsZonefile, held: readonly number[], lose: TakeLoss): void {
  const text = generate(json.soa === undefined ? { ...json, soa: SOA } : json);
  const again = readZone({ name: 'dns-zonefile', bytes: new TextEncoder().encode(text), origin: zone.origin });
  const written = new Map<string, number>();
  for (let record = 0; record < again.count; record++) {
    const key = keyOf(again, record);
    written.set(key, (written.get(key) ?? 0) + 1);
  }
  for (const record of held) {
    const key = keyOf(zone, record);
    const count = written.get(key) ?? 0;
    if (count === 0) lose(record, 'is in the JSON, but dns-zonefile makes another record or none of it');
    written.set(key, count - 1);
  }
  if (json.soa === undefined) lose(-1, 'dns-zonefile makes no zone file without a SOA');
}

function keyOf(zone: Zone, record: number): string {
  const rdata = hexText(zone.rdataOf(record));
  return `${nameKey(zone.ownerOf(record))} ${zone.types[record]} ${zone.ttls[record]} ${rdata}`;
}
