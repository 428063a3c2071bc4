import type { CertificateFacts } from './facts.ts';

/** What a mail host uses a certificate for: taking mail (server) or sending it (client). */
export type CertificateRole = 'server' | 'client';

/** One leaf certificate handed in by the user, with the issuers found beside it. */
export interface GivenCertificate {
  readonly file: string;
  /** Counts the certificate blocks of the file from 0. */
  readonly index: number;
  /** Byte range of the block in the file. */
  readonly span: { readonly start: number; readonly end: number };
  readonly facts: CertificateFacts;
  /** Issuers of the same file, nearest first. */
  readonly chain: readonly CertificateFacts[];
  readonly roles: readonly CertificateRole[];
  readonly roleSource: 'given' | 'none';
  /** The same file holds a private key. */
  readonly hasKey: boolean;
}
