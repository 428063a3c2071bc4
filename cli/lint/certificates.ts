import type { CertificateFile, GivenCertificate } from '../../lib/certs/load.ts';
import type { CertificateRole } from '../../lib/certs/roles.ts';
import type { CertificateInventory } from '../../lib/certs/sources/inventory.ts';
import type { RoleStatement, StatedCertificate } from '../../lib/certs/sources/merge.ts';
import type { InventoryParser } from '../../lib/certs/sources/read-source.ts';
import type { CertificateSource, SourcePort } from '../../lib/certs/sources/source.ts';
import { UsageError } from '../errors.ts';
import { FileError, type Io } from '../io.ts';
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
}

class CertificateLoader {
  private readonly io: Io;
  private readonly readers: Readers;
  private readonly stated: StatedCertificate[] = [];
  private readonly files = new Map<string, Uint8Array>();
  private readonly warnings = new Set<string>();

  static async create(io: Io): Promise<CertificateLoader> {
    const [{ readCertificateFile }, problems] = await Promise.all([
      import('../../lib/certs/load.ts'),
      import('../../lib/certs/problems.ts'),
    ]);
    return new CertificateLoader(io, { read: readCertificateFile, problems });
  }

  private constructor(io: Io, readers: Readers) {
    this.io = io;
    this.readers = readers;
  }

  /** A certificate file that the user names. */
  file(file: string, roles: readonly CertificateRole[]): void {
    const bytes = readCertificate(file, this.io);
    this.files.set(file, bytes);
    this.take(this.readers.read(file, bytes, roles), roles.length > 0 ? 'command-line' : 'nobody', false);
  }

  /** Whatever a source names; roles that the user gives count more than those a configuration says. */
  async source(path: string, given: readonly CertificateRole[]): Promise<void> {
    const { withoutPrivateKeys } = await import('../../lib/certs/sources/keys.ts');
    const found = await openSource(path, this.io);
    const { describeSourceProblem, isHarmlessSourceProblem } = await import('../../lib/certs/sources/source.ts');
    for (const problem of found.problems) {
      const sentence = describeSourceProblem(problem);
      if (!isHarmlessSourceProblem(problem.code)) throw new UsageError(sentence);
      this.warnings.add(sentence);
    }
    const before = this.stated.length;
    for (const { file, roles: own, said } of found.entries) {
      const overruled = given.length > 0 && said !== 'inventory';
      const roles = overruled ? given : own;
      const bytes = readCertificate(file, this.io);
      if (!this.files.has(file)) this.files.set(file, withoutPrivateKeys(bytes));
      this.take(this.readers.read(file, bytes, roles), overruled ? 'command-line' : said, found.kind === 'folder');
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

  private take({ certificates, problems }: CertificateFile, said: RoleStatement, lenient: boolean): void {
    const { describeCertificateProblem, isHarmless } = this.readers.problems;
    for (const problem of problems) {
      const sentence = describeCertificateProblem(problem);
      if (!lenient && !isHarmless(problem.code)) throw new UsageError(sentence);
      this.warnings.add(sentence);
    }
    this.stated.push(...certificates.map((certificate) => ({ certificate, said })));
  }
}

async function openSource(path: string, io: Io): Promise<CertificateSource> {
  if (path === '') throw new UsageError('the path of a source of certificates is empty: give --certs PATH');
  const kind = io.kind(path);
  if (kind === 'missing' || kind === 'unreadable') throw new UsageError(noSuchFile(path, io));
  const [{ readSource }, parse] = await Promise.all([
    import('../../lib/certs/sources/read-source.ts'),
    inventoryParser(),
  ]);
  return readSource(path, sourcePort(io), parse);
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

async function inventoryParser(): Promise<InventoryParser> {
  const { validate } = await import('../../lib/config/validate.ts');
  return (text) => {
    let value: unknown;
    try {
      value = JSON.parse(text.replace(/^\uFEFF/u, ''));
    } catch (error) {
      return { problem: `this is no JSON: ${error instanceof Error ? error.message.replace(/\s+/gu, ' ') : 'broken'}` };
    }
    const [problem] = validate('certificates', value);
    if (problem !== undefined) return { problem: `this is no inventory of certificates: ${problem.message}` };
    return { inventory: value as CertificateInventory };
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
