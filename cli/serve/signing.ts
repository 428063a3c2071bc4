import type { Nsec3Options, Unsigned } from '../../lib/dnssec/sign-zone.ts';
import {
  generateSigningKey,
  readSigningKey,
  SIGNING_ALGORITHMS,
  type SigningAlgorithm,
  type SigningKey,
} from '../../lib/dnssec/signing-key.ts';
import { nameToText } from '../../lib/rr/name.ts';
import type { ServedZone } from '../../lib/server/served-zone.ts';
import type { TestServer } from '../../lib/server/test-server.ts';
import { dnskeyLines, dsLines, unboundAnchor } from '../../lib/server/trust-anchors.ts';
import { ZoneSigner } from '../../lib/server/zone-signer.ts';
import { UsageError } from '../errors.ts';
import { FileError, type Io } from '../io.ts';
import { guessOrAll } from '../options.ts';
import { tell } from '../output.ts';
import { counted, listed } from '../report/words.ts';
import type { LogFormat } from './query-log.ts';

/** What the command line says about signing. */
export interface SigningCommandOptions {
  /** True without a word behind it, which may be meant as a zone file. */
  readonly sign?: string | true;
  readonly signKey?: string;
  readonly nsec3?: true;
  readonly nsec3Iterations?: number;
  readonly nsec3Salt?: Uint8Array;
  readonly cds?: true;
}

/** How zones are signed. */
export interface SigningRequested {
  readonly keys: readonly SigningKey[];
  readonly nsec3: Nsec3Options | undefined;
  readonly cds: boolean;
}

/** Octets that a file with a private key has at most. */
const LARGEST_KEY = 65_536;

/** Octets of a salt at most (RFC 5155 §3.1.4). */
const LONGEST_SALT = 255;

/** Reads the options; the word behind --sign is the algorithm, or else given back as a zone file. Throws UsageError and FileError. */
export function signingOf(
  options: SigningCommandOptions,
  io: Io,
): { readonly signing: SigningRequested | undefined; readonly zone: string | undefined } {
  const { sign, signKey, nsec3, nsec3Iterations: iterations, nsec3Salt: salt, cds } = options;
  const algorithm = typeof sign === 'string' ? algorithmOf(sign) : undefined;
  const zone = typeof sign === 'string' && algorithm === undefined ? zoneArgument(sign, io) : undefined;
  if (sign === undefined && signKey === undefined) {
    const alone = Object.entries({ nsec3, 'nsec3-iterations': iterations, 'nsec3-salt': salt, cds });
    const given = alone.flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`]));
    if (given.length > 0) throw new UsageError(`${listed(given)} ${given.length === 1 ? 'needs' : 'need'} --sign`);
    return { signing: undefined, zone };
  }
  const hashed = nsec3 === true || iterations !== undefined || salt !== undefined;
  const parameters = { ...(iterations !== undefined && { iterations }), ...(salt && { salt }) };
  const key = signKey === undefined ? generateSigningKey(algorithm) : givenKey(signKey, algorithm, io);
  return { signing: { keys: [key], nsec3: hashed ? parameters : undefined, cds: cds === true }, zone };
}

function algorithmOf(text: string): SigningAlgorithm | undefined {
  return SIGNING_ALGORITHMS.find((each) => each === text.toLowerCase());
}

function zoneArgument(text: string, io: Io): string {
  const path = /^[^=/\\]+=(.+)$/u.exec(text)?.[1] ?? text;
  if (path === '-' || io.kind(path) !== 'missing' || /[*?[{]/u.test(path)) return text;
  throw new UsageError(
    `--sign cannot be '${text}', and there is no such file; ${guessOrAll(text, SIGNING_ALGORITHMS)}`,
  );
}

function givenKey(path: string, algorithm: SigningAlgorithm | undefined, io: Io): SigningKey {
  const read = readSigningKey(io.readFile(path, LARGEST_KEY), algorithm);
  if ('problem' in read) throw new FileError(path, read.problem);
  return read.key;
}

/** Reads a salt in hexadecimal digits; `-` is the empty one. */
export function parseSalt(text: string): Uint8Array {
  const digits = text === '-' ? '' : text;
  if (/^(?:[\da-f]{2})*$/iu.test(digits) && digits.length <= 2 * LONGEST_SALT) return Buffer.from(digits, 'hex');
  throw new UsageError(`--nsec3-salt needs pairs of hexadecimal digits such as ab12, or -, not '${text}'`);
}

/** What is told of a zone. */
interface Told {
  readonly origin: Uint8Array;
  readonly unsigned: Unsigned | undefined;
}

/** Zones that are told of one by one. */
const MOST_TOLD = 5;

const WHY: Readonly<Record<Unsigned, string>> = {
  signed: 'is signed already and served as it is',
  'no-soa': 'is not signed: it has no SOA',
  'long-name': 'is not signed: its name is too long for NSEC3',
};

/** Milliseconds after which signatures are looked at again, all of which then hold for days. */
const EVERY_DAY = 86_400_000;

/** Makes signatures anew before they end; the function returned ends it. */
export function keepSigned(server: TestServer, signing: Signing | undefined): () => void {
  if (signing === undefined) return () => {};
  const timer = setInterval(() => server.prepareAgain(), EVERY_DAY);
  return () => clearInterval(timer);
}

/** Signs what is served and tells how it can be validated, from the moment on when the server is ready. */
export class Signing {
  private readonly signer: ZoneSigner;
  private readonly keys: readonly SigningKey[];
  private readonly io: Io;
  private waiting: Told[] | undefined = [];
  private log: LogFormat | undefined;
  private quiet = false;

  constructor({ keys, nsec3, cds }: SigningRequested, io: Io) {
    this.keys = keys;
    this.io = io;
    this.signer = new ZoneSigner({
      keys,
      now: io.now,
      cds,
      ...(nsec3 && { nsec3 }),
      told: (origin, unsigned) => this.told([{ origin, unsigned }]),
    });
  }

  readonly prepare = (zone: ServedZone): ServedZone => this.signer.prepare(zone);

  /** Tells of the zones signed so far, and from now on of each when it is signed. */
  announce(log: LogFormat | undefined, quiet: boolean): void {
    const { waiting = [] } = this;
    Object.assign(this, { waiting: undefined, log, quiet });
    this.told(waiting);
  }

  private told(zones: readonly Told[]): void {
    if (this.waiting !== undefined) this.waiting.push(...zones);
    else if (this.log === 'json') for (const zone of zones) this.writeEvent(zone);
    else if (!this.quiet) this.writeNotes(zones);
  }

  private writeEvent({ origin, unsigned }: Told): void {
    const { stdout } = this.io;
    const zone = nameToText(origin);
    const event =
      unsigned === undefined
        ? {
            event: 'signed',
            zone,
            ds: dsLines(origin, this.keys),
            dnskey: dnskeyLines(origin, this.keys),
          }
        : { event: 'unsigned', zone, reason: WHY[unsigned] };
    stdout.write(`${JSON.stringify(event)}\n`);
    stdout.flush();
  }

  private writeNotes(zones: readonly Told[]): void {
    const { io } = this;
    for (const { origin, unsigned } of zones.slice(0, MOST_TOLD)) {
      const name = nameToText(origin);
      if (unsigned !== undefined) {
        tell(io, 'note', `${name} ${WHY[unsigned]}`);
        continue;
      }
      tell(io, 'note', `signed ${name}; who is to validate it needs one of these lines:`);
      for (const ds of dsLines(origin, this.keys))
        for (const line of anchorLines(name, ds)) io.stderr.write(`  ${line}\n`);
    }
    const left = zones.length - MOST_TOLD;
    if (left > 0) tell(io, 'note', `signed ${counted(left, 'more zone')}; --log json tells of all`);
  }
}

/** A key as a zone file has it at the parent, and as Unbound and delv have it. */
function anchorLines(name: string, ds: string): string[] {
  const fields = ds.replace(/^.* IN DS /u, '').replace(/(\S+)$/u, '"$1"');
  return [
    `the parent:    ${ds}`,
    `unbound.conf:  ${unboundAnchor(ds)}`,
    `delv -a FILE +root=${name === '.' ? name : name.slice(0, -1)}:  trust-anchors { ${name} static-ds ${fields}; };`,
  ];
}
