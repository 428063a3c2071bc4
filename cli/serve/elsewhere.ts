import type { ListenAt } from '../../lib/net/serve-options.ts';
import { parseServerAddress, type ServerAddress, serverText } from '../../lib/net/server-address.ts';
import type { Elsewhere } from '../../lib/server/test-server.ts';
import { Recording, replaying } from '../../lib/testing/recording.ts';
import { askUpstream, circleOf, type Heard } from '../../lib/testing/upstream.ts';
import { UsageError } from '../errors.ts';
import { FileError, type Io } from '../io.ts';
import { tell } from '../output.ts';
import { counted } from '../report/words.ts';

/** What the command line says about names of no zone. */
export interface ElsewhereCommandOptions {
  readonly upstream?: string;
  readonly record?: string;
  readonly replay?: readonly string[];
  /** With which no name is of no zone. */
  readonly challtestsrv?: string;
}

/** Octets that a recording has at most. */
const LARGEST_RECORDING = 2 ** 28;

/** Mistakes of one recording that are told one by one. */
const MOST_TOLD = 10;

/** What answers for names of no zone, until `ended`; undefined when nothing does. Throws UsageError and FileError. */
export function elsewhereOf(
  { upstream, record, replay, challtestsrv }: ElsewhereCommandOptions,
  places: readonly ListenAt[],
  ended: AbortSignal,
  io: Io,
): Elsewhere | undefined {
  if (record !== undefined && upstream === undefined)
    throw new UsageError('--record needs --upstream: it keeps what that server answers');
  if (challtestsrv !== undefined && (upstream ?? replay) !== undefined)
    throw new UsageError('--challtestsrv answers for names of no zone itself: leave out --upstream and --replay');
  const recording = new Recording();
  for (const path of replay ?? []) readInto(recording, path, io);
  const asking = upstream === undefined ? undefined : asked(upstream, places, ended, record, io);
  return replay === undefined ? asking : replaying(recording, asking);
}

/** The server that `--upstream` names; throws UsageError for none, and for the one that listens at these places. */
export function upstreamOf(text: string, places: readonly ListenAt[]): ServerAddress {
  const server = parseServerAddress(text);
  if ('problem' in server) throw new UsageError(`--upstream ${text}: ${server.problem}`);
  const circle = circleOf(server, places);
  if (circle !== undefined) throw new UsageError(`--upstream: ${circle}`);
  return server;
}

function asked(
  text: string,
  places: readonly ListenAt[],
  ended: AbortSignal,
  record: string | undefined,
  io: Io,
): Elsewhere {
  const server = upstreamOf(text, places);
  return askUpstream(server, ended, record === undefined ? undefined : recorder(record, serverText(server), io));
}

/** Writes what comes behind what a file has already; when that cannot be done any more, it is told once. */
function recorder(path: string, server: string, io: Io): Heard {
  const recording = new Recording();
  const before = io.kind(path) === 'missing' ? '' : readInto(recording, path, io);
  // Whom the server becomes need not be able to open it.
  const write = io.appendTo(path);
  if (before !== '' && !before.endsWith('\n')) write('\n');
  let works = true;
  return (question, response, dnssecOk) => {
    const line = works ? recording.note(question, response, dnssecOk, io.now()) : undefined;
    if (line === undefined) return;
    try {
      write(`${line}\n`);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      works = false;
      tell(io, 'error', `${error.message}; answers of ${server} are not recorded any more`);
    }
  };
}

/** Reads a recording; its text. */
function readInto(recording: Recording, path: string, io: Io): string {
  const text = new TextDecoder().decode(io.readFile(path, LARGEST_RECORDING));
  const said = recording.read(text).map(({ line, message }) => `${path}:${line}: ${message}`);
  if (said.length === 0) return text;
  const told = said.slice(0, MOST_TOLD);
  const left = said.length - told.length;
  if (left > 0) told.push(`${path}: ${counted(left, 'more mistake')}`);
  for (const each of told.slice(0, -1)) tell(io, 'error', each);
  throw new UsageError(told.at(-1) ?? '');
}
