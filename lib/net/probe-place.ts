import { readCertificate } from '../certs/facts.ts';
import type { Certificate } from '../certs/path-member.ts';
import type { PathVerdict } from '../certs/validate-path.ts';
import type { ReferenceName } from '../mail/plan-types.ts';
import type { ProbeResult } from './probe-result.ts';

/** What a certificate source says that a host shows, to compare with what it does show. */
export interface CertificateOnDisk {
  readonly file: string;
  /** Lower-case hexadecimal of SHA-256. */
  readonly fingerprint: string;
  readonly serial: string;
}

/** A host at a port, what was wanted there, and what was seen. */
export interface ProbedPlace {
  readonly host: string;
  /** Port as DNS or the user says it; `result.port` is the one that was connected to. */
  readonly port: number;
  /** How TLS begins there when all is as DNS says. */
  readonly wanted: 'starttls' | 'implicit';
  /** Who named the host: an SRV or MX record, or the user. */
  readonly from: 'srv' | 'mx' | 'user';
  /** Port 25 of a host whose SRV record names another port (SRV-2-d). */
  readonly companion: boolean;
  /** The mail domain, where there is one. */
  readonly domain?: string;
  /** The domain publishes Client MX; undefined when nobody knows. */
  readonly optedIn?: boolean;
  /** Names of which the certificate has to carry one; empty when no name is known. */
  readonly names: readonly ReferenceName[];
  readonly result: ProbeResult;
  /** The certificate that was shown, when it could be read. */
  readonly leaf?: Certificate;
  readonly path?: PathVerdict;
  /** The certificates of this host that a source lists; undefined when no source was given or it has none for the host. */
  readonly onDisk?: readonly CertificateOnDisk[];
}

/** The certificates that a server sent, leaf first; those that cannot be read are left out. */
export function servedCertificates({ certificates }: Pick<ProbeResult, 'certificates'>): readonly Certificate[] {
  return certificates.flatMap((der) => {
    const read = readCertificate(der);
    return 'facts' in read ? [{ facts: read.facts, der }] : [];
  });
}
