import type { Exchanges } from '../../lib/mail/exchanges.ts';
import { UsageError } from '../errors.ts';

/** Throws UsageError when a look-up failed because the zone is not among those given: no verdict can rest on that. */
export function refuseOutside(exchanges: Exchanges | undefined): void {
  if (exchanges?.kind === 'failure' && exchanges.reason === 'outside') throw new UsageError(exchanges.detail);
}
