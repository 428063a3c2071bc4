import { DRAFTS, type Drafts } from './drafts.ts';

/**
 * How a sender reads what the drafts leave open; each choice names the ambiguity it settles (`AMB-S…` for the SRV draft).
 * What is no knob is one reading for all: NXDOMAIN counts as NODATA (AMB-S2), a `.` beside other targets is dropped (AMB-S4),
 * port 25 is tried on the same host (AMB-S7), clear text is never used after an SRV answer (AMB-S18).
 */
export interface DeliveryKnobs {
  /** Label, protocol, ports and the type number of Client MX (AMB-S1, AMB-S26). */
  readonly drafts: Drafts;
  /** What follows when the SRV question fails: the mail waits, or goes by MX (AMB-S5). */
  readonly srvError: 'defer' | 'mx';
  /** What a single SRV record with the target `.` means: no mail at all, or only no Secure SMTP (AMB-S3). */
  readonly srvNull: 'reject' | 'mx';
  /** Whether SRV is asked for again at the name that the domain is an alias of (AMB-S11). */
  readonly srvFollowAlias: boolean;
  /** What becomes of SRV targets that are aliases, which RFC 2782 forbids: they are left out, or followed. */
  readonly srvTargetAlias: 'skip' | 'follow';
  /** When port 25 of a host is tried: right after its announced port, or after the announced ports of all hosts (AMB-S6). */
  readonly fallbackOrder: 'per-target' | 'after-all';
  /** `host:port` pairs known to be reached from here; with a secure SRV answer they need no port 25 behind them (AMB-S9). */
  readonly pathKnownOpen: readonly string[];
  /** Which names satisfy the certificate check of a server found by SRV (AMB-S14). */
  readonly references: 'any' | 'source' | 'target';
  /** Names and addresses of the sender itself, so that it never delivers to itself (RFC 5321 §5.1, AMB-S22). */
  readonly ownHosts: readonly string[];
  /** Seconds for which the absence of SRV is remembered at least (AMB-S20). */
  readonly negativeLeast: number;
  /** Seconds for which it is remembered at most (RFC 2308 §5, AMB-S20). */
  readonly negativeMost: number;
  /** Whether the TTL of the MX or address records takes the place of `negativeLeast`; they are asked for anyway (AMB-S19). */
  readonly negativeHint: boolean;
  /** Addresses of one host tried before the next host, at least two where there are (RFC 5321 §5.1). */
  readonly addressesTried: number;
  /** Hosts looked at; hostile zones name more. */
  readonly mostTargets: number;
  /** Questions asked before a gathering ends. */
  readonly mostQuestions: number;
}

/** The reading that the drafts suggest, and where they are silent that of the mail servers in use. */
export const DELIVERY_KNOBS: DeliveryKnobs = {
  drafts: DRAFTS,
  srvError: 'defer',
  srvNull: 'reject',
  srvFollowAlias: true,
  srvTargetAlias: 'skip',
  fallbackOrder: 'per-target',
  pathKnownOpen: [],
  references: 'any',
  ownHosts: [],
  negativeLeast: 900,
  negativeMost: 10_800,
  negativeHint: false,
  addressesTried: 4,
  mostTargets: 32,
  mostQuestions: 256,
};
