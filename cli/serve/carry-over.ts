import { ServedZones } from '../../lib/server/served-zones.ts';

/**
 * What is served after files were read again: what was read anew, and of all else what is served now, changes made while
 * it was served included.
 */
export function carryOver(now: ServedZones, before: ServedZones, after: ServedZones): ServedZones {
  const kept = after.zones().flatMap((zone) => {
    if (before.zone(zone.origin) !== zone) return [zone];
    const served = now.zone(zone.origin);
    return served === undefined ? [] : [served];
  });
  const others = now
    .zones()
    .filter(({ origin }) => before.zone(origin) === undefined && after.zone(origin) === undefined);
  return new ServedZones([...kept, ...others]);
}
