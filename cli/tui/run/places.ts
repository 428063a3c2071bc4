import { join, resolve } from 'node:path';
import { FileError, type Io } from '../../io.ts';
import { stateFolder } from './state-folder.ts';

/** Where somebody was in a zone file when they left it. */
export interface RememberedPlace {
  /** The file, without symbolic links. */
  readonly zone: string;
  /** The file of the zone in which the cursor was, and its line. */
  readonly file: string;
  readonly line: number;
  readonly filter: string;
}

/** Files that are remembered; the one left first is forgotten first. */
const MOST = 100;

/** Octets of the list that are read, and characters of what it remembers. */
const LARGEST = 1 << 20;
const LONGEST = 4096;

/** The places remembered, the newest first; none when they cannot be read. */
export function readPlaces(io: Io): readonly RememberedPlace[] {
  const path = placesPath(io);
  if (path === undefined || io.kind(path) !== 'file') return [];
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(io.readFile(path, LARGEST)));
    const list = typeof value === 'object' && value !== null && 'places' in value ? value.places : undefined;
    return Array.isArray(list) ? list.filter(isPlace).slice(0, MOST) : [];
  } catch (error) {
    if (error instanceof FileError || error instanceof SyntaxError) return [];
    throw error;
  }
}

/** The place remembered of a zone file. */
export function placeIn(path: string, io: Io): RememberedPlace | undefined {
  const zone = realOf(path, io);
  return readPlaces(io).find((place) => place.zone === zone);
}

/** Remembers a place; what cannot be written is forgotten. */
export function rememberPlace(path: string, place: Omit<RememberedPlace, 'zone'>, io: Io): void {
  const to = placesPath(io);
  const folder = stateFolder(io);
  const remembered = { zone: realOf(path, io), ...place };
  if (to === undefined || folder === undefined || !isPlace(remembered)) return;
  const others = readPlaces(io).filter(({ zone }) => zone !== remembered.zone);
  try {
    io.createFolder(folder, 0o700);
    const file = io.createFile(to, 0o600);
    file.write(`${JSON.stringify({ version: 1, places: [remembered, ...others].slice(0, MOST) })}\n`);
    file.commit();
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
  }
}

function placesPath(io: Io): string | undefined {
  const folder = stateFolder(io);
  return folder === undefined ? undefined : join(folder, 'places.json');
}

function realOf(path: string, io: Io): string {
  return io.realPath(path) ?? resolve(io.cwd, path);
}

function isPlace(value: unknown): value is RememberedPlace {
  if (typeof value !== 'object' || value === null) return false;
  const { zone, file, line, filter } = value as Partial<Record<keyof RememberedPlace, unknown>>;
  return (
    Number.isSafeInteger(line) &&
    [zone, file, filter].every((text) => typeof text === 'string' && text.length <= LONGEST)
  );
}
