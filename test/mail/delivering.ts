import { DELIVERY_KNOBS, type DeliveryKnobs } from '../../lib/mail/delivery-knobs.ts';
import type { DnsFailure, DnsLookup } from '../../lib/mail/dns.ts';
import { gather } from '../../lib/mail/gather.ts';
import type { ExtraChoice, Gathered } from '../../lib/mail/gathered.ts';
import { readDestination } from '../../lib/mail/mail-domain.ts';
import { planDelivery } from '../../lib/mail/plan.ts';
import type { DeliveryPlan, PlanStep } from '../../lib/mail/plan-types.ts';
import { seededRandom } from '../../lib/mail/seeded-random.ts';
import type { ServiceCache } from '../../lib/mail/service-cache.ts';
import { zoneLookup } from '../../lib/mail/zone-lookup.ts';
import { typeToText } from '../../lib/rr/types.ts';
import { ZoneTree } from '../../lib/zone/tree.ts';
import { cleanZone } from '../zone/zones.ts';

/** The moment of every plan in these tests. */
export const NOW: number = Date.parse('2026-11-21T00:00:00Z');

/** Start of the zone example.net in these tests; hosts h1 to h4 have one address each. */
const START = `$ORIGIN example.net.
$TTL 3600
@ SOA ns1 hostmaster 1 7200 1800 1209600 3600
@ NS ns1
ns1 A 192.0.2.1
h1 A 192.0.2.11
h1 AAAA 2001:db8::11
h2 A 192.0.2.12
h3 A 192.0.2.13
h4 A 192.0.2.14
`;

/** Keys at the apex: the zone counts as signed. */
export const SIGNED = '@ DNSKEY 257 3 13 AAAA\n';

/** What a test says beside the records of example.net. */
export interface Given {
  readonly domain?: string;
  readonly knobs?: Partial<DeliveryKnobs>;
  readonly seed?: number;
  readonly extras?: readonly ExtraChoice[];
  readonly cache?: ServiceCache;
  readonly now?: number;
  /** Other zones by name. */
  readonly zones?: Readonly<Record<string, string>>;
  /** Questions that fail, as `name TYPE`, and how. */
  readonly failing?: Readonly<Record<string, DnsFailure>>;
  /** The whole zone instead of START and the records. */
  readonly whole?: boolean;
}

/** What a sender learns about a domain, and the plan it makes of that. */
export async function planned(records: string, given: Given = {}): Promise<{ gathered: Gathered; plan: DeliveryPlan }> {
  const knobs: DeliveryKnobs = { ...DELIVERY_KNOBS, ...given.knobs };
  const { cache, now = NOW, extras = [] } = given;
  const destination = readDestination(given.domain ?? 'example.net');
  if (destination.kind === 'wrong') throw new Error(destination.problem);
  const gathered = await gather(destination, lookupOf(records, given), knobs, { extras, now, ...(cache && { cache }) });
  const random = seededRandom(given.seed ?? 1);
  return { gathered, plan: planDelivery(gathered, { random, knobs, now, ...(cache && { cache }) }) };
}

/** The DNS of a test. */
export function lookupOf(records: string, { zones = {}, failing = {}, whole = false }: Given = {}): DnsLookup {
  const texts = { 'example.net': whole ? records : START + records, ...zones };
  const trees = Object.entries(texts).map(([origin, text]) => new ZoneTree(cleanZone(`${origin}.`, text)));
  const inner = zoneLookup(trees);
  return {
    async ask(question) {
      const reason = failing[`${question.name} ${typeToText(question.type)}`];
      if (reason === undefined) return inner.ask(question);
      const { name } = question;
      return { question, canonical: name, aliases: [], security: 'insecure', kind: 'failure', reason, detail: reason };
    },
  };
}

/** `h1:842 implicit, else h1:25 starttls-required`, one line a step. */
export function stepLines({ steps }: DeliveryPlan): string[] {
  return steps.map(
    ({ host, port, tls, fallback }: PlanStep) =>
      `${host}:${port} ${tls}${fallback === undefined ? '' : `, else ${fallback.host}:${fallback.port} ${fallback.tls}`}`,
  );
}

/** `deliver`, or kind and codes. */
export function outcomeLine({ outcome }: DeliveryPlan): string {
  return outcome.kind === 'deliver' ? 'deliver' : `${outcome.kind} ${outcome.code} ${outcome.enhanced}`;
}

/** Every requirement id in a trace. */
export function requirementsIn(trace: readonly { readonly requirements: readonly string[] }[]): string[] {
  return [...new Set(trace.flatMap(({ requirements }) => requirements))];
}
