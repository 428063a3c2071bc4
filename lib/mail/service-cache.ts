import type { DeliveryKnobs } from './delivery-knobs.ts';
import type { NegativeTimes } from './dns.ts';
import type { ServiceAnswer } from './service-answers.ts';

/** The server of a service that took mail, to be tried first next time (RFC 6186 §4). */
export interface WorkingService {
  readonly host: string;
  readonly port: number;
}

/** What is remembered of one SRV name. */
export interface CachedService {
  readonly answer: ServiceAnswer;
  /** Milliseconds since 1970 from which on it counts no more. */
  readonly expires: number;
  readonly working?: WorkingService;
}

/** SRV answers remembered, by the name asked for; a value that is replaced, never changed. */
export type ServiceCache = Readonly<Record<string, CachedService>>;

/** How long the absence of SRV is remembered, and from what that was made. */
export interface NegativeTime {
  readonly seconds: number;
  /** The ordinary time: the lesser of the SOA's TTL and minimum (RFC 2308 §5); 0 when no SOA came. */
  readonly base: number;
  readonly least: number;
  readonly most: number;
  /** What decided. */
  readonly by: 'soa' | 'least' | 'most';
}

type Limits = Pick<DeliveryKnobs, 'negativeLeast' | 'negativeMost' | 'negativeHint' | 'drafts'>;

/**
 * Seconds for which "there is no such SRV record" is remembered: the ordinary negative TTL, but no less than a minimum and
 * no more than a maximum (draft-nurpmeso §2; SRV-2-n, SRV-2-o). `hint` is the TTL of the MX or address records of the domain.
 */
export function negativeTime(times: NegativeTimes | undefined, hint: number | undefined, knobs: Limits): NegativeTime {
  const base = times === undefined ? 0 : Math.min(times.soaTtl, times.soaMinimum);
  const most = knobs.negativeMost;
  const wanted = knobs.negativeHint && hint !== undefined ? hint : knobs.negativeLeast;
  const least = Math.min(most, Math.max(knobs.drafts.negativeCacheLeast, wanted));
  const seconds = Math.min(most, Math.max(least, base));
  const bounded = base < least ? 'least' : 'most';
  return { seconds, base, least, most, by: seconds === base ? 'soa' : bounded };
}

/** The entry of a name that still counts. */
export function remembered(cache: ServiceCache, name: string, now: number): CachedService | undefined {
  const entry = Object.hasOwn(cache, name) ? cache[name] : undefined;
  return entry !== undefined && entry.expires > now ? entry : undefined;
}

/** The cache with an answer put in for so many seconds. */
export function remember(
  cache: ServiceCache,
  name: string,
  answer: ServiceAnswer,
  seconds: number,
  now: number,
): ServiceCache {
  return { ...cache, [name]: { answer, expires: now + seconds * 1000 } };
}

/** The cache with the server that took mail noted, as long as the answer it came from is remembered. */
export function rememberWorking(cache: ServiceCache, name: string, working: WorkingService): ServiceCache {
  const entry = Object.hasOwn(cache, name) ? cache[name] : undefined;
  return entry === undefined ? cache : { ...cache, [name]: { ...entry, working } };
}

/** The cache without a name, so that it is asked for again. */
export function forget(cache: ServiceCache, name: string): ServiceCache {
  const { [name]: _, ...rest } = cache;
  return rest;
}
