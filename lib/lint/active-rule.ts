import type { Severity } from '../text/diagnostic.ts';
import type { OptionValue, Rule } from './rule.ts';

/** A rule that is switched on, and how much its findings weigh in this run. */
export interface ActiveRule {
  readonly rule: Rule;
  readonly severity: Severity;
  /** Every finding has this severity, because the user or the profile says so. */
  readonly chosen?: boolean;
  /** Options that are not as they are by default. */
  readonly options?: Readonly<Record<string, OptionValue>>;
  /** No comment in a zone hides its findings: under the profile `load`, exit code 0 means that servers load the zone. */
  readonly binding?: boolean;
}
