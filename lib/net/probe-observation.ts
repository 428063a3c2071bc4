/** How grave something is: mail breaks or a draft forbids it, it works against advice, or it is worth knowing. */
export type ProbeSeverity = 'error' | 'warning' | 'info';

/** One thing that was looked at: as it should be, not so, or not to be learned. */
export interface Observation {
  /** Id of the rule of the catalogue, `probe-…` for what only a probe can see. */
  readonly rule: string;
  readonly state: 'holds' | 'fault' | 'unknown';
  /** Of a fault. */
  readonly severity?: ProbeSeverity;
  /** What was found, and for a fault what was expected. */
  readonly message: string;
  /** Ids of the ledger. */
  readonly requirements: readonly string[];
}
