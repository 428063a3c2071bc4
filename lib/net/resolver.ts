import { promises } from 'node:dns';
import { type ServerAddress, serverText } from './server-address.ts';

/** Milliseconds until a query is sent again, and how often it is sent. */
const PATIENCE = { timeout: 2000, tries: 2 };

/** A resolver of Node that asks these servers and no others. */
export function resolverAt(servers: readonly ServerAddress[]): promises.Resolver {
  const resolver = new promises.Resolver(PATIENCE);
  resolver.setServers(servers.map(serverText));
  return resolver;
}
