import type { GivenCertificate } from '../../lib/certs/load.ts';
import type { ExtendedKeyUsagePolicy } from '../../lib/certs/path-purpose.ts';
import { certificateRows, isGood } from '../certs/rows.ts';
import { certificateTable } from '../certs/table.ts';
import { type CommandModule, EXIT_CLEAN, EXIT_FOUND } from '../command.ts';
import { UsageError } from '../errors.ts';
import type { Io } from '../io.ts';
import { type CertificateArgument, loadCertificates } from '../lint/certificates.ts';
import { readZones } from '../mail-lookup.ts';
import { choice, moment, repeated } from '../options.ts';
import { tell, writeOutput } from '../output.ts';
import { COLOR_CHOICES, type ColorChoice, lookFor } from '../report/look.ts';
import { addTrustOptions, openTrust } from '../trust.ts';

const FORMATS = ['pretty', 'json'] as const;

interface CertsOptions {
  readonly cert?: readonly string[];
  readonly serverCert?: readonly string[];
  readonly clientCert?: readonly string[];
  readonly zone?: readonly string[];
  readonly trust: string;
  readonly eku: ExtendedKeyUsagePolicy;
  readonly now?: number;
  readonly format: (typeof FORMATS)[number];
  readonly output?: string;
  readonly color: ColorChoice;
}

const EXAMPLES = `
A source is a certificate file, a folder (certbot, lego, acme.sh or any other), the configuration of a mail server
(main.cf, exim.conf, smtpd.conf, dovecot.conf) or an inventory.

Exit codes: 0 all certificates have a path to a trust anchor, 1 some do not, 2 wrong use or an unreadable source.

Examples:
  zonewright certs /etc/letsencrypt/live
  zonewright certs /etc/postfix/main.cf --zone example.net.zone
  zonewright certs --client-cert out1.pem --trust ca.pem --format json
`;

/** Lists the certificates of sources: names, roles, hosts, days left and whether peers would trust them. */
export const command: CommandModule = {
  declare(certs) {
    addTrustOptions(certs.argument('[sources...]', 'files, folders, mail server configurations, inventories'))
      .option('--cert <file[:roles]>', 'certificate in use, as :server, :client or :server,client', repeated)
      .option('--server-cert <file>', 'certificate of a host that takes mail', repeated)
      .option('--client-cert <file>', 'certificate of a host that sends mail', repeated)
      .option('--zone <files...>', 'zone files whose MX, SRV and Client MX tell the hosts of a certificate')
      .option('--now <date>', 'the moment at which dates are judged (default: now)', moment('--now'))
      .addOption(choice('--format <name>', 'pretty or json', FORMATS))
      .option('--output <file>', 'write to a file')
      .addOption(choice('--color <when>', 'auto, always or never', COLOR_CHOICES))
      .addHelpText('after', EXAMPLES);
  },
  async run(sources, given, io) {
    const options = given as unknown as CertsOptions;
    const wanted = argumentsOf(sources, options);
    if (wanted.length === 0)
      throw new UsageError(
        'no source of certificates is given: name a file, a folder or a configuration, such as /etc/letsencrypt/live',
      );
    const { given: certificates, warnings } = await loadCertificates(wanted, io);
    for (const warning of warnings) tell(io, 'warning', warning);
    const now = options.now ?? io.now();
    const anchors = (await openTrust(options.trust, io)).certificates;
    const hosts = await hostsInZones(certificates, options, now, io);
    const rows = certificateRows(certificates, {
      anchors,
      eku: options.eku,
      now,
      hostsOf: (index) => hosts[index] ?? [],
    });
    const text =
      options.format === 'json'
        ? `${JSON.stringify({ version: 1, now: new Date(now).toISOString(), certificates: rows }, null, 2)}\n`
        : certificateTable(rows, lookFor(io, options.color, options.output));
    writeOutput(io, options.output, [text]);
    return rows.every(isGood) ? EXIT_CLEAN : EXIT_FOUND;
  },
};

function argumentsOf(sources: readonly string[], options: CertsOptions): CertificateArgument[] {
  const { cert = [], serverCert = [], clientCert = [] } = options;
  return [
    ...sources.map((text): CertificateArgument => ({ text, roles: [] })),
    ...cert.map((text): CertificateArgument => ({ text, as: 'file' })),
    ...serverCert.map((text): CertificateArgument => ({ text, roles: ['server'], as: 'file' })),
    ...clientCert.map((text): CertificateArgument => ({ text, roles: ['client'], as: 'file' })),
  ];
}

/** For each certificate those of its names that are in MX, SRV or Client MX of the zones given. */
async function hostsInZones(
  certificates: readonly GivenCertificate[],
  { zone = [] }: CertsOptions,
  now: number,
  io: Io,
): Promise<readonly (readonly string[])[]> {
  if (zone.length === 0) return [];
  const [{ ZoneFacts }, { certificateUses }] = await Promise.all([
    import('../../lib/lint/zone-facts.ts'),
    import('../../lib/lint/common-certificates.ts'),
  ]);
  const hosts = certificates.map(() => new Set<string>());
  for (const one of await readZones(zone, {}, io)) {
    const uses = certificateUses(new ZoneFacts({ zone: one, certificates, now }));
    uses.forEach(({ listed }, index) => {
      for (const host of listed) hosts[index]?.add(host);
    });
  }
  return hosts.map((names) => [...names].sort());
}
