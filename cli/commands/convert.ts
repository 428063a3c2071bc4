import { ruleOfProblem } from '../../lib/lint/engine.ts';
import { NOTES } from '../../lib/rr/problem.ts';
import { sayProblem } from '../../lib/rr/say.ts';
import { canonicalChunks } from '../../lib/zone/canonical.ts';
import { zoneFromJson } from '../../lib/zone/from-json.ts';
import { jsonChunks } from '../../lib/zone/json.ts';
import { zoneFileChunks } from '../../lib/zone/print.ts';
import type { Zone } from '../../lib/zone/zone.ts';
import { type CommandModule, EXIT_CLEAN, EXIT_FOUND } from '../command.ts';
import { UsageError } from '../errors.ts';
import type { Io } from '../io.ts';
import { noSuchFile } from '../lint/paths.ts';
import { choice } from '../options.ts';
import { writeOutput } from '../output.ts';
import { printable } from '../report/characters.ts';
import { Locators } from '../report/locator.ts';
import { parseOrigin, readZoneFile, type ZoneFileOptions, type ZoneInput } from '../zone-file.ts';

const SOURCES = ['auto', 'zone', 'json'] as const;
const FORMS = ['canonical', 'json', 'zone'] as const;

interface ConvertOptions {
  readonly from: (typeof SOURCES)[number];
  readonly to: (typeof FORMS)[number];
  readonly wire?: true;
  readonly origin?: Uint8Array;
  readonly includeRoot?: string;
  readonly stdinFilename?: string;
  readonly output?: string;
}

const EXAMPLES = `
canonical: one record a line with absolute lower-case names, TTL and class, in DNSSEC order.
json:      {origin, records: [{name, ttl, class, type, data}]}, see schemas/zone.schema.json.
zone:      a tidy zone file.

Records that cannot be read are named on stderr and the exit code is 1; the others are written.

Examples:
  zonewright convert example.net.zone
  zonewright convert example.net.zone --to json --wire --output example.net.json
  zonewright convert example.net.json --to zone
`;

/** Writes a zone in another form. */
export const command: CommandModule = {
  declare(convert) {
    convert
      .argument('<file>', 'a zone file or zone JSON, or - for standard input')
      .addOption(choice('--to <form>', 'canonical, json or zone', FORMS))
      .addOption(choice('--from <form>', 'auto (by its content), zone or json', SOURCES))
      .option('--wire', 'with --to json: also the RDATA as hex')
      .option('--origin <name>', 'name of the zone, when neither the file nor its name tells', parseOrigin)
      .option('--include-root <dir>', 'folder that $INCLUDE may not leave (default: that of the zone file)')
      .option('--stdin-filename <name>', 'name for what comes from standard input')
      .option('--output <file>', 'write to a file')
      .addHelpText('after', EXAMPLES);
  },
  run([path = ''], given, io) {
    const options = given as unknown as ConvertOptions;
    if (options.wire === true && options.to !== 'json') throw new UsageError('--wire goes with --to json only');
    const input = readInput(path, options.stdinFilename, io);
    const json = options.from === 'json' || (options.from === 'auto' && looksLikeJson(input.bytes));
    const { zone, unreadable } = json ? fromJson(input, options) : fromZone(input, options, io);
    for (const line of unreadable) io.stderr.write(`${printable(line)}\n`);
    writeOutput(io, options.output, chunks(zone, options));
    return unreadable.length > 0 ? EXIT_FOUND : EXIT_CLEAN;
  },
};

/** A zone, and one line for each record that could not be read. */
interface Read {
  readonly zone: Zone;
  readonly unreadable: readonly string[];
}

function chunks(zone: Zone, { to, wire }: ConvertOptions): Generator<string> {
  switch (to) {
    case 'canonical':
      return canonicalChunks(zone);
    case 'json':
      return jsonChunks(zone, { wire: wire === true });
    case 'zone':
      return zoneFileChunks(zone);
  }
}

function readInput(path: string, stdinName: string | undefined, io: Io): Required<ZoneInput> {
  if (path === '-') return { path: stdinName ?? '<stdin>', bytes: io.readStdin() };
  const kind = io.kind(path);
  if (kind === 'missing' || kind === 'unreadable') throw new UsageError(noSuchFile(path, io));
  return { path, bytes: io.readFile(path) };
}

function looksLikeJson(bytes: Uint8Array): boolean {
  return /^\ufeff?\s*\{/u.test(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, 4096)));
}

function fromZone(input: ZoneInput, options: ZoneFileOptions, io: Io): Read {
  const zone = readZoneFile(input, options, io);
  const locators = new Locators();
  const unreadable: string[] = [];
  for (const problem of zone.problems) {
    const file = zone.files[problem.file];
    if (NOTES.has(problem.code) || problem.record >= 0 || file === undefined) continue;
    const { line, column } = locators.of(file).position(problem.start);
    unreadable.push(`${file.name}:${line}:${column}: error ${ruleOfProblem(problem)}: ${sayProblem(problem)}`);
  }
  return { zone, unreadable };
}

function fromJson({ path, bytes }: Required<ZoneInput>, { origin }: ConvertOptions): Read {
  if (origin !== undefined) throw new UsageError('--origin is for zone files: a JSON zone says its origin itself');
  const value = parseJson(path, bytes);
  const first = zoneFromJson(value);
  if ('zone' in first) return { zone: first.zone, unreadable: [] };
  const lines = first.problems.map((problem) => `${path}: ${problem.path}: ${problem.message}`);
  const wrong = first.problems.map((problem) => /^\/records\/(\d+)(?:\/|$)/u.exec(problem.path)?.[1]);
  const rest = wrong.includes(undefined) ? undefined : zoneFromJson(withoutRecords(value, new Set(wrong.map(Number))));
  if (rest === undefined || !('zone' in rest)) throw new UsageError(lines.join('; '));
  return { zone: rest.zone, unreadable: lines };
}

function withoutRecords(value: unknown, wrong: ReadonlySet<number>): unknown {
  const { records, ...others } = value as { readonly records: readonly unknown[] };
  return { ...others, records: records.filter((_, index) => !wrong.has(index)) };
}

function parseJson(path: string, bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    const why = error instanceof SyntaxError ? error.message : 'it is no UTF-8 text or too large';
    throw new UsageError(`${path} is no JSON: ${why}`);
  }
}
