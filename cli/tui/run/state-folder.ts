import { join } from 'node:path';
import type { Io } from '../../io.ts';

/** Where the editor keeps what it remembers: the folder for states of the user, or none when there is no home. */
export function stateFolder({ env }: Pick<Io, 'env'>): string | undefined {
  const { XDG_STATE_HOME: state, HOME: home } = env;
  if (state?.startsWith('/')) return join(state, 'zonewright');
  return home === undefined || home === '' ? undefined : join(home, '.local', 'state', 'zonewright');
}
