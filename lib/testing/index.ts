export type { Nsec3Options } from '../dnssec/sign-zone.ts';
export type { SigningAlgorithm } from '../dnssec/signing-key.ts';
export type { TlsIdentity } from '../net/serve-options.ts';
export type { ServerOptions, Transport } from '../server/exchange.ts';
export type {
  Fault,
  FaultAction,
  FaultState,
  FaultStep,
  FaultTrigger,
  OneOrMore,
  QuerySelector,
} from '../server/faults/fault.ts';
export type { Rotation } from '../server/record-order.ts';
export type { AnswerWish, Judgement, Times } from './assertions.ts';
export type { ClientAnswer, ClientOptions, TestClient } from './client.ts';
export { type Clock, type FakeClock, fakeClock } from './clock.ts';
export type { ExplainOptions, Explanation } from './explain.ts';
export type { ExplainedRule } from './explain-rules.ts';
export type { Lookup, LookupAddress, LookupOptions } from './lookup.ts';
export { type DnsMatchers, dnsMatchers } from './matchers.ts';
export type { DnsServerOptions, ListenOption, ReplayOption, Unmatched, UpstreamOption } from './options.ts';
export {
  type DecodedPacket,
  type Packet,
  type PacketQuestion,
  type PacketRecord,
  packetBytes,
  packetOf,
} from './packet.ts';
export type { PacketOpt, PacketOption } from './packet-opt.ts';
export type { QueryFilter, QueryWish } from './query-filter.ts';
export type { WaitOptions } from './query-journal.ts';
export { RecordDraft, type RecordInput, rr } from './records.ts';
export type { Responder } from './responder.ts';
export type { Rule, RuleBuilder, RuleReply, StepBuilder } from './rule.ts';
export type { SeenQuery, SeenResponse } from './seen-query.ts';
export type { DnsServer } from './server.ts';
export type { SignOption, SignOptions } from './signing.ts';
export { startDnsServer } from './start.ts';
export type { ZoneEdit, ZoneHandle, ZoneRecord } from './zone-edit.ts';
export type { LintLevel, ZoneSource } from './zone-source.ts';
export { type ZoneTag, type ZoneText, zone } from './zone-template.ts';
