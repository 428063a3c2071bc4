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

/** Whether a certificate is plainly shown by a port of a host, whatever names it has: bound to it, or in a file with its name. */
export function isMeantFor(facts: Facts, certificate: number, host: string, port: number): boolean {
  const given = facts.certificates[certificate];
  if (given === undefined || !mayServe(given)) return false;
  const { hosts, ports } = given.binding;
  if (ports !== undefined && !ports.includes(port)) return false;
  return hosts === undefined ? fileStems(given.file).includes(host) : hosts.includes(host);
}
