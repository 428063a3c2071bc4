import type { CertificateFile, GivenCertificate } from '../../lib/certs/load.ts';
import type { CertificateRole } from '../../lib/certs/roles.ts';
import type { RoleStatement, StatedCertificate } from '../../lib/certs/sources/merge.ts';
import type { CertificateEntry, CertificateSource, SourcePort } from '../../lib/certs/sources/source.ts';
import { UsageError } from '../errors.ts';
import { FileError, type Io } from '../io.ts';
import { keyOf } from './certificate-keys.ts';
import { noSuchFile } from './paths.ts';

/** A certificate option of the command line: `--cert FILE[:ROLES]`, a file whose role the option says, or a source of certificates. */
export interface CertificateArgument {
  readonly text: string;
  /** Without, the roles stand behind the name of the file. */
  readonly roles?: readonly CertificateRole[];
  /** Whether the path has to be a certificate file, has to be looked into, or may be both; without, both. */
  readonly as?: 'file' | 'source';
}

/** The certificates of a run, with the octets of their files and what was odd but harmless in them. */
export interface Certificates {
  readonly given: readonly GivenCertificate[];
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly warnings: readonly string[];
}

const LARGEST = 16 * 2 ** 20;

/** Loads certificate files and sources; throws UsageError for one that holds none. A file given twice gets both roles. */
export async function loadCertificates(wanted: readonly CertificateArgument[], io: Io): Promise<Certificates> {
  if (wanted.length === 0) return { given: [], files: new Map(), warnings: [] };
  const { parseRoleSuffix, describeUnknownRoles } = await import('../../lib/certs/roles.ts');
  const loader = await CertificateLoader.create(io);
  const roles = new Map<string, Set<CertificateRole>>();
  const sources = new Map<string, readonly CertificateRole[]>();
  for (const { text, roles: given, as } of wanted) {
    const { file, roles: more } = given === undefined ? split(text) : { file: text, roles: given };
    const isSource = as === 'source' || (as === undefined && given !== undefined && (await isSourcePath(file, io)));
    if (isSource) sources.set(file, [...(sources.get(file) ?? []), ...more]);
    else roles.set(file, new Set([...(roles.get(file) ?? []), ...more]));
  }
  for (const [file, ofFile] of roles) loader.file(file, [...ofFile]);
  for (const [path, ofSource] of sources) await loader.source(path, ofSource);
  return sources.size === 0 ? loader.all() : loader.merged();

  function split(text: string): { file: string; roles: readonly CertificateRole[] } {
    const { whole, split: parts } = parseRoleSuffix(text);
    if (parts === undefined) return { file: whole, roles: [] };
    if (parts.unknown.length === 0) return parts;
    if (io.kind(whole) !== 'missing' || io.kind(parts.file) === 'missing') return { file: whole, roles: [] };
    throw new UsageError(`--cert ${text}: ${describeUnknownRoles(parts.unknown)}`);
  }
}

/** What reading a certificate file needs, loaded once. */
interface Readers {
  readonly read: typeof import('../../lib/certs/load.ts').readCertificateFile;
  readonly problems: typeof import('../../lib/certs/problems.ts');
  readonly withoutPrivateKeys: typeof import('../../lib/certs/sources/keys.ts').withoutPrivateKeys;
  readonly keys: typeof import('../../lib/certs/private-key.ts');
}

class CertificateLoader {
  private readonly io: Io;
  private readonly readers: Readers;
  private readonly stated: StatedCertificate[] = [];
  private readonly files = new Map<string, Uint8Array>();
  private readonly warnings = new Set<string>();

  static async create(io: Io): Promise<CertificateLoader> {
    const [{ readCertificateFile }, problems, { withoutPrivateKeys }, keys] = await Promise.all([
      import('../../lib/certs/load.ts'),
      import('../../lib/certs/problems.ts'),
      import('../../lib/certs/sources/keys.ts'),
      import('../../lib/certs/private-key.ts'),
    ]);
    return new CertificateLoader(io, { read: readCertificateFile, problems, withoutPrivateKeys, keys });
  }

  private constructor(io: Io, readers: Readers) {
    this.io = io;
    this.readers = readers;
  }

  /** A certificate file that the user names. */
  file(file: string, roles: readonly CertificateRole[]): void {
    const said = roles.length > 0 ? 'command-line' : 'nobody';
    this.read({ file, roles, said: 'nobody', from: { file, what: 'file' } }, said, false);
  }

  /** Whatever a source names; roles that the user gives count more than those a configuration says. */
  async source(path: string, given: readonly CertificateRole[]): Promise<void> {
    const found = await openSource(path, this.io);
    const { describeSourceProblem, isHarmlessSourceProblem } = await import('../../lib/certs/sources/source.ts');
    for (const problem of found.problems) {
      const sentence = describeSourceProblem(problem);
      if (!isHarmlessSourceProblem(problem.code)) throw new UsageError(sentence);
      this.warnings.add(sentence);
    }
    const before = this.stated.length;
    for (const entry of found.entries) {
      const isInventory = entry.said === 'inventory' && entry.roles.length > 0;
      const overruled = given.length > 0 && !isInventory;
      const roles = overruled ? given : entry.roles;
      this.read({ ...entry, roles }, overruled ? 'command-line' : entry.said, found.kind === 'folder');
    }
    if (this.stated.length === before)
      throw new UsageError([`${path} gives no certificate of a host`, ...this.warnings].join('; '));
  }

  all(): Certificates {
    const given = this.stated.map(({ certificate }) => certificate);
    return { given, files: this.files, warnings: [...this.warnings] };
  }

  /** Of copies of a certificate one stays, and only its file is kept. */
  async merged(): Promise<Certificates> {
    const { mergeCertificates } = await import('../../lib/certs/sources/merge.ts');
    const given = mergeCertificates(this.stated);
    const kept = new Set(given.map(({ file }) => file));
    const files = new Map([...this.files].filter(([file]) => kept.has(file)));
    return { given, files, warnings: [...this.warnings] };
  }

  /** Reads the certificates of one entry, compares them with their keys and wipes what was read of those. */
  private read(entry: CertificateEntry, said: RoleStatement, lenient: boolean): void {
    const { file, embedded, roles, key, hosts, domains, ports } = entry;
    const bytes = embedded?.bytes ?? readCertificate(file, this.io);
    const name = embedded === undefined ? file : `${file}#certificates[${embedded.index}]`;
    const { certificates, problems } = this.readers.read(name, bytes, roles);
    this.complain(problems, lenient);
    const binding = { ...(hosts && { hosts }), ...(domains && { domains }), ...(ports && { ports }) };
    for (const found of certificates) {
      const place = embedded === undefined ? {} : { file, label: name, span: embedded.span };
      const ofKey = keyOf({ found, siblings: certificates, bytes, file, named: key }, this.readers.keys, this.io);
      const certificate = { ...found, ...place, binding, ...(ofKey && { key: ofKey }) };
      this.stated.push({ certificate, said });
    }
    const isKnown = this.files.has(file);
    if (embedded !== undefined) {
      if (!isKnown) this.files.set(file, readCertificate(file, this.io));
      return;
    }
    const shown = this.readers.withoutPrivateKeys(bytes);
    if (!isKnown) this.files.set(file, shown);
    if (shown !== bytes) bytes.fill(0);
  }

  private complain(problems: CertificateFile['problems'], lenient: boolean): void {
    const { describeCertificateProblem, isHarmless } = this.readers.problems;
    for (const problem of problems) {
      const sentence = describeCertificateProblem(problem);
      if (!lenient && !isHarmless(problem.code)) throw new UsageError(sentence);
      this.warnings.add(sentence);
    }
  }
}

async function openSource(path: string, io: Io): Promise<CertificateSource> {
  if (path === '') throw new UsageError('the path of a source of certificates is empty: give --certs PATH');
  const kind = io.kind(path);
  if (kind === 'missing' || kind === 'unreadable') throw new UsageError(noSuchFile(path, io));
  const [{ readSource }, { parseInventory }] = await Promise.all([
    import('../../lib/certs/sources/read-source.ts'),
    import('./inventory.ts'),
  ]);
  return readSource(path, sourcePort(io), parseInventory);
}

/** Whether a path of a configuration is a source and no certificate file; what is neither is left to the reader of files. */
async function isSourcePath(path: string, io: Io): Promise<boolean> {
  const kind = io.kind(path);
  if (kind !== 'file') return kind === 'folder';
  const { recognise } = await import('../../lib/certs/sources/read-source.ts');
  const bytes = sourcePort(io).read(path);
  const found = bytes === undefined ? undefined : recognise(path, bytes);
  return found !== undefined && found !== 'certificate';
}

/** The files of the machine as sources see them: what cannot be read is undefined. */
function sourcePort(io: Io): SourcePort {
  const attempt = <T>(look: () => T): T | undefined => {
    try {
      return look();
    } catch (error) {
      if (error instanceof FileError) return undefined;
      throw error;
    }
  };
  return {
    read: (path) => (io.kind(path) === 'file' ? attempt(() => io.readFile(path, LARGEST)) : undefined),
    list: (folder) => attempt(() => io.listFolder(folder)),
    kind: (path) => io.kind(path),
  };
}

function readCertificate(file: string, io: Io): Uint8Array {
  if (file === '') throw new UsageError('the name of a certificate file is empty: give --cert FILE');
  const kind = io.kind(file);
  if (kind === 'missing' || kind === 'unreadable') throw new UsageError(noSuchFile(file, io));
  if (kind === 'folder')
    throw new UsageError(`${file} is a folder: give its files with --cert, or the folder with --certs`);
  return io.readFile(file, LARGEST);
}
