import { type Formatted, formatFile } from '../../lib/edit/format.ts';
import { FORMAT_OPTIONS } from '../../lib/edit/format-options.ts';
import { sayProblem } from '../../lib/rr/say.ts';
import { LineTable } from '../../lib/text/lines.ts';
import { UsageError } from '../errors.ts';
import { FileError, type Io } from '../io.ts';
import { tell } from '../output.ts';
import { Progress } from '../progress.ts';
import type { ColorChoice } from '../report/look.ts';
import { counted } from '../report/words.ts';
import { BinaryFileError, refuseBinary, refuseOtherText } from '../zone-file.ts';
import type { CheckBeside } from './beside.ts';
import type { FormatFile, FormatInputs } from './inputs.ts';

/** What is done with the formatted files. */
export interface OutputChoice {
  readonly check?: true;
  readonly diff?: true;
  readonly write?: true;
  readonly quiet?: true;
  readonly color: ColorChoice;
}

/** How many files changed or would, and whether one could not be formatted or written. */
export interface FormatOutcome {
  readonly changed: number;
  readonly failed: boolean;
}

/** Octets of a file from which on a thread of its own is worth its start, and up to which there is room for it. */
const LARGE = 8_000_000;
const LARGEST = 1_000_000_000;
/** Entries left as they are that are told of one file. */
const MOST_TOLD = 5;

/** Formats files one by one and tells or writes what came out. */
export async function formatOutputs(inputs: FormatInputs, choice: OutputChoice, io: Io): Promise<FormatOutcome> {
  const progress = new Progress(io, choice.quiet === true);
  let changed = 0;
  let failed = inputs.problems.length > 0;
  for (const { problem } of inputs.problems) tell(io, 'error', problem);
  for (const [index, file] of inputs.files.entries()) {
    progress.bar(index, inputs.files.length, 'file');
    let follower: CheckBeside | undefined;
    try {
      follower = await followerOf(file, io);
      const before = octetsOf(file, follower, io);
      const formatted = formatFile(before, {
        ...file,
        ...(before === follower?.bytes && { follower }),
        progress: (done, all) => {
          progress.at(() => `${file.path}: ${Math.round((done / all) * 100)} %`);
        },
      });
      progress.clear();
      failed = !tellOf(file, before, formatted, choice, io) || failed;
      if (!(await put(file, before, formatted, choice, io))) failed = true;
      else if (!formatted.unchanged) changed++;
    } catch (error) {
      progress.clear();
      // A folder may hold files that are no text.
      if (error instanceof BinaryFileError && !file.named) {
        if (choice.quiet !== true) tell(io, 'skipped', error.message);
      } else if (error instanceof UsageError || error instanceof FileError) {
        tell(io, 'error', error.message);
        failed = true;
      } else throw error;
    } finally {
      follower?.stop();
    }
  }
  if (choice.quiet !== true && (choice.write === true || choice.check === true)) {
    const what = choice.write === true ? 'formatted' : 'would change';
    io.stderr.write(`${counted(inputs.files.length, 'file')}, ${changed} ${what}\n`);
  }
  return { changed, failed };
}

/** Checks a large file beside the formatter. */
async function followerOf(file: FormatFile, io: Io): Promise<CheckBeside | undefined> {
  const { path, bytes, sort, origin, clientMxType = FORMAT_OPTIONS.clientMxType } = file;
  if (bytes !== undefined || sort === true || io.kind(path) !== 'file') return undefined;
  const size = io.size(path);
  if (size < LARGE || size > LARGEST) return undefined;
  const { CheckBeside } = await import('./beside.ts');
  return new CheckBeside(size, origin, clientMxType);
}

function octetsOf({ path, bytes }: FormatFile, follower: CheckBeside | undefined, io: Io): Uint8Array {
  const octets = bytes ?? (follower?.read(path, io) === true ? follower.bytes : io.readFile(path));
  refuseBinary(path, octets);
  refuseOtherText(path, octets);
  return octets;
}

/** Tells what was left as it is; false when that is the whole file. */
function tellOf(
  { path }: FormatFile,
  before: Uint8Array,
  formatted: Formatted,
  { quiet }: OutputChoice,
  io: Io,
): boolean {
  const { refused, problems, unsorted } = formatted;
  if (unsorted === true && quiet !== true)
    tell(
      io,
      'note',
      `${path}: not sorted: an entry that is left as it is takes its owner from a record that would move`,
    );
  if (refused === undefined && (problems.length === 0 || quiet === true)) return true;
  const lines = new LineTable(before);
  if (refused !== undefined) {
    const { line } = lines.position(refused.at);
    tell(io, 'error', `${path}:${line}: ${refused.why}, so the file is left as it is; please report this`);
    return false;
  }
  for (const problem of problems.slice(0, MOST_TOLD)) {
    const { line, column } = lines.position(problem.start);
    tell(io, 'note', `${path}:${line}:${column}: left as it is: ${sayProblem(problem)}`);
  }
  const more = problems.length - MOST_TOLD;
  if (more > 0) tell(io, 'note', `${path}: ${counted(more, 'further place')} left as they are`);
  return true;
}

/** Writes the file, or says that it would change; false when it could not be written. */
async function put(
  file: FormatFile,
  before: Uint8Array,
  { bytes, unchanged, refused }: Formatted,
  { check, diff, write, color }: OutputChoice,
  io: Io,
): Promise<boolean> {
  if (check === true || diff === true) {
    if (unchanged) return true;
    if (diff === true) {
      const { unifiedDiff } = await import('../lint/diff.ts');
      const octets = unifiedDiff([{ name: file.path, before, after: bytes }], io);
      const { colouredDiff } = await import('./coloured.ts');
      io.stdout.writeBytes(colouredDiff(octets, color, io));
    } else io.stdout.write(`${file.path}\n`);
    return true;
  }
  if (write !== true || file.bytes !== undefined) {
    if (refused === undefined || write !== true) io.stdout.writeBytes(bytes);
    return true;
  }
  if (unchanged) return true;
  const { writeChanged } = await import('../lint/fixing-write.ts');
  const { problems } = writeChanged([{ name: file.path, before, after: bytes }], io);
  for (const problem of problems) tell(io, 'error', problem);
  return problems.length === 0;
}
