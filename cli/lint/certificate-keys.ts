import type { GivenCertificate, KeyFile } from '../../lib/certs/load.ts';
import { FileError, type Io } from '../io.ts';

/** Octets of a file that is named as a private key. */
const LARGEST_KEY_FILE = 2 ** 20;

/** A certificate that was found, with what stands beside it in its file and the key file that its source names. */
export interface KeyQuestion {
  readonly found: GivenCertificate;
  readonly siblings: readonly GivenCertificate[];
  readonly bytes: Uint8Array;
  readonly file: string;
  readonly named: string | undefined;
}

/** What can be told of the private key of a certificate; octets of a key file are wiped once they were compared. */
export function keyOf(
  { found, siblings, bytes, file, named }: KeyQuestion,
  { keyFit, ownKeyFit }: typeof import('../../lib/certs/private-key.ts'),
  io: Io,
): KeyFile | undefined {
  const own = named === undefined || named === file;
  const fit = own ? ownKeyFit(bytes, found, siblings) : fitOf(named, (octets) => keyFit(octets, found), io);
  if (fit === undefined) return undefined;
  const path = own ? file : named;
  const mode = io.mode(path);
  return { file: path, fit, ...(mode === undefined ? {} : { mode }) };
}

function fitOf(path: string, compare: (octets: Uint8Array) => KeyFile['fit'], io: Io): KeyFile['fit'] {
  if (io.kind(path) !== 'file') return 'unreadable';
  let octets: Uint8Array | undefined;
  try {
    octets = io.readFile(path, LARGEST_KEY_FILE);
    return compare(octets);
  } catch (error) {
    if (error instanceof FileError) return 'unreadable';
    throw error;
  } finally {
    octets?.fill(0);
  }
}
