import type { ReadStream, WriteStream } from 'node:tty';
import { UsageError } from '../../errors.ts';
import { FileError, type Io } from '../../io.ts';
import { type LintOptions, requestOf } from '../../lint/options.ts';
import { setUp } from '../../lint/setup.ts';
import { lookFor } from '../../report/look.ts';
import { readZoneFile } from '../../zone-file.ts';
import { LintThread } from './lint-thread.ts';
import { Session } from './session.ts';

/** What the command line asks for. */
export interface OpenRequest {
  readonly path: string;
  readonly options: LintOptions & { readonly readonly?: true; readonly serial?: boolean };
  readonly stdin: ReadStream;
  readonly stdout: WriteStream;
}

/** Octets from which on reading is told of. */
const TOLD_FROM = 8_000_000;

/** Reads the zone and everything the linter needs; throws UsageError or FileError before the screen is touched. */
export async function openSession({ path, options, stdin, stdout }: OpenRequest, io: Io): Promise<Session> {
  const kind = io.kind(path);
  if (kind !== 'file')
    throw kind === 'missing'
      ? new FileError(path, 'no such file')
      : new UsageError(`${path} is no file: give one zone file`);
  const size = io.size(path);
  // Nothing else would be seen for seconds.
  const told = size > TOLD_FROM ? `Reading ${path}, ${Math.round(size / 1e6)} MB …` : '';
  if (told !== '') io.stderr.write(told);
  try {
    return await opened({ path, options, stdin, stdout }, io);
  } finally {
    if (told !== '') io.stderr.write(`\r${' '.repeat(told.length)}\r`);
  }
}

async function opened({ path, options, stdin, stdout }: OpenRequest, io: Io): Promise<Session> {
  const { readonly: readOnly = false, serial = true, ...lint } = options;
  const request = requestOf([path], lint, { format: 'json' }, io);
  const { inputs, setup } = await setUp(request, io);
  const [failure] = inputs.failures;
  if (failure !== undefined) throw new UsageError(failure.problem);
  const [target] = inputs.all;
  if (target === undefined) throw new UsageError(`${path} is left out by the configuration: no zone to edit`);
  const zone = readZoneFile({ path: target.path }, request.zoneFile, io);
  return new Session(
    {
      path: target.path,
      zone,
      settings: { readOnly, raiseSerial: serial },
      look: lookFor(io, 'auto'),
      linter: (answered) => new LintThread({ zonewright: 'edit', setup, target }, answered),
      stdin,
      stdout,
    },
    io,
  );
}
