import { DELIVERY_KNOBS, type DeliveryKnobs } from '../../lib/mail/delivery-knobs.ts';
import { gather } from '../../lib/mail/gather.ts';
import type { Gathered } from '../../lib/mail/gathered.ts';
import { readDestination } from '../../lib/mail/mail-domain.ts';
import { planDelivery } from '../../lib/mail/plan.ts';
import { seededRandom } from '../../lib/mail/seeded-random.ts';
import { type CommandModule, EXIT_CLEAN, EXIT_FOUND } from '../command.ts';
import { UsageError } from '../errors.ts';
import { addLookupOptions, type LookupOptions, openLookup } from '../mail-lookup.ts';
import { choice, moment, repeated, wholeNumber } from '../options.ts';
import { tell, writeOutput } from '../output.ts';
import { type PlanContext, planJson } from '../plan/json.ts';
import { planTree } from '../plan/tree.ts';
import { ascii } from '../report/characters.ts';
import { COLOR_CHOICES, type ColorChoice, lookFor } from '../report/look.ts';
import { counted } from '../report/words.ts';

const FORMATS = ['pretty', 'json'] as const;

interface PlanCommandOptions extends LookupOptions {
  readonly format: (typeof FORMATS)[number];
  readonly output?: string;
  readonly color: ColorChoice;
  readonly seed?: number;
  readonly now?: number;
  readonly trace?: true;
  readonly srvError: DeliveryKnobs['srvError'];
  readonly srvNull: DeliveryKnobs['srvNull'];
  readonly fallbackOrder: DeliveryKnobs['fallbackOrder'];
  readonly ownHost?: readonly string[];
  readonly pathOpen?: readonly string[];
}

const EXAMPLES = `
The plan says which hosts a sender tries, in which order, at which port, with which TLS, which names their certificates
may carry, and what follows when a connection fails. SRV records of _smtp-tls._tcp go before MX.
Hosts of equal rank are drawn by a seeded generator, so that the same seed gives the same plan.

Exit codes: 0 there is a way to deliver, 1 there is none, 2 wrong use or unreadable input.

Examples:
  zonewright plan example.net --zone example.net.zone
  zonewright plan example.net --server 192.0.2.53 --trace
  zonewright plan example.net --zone zones/*.zone --format json --seed 7
`;

/** The seed of plans that nobody gave one for. */
const SEED = 1;

/** Tells how mail for a domain is delivered, by both drafts. */
export const command: CommandModule = {
  declare(plan) {
    addLookupOptions(plan.argument('<domain>', 'a mail domain, or an address literal such as [192.0.2.1]'))
      .addOption(choice('--format <name>', 'pretty or json', FORMATS))
      .option('--trace', 'show every question and decision with the requirements behind it')
      .addOption(
        choice('--srv-error <what>', 'when the SRV question fails: defer the mail, or go by mx', ['defer', 'mx']),
      )
      .addOption(
        choice('--srv-null <what>', 'when the only SRV target is ".": reject the mail, or go by mx', ['reject', 'mx']),
      )
      .addOption(
        choice('--fallback-order <when>', 'when port 25 of a host is tried: per-target or after-all', [
          'per-target',
          'after-all',
        ]),
      )
      .option('--own-host <name>', 'a name or address of the sender itself (may be repeated)', repeated)
      .option('--path-open <host:port>', 'a port known to be reached from here (may be repeated)', repeated)
      .option('--seed <n>', `seed of the order among equals (default: ${SEED})`, wholeNumber('--seed', 0))
      .option('--now <time>', 'the moment to plan for, as ISO 8601 (default: the clock)', moment('--now'))
      .option('--output <file>', 'write to a file')
      .addOption(choice('--color <when>', 'auto, always or never', COLOR_CHOICES))
      .addHelpText('after', EXAMPLES);
  },
  async run([text = ''], given, io) {
    const options = given as unknown as PlanCommandOptions;
    const destination = readDestination(text);
    if (destination.kind === 'wrong') throw new UsageError(destination.problem);
    const { lookup, source } = await openLookup(options, io);
    const { seed = SEED, now = io.now() } = options;
    const knobs = knobsOf(options);
    const gathered = await gather(destination, lookup, knobs, { extras: ['client-mx', 'tlsa'], now });
    refuseUnknown(gathered, source);
    if (gathered.omittedHosts > 0)
      tell(io, 'warning', `${counted(gathered.omittedHosts, 'host')} beyond the first ${knobs.mostTargets} left out`);
    const plan = planDelivery(gathered, { random: seededRandom(seed), knobs, now });
    const context: PlanContext = { source, seed, now };
    const look = lookFor(io, options.color, options.output);
    const json = (): string => `${JSON.stringify(planJson(plan, gathered, context), null, 2)}\n`;
    const pretty = (): string => planTree(plan, context, look, options.trace === true);
    const written = options.format === 'json' ? json() : pretty();
    writeOutput(io, options.output, [options.format === 'pretty' && !look.unicode ? ascii(written) : written]);
    return plan.outcome.kind === 'deliver' ? EXIT_CLEAN : EXIT_FOUND;
  },
};

function knobsOf({ srvError, srvNull, fallbackOrder, ownHost = [], pathOpen = [] }: PlanCommandOptions): DeliveryKnobs {
  const ownHosts = ownHost.map((text) => {
    const read = readDestination(/^[\d.]+$|:/u.test(text) && !text.startsWith('[') ? literalOf(text) : text);
    if (read.kind === 'wrong') throw new UsageError(`--own-host needs a host name or an address, not '${text}'`);
    return read.kind === 'domain' ? read.domain : read.address;
  });
  const pathKnownOpen = pathOpen.map((text) => {
    const [, host = '', port = ''] = /^(.*):(\d{1,5})$/u.exec(text) ?? [];
    const read = readDestination(host);
    if (read.kind !== 'domain' || Number(port) > 65_535)
      throw new UsageError(`--path-open needs HOST:PORT such as mx1.example.net:842, not '${text}'`);
    return `${read.domain}:${Number(port)}`;
  });
  return { ...DELIVERY_KNOBS, srvError, srvNull, fallbackOrder, ownHosts, pathKnownOpen };
}

function literalOf(address: string): string {
  return address.includes(':') ? `[IPv6:${address}]` : `[${address}]`;
}

/** Zone files that do not hold the domain itself say nothing about it: better no plan than one that guesses. */
function refuseUnknown({ services, domain }: Gathered, source: string): void {
  const answer = services[0]?.answer;
  if (answer?.kind !== 'failure' || answer.reason !== 'outside') return;
  throw new UsageError(`${domain} is in none of the zones given (${source}): give the file of its zone with --zone`);
}
