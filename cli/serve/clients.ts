import type { Exchange } from '../../lib/server/exchange.ts';
import { isLoopback } from './places.ts';

/** Who may do what changes zones or hands them over: those of this machine or with a key, those with a key, all, or nobody. */
export type Clients = 'loopback' | 'any' | 'key' | 'none';

/** The words for them. */
export const CLIENTS: readonly Clients[] = ['loopback', 'any', 'key', 'none'];

/** Whether a client is one of those. */
export function isAmong(clients: Clients, { client, key }: Exchange): boolean {
  if (clients === 'none' || clients === 'any') return clients === 'any';
  return key !== undefined || (clients === 'loopback' && isLoopback(client.address));
}
