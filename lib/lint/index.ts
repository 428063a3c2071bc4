export { DRAFTS, type Drafts } from './drafts.ts';
export { type ActiveRule, type LintInput, lintZone, say } from './engine.ts';
export type { Facts, MailDomain, MailTarget, Part, RRset } from './facts.ts';
export { type LedgerEntry, ledger } from './ledger.ts';
export { activeRules, inProfile, PROFILES, type Profile, type RuleChoice } from './profiles.ts';
export type { Details, Example, ExampleCertificate, Group, ProposedFix, RelatedAt, Report, Rule } from './rule.ts';
export { findRule, RULES } from './rules.ts';
