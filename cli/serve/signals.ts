import type { Controls } from './run.ts';

/** What the signals of this process mean: SIGTERM and SIGINT end, SIGHUP reads zones again. A second SIGINT ends at once. */
export function signalControls(): Controls {
  let reload: () => void = () => {};
  const onHangUp = (): void => reload();
  process.on('SIGHUP', onHangUp);
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
  };
}
