import { normalizeHostName } from '../../lib/certs/names.ts';
import { selfSigned } from '../../lib/certs/self-signed.ts';
import type { ListenAt, TlsIdentity } from '../../lib/net/serve-options.ts';
import { UsageError } from '../errors.ts';
import { FileError, type Io } from '../io.ts';
import { tell, writeOutput } from '../output.ts';
import { listed } from '../report/words.ts';

/** What the command line says about certificates. */
export interface CertificateOptions {
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly tlsName?: readonly string[];
  readonly tlsCaOut?: string;
}

/** A certificate made for one run. */
export interface OwnCertificate {
  /** Names and addresses that it is for. */
  readonly hosts: readonly string[];
  /** SHA-256 of its key, in base64. */
  readonly pin: string;
  /** File that gets it before the server is ready. */
  readonly out: string | undefined;
}

/** The certificate and key of TLS and HTTPS, given or made. */
export interface ServeIdentity extends TlsIdentity {
  readonly own?: OwnCertificate;
}

/** Octets that a PEM file has at most. */
const LARGEST_PEM = 2 ** 20;

/** Addresses that stand for all. */
const ANY_ADDRESS: ReadonlySet<string> = new Set(['0.0.0.0', '::']);

/** The identity for the places that need one, undefined when none does. */
export function identityOf(
  options: CertificateOptions,
  places: readonly ListenAt[],
  io: Io,
): ServeIdentity | undefined {
  const { tlsCert, tlsKey, tlsName, tlsCaOut } = options;
  const secure = places.filter(({ transport }) => transport === 'tls' || transport === 'https');
  const given = Object.entries({
    '--tls-cert': tlsCert,
    '--tls-key': tlsKey,
    '--tls-name': tlsName,
    '--tls-ca-out': tlsCaOut,
  }).flatMap(([option, value]) => (value === undefined ? [] : [option]));
  if (secure.length === 0) {
    if (given.length === 0) return undefined;
    throw new UsageError(`${listed(given)} ${given.length === 1 ? 'needs' : 'need'} --tls-listen or --https-listen`);
  }
  if (tlsCert === undefined && tlsKey === undefined) return ownIdentity(options, secure, io);
  if (tlsName !== undefined || tlsCaOut !== undefined)
    throw new UsageError('--tls-name and --tls-ca-out are about the certificate made when no --tls-cert is given');
  // The key may stand in the file of the certificate.
  const [cert, key] = [tlsCert ?? tlsKey ?? '', tlsKey ?? tlsCert ?? ''];
  return { cert: pemOf(cert, 'CERTIFICATE', io), key: pemOf(key, 'PRIVATE KEY', io) };
}

function ownIdentity(
  { tlsName = [], tlsCaOut }: CertificateOptions,
  places: readonly ListenAt[],
  io: Io,
): ServeIdentity {
  const names = [...new Set(['localhost', ...tlsName.map(hostName)])];
  const open = places.map(({ address }) => address).filter((address) => !ANY_ADDRESS.has(address));
  const addresses = [...new Set(['127.0.0.1', '::1', ...open])];
  const { cert, key, pin } = selfSigned({ names, addresses, now: io.now() });
  return { cert, key, own: { hosts: [...names, ...addresses], pin, out: tlsCaOut } };
}

function hostName(text: string): string {
  const name = normalizeHostName(text);
  if (name === undefined) throw new UsageError(`--tls-name ${text}: this is no host name`);
  return name;
}

function pemOf(path: string, what: string, io: Io): Uint8Array {
  const bytes = io.readFile(path, LARGEST_PEM);
  if (new TextDecoder('latin1').decode(bytes).includes(`${what}-----`)) return bytes;
  throw new FileError(path, `no ${what.toLowerCase()} in PEM is in it`);
}

/** Writes the certificate of this run where it is wanted; throws FileError when it cannot be written. */
export function handOut({ own, cert }: ServeIdentity, io: Io): void {
  if (own?.out !== undefined) writeOutput(io, own.out, [String(cert)]);
}

/** Says how the certificate of this run can be trusted. */
export function tellOfOwn({ hosts, pin, out }: OwnCertificate, io: Io): void {
  const where = out === undefined ? 'or as a root with --tls-ca-out FILE' : `or as the root in ${out}`;
  tell(io, 'note', `made a certificate for ${listed(hosts)}: trust it by its pin ${pin} ${where}`);
}
