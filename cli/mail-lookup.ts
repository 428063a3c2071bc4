import type { Command } from 'commander';
import type { DnsLookup } from '../lib/mail/dns.ts';
import type { Zone } from '../lib/zone/zone.ts';
import { UsageError } from './errors.ts';
import type { Io } from './io.ts';
import { findTargets } from './lint/paths.ts';
import { wholeNumber } from './options.ts';
import { tell } from './output.ts';
import { counted } from './report/words.ts';
import { parseOrigin, readZoneFile } from './zone-file.ts';

/** Where a command about mail gets its DNS from, as commander leaves it. */
export interface LookupOptions {
  readonly zone?: readonly string[];
  readonly server?: string;
  readonly origin?: Uint8Array;
  readonly includeRoot?: string;
  /** Seconds to wait for a server. */
  readonly dnsTimeout?: number;
}

/** The DNS that a command asks. */
export interface OpenedLookup {
  readonly lookup: DnsLookup;
  /** `2 zone files`, or `the server 127.0.0.1:53`. */
  readonly source: string;
  /** The zones that were read; empty when a server is asked. */
  readonly zones: readonly Zone[];
}

/** Adds `--zone`, `--server` and what goes with them. */
export function addLookupOptions(command: Command): Command {
  return command
    .option('--zone <files...>', 'zone files, folders or patterns that hold the names')
    .option('--server <addr[:port]>', 'DNS server to ask instead')
    .option('--origin <name>', 'name of the zone, when neither the file nor its name tells', parseOrigin)
    .option('--include-root <dir>', 'folder that $INCLUDE may not leave (default: that of the zone file)')
    .option(
      '--dns-timeout <seconds>',
      'how long a DNS server is waited for (default: 5)',
      wholeNumber('--dns-timeout', 1, 60),
    );
}

/** Opens the zone files or the server that a command was given; throws UsageError when it was given neither or both. */
export async function openLookup(options: LookupOptions, io: Io): Promise<OpenedLookup> {
  const { zone = [], server } = options;
  if (server !== undefined && zone.length > 0)
    throw new UsageError('--zone and --server exclude each other: names come from files or from a server');
  if (server !== undefined) return fromServer(server, options);
  if (zone.length > 0) return fromFiles(zone, options, io);
  throw new UsageError(
    'nothing tells what is in DNS: give --zone FILE for zone files, or --server ADDRESS to ask a server',
  );
}

async function fromFiles(paths: readonly string[], options: LookupOptions, io: Io): Promise<OpenedLookup> {
  const zones = await readZones(paths, options, io);
  const [{ zoneLookup }, { ZoneTree }] = await Promise.all([
    import('../lib/mail/zone-lookup.ts'),
    import('../lib/zone/tree.ts'),
  ]);
  const lookup = zoneLookup(zones.map((zone) => new ZoneTree(zone)));
  return { lookup, source: counted(zones.length, 'zone file'), zones };
}

/** Reads zone files; a record that cannot be read is told on stderr, as what is missing would look absent. */
export async function readZones(paths: readonly string[], options: LookupOptions, io: Io): Promise<Zone[]> {
  const { origin, includeRoot } = options;
  const { targets, problems } = await findTargets(paths, undefined, () => false, io);
  for (const { problem } of problems) throw new UsageError(problem);
  if (origin !== undefined && targets.length > 1)
    throw new UsageError(`--origin names one zone, but there are ${counted(targets.length, 'file')}`);
  const reading = { ...(origin && { origin }), ...(includeRoot !== undefined && { includeRoot }) };
  return targets.map((target) => {
    const zone = readZoneFile(target, reading, io);
    if (zone.broken.length > 0) {
      const what = zone.broken.length === 1 ? 'one entry' : `${zone.broken.length} entries`;
      tell(
        io,
        'warning',
        `${target.path}: ${what} unreadable, taken as absent; zonewright lint ${target.path} tells why`,
      );
    }
    return zone;
  });
}

async function fromServer(text: string, { origin, dnsTimeout = 5 }: LookupOptions): Promise<OpenedLookup> {
  if (origin !== undefined) throw new UsageError('--origin is for zone files, not for --server');
  const { parseServerAddress, serverLookup } = await import('../lib/net/server-lookup.ts');
  const server = parseServerAddress(text);
  if ('problem' in server) throw new UsageError(`--server ${text}: ${server.problem}`);
  const lookup = serverLookup(server, { random: randomId, timeout: dnsTimeout * 1000 });
  return { lookup, source: `the server ${text}`, zones: [] };
}

/** A number from 0 to 65535 that nobody can foretell, as message ids have to be (RFC 5452 §9.2). */
function randomId(): number {
  return crypto.getRandomValues(new Uint16Array(1))[0] ?? 0;
}
