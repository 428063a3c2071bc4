export { DRAFTS, type Drafts } from './drafts.ts';
export { type ActiveRule, type LintInput, lintZone, lintZones, say } from './engine.ts';
export type { Facts, MailDomain, MailTarget, Part, RRset } from './facts.ts';
export { type LedgerEntry, ledger } from './ledger.ts';
export type { RuleOptions } from './profiles.ts';
export { activeRules, inProfile, PROFILES, type Profile, type RuleChoice } from './profiles.ts';
export type {
  Details,
  Example,
  ExampleCertificate,
  Group,
  OptionValue,
  ProposedFix,
  RelatedAt,
  Report,
  Rule,
} from './rule.ts';
export { findRule, RULES } from './rules.ts';
export type { StatusFinding, StatusKind, StatusNode, StatusState } from './status/node.ts';
export { findingsIn, type MailStatus, mailStatus, type StatusInput } from './status/status.ts';
export type { FactsInput } from './zone-facts.ts';
export { ZoneFacts } from './zone-facts.ts';
