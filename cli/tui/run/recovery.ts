import { basename, dirname, join, resolve } from 'node:path';
import { FileError, type Io } from '../../io.ts';
import type { FileContents } from '../model/effects.ts';

/** Characters of a path in the name of its recovery file. */
const LONGEST_NAME = 180;

/** Octets of a recovery file that are read. */
const LARGEST = 2 ** 30;

/** Files as they were in an editor that did not end as it should. */
export interface Recovered {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly files: FileContents;
}

/** Where the editor keeps what it remembers: the folder for states of the user, or none when there is no home. */
export function stateFolder({ env }: Pick<Io, 'env'>): string | undefined {
  const { XDG_STATE_HOME: state, HOME: home } = env;
  if (state?.startsWith('/')) return join(state, 'zonewright');
  return home === undefined || home === '' ? undefined : join(home, '.local', 'state', 'zonewright');
}

/** The recovery file of a zone file; beside it when the user has no folder for states. */
export function recoveryPath(path: string, io: Pick<Io, 'env' | 'cwd' | 'realPath'>): string {
  const real = io.realPath(path) ?? resolve(io.cwd, path);
  const folder = stateFolder(io);
  if (folder === undefined) return join(dirname(real), `.${basename(real)}.recovery`);
  const name = encodeURIComponent(real).replaceAll('%2F', '%').slice(-LONGEST_NAME);
  return join(folder, 'recovery', name);
}

/** Keeps what is not saved; throws FileError. */
export function writeRecovery(path: string, files: FileContents, io: Io): void {
  const to = recoveryPath(path, io);
  io.createFolder(dirname(to));
  const kept = [...files].map(([name, bytes]) => ({ name, base64: Buffer.from(bytes).toString('base64') }));
  const file = io.createFile(to);
  file.write(`${JSON.stringify({ version: 1, time: io.now(), files: kept })}\n`);
  file.commit();
}

/** What was kept for a zone file; undefined when there is nothing that can be read. */
export function readRecovery(path: string, io: Io): Recovered | undefined {
  const from = recoveryPath(path, io);
  if (io.kind(from) !== 'file') return undefined;
  try {
    return recoveredFrom(JSON.parse(new TextDecoder().decode(io.readFile(from, LARGEST))));
  } catch (error) {
    if (error instanceof FileError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Forgets what was kept. */
export function removeRecovery(path: string, io: Io): void {
  try {
    io.removeFile(recoveryPath(path, io));
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
  }
}

function recoveredFrom(value: unknown): Recovered | undefined {
  if (!isObject(value) || value['version'] !== 1) return undefined;
  const { time, files } = value;
  if (typeof time !== 'number' || !Array.isArray(files)) return undefined;
  const contents = new Map<string, Uint8Array>();
  for (const file of files as readonly unknown[]) {
    if (!isObject(file) || typeof file['name'] !== 'string' || typeof file['base64'] !== 'string') return undefined;
    contents.set(file['name'], new Uint8Array(Buffer.from(file['base64'], 'base64')));
  }
  return { time, files: contents };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
