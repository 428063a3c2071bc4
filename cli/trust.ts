import type { Command } from 'commander';
import type { ExtendedKeyUsagePolicy } from '../lib/certs/path-purpose.ts';
import type { CertificateFileProblemCode } from '../lib/certs/problems.ts';
import type { TrustFile, TrustStore } from '../lib/certs/trust.ts';
import { SYSTEM_TRUST } from '../lib/config/config.ts';
import { UsageError } from './errors.ts';
import { FileError, type Io } from './io.ts';
import { noSuchFile } from './lint/paths.ts';
import { choice } from './options.ts';

/** Every policy of `--eku`, the one that holds by default first. */
export const EKU_POLICIES: readonly ExtendedKeyUsagePolicy[] = ['accept-server-auth', 'strict', 'ignore'];

/** Adds `--trust` and `--eku` with their defaults to a command that judges certificates. */
export function addTrustOptions(command: Command): Command {
  return command
    .option('--trust <where>', 'trust anchors: system, a file or a folder', SYSTEM_TRUST)
    .addOption(choice('--eku <policy>', 'how extKeyUsage is judged for the client role', EKU_POLICIES));
}

/** The trust anchors that `--trust` names; throws UsageError when there are none. */
export async function openTrust(where: string, io: Io): Promise<TrustStore> {
  const { loadTrust } = await import('../lib/certs/trust.ts');
  const store = loadTrust(await trustFiles(where, io));
  if (store.certificates.length > 0) return store;
  const { describeCertificateProblem } = await import('../lib/certs/problems.ts');
  const [problem] = store.problems;
  const why = problem === undefined ? '' : ` (${describeCertificateProblem(problem)})`;
  throw new UsageError(
    `--trust ${where} holds no certificate${why}: give ${SYSTEM_TRUST}, a PEM file or a folder of them`,
  );
}

/** Faults of a single file in a folder that only mean that it is none of the store. */
const NO_PART_OF_IT: ReadonlySet<CertificateFileProblemCode> = new Set(['no-block', 'private-key', 'other-block']);

/** The files of a trust store by the path of the user; `system` is the bundle of the operating system, else that of Node. */
async function trustFiles(where: string, io: Io): Promise<readonly TrustFile[]> {
  if (where === SYSTEM_TRUST) return systemFiles(io);
  const kind = io.kind(where);
  if (kind === 'missing' || kind === 'unreadable') throw new UsageError(`--trust ${where}: ${noSuchFile(where, io)}`);
  if (kind !== 'folder') return [{ name: where, bytes: io.readFile(where, LARGEST) }];
  return folderFiles(where, io);
}

const LARGEST = 64 * 2 ** 20;
const MOST_FILES = 4096;

/** Where operating systems keep their trust anchors in one file: Debian, Fedora, SUSE, Alpine and the BSDs, macOS with OpenSSL. */
const BUNDLES: readonly string[] = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
  '/usr/local/share/certs/ca-root-nss.crt',
];

/** The roots of the operating system as their files have them. */
export async function systemRoots(io: Io): Promise<readonly Uint8Array[]> {
  return (await systemFiles(io)).map(({ bytes }) => bytes);
}

/** SSL_CERT_FILE and SSL_CERT_DIR say it to every program that uses OpenSSL. */
async function systemFiles(io: Io): Promise<readonly TrustFile[]> {
  const named = io.env['SSL_CERT_FILE'];
  if (named !== undefined && named !== '') return [{ name: named, bytes: io.readFile(named, LARGEST) }];
  const folder = io.env['SSL_CERT_DIR'];
  if (folder !== undefined && io.kind(folder) === 'folder') return folderFiles(folder, io);
  const bundle = BUNDLES.find((path) => io.kind(path) === 'file');
  if (bundle !== undefined) return [{ name: bundle, bytes: io.readFile(bundle, LARGEST) }];
  const { bundledRoots } = await import('../lib/net/root-certificates.ts');
  return [{ name: 'the roots of Node', bytes: new TextEncoder().encode(bundledRoots()) }];
}

/** The files of a folder that hold certificates; OpenSSL's hashed links name the same files again, which harms nothing. */
async function folderFiles(folder: string, io: Io): Promise<TrustFile[]> {
  const { readCertificates } = await import('../lib/certs/load.ts');
  const files: TrustFile[] = [];
  for (const { name, kind } of io.listFolder(folder).slice(0, MOST_FILES)) {
    const path = `${folder.replace(/\/+$/u, '')}/${name}`;
    if (kind !== 'file' && (kind !== 'link' || io.kind(path) !== 'file')) continue;
    const bytes = contentOf(path, io);
    if (bytes === undefined) continue;
    const { certificates, problems } = readCertificates(path, bytes);
    if (certificates.length > 0 || problems.some(({ code }) => !NO_PART_OF_IT.has(code)))
      files.push({ name: path, bytes });
  }
  return files;
}

function contentOf(path: string, io: Io): Uint8Array | undefined {
  try {
    return io.readFile(path, LARGEST);
  } catch (error) {
    if (error instanceof FileError) return undefined;
    throw error;
  }
}
