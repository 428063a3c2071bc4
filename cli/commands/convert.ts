import { isDnsZonefileMember } from '../../lib/zone/formats/dns-zonefile.ts';
import type { BatchText } from '../../lib/zone/stream.ts';
import type { Zone } from '../../lib/zone/zone.ts';
import { type CommandModule, EXIT_CLEAN, EXIT_FOUND } from '../command.ts';
import { ConvertInput } from '../convert/input.ts';
import { type Reading, readDnsZonefile, readZoneJson, readZoneText } from '../convert/read.ts';
import { BATCH_FORMS, sayRecord, WHOLE_FORMS } from '../convert/write.ts';
import { UsageError } from '../errors.ts';
import type { Io } from '../io.ts';
import { choice } from '../options.ts';
import { type OutputText, openOutput } from '../output.ts';
import { printable } from '../report/characters.ts';
import { parseOrigin } from '../zone-file.ts';

const SOURCES = ['auto', 'zone', 'json', 'dns-zonefile'] as const;
const FORMS = ['canonical', 'json', 'zone', 'dns-zonefile', 'octodns', 'dnscontrol'] as const;

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
canonical:    one record a line with absolute lower-case names, TTL and class, in DNSSEC order.
json:         {origin, records: [{name, ttl, class, type, data}]}, see schemas/zone.schema.json.
zone:         a tidy zone file.
dns-zonefile: the JSON of the npm package dns-zonefile.
octodns:      the YAML file of a zone for octoDNS.
dnscontrol:   a dnsconfig.js for dnscontrol.

json and zone are written while the zone is read, however large it is. Records that cannot be read,
or that the form cannot hold, are named on stderr and the exit code is 1; the others are written.

Examples:
  zonewright convert example.net.zone
  zonewright convert example.net.zone --to json --wire --output example.net.json
  zonewright convert example.net.json --to zone
  zonewright convert example.net.zone --to octodns --output config/example.net.yaml
`;

/** Writes a zone in another form. */
export const command: CommandModule = {
  declare(convert) {
    convert
      .argument('<file>', 'a zone file or zone JSON, or - for standard input')
      .addOption(choice('--to <form>', 'canonical, json, zone, dns-zonefile, octodns or dnscontrol', FORMS))
      .addOption(choice('--from <form>', 'auto (by its content), zone, json or dns-zonefile', SOURCES))
      .option('--wire', 'with --to json: also the RDATA as hex')
      .option('--origin <name>', 'name of the zone, when neither the file nor its name tells', parseOrigin)
      .option('--include-root <dir>', 'folder that $INCLUDE may not leave (default: that of the zone file)')
      .option('--stdin-filename <name>', 'name for what comes from standard input')
      .option('--output <file>', 'write to a file')
      .addHelpText('after', EXAMPLES);
  },
  async run([path = ''], given, io) {
    const options = given as unknown as ConvertOptions;
    if (options.wire === true && options.to !== 'json') throw new UsageError('--wire goes with --to json only');
    const input = new ConvertInput(path, options.stdinFilename, io);
    let found = false;
    const say = (line: string): void => {
      found = true;
      io.stderr.write(`${printable(line)}\n`);
    };
    const batches = BATCH_FORMS[options.to]?.({ wire: options.wire === true });
    try {
      if (batches === undefined) await convertWhole(input, options, io, say);
      else convertBatches(input, options, io, say, batches);
    } finally {
      input.close();
    }
    return found ? EXIT_FOUND : EXIT_CLEAN;
  },
};

type Say = Reading['say'];

function convertBatches(input: ConvertInput, options: ConvertOptions, io: Io, say: Say, text: BatchText): void {
  let output: OutputText | undefined;
  const open = (): OutputText => {
    output ??= openOutput(io, options.output);
    return output;
  };
  try {
    const take = (batch: Zone): void => {
      for (const piece of text.batch(batch)) open().write(piece);
    };
    read(input, options, io, { keep: false, take, say });
    open().write(text.end());
    open().commit();
  } finally {
    output?.discard();
  }
}

async function convertWhole(input: ConvertInput, options: ConvertOptions, io: Io, say: Say): Promise<void> {
  const { to } = options;
  const zone = read(input, options, io, { keep: true, take: () => {}, say });
  const pieces = await WHOLE_FORMS[to]?.(zone, (record, why) =>
    say(`warning: ${record < 0 ? input.path : sayRecord(zone, record)}: ${why}`),
  );
  const output = openOutput(io, options.output);
  try {
    for (const piece of pieces ?? []) output.write(piece);
    output.commit();
  } finally {
    output.discard();
  }
}

function read(input: ConvertInput, options: ConvertOptions, io: Io, reading: Reading): Zone {
  const from = options.from === 'auto' ? sourceOf(input.first) : options.from;
  if (from === 'zone') return readZoneText(input, options, io, reading);
  if (from === 'dns-zonefile') return readDnsZonefile(input, options.origin, reading);
  if (options.origin === undefined) return readZoneJson(input, reading);
  throw new UsageError('--origin is for zone files: a JSON zone says its origin itself');
}

/** What an input is by its first octets. */
function sourceOf(first: Uint8Array): 'zone' | 'json' | 'dns-zonefile' {
  const start = new TextDecoder('utf-8', { ignoreBOM: true }).decode(first.subarray(0, 4096));
  const object = /^\ufeff?\s*\{(?:\s*"([^"\\]*)")?/u.exec(start);
  if (object === null) return 'zone';
  return isDnsZonefileMember(object[1] ?? '') ? 'dns-zonefile' : 'json';
}
