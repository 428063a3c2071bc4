import type { Span } from '../text/diagnostic.ts';
import { leafPaths } from './bundle.ts';
import { readCertificate } from './facts.ts';
import { fileKind, firstDerValue } from './file-kind.ts';
import type { Certificate } from './path-member.ts';
import { type PemFile, readPem } from './pem.ts';
import type { CertificateFileProblem } from './problems.ts';
import type { CertificateRole } from './roles.ts';

/** The private key that belongs to a certificate, as far as it was looked at; nothing of it is kept. */
export interface KeyFile {
  readonly file: string;
  /** Whether its public half is the certificate's; `encrypted` and `unreadable` keys are not compared. */
  readonly fit: 'fits' | 'differs' | 'encrypted' | 'unreadable';
  /** Permission bits of the file such as 0o600, undefined where files have none. */
  readonly mode?: number;
}

/** Where a certificate is shown, when its source says so: hosts and domains lower-case without the final dot. */
export interface Binding {
  /** Hosts that show it; undefined stands for those of its names that the zone uses. */
  readonly hosts?: readonly string[];
  /** Mail domains whose MX or Client MX is meant; undefined stands for those of the zone. */
  readonly domains?: readonly string[];
  /** Ports at which it is shown; undefined for all. */
  readonly ports?: readonly number[];
}

/** One leaf certificate handed in by the user, with the issuers found beside it. */
export interface GivenCertificate extends Certificate {
  readonly file: string;
  /** What it is called when it stands in the text of a file that holds more, such as an inventory. */
  readonly label?: string;
  /** Counts the certificate blocks of the file from 0. */
  readonly index: number;
  /** Octet range of the block in the file, or of what names it in an inventory. */
  readonly span: Span;
  /** Issuers of the same file, nearest first. */
  readonly chain: readonly Certificate[];
  /** The issuers do not stand behind it one after the other, as they are to be sent. */
  readonly unordered?: true;
  /** Subjects of CA certificates of the file that are no issuers of any of its certificates. */
  readonly unrelated?: readonly string[];
  readonly roles: readonly CertificateRole[];
  readonly roleSource: 'given' | 'none';
  /** The same file holds a private key. */
  readonly hasKey: boolean;
  /** Its private key, when one was named or lies in the same file. */
  readonly key?: KeyFile;
  readonly binding: Binding;
}

/** What a certificate file gave: its leaf certificates in file order, and everything that was wrong with it. */
export interface CertificateFile {
  readonly certificates: readonly GivenCertificate[];
  readonly problems: readonly CertificateFileProblem[];
}

/** Reads a PEM bundle or one DER certificate; `roles` are those the user gave for the file, none if empty. */
export function readCertificateFile(
  name: string,
  bytes: Uint8Array,
  roles: readonly CertificateRole[],
): CertificateFile {
  const { pem, found, problems } = readFile(name, bytes, mostOfFile);
  const hasKey = pem.blocks.some((block) => block.kind === 'private-key');
  const { leaves, unrelated } = leafPaths(found.map(({ facts }) => facts));
  const first = found[unrelated[0] ?? -1];
  const strangers = unrelated.map((position) => found[position]!.facts.subject);
  if (first !== undefined) {
    const { facts, span } = first;
    problems.push({ file: name, code: 'unrelated-issuer', subject: facts.subject, more: unrelated.length - 1, span });
  }
  if (!hasKey && leaves.length > 1 && leaves.every(({ leaf }) => found[leaf]!.facts.isCa)) {
    problems.push({ file: name, code: 'only-issuers', span: { start: 0, end: bytes.length } });
    return { certificates: [], problems };
  }
  const certificates = leaves.map(({ leaf, issuers }): GivenCertificate => {
    const { index, span, facts, der } = found[leaf]!;
    const chain = issuers.map((issuer): Certificate => ({ facts: found[issuer]!.facts, der: found[issuer]!.der }));
    const roleSource = roles.length > 0 ? 'given' : 'none';
    const inOrder = [leaf, ...issuers].every((position, at, all) => at === 0 || position > all[at - 1]!);
    return {
      file: name,
      index,
      span,
      facts,
      der,
      chain,
      // Several hosts of one file may share issuers, which stand behind the first of them.
      ...(inOrder || leaves.length > 1 ? {} : { unordered: true }),
      ...(strangers.length === 0 ? {} : { unrelated: strangers }),
      roles,
      roleSource,
      hasKey,
      binding: {},
    };
  });
  return { certificates, problems };
}

/** No trust store in use holds a tenth of this. */
const mostCertificates = 4096;

/** No mail server keeps as many in one file. */
const mostOfFile = 10_000;

/** Every certificate of a PEM bundle or of one DER certificate, whatever it is for, each one once; of too many, the first ones. */
export function readCertificates(
  name: string,
  bytes: Uint8Array,
): { readonly certificates: readonly Certificate[]; readonly problems: readonly CertificateFileProblem[] } {
  const { found, problems } = readFile(name, bytes, mostCertificates);
  return { certificates: found.map(({ facts, der }) => ({ facts, der })), problems };
}

interface FoundCertificate extends Certificate {
  readonly index: number;
  readonly span: Span;
}

function readFile(
  name: string,
  bytes: Uint8Array,
  limit: number,
): { pem: PemFile; found: FoundCertificate[]; problems: CertificateFileProblem[] } {
  const pem = readPem(bytes);
  const problems: CertificateFileProblem[] = [];
  for (const { code, label, start, end } of pem.faults)
    problems.push({ file: name, code, label, span: { start, end } });
  const found =
    pem.blocks.length === 0 ? readBareDer(name, bytes, pem, problems) : readBlocks(name, pem, problems, limit);
  return { pem, found, problems };
}

function readBlocks(name: string, pem: PemFile, problems: CertificateFileProblem[], limit: number): FoundCertificate[] {
  const found: FoundCertificate[] = [];
  const seen = new Set<string>();
  let index = -1;
  for (const { kind, label, der, start, end } of pem.blocks) {
    if (kind !== 'certificate') continue;
    index++;
    if (index === limit) {
      const rest = { start, end: pem.blocks.at(-1)?.end ?? end };
      problems.push({ file: name, code: 'too-many-certificates', span: rest });
      break;
    }
    if (der === undefined) continue;
    const span = { start, end };
    const octets = label === 'TRUSTED CERTIFICATE' ? firstDerValue(der) : der;
    const read = readCertificate(octets);
    if ('problem' in read) {
      problems.push({ file: name, code: 'not-a-certificate', detail: read.problem, span });
    } else if (seen.has(read.facts.fingerprintSha256)) {
      problems.push({ file: name, code: 'repeated', subject: read.facts.subject, span });
    } else {
      seen.add(read.facts.fingerprintSha256);
      found.push({ index, span, facts: read.facts, der: octets });
    }
  }
  if (index === -1) problems.push(withoutCertificates(name, pem));
  return found;
}

function withoutCertificates(name: string, pem: PemFile): CertificateFileProblem {
  const block =
    pem.blocks.find(({ kind }) => kind === 'private-key') ??
    pem.blocks.find(({ kind }) => kind === 'certificate-request') ??
    pem.blocks[0]!;
  const span = { start: block.start, end: block.end };
  switch (block.kind) {
    case 'private-key':
    case 'certificate-request':
    case 'public-key':
    case 'pkcs7':
      return { file: name, code: block.kind, span };
    default:
      return { file: name, code: 'other-block', label: block.label, span };
  }
}

function readBareDer(
  name: string,
  bytes: Uint8Array,
  pem: PemFile,
  problems: CertificateFileProblem[],
): FoundCertificate[] {
  const span = { start: 0, end: bytes.length };
  const kind = fileKind(bytes);
  if (kind === 'der-certificate') {
    const octets = firstDerValue(bytes);
    const read = readCertificate(octets);
    if ('facts' in read) return [{ index: 0, span, facts: read.facts, der: octets }];
    problems.push({ file: name, code: 'not-a-certificate', detail: read.problem, span });
  } else if (kind === 'der-private-key') {
    problems.push({ file: name, code: 'private-key', span });
  } else if (kind === 'der-certificate-request') {
    problems.push({ file: name, code: 'certificate-request', span });
  } else if (pem.faults.length === 0) {
    // A broken BEGIN or END line is already reported; that the file has no block then says nothing new.
    problems.push({ file: name, code: kind === 'text' || kind === 'binary' ? 'no-block' : kind, span });
  }
  return [];
}
