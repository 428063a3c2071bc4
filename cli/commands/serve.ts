import type { Command } from 'commander';
import { SIGNING_ALGORITHMS } from '../../lib/dnssec/signing-key.ts';
import type { Rotation } from '../../lib/server/record-order.ts';
import { type CommandModule, EXIT_CLEAN } from '../command.ts';
import { UsageError } from '../errors.ts';
import type { Io } from '../io.ts';
import { KEY_HELP, readKeys } from '../keys.ts';
import { choice, commaList, oneOf, repeated, wholeNumber } from '../options.ts';
import { lookFor } from '../report/look.ts';
import { listed } from '../report/words.ts';
import { type CertificateOptions, identityOf } from '../serve/certificate.ts';
import { allowedOf, CLIENTS_HELP, type ClientOptions } from '../serve/clients.ts';
import { type ControlCommandOptions, controlOf } from '../serve/control.ts';
import type { ElsewhereCommandOptions } from '../serve/elsewhere.ts';
import type { LintOnLoad } from '../serve/load.ts';
import { notifyTarget } from '../serve/notify.ts';
import { type PlaceOptions, placesOf, SERVE_PORTS } from '../serve/places.ts';
import type { LogFormat } from '../serve/query-log.ts';
import { type ServeRequest, serve } from '../serve/run.ts';
import { keepDebuggerShut, signalControls } from '../serve/signals.ts';
import { parseSalt, type SigningCommandOptions, signingOf } from '../serve/signing.ts';
import { runAsOf } from '../serve/user.ts';
import { parseZoneArgument } from '../serve/zones.ts';
import { version } from '../version.ts';
import { parseOrigin } from '../zone-file.ts';

interface ServeCommandOptions
  extends PlaceOptions,
    CertificateOptions,
    ControlCommandOptions,
    SigningCommandOptions,
    ElsewhereCommandOptions,
    ClientOptions {
  readonly origin?: Uint8Array;
  readonly includeRoot?: string;
  readonly log?: LogFormat;
  readonly lint: LintOnLoad;
  readonly key?: readonly string[];
  readonly notify?: readonly string[];
  readonly ui?: true;
  readonly watch?: true;
  readonly faults?: readonly string[];
  readonly listPresets?: true;
  readonly seed?: number;
  readonly nsid?: string;
  readonly requireCookie?: true;
  readonly rotate?: Rotation;
  readonly user?: string;
  readonly readyFd?: number;
  readonly quiet?: true;
}

const EXAMPLES = `
Zones are files, folders or patterns; ORIGIN=FILE names the zone of a file that does not tell it.
Without --listen the server is at 127.0.0.1:${SERVE_PORTS.listen}, UDP and TCP. When it is ready it says so on standard output in one line,
with --log json in one line for each listener and one {"event":"ready"}. The log of queries goes there too, all else to
standard error. SIGHUP reads all zones and faults again; what is bad stays as it was. SIGUSR1 has the state told: zones,
listeners, queries and faults, on standard error or, with --log json, as {"event":"state"}. SIGTERM and SIGINT finish what
is at hand.
With --sign it tells the DS record of each zone and how resolvers are made to trust it, with --log json as {"event":"signed"}.
A recording has a JSON object on each line, with time, name, type, class, do, rcode, answer and response, the last of them in
base64; for --replay name, type, class, do and response are enough.
Updates change zones in memory; files stay as they are, and reading a file again undoes what was changed in its zone.

Exit codes: 0 ended when told to, 2 wrong use, a bad zone, or a port that cannot be listened at.

Examples:
  zonewright serve example.net.zone
  zonewright serve zones example.org=other.txt --listen 127.0.0.1:0 --listen [::1]:0 --log json
  zonewright serve example.net.zone --tls-listen 127.0.0.1 --https-listen 127.0.0.1 --tls-ca-out root.pem
  zonewright serve example.net.zone --control 127.0.0.1 --log text
  zonewright serve --challtestsrv 127.0.0.1 --listen 127.0.0.1:8053
  zonewright serve example.net.zone --faults faults.yaml --ui
  zonewright serve example.net.zone --sign --listen 127.0.0.1:8053
  zonewright serve example.net.zone --key update.key --notify 127.0.0.1:5301
  zonewright serve example.net.zone --upstream 192.0.2.53 --record answers.jsonl
  zonewright serve example.net.zone --replay answers.jsonl
  zonewright serve example.net.zone --tls-listen 127.0.0.1 --tls-cert chain.pem --tls-key key.pem --watch
`;

/** Serves zones as an authoritative name server for tests. */
export const command: CommandModule = {
  declare(command) {
    declarePlaces(command);
    command.addOption(
      choice('--lint <what>', 'zones that name servers refuse to load: refuse, warn or off', ['refuse', 'warn', 'off']),
    );
    declareClients(command);
    declareSigning(command);
    declareElsewhere(command);
    command
      .addOption(
        oneOf('--rotate <how>', 'order of the records of each RRset, that of the zone unless given: cyclic or random', [
          'cyclic',
          'random',
        ]),
      )
      .option('--nsid <text>', 'name of the server for those who ask for it (NSID, id.server)')
      .option(
        '--require-cookie',
        'answer queries and updates over UDP only of those who show a cookie of this server or sign; others get one with BADCOOKIE, or TC when they know none',
      )
      .addOption(oneOf('--log <format>', 'write one line for each query: text or json', ['text', 'json']))
      .option('--ui', 'show queries, rates and faults on the terminal as they come; ? there shows the keys')
      .option('--watch', 'read zones and faults again when their files change')
      .option(
        '--user <name[:group]>',
        'become this user when all ports are open, for ports below 1024; what is read again later it has to be able to read',
      )
      .option(
        '--ready-fd <n>',
        'write a newline to this pipe, a descriptor from 3 on, when ready',
        wholeNumber('--ready-fd', 3, 1023),
      )
      .option('--quiet', 'say only what is wrong')
      .addHelpText('after', EXAMPLES);
  },
  run(args, given, io) {
    keepDebuggerShut();
    const options = given as unknown as ServeCommandOptions;
    if (options.listPresets) return listPresets(io);
    const request = requestOf(args, options, io);
    return options.ui ? serveWithView(request, io) : serve(request, signalControls, io);
  },
};

async function listPresets(io: Io): Promise<number> {
  const { presetList } = await import('../preset-text.ts');
  io.stdout.write(presetList(lookFor(io, 'auto', undefined)));
  return EXIT_CLEAN;
}

/** Serves with a view of it on the terminal. */
async function serveWithView(request: ServeRequest, io: Io): Promise<number> {
  const { stdin, stdout } = process;
  if (request.log !== undefined)
    throw new UsageError('--ui and --log exclude each other: both use standard output, and the view shows all queries');
  if (!io.stdout.terminal || stdin.isTTY !== true)
    throw new UsageError('--ui needs a terminal: without one --log text writes a line for each query');
  const { openLiveView } = await import('../tui/serve/open.ts');
  const view = openLiveView(stdin, stdout, io);
  try {
    return await serve(request, () => view.controls(signalControls()), view.io);
  } finally {
    view.end();
  }
}

/** Zones, and where to listen. */
function declarePlaces(command: Command): void {
  command
    .argument(
      '[zones...]',
      'zone files, folders, patterns or ORIGIN=FILE; none are needed where they can be added later',
    )
    .option('--origin <name>', 'name of the zone, for one file', parseOrigin)
    .option('--include-root <dir>', 'folder that $INCLUDE may not leave (default: that of the zone file)')
    .option(
      '--listen <addr:port>',
      `where to take queries over UDP and TCP, port 0 for any that is free (may be repeated; default: 127.0.0.1:${SERVE_PORTS.listen})`,
      repeated,
    )
    .option(
      '--tls-listen <addr:port>',
      `where to take queries over TLS (may be repeated; port ${SERVE_PORTS['tls-listen']} when none is given)`,
      repeated,
    )
    .option(
      '--https-listen <addr:port>',
      `where to take queries over HTTPS at /dns-query (may be repeated; port ${SERVE_PORTS['https-listen']} when none is given)`,
      repeated,
    )
    .option(
      '--reuse-port',
      'let other servers with this option listen at the same ports, with the clients shared out among them (Node 22.12 or later; not on all systems)',
    )
    .option(
      '--tls-cert <file>',
      'certificate with its chain for TLS and HTTPS, in PEM (default: one made for this run)',
    )
    .option('--tls-key <file>', 'its private key, in PEM')
    .option('--tls-name <name>', 'host name in the certificate made for this run (may be repeated)', repeated)
    .option('--tls-ca-out <file>', 'write the certificate made for this run, for clients to trust');
}

/** What clients may do, the control interface and the faults. */
function declareClients(command: Command): void {
  command
    .option(
      '--allow-query <who>',
      `who gets answers, all others are refused: ${CLIENTS_HELP} (default: any)`,
      commaList,
    )
    .option('--transfer <who>', 'who of them may transfer zones, written likewise (default: loopback)', commaList)
    .option(
      '--update <who>',
      'who may change zones with UPDATE, written likewise (default: key when there are keys, else none)',
      commaList,
    )
    .option('--key <key>', `${KEY_HELP} (may be repeated)`, repeated)
    .option(
      '--notify <addr[:port][@key]>',
      'tell this secondary when serving starts and when a serial changes (may be repeated; port 53 when none is given)',
      repeated,
    )
    .option(
      '--control <addr:port>',
      `where to change zones and faults and follow queries over HTTP, with a page at / (port ${SERVE_PORTS.control} when none is given)`,
    )
    .option(
      '--control-token <token>',
      'what its requests have to show; @FILE reads it (default: random, told at the start)',
    )
    .option(
      '--challtestsrv <addr:port>',
      `where to take the requests of pebble-challtestsrv; all names of no zone exist then (port ${SERVE_PORTS.challtestsrv} when none is given)`,
    )
    .option('--faults <file>', 'what is to be answered wrongly, YAML or JSON (may be repeated)', repeated)
    .option('--list-presets', 'list the presets that faults may take, and end')
    .option(
      '--seed <n>',
      'of what faults and --rotate random leave to chance (default: that of the file, or 1)',
      wholeNumber('--seed', 0, 0xffffffff),
    );
}

/** DNSSEC. */
function declareSigning(command: Command): void {
  command
    .option(
      '--sign [algorithm]',
      `sign zones as they are served, with a key made for this run: ${listed(SIGNING_ALGORITHMS, 'or')} (default: ${SIGNING_ALGORITHMS[0]}); files stay as they are`,
    )
    .option('--sign-key <file>', 'sign with this private key, in PEM or as dnssec-keygen writes it')
    .option('--nsec3', 'deny with NSEC3 in the place of NSEC')
    .option(
      '--nsec3-iterations <n>',
      'further rounds of its hash (default: 0)',
      wholeNumber('--nsec3-iterations', 0, 65_535),
    )
    .option('--nsec3-salt <hex>', 'its salt (default: none)', parseSalt)
    .option('--cds', 'tell the parent of the key with CDS and CDNSKEY');
}

/** Names of no zone. */
function declareElsewhere(command: Command): void {
  command
    .option(
      '--upstream <addr[:port]>',
      'ask this server for names of no zone, which are refused otherwise (port 53 when none is given)',
    )
    .option('--record <file>', 'write what it answers behind what this file has, one JSON object a line')
    .option(
      '--replay <file>',
      'answer for names of no zone what was recorded in this file (may be repeated); the rest is refused, or asked of --upstream',
      repeated,
    );
}

/** Options with which a server without zones is of use. */
const ZONELESS = ['control', 'challtestsrv', 'upstream', 'replay'] as const;

function requestOf(args: readonly string[], options: ServeCommandOptions, io: Io): ServeRequest {
  const { origin, includeRoot, nsid } = options;
  const { signing, zone } = signingOf(options, io);
  const texts = zone === undefined ? args : [zone, ...args];
  const zones = texts.map((text) => parseZoneArgument(text, io));
  const [first] = zones;
  if (first === undefined && !ZONELESS.some((option) => options[option] !== undefined))
    throw new UsageError('an argument of serve is missing: name zone files, or give --control to add zones later');
  if (origin !== undefined && (zones.length !== 1 || first?.origin !== undefined))
    throw new UsageError('--origin is for one file: write ORIGIN=FILE for each of several');
  const places = placesOf(options);
  return {
    zones: origin === undefined || first === undefined ? zones : [{ ...first, origin }],
    load: { lint: options.lint, ...(includeRoot !== undefined && { includeRoot }) },
    places,
    tls: identityOf(options, places, io),
    log: options.log,
    watch: options.watch === true,
    ...clientsOf(options, io),
    answers: {
      version: `zonewright ${version}`,
      cookieSecrets: [crypto.getRandomValues(new Uint8Array(16))],
      requireCookie: options.requireCookie === true,
      ...(nsid !== undefined && { nsid: new TextEncoder().encode(nsid), identity: nsid }),
    },
    control: controlOf(options, io),
    signing,
    elsewhere: async (ended) => {
      if ((options.upstream ?? options.record ?? options.replay) === undefined) return undefined;
      const { elsewhereOf } = await import('../serve/elsewhere.ts');
      return elsewhereOf(options, places, ended, io);
    },
    upstream: options.upstream,
    rotate: options.rotate,
    faults: options.faults ?? [],
    seed: options.seed,
    runAs: options.user === undefined ? undefined : runAsOf(options.user, io),
    readyFd: options.readyFd,
    quiet: options.quiet === true,
  };
}

/** Who may do what, and who is told of changes. */
function clientsOf(
  { key = [], notify = [], ...who }: ServeCommandOptions,
  io: Io,
): Pick<ServeRequest, 'keys' | 'allowed' | 'notify'> {
  const keys = readKeys(key, io);
  const allowed = allowedOf(who, keys.length > 0);
  return { keys, allowed, notify: notify.map((text) => notifyTarget(text, keys)) };
}
