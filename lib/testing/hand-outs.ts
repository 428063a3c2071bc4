import type { ListenAt } from '../net/serve-options.ts';
import { serverText } from '../net/server-address.ts';
import { nameToText } from '../rr/name.ts';
import type { ServedZones } from '../server/served-zones.ts';
import { dsLines, unboundAnchor } from '../server/trust-anchors.ts';

/** Where a server is, and where else it is. */
interface Placed {
  readonly address: string;
  readonly port: number;
  readonly listeners: readonly ListenAt[];
}

const DNS_PORT = 53;

/** A resolv.conf that names the server; most systems always use port 53, which is said when it is another one. */
export function resolvConf({ address, port, listeners }: Placed): string {
  const addresses = [...new Set(listeners.filter((each) => each.transport === 'udp').map((each) => each.address))];
  const note =
    port === DNS_PORT ? [] : [`# Port ${port}: resolv.conf cannot say so on most systems, which ask port 53.`];
  const servers = (addresses.length === 0 ? [address] : addresses).map((each) => `nameserver ${each}`);
  return `${[...note, ...servers, 'options timeout:1 attempts:2'].join('\n')}\n`;
}

/** DS records of the zones that the server signs itself. */
export function trustAnchors(zones: ServedZones): string[] {
  return zones.zones().flatMap(({ origin, keys }) => (keys.length === 0 ? [] : dsLines(origin, keys)));
}

/**
 * Configuration of Unbound with a stub for each zone, and trust in those that the server signs itself; names that Unbound
 * itself denies, such as those of `test`, are let through. It validates as of the moment `now` where one is given.
 */
export function unboundStub({ address, port }: Placed, zones: ServedZones, now?: number): string {
  const served = zones.zones();
  const names = served.map(({ origin }) => nameToText(origin));
  const anchors = trustAnchors(zones);
  const insecure = served.filter(({ keys }) => keys.length === 0).map(({ origin }) => nameToText(origin));
  const date = now === undefined ? [] : [new Date(now).toISOString().replaceAll(/\D|\d{3}Z$/gu, '')];
  const lines = [
    'server:',
    '  do-not-query-localhost: no',
    ...names.map((name) => `  local-zone: "${name}" transparent`),
    ...insecure.map((name) => `  domain-insecure: "${name}"`),
    ...anchors.map((line) => `  ${unboundAnchor(line)}`),
    ...(anchors.length === 0 ? [] : date.map((text) => `  val-override-date: "${text}"`)),
    ...names.flatMap((name) => ['stub-zone:', `  name: "${name}"`, `  stub-addr: ${address}@${port}`]),
  ];
  return `${lines.join('\n')}\n`;
}

/** Variables that tell another program where the server is. */
export function environment(placed: Placed): Record<string, string> {
  const { address, port } = placed;
  return { DNS_SERVER: serverText(placed), DNS_SERVER_ADDRESS: address, DNS_SERVER_PORT: String(port) };
}
