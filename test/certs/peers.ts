import { execFile, execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Duplex } from 'node:stream';
import { connect, createServer, type SecureContextOptions, type SecureVersion, type TLSSocket } from 'node:tls';
import type { CertificateRole } from '../../lib/certs/roles.ts';
import type { SignedLine } from './line.ts';
import { pem } from './maker.ts';

/** What `openssl verify` says about one path; `errors` are what it printed, as number@depth. */
export interface OpensslVerdict {
  readonly accepts: boolean;
  readonly errors: readonly string[];
}

/** The version of the `openssl` command, undefined where it is not installed. */
export function opensslVersion(): string | undefined {
  try {
    return execFileSync('openssl', ['version'], { encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
}

/**
 * Asks `openssl verify` about many paths in one call. Their certificates lie in one heap, so the CAs of paths that are to be
 * judged apart need names of their own.
 */
export async function askOpenssl(
  paths: readonly SignedLine[],
  now: number,
  options: readonly string[],
): Promise<OpensslVerdict[]> {
  if (paths.length === 0) return [];
  const folder = mkdtempSync(join(tmpdir(), 'zonewright-verify-'));
  try {
    const file = (name: string, text: string): string => {
      writeFileSync(join(folder, name), text);
      return name;
    };
    const trusted = file('trusted', pem(...paths.flatMap((path) => path.trusted.map(({ der }) => der))));
    const others = pem(...paths.flatMap((path) => path.others.map(({ der }) => der)));
    const given = others === '' ? [] : ['-untrusted', file('others', others)];
    const leaves = paths.map(({ leaf }, i) => file(String(i), pem(leaf.der)));
    const store = ['-CAfile', trusted, '-no-CApath', '-no-CAstore', '-attime', String(now / 1000)];
    const said = await output(folder, ['verify', ...store, ...given, ...options, ...leaves]);
    return verdicts(said, paths.length);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function output(folder: string, args: readonly string[]): Promise<{ readonly out: string; readonly err: string }> {
  return new Promise((resolve) => {
    execFile('openssl', args, { cwd: folder, maxBuffer: 2 ** 26 }, (_, out, err) => resolve({ out, err }));
  });
}

function verdicts({ out, err }: { readonly out: string; readonly err: string }, count: number): OpensslVerdict[] {
  const accepted = new Set([...out.matchAll(/^(\d+): OK$/gm)].map(([, name]) => Number(name)));
  const errors = new Map<number, string[]>();
  let open: string[] = [];
  for (const line of err.split('\n')) {
    const told = /error (\d+) at (\d+) depth/.exec(line);
    if (told !== null) open.push(`${told[1]}@${told[2]}`);
    const failed = /^error (\d+): verification failed$/.exec(line);
    if (failed === null) continue;
    errors.set(Number(failed[1]), open);
    open = [];
  }
  return Array.from({ length: count }, (_, i) => {
    // Each path got exactly one answer; anything else is a call that went wrong.
    if (accepted.has(i) === errors.has(i))
      throw new Error(`openssl gave no verdict on path ${i}: ${err.slice(0, 2000)}`);
    return { accepts: accepted.has(i), errors: errors.get(i) ?? [] };
  });
}

/** What Node's TLS says after a handshake: undefined when it takes the certificate, else its code. */
export async function askNode(path: SignedLine, role: CertificateRole, peer: Identity): Promise<string | undefined> {
  const own = { key: path.leafKey.export({ type: 'pkcs8', format: 'pem' }), cert: pem(path.leaf.der, ...ders(path)) };
  // Without any CA Node would take its own list.
  const ca = path.trusted.length > 0 ? pem(...path.trusted.map(({ der }) => der)) : peer.cert;
  const judging = { ca, key: peer.key, cert: peer.cert };
  const shake = (maxVersion: SecureVersion): Promise<string | undefined> =>
    role === 'server'
      ? handshake({ ...own, maxVersion }, judging, 'client')
      : handshake({ ...judging, maxVersion }, own, 'server');
  // Where a flight happens to be read in two parts behind a wrong signature, OpenSSL reports that signature as the fault of the
  // second part. The other version of TLS is cut elsewhere; and a fault that is not one of TLS is a verdict on the certificates.
  return shake('TLSv1.3').catch(() => shake('TLSv1.2').catch(reasonOf));
}

function reasonOf(error: unknown): string {
  const { library, reason } = error as { readonly library?: string; readonly reason?: string };
  if (library === undefined || library === 'SSL routines') throw error;
  return reason ?? library;
}

function ders({ others }: SignedLine): Uint8Array[] {
  return others.map(({ der }) => der);
}

/** The other side of the handshakes. */
export interface Identity {
  readonly key: string;
  readonly cert: string;
}

/** The names of the certificate hold this host, as OpenSSL's X509_check_host has it. */
export function namesHost(der: Uint8Array, host: string): boolean {
  return new X509Certificate(der).checkHost(host, { wildcards: false }) !== undefined;
}

/** One handshake without any socket; gives what the `judge` side thinks of the other's certificate. */
async function handshake(
  ofServer: SecureContextOptions,
  ofClient: SecureContextOptions,
  judge: 'client' | 'server',
): Promise<string | undefined> {
  const [near, far] = duplexPair();
  const server = createServer({ ...ofServer, requestCert: judge === 'server', rejectUnauthorized: false });
  return await new Promise((resolve, reject) => {
    const end = (socket: TLSSocket): void => {
      // Typed as an Error, yet the documentation and Node itself give the code as text.
      const reason: unknown = socket.authorizationError;
      resolve(socket.authorized ? undefined : String(reason));
      client.destroy();
      far.destroy();
    };
    server.on('secureConnection', (socket) => {
      socket.on('error', () => undefined);
      if (judge === 'server') end(socket);
    });
    server.on('tlsClientError', reject);
    const client = connect({
      socket: near,
      ...ofClient,
      rejectUnauthorized: false,
      checkServerIdentity: () => undefined,
    });
    client.on('error', reject);
    client.on('secureConnect', () => {
      if (judge === 'client') end(client);
    });
    server.emit('connection', far);
  });
}

/** Two ends of a line: what is written at one arrives at the other. */
function duplexPair(): [Duplex, Duplex] {
  const sides: Duplex[] = [];
  for (const other of [1, 0]) {
    const write = (chunk: Buffer, _: unknown, done: () => void): void => {
      sides[other]!.push(chunk);
      done();
    };
    sides.push(new Duplex({ read: () => undefined, write, final: (done) => done() }));
  }
  return [sides[0]!, sides[1]!];
}
