import { getServers, promises } from 'node:dns';

/** The addresses that this machine knows a host by, its file of hosts included; none when it knows none. */
export async function systemAddresses(host: string): Promise<readonly string[]> {
  try {
    const found = await promises.lookup(host, { all: true, verbatim: true });
    return [...new Set(found.map(({ address }) => address))];
  } catch {
    return [];
  }
}

/** The DNS servers that this machine asks, such as `192.0.2.53` or `[2001:db8::53]:5353`. */
export function systemServers(): readonly string[] {
  return getServers();
}
