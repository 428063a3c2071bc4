import { readTsigKey, readTsigKeyFile, type TsigKey } from '../lib/wire/tsig-keys.ts';
import { UsageError } from './errors.ts';
import { FileError, type Io } from './io.ts';

/** What an option for keys says of itself. */
export const KEY_HELP =
  'TSIG key: a file as tsig-keygen writes it, or [ALGORITHM:]NAME:BASE64, which others see in the list of processes';

/** Octets that a file of keys has at most. */
const LARGEST_KEYS = 2 ** 20;

const MAY_BE_SECRET = /^[A-Za-z0-9+/]{12,}={0,2}$/u;

/** The keys that a command line names; what is said of one that is wrong never repeats it. */
export function readKeys(texts: readonly string[], io: Io): TsigKey[] {
  return texts.flatMap((text) => {
    const file = io.kind(text) !== 'missing';
    if (!file && !text.includes(':')) {
      const shown = MAY_BE_SECRET.test(text) ? 'of this name' : text;
      throw new UsageError(`--key: there is no file ${shown}, and a key on the command line is NAME:BASE64`);
    }
    const read = file ? readTsigKeyFile(new TextDecoder().decode(io.readFile(text, LARGEST_KEYS))) : readTsigKey(text);
    if (!('problem' in read)) return read.keys;
    throw file ? new FileError(text, read.problem) : new UsageError(`--key: ${read.problem}`);
  });
}
