import { readCertificates } from './load.ts';
import { type Certificate, groupBySubject, type MembersBySubject, pathMember } from './path-member.ts';
import type { CertificateFileProblem } from './problems.ts';

/** Certificates a path may end in, or find its issuers among. */
export interface TrustStore {
  readonly certificates: readonly Certificate[];
  /** What was wrong with the files; the certificates that could be read are trusted all the same. */
  readonly problems: readonly CertificateFileProblem[];
  readonly bySubject: MembersBySubject;
}

/** One file of a trust store: a PEM bundle or a DER certificate. */
export interface TrustFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Reads trust anchors from files; the same certificate in several files counts once (RFC 5280 §6.1.1 (d)). */
export function loadTrust(files: readonly TrustFile[]): TrustStore {
  const certificates = new Map<string, Certificate>();
  const problems: CertificateFileProblem[] = [];
  for (const { name, bytes } of files) {
    const file = readCertificates(name, bytes);
    // Bundles of several sources repeat certificates, and that harms no trust store.
    problems.push(...file.problems.filter(({ code }) => code !== 'repeated'));
    for (const one of file.certificates) certificates.set(one.facts.fingerprintSha256, one);
  }
  return { ...trustStore([...certificates.values()]), problems };
}

/** A trust store of certificates that were read before. */
export function trustStore(certificates: readonly Certificate[]): TrustStore {
  const bySubject = groupBySubject(certificates.map((one) => pathMember(one, true)));
  return { certificates, problems: [], bySubject };
}
