import { type SendOptions, sendQuery } from '../../lib/net/send-query.ts';
import type { ServerAddress } from '../../lib/net/server-address.ts';
import { systemServers } from '../../lib/net/system-dns.ts';
import { RCODE } from '../../lib/wire/codes.ts';
import { OPTION } from '../../lib/wire/edns.ts';
import { type EdnsOption, type Message, type Question, queryFor } from '../../lib/wire/message.ts';
import { type CommandModule, EXIT_CLEAN, EXIT_FOUND } from '../command.ts';
import { UsageError } from '../errors.ts';
import type { Io } from '../io.ts';
import { KEY_HELP, readKeys } from '../keys.ts';
import { choice, wholeNumber } from '../options.ts';
import { writeOutput } from '../output.ts';
import { responseJson, responseText, shortText } from '../query/print.ts';
import { readQuestion, serverOf } from '../query/question.ts';

interface QueryCommandOptions {
  readonly reverse?: string;
  readonly udp?: true;
  readonly tcp?: true;
  readonly tls?: true;
  readonly https?: string | true;
  readonly tlsCa?: string;
  readonly tlsName?: string;
  readonly tlsPin?: readonly string[];
  readonly norec?: true;
  readonly dnssec?: true;
  readonly cd?: true;
  readonly nsid?: true;
  readonly cookie?: true;
  readonly key?: string;
  readonly bufsize: number;
  readonly timeout: number;
  readonly tries: number;
  readonly format: 'text' | 'json' | 'short';
  readonly output?: string;
}

const EXAMPLES = `
TYPE is a mnemonic, CLIENTMX among them, or TYPE and a number; A when none is given. SERVER is an address, with a port when
it is not the usual one; without it the first server of this machine is asked. Certificates are judged with --tls-ca or
--tls-pin only; with both, both have to hold.

Exit codes: 0 NOERROR with an answer, 1 no such name or type or another response code, 2 no response or wrong use.

Examples:
  zonewright query example.net CLIENTMX @127.0.0.1:5300
  zonewright query _smtp-tls._tcp.example.net SRV @192.0.2.53 --norec --nsid
  zonewright query -x 192.0.2.1 --format short
  zonewright query example.net MX @127.0.0.1:8443 --https
  zonewright query example.net MX @127.0.0.1:8853 --tls --tls-ca root.pem --tls-name localhost
`;

/** Asks one question of one name server. */
export const command: CommandModule = {
  declare(query) {
    query
      .argument('[words...]', 'NAME [TYPE] [CLASS] [@SERVER[:PORT]]')
      .option('-x, --reverse <address>', 'ask for the name of an address')
      .option('--udp', 'over UDP alone, a truncated answer included')
      .option('--tcp', 'over TCP')
      .option('--tls', 'over TLS, port 853 when none is given')
      .option('--https [path]', 'over HTTPS at /dns-query or another path, port 443 when none is given')
      .option('--tls-ca <where>', 'roots by which the certificate of the server is judged: a file in PEM, or system')
      .option('--tls-name <name>', 'host name that this certificate has to carry (default: the address asked)')
      .option(
        '--tls-pin <pin>',
        'SHA-256 of the key that this certificate has to have, in base64, as serve tells it (may be repeated)',
        pinsOf,
      )
      .option('--norec', 'without RD, as resolvers ask')
      .option('--dnssec', 'with DO: signatures are wanted')
      .option('--cd', 'with CD: no validation is wanted')
      .option('--nsid', 'ask for the identifier of the server')
      .option('--cookie', 'send a new client cookie')
      .option('--key <key>', `${KEY_HELP}; signs the query`)
      .option('--bufsize <n>', 'octets taken over UDP, 0 for no EDNS at all', wholeNumber('--bufsize', 0, 65535), 1232)
      .option('--timeout <seconds>', 'how long an answer is waited for', wholeNumber('--timeout', 1, 600), 5)
      .option('--tries <n>', 'how often the query is sent over UDP', wholeNumber('--tries', 1, 20), 2)
      .addOption(choice('--format <name>', 'text, json or short', ['text', 'json', 'short']))
      .option('--output <file>', 'write to a file')
      .addHelpText('after', EXAMPLES);
  },
  async run(given, wishes, io) {
    const { words, options } = untangled(given, wishes as unknown as QueryCommandOptions);
    const transport = transportOf(options);
    const port = PORTS[transport] ?? 53;
    const asked = readQuestion(words, options.reverse, port);
    const server = asked.server ?? systemServer(port);
    const query = queryOf(asked.question, options);
    const how = await sending(options, transport, io);
    const start = io.ticks();
    const sent = await sendQuery(server, query, how);
    if ('problem' in sent) throw new UsageError(sent.problem);
    const response = { ...sent, server, ms: io.ticks() - start, at: io.now() };
    const write = { text: responseText, json: responseJson, short: shortText }[options.format];
    writeOutput(io, options.output, [write(response)]);
    const { rcode, answer } = sent.message;
    return rcode === RCODE.NOERROR && answer.length > 0 ? EXIT_CLEAN : EXIT_FOUND;
  },
};

const PORTS: Readonly<Partial<Record<SendOptions['transport'], number>>> = { tls: 853, https: 443 };

/** What stands behind --https may be the server instead of a path. */
function untangled(
  words: readonly string[],
  options: QueryCommandOptions,
): { readonly words: readonly string[]; readonly options: QueryCommandOptions } {
  const { https } = options;
  if (typeof https !== 'string' || !https.startsWith('@')) return { words, options };
  return { words: [...words, https], options: { ...options, https: true } };
}

function transportOf({ udp, tcp, tls, https }: QueryCommandOptions): SendOptions['transport'] {
  const given = Object.entries({ udp, tcp, tls, https }).flatMap(([name, value]) =>
    value === undefined ? [] : [name],
  );
  if (given.length > 1) throw new UsageError(`${given.map((name) => `--${name}`).join(' and ')} exclude each other`);
  return (given[0] as SendOptions['transport'] | undefined) ?? 'auto';
}

function systemServer(port: number): ServerAddress {
  const [first] = systemServers();
  if (first === undefined) throw new UsageError('this machine knows no name server: give one as @ADDRESS');
  const server = serverOf(first, 53);
  return port === 53 ? server : { ...server, port };
}

async function sending(
  { timeout, tries, tlsCa, tlsName: name, tlsPin: pins, https, key }: QueryCommandOptions,
  transport: SendOptions['transport'],
  io: Io,
): Promise<SendOptions> {
  const secure = transport === 'tls' || transport === 'https';
  if (!secure && (tlsCa ?? name ?? pins) !== undefined)
    throw new UsageError('--tls-ca, --tls-name and --tls-pin need --tls or --https');
  const path = typeof https === 'string' ? https : '/dns-query';
  if (!path.startsWith('/')) throw new UsageError(`--https needs a path such as /dns-query, not '${path}'`);
  const roots = tlsCa === undefined ? undefined : await rootsOf(tlsCa, io);
  const trust = { ...(roots && { roots }), ...(name !== undefined && { name }), ...(pins && { pins }) };
  const [signer, more] = key === undefined ? [] : readKeys([key], io);
  if (more !== undefined) throw new UsageError(`--key: ${key} has more than one key`);
  const sign = signer && { key: signer, now: io.now };
  return { transport, timeout: timeout * 1000, tries, trust, path, ...(sign && { sign }) };
}

/** Roots in PEM; `system` are those of the operating system. */
async function rootsOf(where: string, io: Io): Promise<Uint8Array> {
  const files = where === 'system' ? await (await import('../trust.ts')).systemRoots(io) : [io.readFile(where)];
  const roots = Buffer.concat(files.flatMap((bytes) => [bytes, Buffer.from('\n')]));
  if (roots.includes('CERTIFICATE-----')) return roots;
  throw new UsageError(`--tls-ca ${where}: no certificate in PEM is in it`);
}

const PIN = /^[A-Za-z\d+/]{43}=$/u;

function pinsOf(text: string, before: readonly string[] = []): readonly string[] {
  if (PIN.test(text)) return [...before, text];
  throw new UsageError(`--tls-pin needs the SHA-256 of a key in base64, 43 characters and =, not '${text}'`);
}

function queryOf(question: Question, options: QueryCommandOptions): Message {
  const { norec, dnssec, cd, nsid, cookie, bufsize } = options;
  if (bufsize === 0 && (dnssec || nsid || cookie))
    throw new UsageError('--bufsize 0 asks without EDNS, which --dnssec, --nsid and --cookie need');
  const wishes: EdnsOption[] = [
    ...(nsid ? [{ code: OPTION.NSID, data: new Uint8Array(0) }] : []),
    ...(cookie ? [{ code: OPTION.COOKIE, data: crypto.getRandomValues(new Uint8Array(8)) }] : []),
  ];
  const edns = { udpSize: bufsize, version: 0, dnssecOk: dnssec === true, flags: 0, options: wishes };
  return {
    // Ids have to be such that nobody can foretell them (RFC 5452 §9.2).
    ...queryFor(question, crypto.getRandomValues(new Uint16Array(1))[0] ?? 0),
    recursionDesired: norec !== true,
    authenticData: norec !== true,
    checkingDisabled: cd === true,
    ...(bufsize > 0 && { edns }),
  };
}
