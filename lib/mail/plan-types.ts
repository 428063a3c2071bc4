import type { DeliveryKnobs } from './delivery-knobs.ts';
import type { DnsSecurity } from './dns.ts';
import type { NegativeTime, ServiceCache } from './service-cache.ts';
import type { Random } from './srv-order.ts';

/** TLS from the first octet on, STARTTLS or no mail, or STARTTLS where it is offered (RFC 7435). */
export type TlsMode = 'implicit' | 'starttls-required' | 'opportunistic';

/** A name that a server certificate may carry to be the right one (RFC 9525 §6.1). */
export interface ReferenceName {
  readonly kind: 'dns-id' | 'srv-id';
  /** A host name, or `_smtp-tls.example.net` for an SRV-ID (RFC 4985). */
  readonly name: string;
  /** The host of the step, the mail domain itself, or another MX host of the domain (AMB-3). */
  readonly from: 'host' | 'domain' | 'mx';
  /** Only DNS without DNSSEC leads to it: a match by it alone proves little (AMB-S14). */
  readonly insecure: boolean;
}

/** One connection to try. */
export interface Attempt {
  readonly host: string;
  readonly port: number;
  readonly tls: TlsMode;
  /** The server name indication; none for an address literal. */
  readonly sni?: string;
  /** Any one of them will do. */
  readonly names: readonly ReferenceName[];
  /** The TLSA records of host and port that DNSSEC protects (RFC 7672). */
  readonly tlsa?: { readonly name: string; readonly records: number };
  /** A policy demanded more than the record itself does. */
  readonly raisedBy?: 'dane';
}

/** Port 25 of a host whose announced port failed; when that fails too, DNS is not to be trusted (SRV-4-f). */
export interface Fallback extends Attempt {
  readonly ifFails: 'suspicious';
}

/** One host of the plan, with what follows when it is not reached. */
export interface PlanStep extends Attempt {
  readonly from: 'srv' | 'mx' | 'implicit-mx' | 'literal';
  /** Priority of SRV, preference of MX; the lower the sooner. */
  readonly preference: number;
  /** Weight of SRV. */
  readonly weight?: number;
  /** In the order to try them. */
  readonly addresses: readonly string[];
  /** `unknown`: nobody asked could tell the addresses, as with zone files that do not hold the host. */
  readonly addressState: 'found' | 'unknown';
  readonly fallback?: Fallback;
  /** The host lies outside the domain and only DNS without DNSSEC names it (SRV-7-a). */
  readonly foreign: boolean;
  /** The port has another use, such as submission (AMB-S10). */
  readonly oddPort: boolean;
}

/** Whether there is a way to deliver, and else what the sender tells (RFC 5321 §4.2, RFC 3463). */
export type PlanOutcome = { readonly sentence: string; readonly requirements: readonly string[] } & (
  | { readonly kind: 'deliver' }
  | { readonly kind: 'defer' | 'reject'; readonly code: number; readonly enhanced: string }
);

/** One thing that was asked or decided on the way to a plan. */
export interface TraceStep {
  readonly question?: { readonly name: string; readonly type: string };
  /** What came of the question, in short. */
  readonly answer?: string;
  readonly security?: DnsSecurity;
  /** The host that is not tried, where that was decided. */
  readonly leftOut?: string;
  /** Ids of the ledger, and `AMB-…` for readings of what the drafts leave open. */
  readonly requirements: readonly string[];
  readonly sentence: string;
}

/** How mail for a domain is delivered, as plain data. */
export interface DeliveryPlan {
  readonly domain: string;
  readonly route: 'srv' | 'mx' | 'implicit-mx' | 'literal' | 'none';
  readonly steps: readonly PlanStep[];
  readonly outcome: PlanOutcome;
  /** `secure` when DNSSEC protects every answer the steps rest on (AMB-20). */
  readonly security: DnsSecurity;
  /** Whether the domain publishes Client MX (CMX-1-d); absent when nobody asked or nobody knows. */
  readonly optIn?: boolean;
  /** The names that draft-chuang §1.2.3 lets a server certificate carry, as far as they were asked for (AMB-S15). */
  readonly serverNames: readonly string[];
  /** The name whose SRV records are used. */
  readonly service?: string;
  /** How long the absence of SRV is remembered, by name. */
  readonly negative: readonly ({ readonly name: string } & NegativeTime)[];
  /** The cache to plan with next time. */
  readonly cache: ServiceCache;
  readonly fallbackOrder: DeliveryKnobs['fallbackOrder'];
  readonly trace: readonly TraceStep[];
}

/** What a plan depends on beside what was gathered. */
export interface PlanOptions {
  readonly random: Random;
  readonly knobs: DeliveryKnobs;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** SRV answers remembered from earlier plans. */
  readonly cache?: ServiceCache;
}
