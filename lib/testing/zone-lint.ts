import { loadFaults } from '../lint/load-faults.ts';
import { ZoneTree } from '../zone/tree.ts';
import { placeOf, type Refused } from './zone-source.ts';

/** What makes BIND, NSD or Knot DNS refuse a zone. */
export function refusedBy(now: () => number): Refused {
  return (zone, added) =>
    loadFaults(new ZoneTree(zone), now()).map(({ diagnostic: { rule, place }, message }) => {
      const where = placeOf(zone, zone.files.indexOf(place.file), place.span.start, added);
      return `${where}: ${message} (${rule})`;
    });
}
