/** Waits so many milliseconds, or until told that nobody waits any more. */
export function waitFor(milliseconds: number, ended?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (ended?.aborted) return resolve();
    const end = (): void => {
      clearTimeout(timer);
      ended?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    ended?.addEventListener('abort', end);
  });
}
