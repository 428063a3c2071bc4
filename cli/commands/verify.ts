import type { GivenCertificate } from '../../lib/certs/load.ts';
import type { ExtendedKeyUsagePolicy } from '../../lib/certs/path-purpose.ts';
import { type CommandModule, EXIT_CLEAN, EXIT_FOUND } from '../command.ts';
import { UsageError } from '../errors.ts';
import type { Io } from '../io.ts';
import { loadCertificates } from '../lint/certificates.ts';
import { addLookupOptions, type LookupOptions, openLookup } from '../mail-lookup.ts';
import { choice, moment } from '../options.ts';
import { tell, writeOutput } from '../output.ts';
import { COLOR_CHOICES, type ColorChoice, lookFor } from '../report/look.ts';
import { addTrustOptions, openTrust } from '../trust.ts';
import type { Judging } from '../verdict/judge-client.ts';
import type { Judged } from '../verdict/judged.ts';

const FORMATS = ['pretty', 'json'] as const;
const ON_FAIL = ['report', 'reject'] as const;

interface VerifyOptions extends LookupOptions {
  readonly clientCert?: string;
  readonly mailFrom?: string;
  readonly helo?: string;
  readonly serverCert?: string;
  readonly domain?: string;
  readonly host?: string;
  readonly trust: string;
  readonly eku: ExtendedKeyUsagePolicy;
  readonly now?: number;
  readonly onFail: (typeof ON_FAIL)[number];
  readonly authservId: string;
  readonly dmarcFrom?: string;
  readonly format: (typeof FORMATS)[number];
  readonly output?: string;
  readonly color: ColorChoice;
}

const EXAMPLES = `
A client certificate is judged as a receiver does at MAIL FROM: pass, fail, or none when the domain has no Client MX.
A server certificate is judged as a sender does after STARTTLS: verified, close (the domain asks for validation, so no mail
goes over this connection), or continue (nobody asks). All faults are told, with the rules by which lint says the same.

Exit codes: 0 pass or verified; 1 anything else, none (not opted in) included, or CAA that keeps the CA from issuing the
certificate again; 2 wrong use or unreadable input.

Examples:
  zonewright verify --client-cert out1.pem --mail-from user@example.net --zone example.net.zone
  zonewright verify --client-cert out1.pem --mail-from example.net --server 192.0.2.53 --on-fail reject
  zonewright verify --server-cert mx1.pem --domain example.net --host mx1.example.net --zone example.net.zone --trust ca.pem
`;

/** Judges a certificate as the mail server at the other end does, and tells everything that is wrong with it. */
export const command: CommandModule = {
  declare(verify) {
    verify
      .option('--client-cert <file>', 'certificate that a sending host shows')
      .option('--mail-from <address>', 'domain or address of MAIL FROM, <> for the null reverse-path')
      .option('--helo <name>', 'name in EHLO, which a null reverse-path stands for')
      .option('--server-cert <file>', 'certificate that a receiving host shows')
      .option('--domain <name>', 'domain of the recipients')
      .option(
        '--host <name>',
        'host that is connected to (default: the host of the domain that the certificate names)',
      );
    addTrustOptions(addLookupOptions(verify))
      .option('--now <date>', 'the moment at which dates are judged (default: now)', moment('--now'))
      .addOption(choice('--on-fail <what>', 'what the receiver does on failure: report or reject', ON_FAIL))
      .option('--authserv-id <name>', 'host that writes Authentication-Results', 'receiver.example')
      .option('--dmarc-from <domain>', 'domain of the From field: show what DMARC makes of the verdict')
      .addOption(choice('--format <name>', 'pretty or json', FORMATS))
      .option('--output <file>', 'write to a file')
      .addOption(choice('--color <when>', 'auto, always or never', COLOR_CHOICES))
      .addHelpText('after', EXAMPLES);
  },
  async run(_, given, io) {
    const options = given as unknown as VerifyOptions;
    const file = fileOf(options);
    const { lookup, source } = await openLookup(options, io);
    const certificates = await certificatesIn(file, options, io);
    const trust = await openTrust(options.trust, io);
    const { DEFAULT_MTLS_POLICY } = await import('../../lib/mail/mtls-policy.ts');
    const nullReversePath = options.helo === undefined ? 'none' : 'helo';
    const policy = { ...DEFAULT_MTLS_POLICY, eku: options.eku, onFail: options.onFail, nullReversePath } as const;
    const now = options.now ?? io.now();
    const verdicts = await judge(certificates, options, { lookup, trust, policy, now });
    const text = await textOf(verdicts, options, { source, now }, io);
    writeOutput(io, options.output, [text]);
    return verdicts.every(({ good }) => good) ? EXIT_CLEAN : EXIT_FOUND;
  },
};

/** The certificate file; throws UsageError unless the options belong together. */
function fileOf({ clientCert, serverCert, mailFrom, domain, host, helo, dmarcFrom }: VerifyOptions): string {
  if (clientCert !== undefined && serverCert !== undefined)
    throw new UsageError('--client-cert and --server-cert exclude each other: judge one certificate at a time');
  if (clientCert !== undefined) {
    if (mailFrom === undefined) throw new UsageError('--client-cert needs --mail-from, the domain whose mail it sends');
    if (domain !== undefined || host !== undefined)
      throw new UsageError('--domain and --host go with --server-cert; for a client give --mail-from');
    return clientCert;
  }
  if (serverCert === undefined)
    throw new UsageError('no certificate is given: name one with --client-cert or --server-cert');
  if (domain === undefined) throw new UsageError('--server-cert needs --domain, the domain whose mail it takes');
  if (mailFrom !== undefined || helo !== undefined || dmarcFrom !== undefined)
    throw new UsageError('--mail-from, --helo and --dmarc-from go with --client-cert; for a server give --domain');
  return serverCert;
}

/** Hosts show a certificate for each kind of key. */
const MOST_CERTIFICATES = 16;

async function certificatesIn(
  file: string,
  { clientCert }: VerifyOptions,
  io: Io,
): Promise<readonly GivenCertificate[]> {
  const role = clientCert === undefined ? 'server' : 'client';
  const { given, warnings } = await loadCertificates([{ text: file, roles: [role], as: 'file' }], io);
  for (const warning of warnings) tell(io, 'warning', warning);
  if (given.length > MOST_CERTIFICATES)
    throw new UsageError(`${file} holds ${given.length} certificates of hosts: give a file with the one that is shown`);
  return given;
}

async function judge(
  certificates: readonly GivenCertificate[],
  options: VerifyOptions,
  judging: Judging,
): Promise<readonly Judged[]> {
  const { mailFrom, helo, authservId, dmarcFrom, server } = options;
  if (mailFrom !== undefined) {
    const { judgeClientCertificates } = await import('../verdict/judge-client.ts');
    const identity = await identityOf(mailFrom, helo, judging);
    const from = dmarcFrom === undefined ? {} : { dmarcFrom: await domainOf('--dmarc-from', dmarcFrom) };
    return judgeClientCertificates(certificates, { identity, authservId, ...from }, judging);
  }
  const { judgeServerCertificates } = await import('../verdict/judge-server.ts');
  const domain = await domainOf('--domain', options.domain ?? '');
  const host = options.host === undefined ? undefined : await domainOf('--host', options.host);
  return judgeServerCertificates(certificates, { domain, host, live: server !== undefined }, judging);
}

async function identityOf(
  mailFrom: string,
  helo: string | undefined,
  { policy }: Judging,
): Promise<ReturnType<typeof import('../../lib/mail/mtls-receiver.ts').mailIdentity>> {
  const { mailIdentity } = await import('../../lib/mail/mtls-receiver.ts');
  const path = mailFrom.replace(/^<(.*)>$/su, '$1');
  const identity = mailIdentity(path, helo, policy);
  if (identity === undefined && path !== '')
    throw new UsageError(`--mail-from needs a domain or an address such as user@example.net, not '${mailFrom}'`);
  if (identity === undefined && helo !== undefined)
    throw new UsageError(`--helo needs a host name such as out1.example.net, not '${helo}'`);
  return identity;
}

async function domainOf(option: string, text: string): Promise<string> {
  const { normalizeHostName } = await import('../../lib/certs/names.ts');
  const domain = normalizeHostName(text);
  if (domain !== undefined) return domain;
  throw new UsageError(`${option} needs a domain name such as example.net, not '${text}'`);
}

async function textOf(
  verdicts: readonly Judged[],
  { format, color, output, trust, eku }: VerifyOptions,
  { source, now }: { readonly source: string; readonly now: number },
  io: Io,
): Promise<string> {
  if (format === 'json') {
    const good = verdicts.every((each) => each.good);
    const head = { version: 1, now: new Date(now).toISOString(), source, trust, eku, good };
    return `${JSON.stringify({ ...head, verdicts }, null, 2)}\n`;
  }
  const { verdictText } = await import('../verdict/view.ts');
  return verdicts.map((verdict) => verdictText(verdict, lookFor(io, color, output), { now, trust })).join('\n');
}
