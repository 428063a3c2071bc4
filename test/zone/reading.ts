import { printRdata } from '../../lib/rr/codec.ts';
import { nameToText } from '../../lib/rr/name.ts';
import { classToText, typeToText } from '../../lib/rr/types.ts';
import type { ReadOptions } from '../../lib/zone/options.ts';
import { readZone } from '../../lib/zone/read.ts';
import type { Zone } from '../../lib/zone/zone.ts';
import { wire } from './zones.ts';

const ORIGIN = wire('example.net.');

/** The zone `example.net` from text or octets. */
export function read(text: string | Uint8Array, more: Partial<ReadOptions> = {}): Zone {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  return readZone({ name: 'example.net.zone', bytes, origin: ORIGIN, ...more });
}

/** One line a record, in file order. */
export function lines(zone: Zone): string[] {
  return Array.from({ length: zone.count }, (_, record) => {
    const type = zone.types[record] ?? 0;
    const head = `${nameToText(zone.ownerOf(record))} ${zone.ttls[record]} ${classToText(zone.classes[record] ?? 0)}`;
    return `${head} ${typeToText(type)} ${printRdata(type, zone.rdataOf(record))}`;
  });
}

/** Everything that two readings of one text must agree on. */
export function reading(zone: Zone): unknown {
  const { problems, broken, directives, zoneClass } = zone;
  return {
    lines: lines(zone),
    entries: [...zone.entries.subarray(0, zone.count)],
    problems,
    broken,
    directives,
    zoneClass,
  };
}

/** The first line of a zone. */
export const SOA: string = '@ 3600 IN SOA ns1 hostmaster 1 7200 3600 1209600 300\n';
