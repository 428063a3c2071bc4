import { dirname, isAbsolute, join, normalize } from 'node:path';
import type { Span } from '../../text/diagnostic.ts';
import { fileKind } from '../file-kind.ts';
import { readPem } from '../pem.ts';
import type { CertificateRole } from '../roles.ts';

/** What a path is, links followed. */
export type SourcePathKind = 'file' | 'folder' | 'special' | 'missing' | 'unreadable';

/** One name in a folder, links not followed. */
export interface SourceFolderEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'link' | 'other';
}

/** The files as a source sees them; nothing here throws. */
export interface SourcePort {
  /** All octets in a copy of their own, as those of keys are wiped; undefined for what cannot be read. */
  read(path: string): Uint8Array | undefined;
  /** The names in a folder in a fixed order, undefined for what cannot be listed. */
  list(folder: string): readonly SourceFolderEntry[] | undefined;
  kind(path: string): SourcePathKind;
}

/** Where something was said: a file, its line counted from 1, and the option or folder kind that says it. */
export interface SaidAt {
  readonly file: string;
  readonly line?: number;
  readonly what: string;
}

/** A certificate that stands in the text of its source: its own octets, its number there, and the octets of the source it stands in. */
export interface EmbeddedCertificate {
  readonly bytes: Uint8Array;
  readonly index: number;
  readonly span: Span;
}

/** One certificate file that a source says is in use. */
export interface CertificateEntry {
  /** The source itself when the certificate is embedded in it. */
  readonly file: string;
  readonly embedded?: EmbeddedCertificate;
  /** Empty when the source does not say who shows it. */
  readonly roles: readonly CertificateRole[];
  /** Who said the roles: an inventory counts more than the command line, that more than a configuration of a mail server. */
  readonly said: 'inventory' | 'configuration' | 'nobody';
  /** Host names it serves; without, those of its names that the zone uses. */
  readonly hosts?: readonly string[];
  /** Domains whose MX or Client MX set is meant; without, the zone's. */
  readonly domains?: readonly string[];
  readonly ports?: readonly number[];
  /** The file that holds the private key, when it is there and is not the certificate's own; no source reads it. */
  readonly key?: string;
  readonly from: SaidAt;
}

/** What a source can be. */
export type SourceKind = 'certificate' | 'folder' | 'inventory' | 'postfix' | 'exim' | 'opensmtpd' | 'dovecot';

/** Everything that can be wrong with a source; `describeSourceProblem` makes the sentence. */
export type SourceProblemCode =
  | 'missing-file'
  | 'missing-key'
  | 'missing-include'
  | 'too-many-includes'
  | 'expansion'
  | 'unknown-parameter'
  | 'refused-value'
  | 'unread-table'
  | 'undefined-pki'
  | 'too-many-certificates'
  | 'too-many-macros'
  | 'too-many-files'
  | 'too-deep'
  | 'unreadable'
  | 'bad-inventory'
  | 'no-certificates'
  | 'not-recognised';

/** Something wrong with a source, and where. */
export interface SourceProblem {
  readonly code: SourceProblemCode;
  readonly from: SaidAt;
  readonly detail: string;
}

/** What a source gave: certificate files in the order they are named, and everything that was wrong. */
export interface CertificateSource {
  readonly kind: SourceKind;
  readonly entries: readonly CertificateEntry[];
  readonly problems: readonly SourceProblem[];
}

const giveFile = 'name the file with --cert FILE or in an inventory';

/** One whole sentence with the place: what is wrong and what to do. */
export function describeSourceProblem({ code, from, detail }: SourceProblem): string {
  const { line, what } = from;
  const where = line === undefined ? from.file : `${from.file}:${line}`;
  const text = detail.length > 200 ? `${detail.slice(0, 200)}…` : detail;
  switch (code) {
    case 'missing-file':
      return `${where}: ${what} names ${text}, and no file is there: check the path, or run this where the mail server runs`;
    case 'missing-key':
      return `${where}: ${what}: its private key ${text} is not there`;
    case 'missing-include':
      return `${where}: ${what} names ${text}, which cannot be read: what it says is not known`;
    case 'too-many-includes':
      return `${where}: ${what} leads to ${text}, but files include each other too often: what it says is not known`;
    case 'expansion':
      return `${where}: ${what} is worked out while the server runs (${text}) and is not guessed: ${giveFile}`;
    case 'unknown-parameter':
      return `${where}: ${what} uses $${text}, which this file does not set: it is taken as empty`;
    case 'refused-value':
      return `${where}: ${what}: ${text}, so the mail server refuses this value`;
    case 'unread-table':
      return `${where}: ${what}: the table ${text} is no text that can be read here: ${giveFile}`;
    case 'undefined-pki':
      return `${where}: ${what} uses the pki ${text}, which has no certificate: add pki ${text} cert "FILE"`;
    case 'too-many-certificates':
      return `${where}: more than ${text} certificates are named: those after them are not read`;
    case 'too-many-macros':
      return `${where}: there are too many macros to follow them all: ${giveFile}`;
    case 'too-many-files':
      return `${where}: this folder has more than ${text} files: those after them are not read; give a smaller folder`;
    case 'too-deep':
      return `${where}: folders more than ${text} levels down are not read; give the folder itself`;
    case 'unreadable':
      return `${where} cannot be read: check its permissions`;
    case 'bad-inventory':
      return `${where}: ${text}`;
    case 'no-certificates':
      return `${where}: ${text}`;
    case 'not-recognised':
      return `${where}: this is ${text}: give a folder, an inventory, or main.cf, exim.conf, smtpd.conf or dovecot.conf`;
  }
}

/** The certificates that were found are used all the same, so the problem is worth a warning only. */
export function isHarmlessSourceProblem(code: SourceProblemCode): boolean {
  return !fatal.has(code);
}

const fatal: ReadonlySet<SourceProblemCode> = new Set([
  'missing-file',
  'refused-value',
  'unreadable',
  'bad-inventory',
  'no-certificates',
  'not-recognised',
]);

/** Where a source that names ever more ends. */
const MOST_ENTRIES = 10_000;
const MOST_PROBLEMS = 200;

/** Gathers what one source says, and looks whether the files it names are there. */
export class Gathering {
  readonly port: SourcePort;
  readonly entries: CertificateEntry[] = [];
  readonly problems: SourceProblem[] = [];
  private readonly known = new Set<string>();

  constructor(port: SourcePort) {
    this.port = port;
  }

  /** Adds a certificate file, or the problem that it is not there. */
  add(entry: CertificateEntry): void {
    const { file, from, key, ...rest } = entry;
    if (this.entries.length >= MOST_ENTRIES) {
      this.complain('too-many-certificates', { file: from.file, what: '' }, String(MOST_ENTRIES));
      return;
    }
    const kind = this.port.kind(file);
    if (kind !== 'file' && kind !== 'special') {
      this.complain(kind === 'unreadable' ? 'unreadable' : 'missing-file', from, file);
      return;
    }
    const keyIsThere = key !== undefined && this.port.kind(key) !== 'missing';
    if (key !== undefined && !keyIsThere) this.complain('missing-key', from, key);
    this.entries.push({ ...rest, file, from, ...(keyIsThere ? { key } : {}) });
  }

  /** Each problem counts once, and those that do no harm only up to a limit. */
  complain(code: SourceProblemCode, from: SaidAt, detail: string): void {
    const { file, line, what } = from;
    const known = JSON.stringify([code, file, line, what, detail]);
    if (this.known.has(known) || (this.problems.length >= MOST_PROBLEMS && isHarmlessSourceProblem(code))) return;
    this.known.add(known);
    this.problems.push({ code, from, detail });
  }

  /** What was gathered; a source without any certificate and without another reason is a problem of its own. */
  end(kind: SourceKind, from: SaidAt, nothing: string): CertificateSource {
    const { entries, problems } = this;
    if (entries.length === 0 && problems.every(({ code }) => isHarmlessSourceProblem(code)))
      this.complain('no-certificates', from, nothing);
    return { kind, entries, problems };
  }
}

/** The octets of a configuration as text; what is no UTF-8 cannot be part of a name that matters. */
export function textOfFile(bytes: Uint8Array): string {
  return new TextDecoder('utf-8').decode(bytes);
}

/** A path that a file names, counted from a folder when it is relative. */
export function countedFrom(folder: string, path: string): string {
  return isAbsolute(path) ? normalize(path) : join(folder, path);
}

/** The folder of a file. */
export function folderOfFile(file: string): string {
  return dirname(file);
}

/** Whether octets hold a certificate, a private key, or neither; a key is recognised by its label alone. */
export function contentOf(bytes: Uint8Array): 'certificate' | 'key' | 'neither' {
  const { blocks } = readPem(bytes);
  if (blocks.some(({ kind }) => kind === 'certificate')) return 'certificate';
  if (blocks.some(({ kind }) => kind === 'private-key')) return 'key';
  return fileKind(bytes) === 'der-certificate' ? 'certificate' : 'neither';
}
