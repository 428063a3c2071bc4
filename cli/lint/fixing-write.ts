import { FileError, type Io } from '../io.ts';
import type { ChangedFile } from './fixing.ts';

/** What was written, and a sentence for each file that was not. */
export interface Written {
  readonly written: readonly string[];
  readonly problems: readonly string[];
}

/**
 * Writes changed files, each at once or not at all. When one of them is not on the disk as it was read, nobody knows what the
 * change of the others would do, and none is written.
 */
export function writeChanged(changed: readonly ChangedFile[], io: Io): Written {
  const stale = changed.flatMap((file) => changedMeanwhile(file, io) ?? []);
  if (stale.length > 0) return { written: [], problems: stale };
  const written: string[] = [];
  const problems: string[] = [];
  for (const file of changed) {
    const problem = changedMeanwhile(file, io) ?? write(file, io);
    if (problem === undefined) written.push(file.name);
    else problems.push(problem);
  }
  return { written, problems };
}

function changedMeanwhile({ name, before }: ChangedFile, io: Io): string | undefined {
  try {
    // Devices and pipes cannot be read twice.
    if (io.kind(name) !== 'file') return `${name} is no file that could be fixed`;
    if (Buffer.compare(io.readFile(name), before) === 0) return undefined;
  } catch (error) {
    if (error instanceof FileError) return error.message;
    throw error;
  }
  return `${name} was changed by somebody else while it was being fixed; it is left as it is: run the fix again`;
}

function write({ name, after }: ChangedFile, io: Io): string | undefined {
  try {
    const file = io.createFile(name);
    file.write(after);
    file.commit();
    return undefined;
  } catch (error) {
    if (error instanceof FileError) return error.message;
    throw error;
  }
}
