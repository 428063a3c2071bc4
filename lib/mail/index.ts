export {
  type AuthenticationResults,
  type AuthProperty,
  type AuthResult,
  writeAuthenticationResults,
} from './authentication-results.ts';
export {
  type AuthProblem,
  type ParsedAuthenticationResults,
  parseAuthenticationResults,
} from './authentication-results-parse.ts';
export { type StrippedMessage, withoutForeignResults } from './authentication-results-strip.ts';
export { type BimiRecord, parseBimi } from './bimi.ts';
export { type IssueValue, parseIssueValue } from './caa.ts';
export { DELIVERY_KNOBS, type DeliveryKnobs } from './delivery-knobs.ts';
export { type DkimRecord, parseDkim } from './dkim.ts';
export { type DmarcRecord, parseDmarc } from './dmarc.ts';
export { type DmarcQuestion, type DmarcVerdict, dmarcResult, judgeDmarc } from './dmarc-verdict.ts';
export type {
  DnsAlias,
  DnsAnswer,
  DnsFailure,
  DnsLookup,
  DnsQuestion,
  DnsSecurity,
  NegativeTimes,
} from './dns.ts';
export { DRAFTS, type Drafts } from './drafts.ts';
export { type ExchangeHosts, type ExchangeKind, type Exchanges, exchangesIn, findExchanges } from './exchanges.ts';
export { type GatherOptions, gather } from './gather.ts';
export type { ExtraChoice, Gathered } from './gathered.ts';
export { type MailDestination, readDestination } from './mail-domain.ts';
export { parseSts, type StsRecord } from './mta-sts.ts';
export { matchesPattern, parsePolicy, type StsPolicy } from './mta-sts-policy.ts';
export { describeMtlsFault, helpForMtlsFault, type MtlsFault } from './mtls-faults.ts';
export type { NameComparison, ShownCertificate, VerdictStep } from './mtls-names.ts';
export { DEFAULT_MTLS_POLICY, type MtlsPolicy, OBSERVING_MTLS_POLICY, STRICT_MTLS_POLICY } from './mtls-policy.ts';
export {
  type ClientSession,
  type ClientVerdict,
  judgeClient,
  judgeClients,
  type MailIdentity,
  type MailTransaction,
  mailIdentity,
  replyLine,
  type SmtpReply,
} from './mtls-receiver.ts';
export {
  judgeServer,
  type OtherPolicy,
  type RecipientDomain,
  type ServerSession,
  type ServerVerdict,
} from './mtls-sender.ts';
export {
  gatherTreeWalk,
  type OrganizationalDomain,
  organizationalDomain,
  type TreeWalk,
} from './organizational-domain.ts';
export { planDelivery } from './plan.ts';
export type { Attempt, DeliveryPlan, Fallback, PlanOptions, PlanOutcome, PlanStep, TraceStep } from './plan-types.ts';
export { seededRandom } from './seeded-random.ts';
export type { ServiceCache, WorkingService } from './service-cache.ts';
export { parseSpf, type SpfRecord } from './spf.ts';
export { orderServices, type Random } from './srv-order.ts';
export { parseTlsReport, type TlsReportRecord } from './tls-report.ts';
export { type AttemptResult, type Connection, type Walk, walkPlan } from './walk-plan.ts';
export { zoneLookup } from './zone-lookup.ts';
