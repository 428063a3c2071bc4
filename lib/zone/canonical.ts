import { lowerOctet } from '../rr/escapes.ts';
import { canonicalRdata } from '../rr/layout.ts';
import { writeName } from '../rr/name.ts';
import { classToText, typeToText } from '../rr/types.ts';
import { ByteSink } from '../text/sink.ts';
import { type CanonicalOrder, canonicalOrder } from './order.ts';
import { TextWriter } from './text-writer.ts';
import type { Zone } from './zone.ts';

/**
 * The zone in canonical form: one record a line `owner ttl class type rdata` in DNSSEC order, each record once, names
 * absolute and in small letters (in RDATA where RFC 4034 §6.2 wants them so). In pieces of whole lines fit for writing.
 */
export function* canonicalChunks(zone: Zone, order: CanonicalOrder = canonicalOrder(zone)): Generator<string> {
  const { owners, types, names } = zone;
  const writer = new TextWriter();
  const ownerText = new ByteSink(256);
  const classText = classToText(zone.zoneClass);
  let owner = -1;
  for (let index = 0; index < order.records.length; index++) {
    const record = order.records[index] as number;
    if (owners[record] !== owner) {
      owner = owners[record] as number;
      ownerText.length = 0;
      writeName(names.arena, names.offsets[owner] as number, ownerText);
      for (let at = 0; at < ownerText.length; at++) ownerText.bytes[at] = lowerOctet(ownerText.bytes[at] as number);
    }
    const type = types[record] as number;
    writer.out.put(ownerText.bytes.subarray(0, ownerText.length));
    writer.ascii(` ${order.ttls[index]} ${classText} ${typeToText(type)} `);
    writer.rdata(type, canonicalRdata(type, zone.rdataOf(record)));
    writer.endLine();
    if (writer.full) yield writer.take();
  }
  yield writer.take();
}

/** The lines of canonicalChunks one by one, without line ends. */
export function* canonicalLines(zone: Zone, order: CanonicalOrder = canonicalOrder(zone)): Generator<string> {
  for (const chunk of canonicalChunks(zone, order)) if (chunk !== '') yield* chunk.slice(0, -1).split('\n');
}
