import { isIP } from 'node:net';
import { hostname } from 'node:os';
import { normalizeHostName } from '../../lib/certs/names.ts';
import { SYSTEM_TRUST } from '../../lib/config/config.ts';
import type { DnsLookup } from '../../lib/mail/dns.ts';
import type { ClientCertificate } from '../../lib/net/tls-socket.ts';
import { type CommandModule, EXIT_CLEAN, EXIT_FOUND } from '../command.ts';
import { UsageError } from '../errors.ts';
import type { Io } from '../io.ts';
import { type CertificateArgument, loadCertificates } from '../lint/certificates.ts';
import { addLookupOptions, type LookupOptions, openLookup } from '../mail-lookup.ts';
import { choice, moment, oneOf, repeated, wholeNumber } from '../options.ts';
import { tell, writeOutput } from '../output.ts';
import { type ProbeTarget, readPortMap, readTarget } from '../probe/targets.ts';
import type { AddressFinder, PlannedDomain, Visit } from '../probe/visits.ts';
import { Progress } from '../progress.ts';
import { COLOR_CHOICES, type ColorChoice, lookFor } from '../report/look.ts';
import { openTrust } from '../trust.ts';

const FORMATS = ['pretty', 'json'] as const;
const MODES = ['starttls', 'implicit'] as const;

interface ProbeOptions extends LookupOptions {
  readonly address?: readonly string[];
  readonly portMap?: ReadonlyMap<number, number>;
  readonly tls?: (typeof MODES)[number];
  readonly sni?: string;
  readonly ehlo?: string;
  readonly timeout: number;
  readonly clientCert?: string;
  readonly clientKey?: string;
  readonly certs?: readonly string[];
  readonly trust: string;
  readonly now?: number;
  readonly format: (typeof FORMATS)[number];
  readonly output?: string;
  readonly color: ColorChoice;
}

const EXAMPLES = `
A name without a port is a mail domain: its hosts are found as a sender finds them, by SRV, then MX. With a port it is a host.
Ports 25 and 587 begin with STARTTLS, 465 and 842 with TLS; at other ports the host is given three seconds to speak first.
No mail is sent and no MAIL FROM is said. The DNS server of this machine is asked unless --server or --zone is given.

Exit codes: 0 all is as the drafts want it, 1 something is an error or no host was reached, 2 wrong use or unreadable input.

Examples:
  zonewright probe example.net --zone example.net.zone
  zonewright probe mx1.example.net:25 mx1.example.net:842 --trust ca.pem
  zonewright probe example.net --output seen.json && zonewright lint example.net.zone --certs seen.json
`;

/** Looks at live mail servers: how they begin TLS, their certificates, and what the drafts say about that. */
export const command: CommandModule = {
  declare(probe) {
    addLookupOptions(probe.argument('<targets...>', 'mail domains, or hosts with a port'))
      .option('--address <[host=]address>', 'connect there instead of looking hosts, or this host, up', repeated)
      .option('--port-map <pairs>', 'connect to other ports, as 25=2525,842=8842', readPortMap)
      .addOption(oneOf('--tls <how>', 'how TLS begins at the hosts given: starttls or implicit', MODES))
      .option('--sni <name>', 'server name to send instead of that of the host')
      .option('--ehlo <name>', 'name to say in EHLO (default: that of this machine)')
      .option('--timeout <seconds>', 'how long one step is waited for', wholeNumber('--timeout', 1, 300), 10)
      .option('--client-cert <file>', 'certificate to show when the server asks for one, as PEM')
      .option('--client-key <file>', 'its private key, as PEM')
      .option('--certs <path>', 'certificates on disk, to compare with those shown', repeated)
      .option('--trust <where>', 'trust anchors: system, a file or a folder', SYSTEM_TRUST)
      .option('--now <date>', 'the moment at which dates are judged (default: now)', moment('--now'))
      .addOption(choice('--format <name>', 'pretty or json', FORMATS))
      .option('--output <file>', 'write the certificates seen as an inventory for lint --certs')
      .addOption(choice('--color <when>', 'auto, always or never', COLOR_CHOICES))
      .addHelpText('after', EXAMPLES);
  },
  async run(args, given, io) {
    const options = given as unknown as ProbeOptions;
    const targets = args.map(readTarget);
    const now = options.now ?? io.now();
    const manner = await mannerOf(options, now, io);
    const { domains, visits } = await findVisits(targets, options, now, io);
    const progress = new Progress(io, false);
    const { lookAtAll } = await import('../probe/look-at.ts');
    const { STEP_WORDS } = await import('../../lib/net/probe-words.ts');
    const places = await lookAtAll(visits, {
      ...manner,
      told: ({ host, port }, step) => progress.at(() => `${host}:${port}: ${STEP_WORDS[step]}`),
    });
    progress.clear();
    const [{ observe }, { probeJson, summaryOf }, { probeView }] = await Promise.all([
      import('../../lib/net/probe-findings.ts'),
      import('../probe/json.ts'),
      import('../probe/view.ts'),
    ]);
    const looked = places.map((place) => ({ place, observations: observe(place) }));
    const text =
      options.format === 'json'
        ? `${JSON.stringify(probeJson(domains, looked, now), null, 2)}\n`
        : probeView(domains, looked, lookFor(io, options.color));
    io.stdout.write(text);
    if (options.output !== undefined) await writeInventory(options.output, places, io);
    const { errors, reached } = summaryOf(looked);
    const planned = domains.every(({ delivers }) => delivers);
    return errors === 0 && reached > 0 && planned ? EXIT_CLEAN : EXIT_FOUND;
  },
};

async function writeInventory(
  file: string,
  places: Parameters<typeof import('../probe/inventory.ts').inventoryOf>[0],
  io: Io,
): Promise<void> {
  const { inventoryOf } = await import('../probe/inventory.ts');
  const inventory = inventoryOf(places);
  if (inventory === undefined) tell(io, 'warning', `${file} is not written, as no host showed a certificate`);
  else writeOutput(io, file, [`${JSON.stringify(inventory, null, 2)}\n`]);
}

type Manner = Parameters<typeof import('../probe/look-at.ts').lookAtAll>[1];

async function mannerOf(options: ProbeOptions, now: number, io: Io): Promise<Omit<Manner, 'told'>> {
  const { sni, certs } = options;
  if (sni !== undefined && normalizeHostName(sni) === undefined)
    throw new UsageError(`--sni '${sni}' is no host name; write one such as mx1.example.net`);
  const onDisk = certs && (await loadCertificates(certs.map(sourceArgument), io));
  for (const warning of onDisk?.warnings ?? []) tell(io, 'warning', warning);
  return {
    ehlo: ehloName(options.ehlo),
    sni,
    timeout: options.timeout * 1000,
    client: await clientCertificate(options, io),
    ports: options.portMap ?? new Map(),
    trust: await openTrust(options.trust, io),
    now,
    onDisk: onDisk?.given,
    world: { ticks: io.ticks, random: (octets) => crypto.getRandomValues(new Uint8Array(octets)) },
  };
}

function sourceArgument(text: string): CertificateArgument {
  return { text, roles: [] };
}

/** RFC 5321 §4.1.1.1 wants a full name; what a machine calls itself may be less, and is said all the same. */
function ehloName(given: string | undefined): string {
  const name = given ?? hostname();
  if (/^[\w.:[\]-]{1,253}$/u.test(name)) return name;
  if (given === undefined) return 'localhost';
  throw new UsageError(`--ehlo '${given}' is no name of a host; write one such as probe.example.net`);
}

async function clientCertificate(
  { clientCert, clientKey }: ProbeOptions,
  io: Io,
): Promise<ClientCertificate | undefined> {
  if (clientCert === undefined && clientKey === undefined) return undefined;
  if (clientCert === undefined || clientKey === undefined)
    throw new UsageError('--client-cert and --client-key go together: give the certificate and its key');
  const client = { certificate: io.readFile(clientCert), key: io.readFile(clientKey) };
  const { clientCertificateProblem } = await import('../../lib/net/tls-socket.ts');
  const problem = clientCertificateProblem(client);
  if (problem !== undefined) throw new UsageError(`--client-cert ${clientCert}, --client-key ${clientKey}: ${problem}`);
  return client;
}

async function findVisits(
  targets: readonly ProbeTarget[],
  options: ProbeOptions,
  now: number,
  io: Io,
): Promise<{ domains: PlannedDomain[]; visits: Visit[] }> {
  const { visitOfHost, visitsOfDomain } = await import('../probe/visits.ts');
  const named = options.server !== undefined || options.zone !== undefined;
  const lookup = named ? (await openLookup(options, io)).lookup : undefined;
  const find = await addressFinder(options, lookup);
  const domains: PlannedDomain[] = [];
  const visits: Visit[] = [];
  for (const target of targets) {
    if (target.kind === 'host') visits.push(await visitOfHost(target, options.tls, find));
    else {
      const found = await visitsOfDomain(target.domain, lookup ?? (await systemLookup(options, io)), now, find);
      domains.push(found.planned);
      visits.push(...found.visits);
    }
  }
  return { domains, visits };
}

async function systemLookup(options: ProbeOptions, io: Io): Promise<DnsLookup> {
  const { systemServers } = await import('../../lib/net/system-dns.ts');
  const [server] = systemServers();
  if (server === undefined)
    throw new UsageError('this machine names no DNS server: give --server ADDRESS, --zone FILE, or a host with a port');
  return (await openLookup({ ...options, server }, io)).lookup;
}

/** Addresses that the user gives come first, then those of the DNS given, then those this machine knows. */
async function addressFinder({ address = [] }: ProbeOptions, lookup: DnsLookup | undefined): Promise<AddressFinder> {
  const given = givenAddresses(address);
  const [{ Asker }, { systemAddresses }] = await Promise.all([
    import('../../lib/mail/asker.ts'),
    import('../../lib/net/system-dns.ts'),
  ]);
  return async (host, known = []) => {
    const said = given.get(host) ?? given.get('');
    if (said !== undefined) return said;
    if (known.length > 0) return known;
    if (lookup === undefined) return systemAddresses(host);
    const { addresses, state } = await new Asker(lookup, 16).addressesOf(host);
    return state === 'unknown' ? systemAddresses(host) : addresses;
  };
}

/** The addresses of `--address` by host; those for all hosts under the empty name. */
function givenAddresses(texts: readonly string[]): Map<string, string[]> {
  const given = new Map<string, string[]>();
  for (const text of texts) {
    const [, name = '', address = ''] = /^(?:([^=]*)=)?(.*)$/u.exec(text) ?? [];
    const host = name === '' ? '' : normalizeHostName(name);
    if (host === undefined || isIP(address) === 0)
      throw new UsageError(`--address '${text}': write an address such as 127.0.0.1, or mx1.example.net=127.0.0.1`);
    given.set(host, [...(given.get(host) ?? []), address]);
  }
  return given;
}
