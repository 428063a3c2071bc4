import { waitFor } from '../net/waiting.ts';
import type { Clock } from './clock.ts';

/** The clock of this machine. */
export const REAL_CLOCK: Clock = {
  now: () => Date.now(),
  ticks: () => performance.now(),
  wait: waitFor,
};
