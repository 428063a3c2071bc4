import { diffZones, type ZoneDiff } from '../../lib/edit/diff.ts';
import { type NsupdateScript, nsupdateScript } from '../../lib/edit/diff-nsupdate.ts';
import { type CommandModule, EXIT_CLEAN, EXIT_FOUND, EXIT_WRONG } from '../command.ts';
import { type Compared, comparedChunks } from '../diff/json.ts';
import { type FolderPairs, pairFolders } from '../diff/pairs.ts';
import { openSource, type ReadSide, readSides, type Source, type SourceOptions } from '../diff/sources.ts';
import { textChunks } from '../diff/text.ts';
import { UsageError } from '../errors.ts';
import { FileError, type Io } from '../io.ts';
import { choice } from '../options.ts';
import { tell, writeOutput } from '../output.ts';
import { printable } from '../report/characters.ts';
import { COLOR_CHOICES, type ColorChoice, type Look, lookFor } from '../report/look.ts';
import { counted, grouped } from '../report/words.ts';
import { parseOrigin } from '../zone-file.ts';

const FORMATS = ['text', 'json', 'nsupdate'] as const;

interface DiffCommandOptions extends SourceOptions {
  readonly format: (typeof FORMATS)[number];
  readonly ignoreSerial?: true;
  readonly ignoreTtl?: true;
  readonly ignoreDnssec?: true;
  readonly partial?: true;
  readonly output?: string;
  readonly color: ColorChoice;
}

/** Two zones that were compared, and the script for a server where it is wanted. */
interface Done extends Compared {
  readonly script: NsupdateScript | undefined;
}

const EXAMPLES = `
Zones are compared by RRset and TTL: the order of records, duplicates, letter case of names, comments and layout do not
count. OLD and NEW are zone files, zone JSON, - for standard input, REVISION:PATH of a git repository (PATH from its top,
or ./PATH from here), or two folders, whose zone files are paired by their paths.

text:      - gone, + new, ~ changed, by owner, and a line that sums it up.
json:      everything, see schemas/diff.schema.json.
nsupdate:  DNS UPDATE messages that make a server change OLD into NEW, and nothing if it does not hold OLD.

Entries that cannot be read are named on stderr and nothing is written: what they say might be the difference.
--partial compares the others.

Exit codes: 0 the same, 1 different, 2 wrong use or unreadable input.

Examples:
  zonewright diff example.net.zone.orig example.net.zone
  zonewright diff HEAD:zones/example.net.zone zones/example.net.zone --ignore-serial
  zonewright diff old.zone new.zone --format nsupdate | nsupdate -k update.key
`;

/** Compares zones by what they mean. */
export const command: CommandModule = {
  declare(diff) {
    diff
      .argument('<old>', 'zone file, zone JSON, -, REVISION:PATH or folder')
      .argument('<new>', 'the same')
      .addOption(choice('--format <name>', 'text, json or nsupdate', FORMATS))
      .option('--ignore-serial', 'the serial does not count')
      .option('--ignore-ttl', 'TTLs do not count')
      .option('--ignore-dnssec', 'RRSIG, NSEC, NSEC3, DNSKEY and what else signing makes does not count')
      .option('--partial', 'compare what can be read, though some entries cannot')
      .option('--origin <name>', 'name of the zone, when neither the files nor their names tell', parseOrigin)
      .option('--include-root <dir>', 'folder that $INCLUDE may not leave (default: that of the zone file)')
      .option('--stdin-filename <name>', 'name for what comes from standard input')
      .option('--output <file>', 'write to a file')
      .addOption(choice('--color <when>', 'auto, always or never', COLOR_CHOICES))
      .addHelpText('after', EXAMPLES);
  },
  async run([old = '', now = ''], given, io) {
    const options = given as unknown as DiffCommandOptions;
    if (old === '-' && now === '-') throw new UsageError('standard input can be OLD or NEW, not both');
    if (options.format === 'nsupdate' && options.partial === true) {
      throw new UsageError('--partial goes not with --format nsupdate: the script would delete what could not be read');
    }
    if (io.kind(old) === 'folder' && io.kind(now) === 'folder') return compareFolders(old, now, options, io);
    const compared = compare(openSource(old, options, io), openSource(now, options, io), options, io);
    if (compared === undefined) return EXIT_WRONG;
    writeOutput(io, options.output, oneChunks(compared, options, lookFor(io, options.color, options.output)));
    return compared.diff.length === 0 ? EXIT_CLEAN : EXIT_FOUND;
  },
};

function* oneChunks(done: Done, options: DiffCommandOptions, look: Look): Generator<string> {
  switch (options.format) {
    case 'text':
      yield* textChunks(done.diff, look);
      return;
    case 'json':
      yield* documentChunks([done], NOTHING);
      return;
    case 'nsupdate':
      if (done.script !== undefined) yield* done.script.chunks();
  }
}

const NOTHING: FolderPairs = { pairs: [], onlyOld: [], onlyNew: [], problems: [] };

/** Entries that could not be read and are named one by one. */
const MOST_LINES = 50;

/** Reads and compares two sides; undefined, and why on stderr, when that would not be honest. */
function compare(old: Source, now: Source, options: DiffCommandOptions, io: Io): Done | undefined {
  const sides = readSides(old, now, options);
  for (const { name, borrowed } of [old, now]) {
    for (const path of borrowed)
      tell(io, 'warning', `${name} includes ${path}, which the revision has not: it is read as it is today`);
  }
  const unreadable = sides.flatMap((side) => side.unreadable);
  for (const line of unreadable.slice(0, MOST_LINES)) io.stderr.write(`${printable(line)}\n`);
  if (unreadable.length > MOST_LINES) io.stderr.write(`and ${grouped(unreadable.length - MOST_LINES)} more\n`);
  if (unreadable.length > 0 && options.partial !== true) {
    const what = `${counted(unreadable.length, 'problem')} keep${unreadable.length === 1 ? 's' : ''} the zones from being compared`;
    tell(io, 'error', `${what}; --partial compares the rest`);
    return undefined;
  }
  if (unreadable.length > 0) tell(io, 'warning', 'what could not be read was not compared');
  return compared(sides, options, io);
}

function compared([old, now]: readonly [ReadSide, ReadSide], options: DiffCommandOptions, io: Io): Done {
  const diff = diffZones(old.zone, now.zone, {
    ignoreSerial: options.ignoreSerial === true,
    ignoreTtl: options.ignoreTtl === true,
    ignoreDnssec: options.ignoreDnssec === true,
  });
  for (const [side, { otherClass, outOfZone }] of [
    [old, diff.outside.old],
    [now, diff.outside.new],
  ] as const) {
    if (otherClass.length > 0)
      tell(io, 'note', `${side.name}: ${counted(otherClass.length, 'record')} of another class not compared`);
    if (outOfZone.length > 0)
      tell(io, 'note', `${side.name}: ${counted(outOfZone.length, 'record')} outside the zone not compared`);
  }
  return {
    old: old.name,
    new: now.name,
    diff,
    script: options.format === 'nsupdate' ? scriptOf(diff, old.name, now.name) : undefined,
    unreadable: { old: old.unreadable.length, new: now.unreadable.length },
  };
}

/** The script that changes the one zone into the other; throws UsageError when there is none. */
function scriptOf(diff: ZoneDiff, old: string, now: string): NsupdateScript {
  const script = nsupdateScript(diff);
  if ('problems' in script) throw new UsageError(`no DNS UPDATE makes ${now} of ${old}: ${script.problems.join('; ')}`);
  return script;
}

/** The whole JSON document, zones as they are compared. */
function* documentChunks(zones: Iterable<Compared>, { onlyOld, onlyNew }: FolderPairs): Generator<string> {
  yield '{\n  "version": 1,\n  "zones": [';
  let separator = '';
  let equal = onlyOld.length === 0 && onlyNew.length === 0;
  for (const each of zones) {
    yield `${separator}\n`;
    yield* comparedChunks(each);
    separator = ',';
    equal &&= each.diff.length === 0;
  }
  const end = { onlyOld, onlyNew, equal };
  const members = Object.entries(end).map(([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)}`);
  yield `${separator === '' ? '' : '\n  '}],\n${members.join(',\n')}\n}\n`;
}

async function compareFolders(old: string, now: string, options: DiffCommandOptions, io: Io): Promise<number> {
  if (options.origin !== undefined) throw new UsageError('--origin names one zone, not those of two folders');
  const found = await pairFolders(old, now, io);
  const look = lookFor(io, options.color, options.output);
  let [failed, different] = [found.problems.length > 0, found.onlyOld.length + found.onlyNew.length > 0];
  for (const path of options.format === 'nsupdate' ? [...found.onlyOld, ...found.onlyNew] : []) {
    tell(io, 'warning', `${path} is in one folder only: DNS UPDATE makes and removes no zones`);
  }
  for (const problem of found.problems) tell(io, 'error', problem);
  function* zones(): Generator<Done> {
    for (const [left, right] of found.pairs) {
      const one = comparePair(left, right, options, io);
      if (one === undefined) failed = true;
      else if (one.diff.length > 0) different = true;
      if (one !== undefined) yield one;
    }
  }
  writeOutput(
    io,
    options.output,
    options.format === 'json' ? documentChunks(zones(), found) : folderChunks(zones(), found, options, look),
  );
  if (failed) return EXIT_WRONG;
  return different ? EXIT_FOUND : EXIT_CLEAN;
}

/** As compare; what is wrong with one file keeps the others from nothing. */
function comparePair(left: string, right: string, options: DiffCommandOptions, io: Io): Done | undefined {
  try {
    return compare(openSource(left, options, io), openSource(right, options, io), options, io);
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof FileError)) throw error;
    tell(io, 'error', error.message);
    return undefined;
  }
}

function* folderChunks(
  zones: Iterable<Done>,
  found: FolderPairs,
  options: DiffCommandOptions,
  look: Look,
): Generator<string> {
  let [same, different] = [0, 0];
  for (const each of zones) {
    if (each.diff.length === 0) {
      same++;
      continue;
    }
    if (options.format === 'text') yield `${different === 0 ? '' : '\n'}--- ${each.old}\n+++ ${each.new}\n`;
    different++;
    yield* oneChunks(each, options, look);
  }
  if (options.format !== 'text') return;
  for (const path of found.onlyOld) yield `only in the old folder: ${path}\n`;
  for (const path of found.onlyNew) yield `only in the new folder: ${path}\n`;
  yield `${different === 0 ? '' : '\n'}${counted(different, 'zone')} different, ${counted(same, 'zone')} the same.\n`;
}
