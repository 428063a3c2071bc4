import { canonicalRdata, printRdata } from '../rr/codec.ts';
import { lowerName, nameToText } from '../rr/name.ts';
import { classToText, typeToText } from '../rr/types.ts';
import { chunksOf } from './chunks.ts';
import { type CanonicalOrder, canonicalOrder } from './order.ts';
import type { Zone } from './zone.ts';

/**
 * The zone in canonical form: one record a line `owner ttl class type rdata` in DNSSEC order, each record once, names
 * absolute and in small letters (in RDATA where RFC 4034 §6.2 wants them so), no line end.
 */
export function* canonicalLines(zone: Zone, order: CanonicalOrder = canonicalOrder(zone)): Generator<string> {
  const { owners, types } = zone;
  const zoneClass = classToText(zone.zoneClass);
  let owner = -1;
  let ownerText = '';
  for (const [index, record] of order.records.entries()) {
    if (owners[record] !== owner) {
      owner = owners[record] as number;
      ownerText = nameToText(lowerName(zone.names.wire(owner)));
    }
    const type = types[record] as number;
    const rdata = printRdata(type, canonicalRdata(type, zone.rdataOf(record)));
    const head = `${ownerText} ${order.ttls[index]} ${zoneClass} ${typeToText(type)}`;
    yield rdata === '' ? head : `${head} ${rdata}`;
  }
}

/** The lines of canonicalLines, each with its line end, in pieces fit for writing. */
export function canonicalChunks(zone: Zone, order: CanonicalOrder = canonicalOrder(zone)): Generator<string> {
  return chunksOf(canonicalLines(zone, order));
}
