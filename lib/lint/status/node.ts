import type { Severity } from '../../text/diagnostic.ts';
import type { Facts } from '../facts.ts';

/**
 * How a part of a mail domain stands: `ok`; `warning` and `broken` by the findings on it; `absent` is not published, which is
 * no fault by itself; `unknown` cannot be told from what was given.
 */
export type StatusState = 'ok' | 'warning' | 'broken' | 'absent' | 'unknown';

/** What a node stands for. */
export type StatusKind =
  | 'domain'
  | 'dnssec'
  | 'mx'
  | 'srv'
  | 'client-mx'
  | 'host'
  | 'addresses'
  | 'certificate'
  | 'tlsa'
  | 'mta-sts'
  | 'tls-report'
  | 'spf'
  | 'dmarc'
  | 'caa';

/** A finding as the tree shows it. */
export interface StatusFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
}

/** One part of a mail domain with everything below it; this is the shape of the JSON too. */
export interface StatusNode {
  readonly kind: StatusKind;
  /** What it is, such as `10 mx1.example.net`. */
  readonly label: string;
  /** What it says or why it stands so, in a few words; empty when the label tells all. */
  readonly detail: string;
  /** The state of the node itself and of what is below it. */
  readonly state: StatusState;
  readonly findings: readonly StatusFinding[];
  readonly children: readonly StatusNode[];
}

/** Where the findings of a node lie: records of a zone, a certificate given, or the rules that speak of the zone as a whole. */
export interface Anchors {
  readonly records?: readonly { readonly facts: Facts; readonly record: number }[];
  readonly certificates?: readonly number[];
  /** Matches the ids of rules whose findings lie at the SOA record because something is missing. */
  readonly rules?: RegExp;
  /** Names of the files whose findings belong here: policies. */
  readonly files?: readonly string[];
}

/** A node before findings are put on it. */
export interface Draft {
  readonly kind: StatusKind;
  readonly label: string;
  readonly detail?: string;
  /** Its own state without findings; ok when left out. */
  readonly state?: StatusState;
  readonly anchors?: Anchors;
  readonly children?: readonly Draft[];
}
