import { resolve, sep } from 'node:path';
import { UsageError } from '../errors.ts';
import { FileError, type Io } from '../io.ts';
import { type CertificateArgument, loadCertificates } from './certificates.ts';

/** The paths that were looked at, whatever was there, and the folders whose names were listed, all absolute. */
export interface LookedAt {
  readonly paths: ReadonlySet<string>;
  readonly folders: ReadonlySet<string>;
}

/** Everything that certificates come from: files, folders, what configurations name and include, and keys. */
export async function lookedAtForCertificates(wanted: readonly CertificateArgument[], io: Io): Promise<LookedAt> {
  const paths = new Set<string>();
  const folders = new Set<string>();
  const noted = (path: string): string => {
    paths.add(resolve(io.cwd, path));
    return path;
  };
  const recording: Io = {
    ...io,
    kind: (path) => io.kind(noted(path)),
    readFile: (path, limit) => io.readFile(noted(path), limit),
    listFolder: (path) => {
      folders.add(resolve(io.cwd, path));
      return io.listFolder(path);
    },
  };
  try {
    await loadCertificates(wanted, recording);
  } catch (error) {
    // What was looked at until then may mend it.
    if (!(error instanceof UsageError) && !(error instanceof FileError)) throw error;
  }
  return { paths, folders };
}

/** Whether a path was looked at, or is new or gone in a folder that was listed. */
export function wasLookedAt(path: string, { paths, folders }: LookedAt): boolean {
  return paths.has(path) || folders.has(path.slice(0, path.lastIndexOf(sep)));
}
