import { relative } from 'node:path';
import type { Io } from '../io.ts';
import { findTargets } from '../lint/paths.ts';

/** The zone files of two folders: those of the same path in both, and those only one has. */
export interface FolderPairs {
  readonly pairs: readonly (readonly [old: string, now: string])[];
  readonly onlyOld: readonly string[];
  readonly onlyNew: readonly string[];
  /** Why a folder could not be read. */
  readonly problems: readonly string[];
}

/** Pairs the zone files of two folders by their path from there. */
export async function pairFolders(old: string, now: string, io: Io): Promise<FolderPairs> {
  const [before, after] = [await filesBelow(old, io), await filesBelow(now, io)];
  const names = [...before.files.keys()];
  return {
    pairs: names.flatMap((name) => {
      const [left, right] = [before.files.get(name), after.files.get(name)];
      return left === undefined || right === undefined ? [] : [[left, right] as const];
    }),
    onlyOld: names.filter((name) => !after.files.has(name)).map((name) => before.files.get(name) ?? name),
    onlyNew: [...after.files].filter(([name]) => !before.files.has(name)).map(([, path]) => path),
    problems: [...before.problems, ...after.problems],
  };
}

async function filesBelow(
  folder: string,
  io: Io,
): Promise<{ files: ReadonlyMap<string, string>; problems: readonly string[] }> {
  const { targets, problems } = await findTargets([folder], undefined, () => false, io);
  return {
    files: new Map(targets.map(({ path }) => [relative(folder, path), path])),
    problems: problems.map(({ problem }) => problem),
  };
}
