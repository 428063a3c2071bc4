import { listed } from '../text/words.ts';
import type { DeliveryKnobs } from './delivery-knobs.ts';
import type { Gathered, HostAddresses } from './gathered.ts';
import { isAddress } from './mail-domain.ts';
import type { Trace } from './plan-trace.ts';
import type { Attempt, PlanStep } from './plan-types.ts';
import { type Random, shuffled } from './srv-order.ts';

/** Why no host of a set can be used: DNS gave no answer now, or there is nothing to be had. */
export interface Leavings {
  /** Hosts whose addresses DNS would not tell now. */
  failed: number;
  own: boolean;
}

/** The addresses of a host that can be used; undefined, with the reason in the trace, when it cannot. */
export function usable(
  host: string,
  gathered: Gathered,
  leavings: Leavings,
  trace: Trace,
  alias: 'skip' | 'follow',
): HostAddresses | undefined {
  if (isAddress(host)) {
    trace.leftOut(host, ['CMX-1.2.1-c'], ': a record has to name a host, and this is an IP address');
    return undefined;
  }
  const facts = gathered.addresses[host];
  if (facts === undefined) {
    trace.leftOut(host, [], ': the domain names more hosts than are looked at');
    return undefined;
  }
  if (alias === 'skip' && facts.canonical !== host) {
    trace.leftOut(
      host,
      ['SRV-2-p'],
      `: it is an alias of ${facts.canonical}, and RFC 2782 wants the host itself as target`,
    );
    return undefined;
  }
  switch (facts.state) {
    case 'none':
      trace.leftOut(host, ['CMX-1.2.1-c'], ': it has no address; an A or AAAA record is expected');
      return undefined;
    case 'failed':
      leavings.failed++;
      trace.leftOut(host, ['CMX-1.2.1-c'], ` for now: ${facts.detail ?? 'its addresses were not told'}`);
      return undefined;
    case 'unknown':
      trace.decided(['CMX-1.2.1-c'], `the addresses of ${host} are not known: ${facts.detail ?? 'nobody was asked'}`);
      return facts;
    case 'found':
      return facts;
  }
}

/** Addresses in the order to try them: those of IPv6 first, each family in random order. */
export function addressOrder({ addresses }: HostAddresses, random: Random): string[] {
  const six = addresses.filter((address) => address.includes(':'));
  const four = addresses.filter((address) => !address.includes(':'));
  return [...shuffled(six, random), ...shuffled(four, random)];
}

/** Whether a host is the sender itself, by name or by address. */
function isOwn(host: string, gathered: Gathered, { ownHosts }: DeliveryKnobs): boolean {
  if (ownHosts.includes(host)) return true;
  return gathered.addresses[host]?.addresses.some((address) => ownHosts.includes(address)) ?? false;
}

/** Takes out the sender's own host and everything no better than it, or mail would go in circles (RFC 5321 §5.1). */
export function withoutOwn<Item extends { readonly rank: number; readonly host: string }>(
  items: readonly Item[],
  gathered: Gathered,
  knobs: DeliveryKnobs,
  leavings: Leavings,
  trace: Trace,
): readonly Item[] {
  const own = items.filter(({ host }) => isOwn(host, gathered, knobs));
  if (own.length === 0) return items;
  leavings.own = true;
  const rank = Math.min(...own.map((item) => item.rank));
  const kept = items.filter((item) => item.rank < rank);
  const dropped = [...new Set(items.filter((item) => item.rank >= rank).map(({ host }) => host))];
  trace.decided(
    ['CMX-1.2.1-c', 'AMB-S22'],
    `the sender itself is among the hosts with preference ${rank}: ${listed(dropped.slice(0, 8))} left out, as none of them is nearer`,
  );
  return kept;
}

/** The attempt with the TLSA records of its port, which raise opportunistic TLS to required TLS (RFC 7672 §2.2, AMB-S16). */
export function withTlsa<Kind extends Attempt>(attempt: Kind, gathered: Gathered, secure: boolean, trace: Trace): Kind {
  const facts = gathered.extras.tlsa?.find(({ host, port }) => host === attempt.host && port === attempt.port);
  if (facts === undefined || facts.state !== 'found' || facts.security !== 'secure' || !secure) return attempt;
  const tlsa = { name: facts.name, records: facts.records.length };
  if (attempt.tls !== 'opportunistic') return { ...attempt, tlsa };
  trace.decided(
    ['AMB-S16'],
    `DANE makes TLS required at ${attempt.host}: ${facts.name} has TLSA records that DNSSEC protects (RFC 7672 §2.2)`,
  );
  return { ...attempt, tlsa, tls: 'starttls-required', raisedBy: 'dane' };
}

/** Whether DNSSEC protects what a step rests on. */
export function isSecure(steps: readonly PlanStep[], gathered: Gathered, records: 'secure' | 'insecure'): boolean {
  return records === 'secure' && steps.every(({ host }) => gathered.addresses[host]?.security === 'secure');
}
