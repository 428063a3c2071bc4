import type { ExtendedKeyUsagePolicy } from '../certs/path-purpose.ts';

/**
 * Every choice that draft-chuang-mutual-tls-email-authentication-00 leaves to the two mail servers. Each field says what its
 * values mean and which entry of the ambiguity register it decides; `DEFAULT_MTLS_POLICY` holds the recommended readings.
 */
export interface MtlsPolicy {
  /**
   * How extKeyUsage is judged when a path is validated (AMB-9). Public CAs have stopped issuing clientAuth, so by default a
   * certificate for servers will do for a client; a verdict says when it was saved by that.
   */
  readonly eku: ExtendedKeyUsagePolicy;
  /** Whether `*.example.net` stands for one label (AMB-4). The draft says "exactly match", so by default it does not. */
  readonly wildcards: boolean;
  /**
   * Which host a server certificate has to name (AMB-3): by default any of the set of the domain, as the draft writes it, with
   * a warning when that is not the host we are connected to; `connected-host` makes the warning a fault.
   */
  readonly alignment: 'any-of-set' | 'connected-host';
  /** Whether common names count when a certificate has no dNSName at all (AMB-5): by default they do, with a warning. */
  readonly cnFallback: 'accept' | 'refuse';
  /**
   * Whose names a server may carry when the domain publishes SRV for SMTP with TLS (AMB-S15): by default those of SRV and of
   * Server MX; `srv` leaves out Server MX.
   */
  readonly srvNames: 'srv-and-mx' | 'srv';
  /** Whether a connection without TLS counts as a failed check at the sender (AMB-38): otherwise stripping STARTTLS stays unseen. */
  readonly missingTls: 'failure' | 'ignore';
  /** What the sender makes of a Client MX that cannot be looked up after a failed check (AMB-19): `closed` takes it for present. */
  readonly clientMxFailure: 'closed' | 'open';
  /** What the receiver makes of a session without a client certificate, or without TLS, when Client MX exists (AMB-8, AMB-39). */
  readonly missingCertificate: 'fail' | 'none';
  /** Which domain `MAIL FROM:<>` stands for (AMB-13): none, or that of the name in EHLO as SPF does it. */
  readonly nullReversePath: 'none' | 'helo';
  /** Whether the receiver answers 451 to MAIL when Client MX cannot be looked up (AMB-19); by default it takes the mail without a verdict. */
  readonly deferOnTempfail: boolean;
  /** What the receiver does about a failure (AMB-17, §1.2.2): take the mail and report, or refuse it. */
  readonly onFail: 'report' | 'reject';
  /** How it refuses (AMB-17): 550 to MAIL FROM, or 421 and the end of the connection. */
  readonly rejection: 'refuse-mail' | 'close';
  /** Whether results that the draft does not have, `none` and `temperror`, are written to Authentication-Results (AMB-18). */
  readonly extendedResults: boolean;
  /** How a pass counts for DMARC (AMB-24): beside SPF, or in its place where Client MX exists. */
  readonly dmarcMode: 'or' | 'replace';
}

/** The recommended readings. */
export const DEFAULT_MTLS_POLICY: MtlsPolicy = {
  eku: 'accept-server-auth',
  wildcards: false,
  alignment: 'any-of-set',
  cnFallback: 'accept',
  srvNames: 'srv-and-mx',
  missingTls: 'failure',
  clientMxFailure: 'closed',
  missingCertificate: 'fail',
  nullReversePath: 'none',
  deferOnTempfail: false,
  onFail: 'report',
  rejection: 'refuse-mail',
  extendedResults: false,
  dmarcMode: 'or',
};

/** The narrowest reading of every choice: only dNSNames, of the very host, for the very purpose, and no mail that fails. */
export const STRICT_MTLS_POLICY: MtlsPolicy = {
  ...DEFAULT_MTLS_POLICY,
  eku: 'strict',
  alignment: 'connected-host',
  cnFallback: 'refuse',
  nullReversePath: 'helo',
  deferOnTempfail: true,
  onFail: 'reject',
};

/** For looking at what would happen: nothing is closed or refused because of a look-up that failed, and every result is written. */
export const OBSERVING_MTLS_POLICY: MtlsPolicy = {
  ...DEFAULT_MTLS_POLICY,
  wildcards: true,
  missingTls: 'ignore',
  clientMxFailure: 'open',
  extendedResults: true,
};
