import { resolve } from 'node:path';

/** Waits for changes of files and folders. */
export interface FileWatch {
  /** Resolves with the paths that changed once nothing has changed for a moment. */
  next(): Promise<readonly string[]>;
  /** Watches these too. */
  add(paths: readonly string[]): void;
  close(): Promise<void>;
}

/** Milliseconds of quiet after which a change counts: editors write, rename and write again. */
const QUIET = 60;

/** Watches files and folders, with all that is in them, from the moment the promise is kept. */
export async function watchFiles(paths: readonly string[], cwd: string): Promise<FileWatch> {
  const { watch } = await import('chokidar');
  const watcher = watch(
    paths.map((path) => resolve(cwd, path)),
    {
      ignoreInitial: true,
      ignored: (path) => /(?:^|[\\/])(?:\.git|node_modules|\.[^\\/]*\.tmp)(?:$|[\\/])/u.test(path),
    },
  );
  const changed = new Set<string>();
  let wake: () => void = () => {};
  let timer: NodeJS.Timeout | undefined;
  watcher.on('all', (_, path) => {
    changed.add(path);
    clearTimeout(timer);
    timer = setTimeout(() => {
      timer = undefined;
      wake();
    }, QUIET);
  });
  watcher.on('error', () => {});
  await new Promise<void>((ready) => {
    watcher.once('ready', () => ready());
  });
  return {
    async next() {
      if (changed.size === 0 || timer !== undefined) {
        await new Promise<void>((resume) => {
          wake = resume;
        });
      }
      const all = [...changed].sort();
      changed.clear();
      return all;
    },
    add(more) {
      watcher.add(more.map((path) => resolve(cwd, path)));
    },
    close() {
      clearTimeout(timer);
      return watcher.close();
    },
  };
}
