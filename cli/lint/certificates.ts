import type { GivenCertificate } from '../../lib/certs/load.ts';
import type { CertificateRole } from '../../lib/certs/roles.ts';
import { UsageError } from '../errors.ts';
import type { Io } from '../io.ts';
import { noSuchFile } from './paths.ts';

/** A certificate option of the command line: `--cert FILE[:ROLES]`, or a file whose role the option says. */
export interface CertificateArgument {
  readonly text: string;
  /** Without, the roles stand behind the name of the file. */
  readonly roles?: readonly CertificateRole[];
}

/** The certificates of a run, with the octets of their files and what was odd but harmless in them. */
export interface Certificates {
  readonly given: readonly GivenCertificate[];
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly warnings: readonly string[];
}

const LARGEST = 16 * 2 ** 20;

/** Loads certificate files; throws UsageError for a file that holds none. A file given twice gets both roles. */
export async function loadCertificates(wanted: readonly CertificateArgument[], io: Io): Promise<Certificates> {
  if (wanted.length === 0) return { given: [], files: new Map(), warnings: [] };
  const [
    { readCertificateFile },
    { describeCertificateProblem, isHarmless },
    { parseRoleSuffix, describeUnknownRoles },
  ] = await Promise.all([
    import('../../lib/certs/load.ts'),
    import('../../lib/certs/problems.ts'),
    import('../../lib/certs/roles.ts'),
  ]);
  const roles = new Map<string, Set<CertificateRole>>();
  for (const { text, roles: given } of wanted) {
    const { file, roles: more } = given === undefined ? split(text) : { file: text, roles: given };
    roles.set(file, new Set([...(roles.get(file) ?? []), ...more]));
  }
  const given: GivenCertificate[] = [];
  const files = new Map<string, Uint8Array>();
  const warnings: string[] = [];
  for (const [file, ofFile] of roles) {
    const bytes = readCertificate(file, io);
    const { certificates, problems } = readCertificateFile(file, bytes, [...ofFile]);
    for (const problem of problems) {
      const sentence = describeCertificateProblem(problem);
      if (!isHarmless(problem.code)) throw new UsageError(sentence);
      warnings.push(sentence);
    }
    files.set(file, bytes);
    given.push(...certificates);
  }
  return { given, files, warnings };

  function split(text: string): { file: string; roles: readonly CertificateRole[] } {
    const { whole, split: parts } = parseRoleSuffix(text);
    if (parts === undefined) return { file: whole, roles: [] };
    if (parts.unknown.length === 0) return parts;
    if (io.kind(whole) !== 'missing' || io.kind(parts.file) === 'missing') return { file: whole, roles: [] };
    throw new UsageError(`--cert ${text}: ${describeUnknownRoles(parts.unknown)}`);
  }
}

function readCertificate(file: string, io: Io): Uint8Array {
  if (file === '') throw new UsageError('the name of a certificate file is empty: give --cert FILE');
  const kind = io.kind(file);
  if (kind === 'missing' || kind === 'unreadable') throw new UsageError(noSuchFile(file, io));
  if (kind === 'folder') throw new UsageError(`${file} is a folder: give certificate files one by one`);
  return io.readFile(file, LARGEST);
}
