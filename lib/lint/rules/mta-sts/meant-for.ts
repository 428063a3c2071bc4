import { matchNames } from '../../../certs/names.ts';
import { mayServe } from '../../common-serving.ts';
import { fileStems } from '../../common-strays.ts';
import type { Facts } from '../../facts.ts';

/** How a certificate fails to name a host: not at all, or only by a common name, which MTA-STS does not look at (RFC 8461 §4.1). */
export type Lack = 'name' | 'common-name';

/** What a certificate lacks for a host that MTA-STS has checked; wildcards stand for one label (RFC 8461 §3.3, §4.1). */
export function lackOf(facts: Facts, certificate: number, host: string): Lack | undefined {
  const given = facts.certificates[certificate];
  if (given === undefined) return undefined;
  const { host: found, cnFallback } = matchNames([host], given.facts, { wildcards: true });
  if (found === undefined) return 'name';
  return cnFallback ? 'common-name' : undefined;
}

/** The certificates a port of a host plainly shows, whatever names they have: bound to it, or in a file with its name. */
export function meantFor(facts: Facts, host: string, port: number): readonly number[] {
  const found = facts.once(byHost).get(host) ?? [];
  return found.filter((index) => facts.certificates[index]?.binding.ports?.includes(port) !== false);
}

function byHost(facts: Facts): ReadonlyMap<string, readonly number[]> {
  const indexes = new Map<string, number[]>();
  facts.certificates.forEach((given, index) => {
    if (!mayServe(given)) return;
    for (const host of new Set(given.binding.hosts ?? fileStems(given.file))) {
      const same = indexes.get(host);
      if (same === undefined) indexes.set(host, [index]);
      else same.push(index);
    }
  });
  return indexes;
}
