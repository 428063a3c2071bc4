import { ruleOfProblem } from '../../lib/lint/run-rules.ts';
import { NOTES } from '../../lib/rr/problem.ts';
import { sayProblem } from '../../lib/rr/say.ts';
import { zoneFromDnsZonefile } from '../../lib/zone/formats/dns-zonefile.ts';
import type { JsonProblem } from '../../lib/zone/from-json.ts';
import { streamJsonZone } from '../../lib/zone/from-json-stream.ts';
import { type ReadPiece, streamZone } from '../../lib/zone/stream.ts';
import type { Zone } from '../../lib/zone/zone.ts';
import { UsageError } from '../errors.ts';
import { FileError, type Io } from '../io.ts';
import { readRest } from '../io-input.ts';
import { Locators } from '../report/locator.ts';
import { includesOf, originOf, refuseBinary, refuseOtherText, type ZoneFileOptions } from '../zone-file.ts';
import type { ConvertInput } from './input.ts';

/** What becomes of the records that are read. */
export interface Reading {
  /** Keeps the records of all batches. */
  readonly keep: boolean;
  /** Takes each batch of records before it is forgotten; when all are kept a batch has those before it too. */
  take(batch: Zone): void;
  /** Takes a line on what could not be read. */
  say(line: string): void;
}

/** Reads a zone file; the zone of the last batch. */
export function readZoneText(input: ConvertInput, options: ZoneFileOptions, io: Io, reading: Reading): Zone {
  const { path, first, size } = input;
  refuseBinary(path, first);
  refuseOtherText(path, first);
  const source = {
    name: path,
    origin: originOf(path, first, options),
    read: withoutNul(path, input.read),
    readInclude: includesOf(path, options.includeRoot, io),
    keep: reading.keep,
    ...(size === undefined ? {} : { size }),
  };
  return streamZone(source, (batch, line) => {
    sayUnreadable(batch, line, reading);
    reading.take(batch);
  });
}

function withoutNul(path: string, read: ReadPiece): ReadPiece {
  let before = 0;
  return (into) => {
    const length = read(into);
    refuseBinary(path, into.subarray(0, length), before);
    before += length;
    return length;
  };
}

function sayUnreadable(zone: Zone, firstLine: number, { say }: Reading): void {
  const locators = new Locators();
  for (const problem of zone.problems) {
    const file = zone.files[problem.file];
    if (NOTES.has(problem.code) || problem.record >= 0 || file === undefined) continue;
    const { line, column } = locators.of(file).position(problem.start);
    const inFile = problem.file === 0 ? line + firstLine - 1 : line;
    say(`${file.name}:${inFile}:${column}: error ${ruleOfProblem(problem)}: ${sayProblem(problem)}`);
  }
}

/** Reads zone JSON; the zone of the last batch. */
export function readZoneJson(input: ConvertInput, reading: Reading): Zone {
  const { path, read } = input;
  const report = ({ path: pointer, message }: JsonProblem): void => reading.say(`${path}: ${pointer}: ${message}`);
  const result = asJson(path, () =>
    streamJsonZone({ read, keep: reading.keep, report }, (batch) => reading.take(batch)),
  );
  if ('zone' in result) return result.zone;
  throw new UsageError(result.problems.map((problem) => `${path}: ${problem.path}: ${problem.message}`).join('; '));
}

const LARGEST = 2 ** 29;

/** Reads the JSON of dns-zonefile, which is held whole. */
export function readDnsZonefile(input: ConvertInput, origin: Uint8Array | undefined, reading: Reading): Zone {
  const { path } = input;
  const refuse = (): Error =>
    new FileError(path, 'the file is larger than 512 MiB, the most that is read as one JSON value');
  const bytes = readRest(input.read, LARGEST, refuse);
  const value: unknown = asJson(path, () => JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  const { zone, problems } = zoneFromDnsZonefile(value, origin);
  const lines = problems.map((problem) => `${path}: ${problem.path}: ${problem.message}`);
  if (zone === undefined) throw new UsageError(lines.join('; '));
  for (const line of lines) reading.say(line);
  reading.take(zone);
  return zone;
}

function asJson<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof SyntaxError) throw new UsageError(`${path} is no JSON: ${error.message}`);
    if (error instanceof TypeError && 'code' in error && error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
      throw new UsageError(`${path} is no JSON: it is no UTF-8 text`);
    }
    throw error;
  }
}
