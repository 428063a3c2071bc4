import type { Controls } from './run.ts';

/** Windows has no SIGUSR1. */
const HAS_STATE_SIGNAL = process.platform !== 'win32';

function ignore(): void {}

/** Has SIGUSR1 do nothing until the state can be told: without somebody who listens Node would open its debugger. */
export function keepDebuggerShut(): void {
  if (HAS_STATE_SIGNAL) process.off('SIGUSR1', ignore).on('SIGUSR1', ignore);
}

/**
 * What the signals of this process mean: SIGTERM and SIGINT end, SIGHUP reads zones again, SIGUSR1 asks for the state. A
 * second SIGINT ends at once.
 */
export function signalControls(): Controls {
  let reload: () => void = () => {};
  const onHangUp = (): void => reload();
  process.on('SIGHUP', onHangUp);
  let state: () => void = () => {};
  if (HAS_STATE_SIGNAL) process.on('SIGUSR1', () => state());
  const stopped = new Promise<void>((resolve) => {
    const stop = (): void => {
      process.off('SIGTERM', stop);
      process.off('SIGINT', stop);
      process.off('SIGHUP', onHangUp);
      resolve();
    };
    process.on('SIGTERM', stop);
    process.on('SIGINT', stop);
  });
  return {
    stopped,
    onReload(act) {
      reload = act;
    },
    onState(act) {
      state = act;
    },
  };
}
