import type { DnsLookup } from '../../lib/mail/dns.ts';
import type { DeliveryPlan, PlanStep, ReferenceName } from '../../lib/mail/plan-types.ts';
import type { ProbedPlace } from '../../lib/net/probe-place.ts';
import { type ProbeTarget, usualMode } from './targets.ts';

/** A host and port to look at, with what is wanted there. */
export interface Visit extends Omit<ProbedPlace, 'result' | 'wanted' | 'leaf' | 'path' | 'onDisk'> {
  /** Undefined when nobody says how TLS begins there. */
  readonly wanted: ProbedPlace['wanted'] | undefined;
  readonly addresses: readonly string[];
  readonly otherNames: readonly string[];
}

/** What became of the search for the hosts of a domain. */
export interface PlannedDomain {
  readonly domain: string;
  readonly route: DeliveryPlan['route'];
  readonly delivers: boolean;
  /** One sentence. */
  readonly outcome: string;
  readonly optedIn: boolean | undefined;
  readonly requirements: readonly string[];
}

/** Where addresses of hosts come from, when those that DNS gave already are known. */
export type AddressFinder = (host: string, known?: readonly string[]) => Promise<readonly string[]>;

/** The places at which mail for a domain is delivered, by its delivery plan, with port 25 behind other ports. */
export async function visitsOfDomain(
  domain: string,
  lookup: DnsLookup,
  now: number,
  find: AddressFinder,
): Promise<{ readonly planned: PlannedDomain; readonly visits: readonly Visit[] }> {
  const [{ gather }, { planDelivery }, { DELIVERY_KNOBS }, { seededRandom }] = await Promise.all([
    import('../../lib/mail/gather.ts'),
    import('../../lib/mail/plan.ts'),
    import('../../lib/mail/delivery-knobs.ts'),
    import('../../lib/mail/seeded-random.ts'),
  ]);
  const extras = ['client-mx', 'server-mx'] as const;
  const gathered = await gather({ kind: 'domain', domain }, lookup, DELIVERY_KNOBS, { extras, now });
  const plan = planDelivery(gathered, { random: seededRandom(1), knobs: DELIVERY_KNOBS, now });
  const visits = new Map<string, Visit>();
  for (const step of plan.steps) {
    const addresses = await find(step.host, step.addresses);
    const common = commonOf(step, plan, addresses);
    add({ ...common, port: step.port, wanted: step.tls === 'implicit' ? 'implicit' : 'starttls', companion: false });
    const { fallback } = step;
    if (fallback !== undefined)
      add({ ...common, port: fallback.port, wanted: 'starttls', companion: step.port !== fallback.port });
  }
  const { route, outcome, optIn } = plan;
  const delivers = outcome.kind === 'deliver';
  const planned = { domain, route, delivers, outcome: outcome.sentence, requirements: outcome.requirements };
  return { planned: { ...planned, optedIn: optIn }, visits: [...visits.values()] };

  function add(visit: Visit): void {
    const key = `${visit.host}:${visit.port}`;
    const before = visits.get(key);
    // A port that a record names itself is more than one that only stands behind another.
    if (before === undefined || (before.companion && !visit.companion)) visits.set(key, visit);
  }
}

function commonOf(
  step: PlanStep,
  { domain, optIn }: DeliveryPlan,
  addresses: readonly string[],
): Omit<Visit, 'port' | 'wanted' | 'companion'> {
  const { host, from, names } = step;
  return {
    host,
    from: from === 'srv' ? 'srv' : 'mx',
    domain,
    ...(optIn === undefined ? {} : { optedIn: optIn }),
    names,
    addresses,
    otherNames: [domain],
  };
}

/** The place that the user names. */
export async function visitOfHost(
  { host, port }: Extract<ProbeTarget, { kind: 'host' }>,
  mode: ProbedPlace['wanted'] | undefined,
  find: AddressFinder,
): Promise<Visit> {
  const isAddress = /^[\d.]+$|:/u.test(host);
  const own: ReferenceName = { kind: 'dns-id', name: host, from: 'host', insecure: false };
  return {
    host,
    port,
    wanted: mode ?? usualMode(port),
    from: 'user',
    companion: false,
    names: isAddress ? [] : [own],
    addresses: await find(host, isAddress ? [host] : []),
    otherNames: [],
  };
}
