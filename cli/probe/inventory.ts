import { pemText } from '../../lib/certs/pem-text.ts';
import type { CertificateInventory, InventoryEntry } from '../../lib/certs/sources/inventory.ts';
import type { ProbedPlace } from '../../lib/net/probe-place.ts';

/** An inventory of the certificates that were shown, as `lint --certs` reads it; undefined when none was. */
export function inventoryOf(places: readonly ProbedPlace[]): CertificateInventory | undefined {
  const entries = new Map<string, { pem: string; host: string; ports: Set<number>; domains: Set<string> }>();
  for (const { host, port, domain, leaf, result } of places) {
    if (leaf === undefined) continue;
    const pem = pemText(result.certificates);
    const entry = entries.get(`${host} ${pem}`) ?? { pem, host, ports: new Set(), domains: new Set() };
    entries.set(`${host} ${pem}`, entry);
    entry.ports.add(port);
    if (domain !== undefined) entry.domains.add(domain);
  }
  if (entries.size === 0) return undefined;
  const certificates = [...entries.values()].map(
    ({ pem, host, ports, domains }): InventoryEntry => ({
      pem,
      roles: ['server'],
      hosts: [host],
      ports: [...ports].sort((one, other) => one - other),
      ...(domains.size === 0 ? {} : { domains: [...domains] }),
    }),
  );
  return { version: 1, certificates };
}
