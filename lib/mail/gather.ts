import { TYPE } from '../rr/types.ts';
import { Asker } from './asker.ts';
import { DELIVERY_KNOBS, type DeliveryKnobs } from './delivery-knobs.ts';
import type { DnsLookup } from './dns.ts';
import { serviceName } from './drafts.ts';
import { type Exchanges, findExchanges } from './exchanges.ts';
import { type GatheredHosts, gatherExtras } from './gather-extras.ts';
import type { ExtraChoice, Gathered, HostAddresses } from './gathered.ts';
import { isAddress, type MailDestination } from './mail-domain.ts';
import { chooseBy, type ServiceFacts, serviceAnswerIn } from './service-answers.ts';
import { remembered, type ServiceCache } from './service-cache.ts';

/** What a gathering may be told beside the domain. */
export interface GatherOptions {
  /** What to ask beside what delivery needs; nothing by default. */
  readonly extras?: readonly ExtraChoice[];
  /** SRV answers of earlier times; those that still count are not asked for again. */
  readonly cache?: ServiceCache;
  /** Milliseconds since 1970, for the cache. */
  readonly now?: number;
}

/**
 * Asks what a sender asks for one destination, in its order: SRV first (SRV-2-i), with SRV present no MX (SRV-2-j), then the
 * addresses of every host. Bounded in hosts and questions; what DNS fails to say is part of the result.
 */
export async function gather(
  destination: Exclude<MailDestination, { kind: 'wrong' }>,
  lookup: DnsLookup,
  knobs: DeliveryKnobs = DELIVERY_KNOBS,
  options: GatherOptions = {},
): Promise<Gathered> {
  if (destination.kind === 'literal') {
    const nothing = { services: [], addresses: {}, extras: {}, questions: [], omittedHosts: 0 };
    return { kind: 'literal', domain: destination.address, ...nothing };
  }
  const { domain } = destination;
  const asker = new Asker(lookup, knobs.mostQuestions);
  const service = (name: string): Promise<ServiceFacts> => askService(asker, name, knobs, options);
  const services = [await service(domain)];
  let exchanges: Exchanges | undefined;
  if (goesByMx(services, knobs)) {
    exchanges = await findExchanges(domain, 'server', asker);
    if (isAlias(exchanges, domain) && knobs.srvFollowAlias) services.push(await service(exchanges.domain));
  }
  const found = hostsOf(services, exchanges, knobs);
  const addresses = await Promise.all(found.hosts.map(({ host }) => asker.addressesOf(host)));
  asker.purpose = 'extra';
  const extras = await gatherExtras(domain, found.hosts, options.extras ?? [], asker, knobs);
  return {
    kind: 'domain',
    domain,
    services,
    ...(exchanges && { exchanges }),
    addresses: Object.fromEntries(addresses.map((each): [string, HostAddresses] => [each.host, each])),
    extras,
    questions: asker.questions,
    omittedHosts: found.omitted,
  };
}

async function askService(
  asker: Asker,
  domain: string,
  knobs: DeliveryKnobs,
  { cache = {}, now }: GatherOptions,
): Promise<ServiceFacts> {
  const name = serviceName(knobs.drafts, domain);
  const entry = now === undefined ? undefined : remembered(cache, name, now);
  if (entry !== undefined) return { name, domain, from: 'cache', answer: entry.answer };
  return { name, domain, from: 'question', answer: serviceAnswerIn(await asker.ask({ name, type: TYPE.SRV })) };
}

/** Whether all SRV answers so far leave delivery to MX. */
function goesByMx(services: readonly ServiceFacts[], knobs: DeliveryKnobs): boolean {
  return services.every(({ answer }) => chooseBy(answer, knobs) === 'use-mx');
}

/** Whether the domain exists under another name, so that SRV may stand there. */
function isAlias(exchanges: Exchanges, domain: string): boolean {
  return exchanges.kind !== 'failure' && exchanges.kind !== 'no-domain' && exchanges.domain !== domain;
}

/** The hosts that mail may go to, each once with its ports, the most preferred first; names that are no host left out. */
function hostsOf(
  services: readonly ServiceFacts[],
  exchanges: Exchanges | undefined,
  knobs: DeliveryKnobs,
): { readonly hosts: readonly GatheredHosts[]; readonly omitted: number } {
  const ports = new Map<string, Set<number>>();
  const add = (host: string, port: number): void => {
    if (host === '.' || isAddress(host)) return;
    ports.set(host, (ports.get(host) ?? new Set<number>()).add(port).add(knobs.drafts.starttlsPort));
  };
  for (const { answer } of services) {
    if (answer.kind !== 'records') continue;
    const ordered = [...answer.records].sort((one, other) => one.priority - other.priority);
    for (const { target, port } of ordered) add(target, port);
  }
  const byMx = goesByMx(services, knobs);
  if (byMx && exchanges?.kind === 'hosts') {
    for (const { host } of exchanges.hosts) add(host, knobs.drafts.starttlsPort);
  }
  const all = [...ports].map(([host, of]) => ({ host, ports: [...of] }));
  return { hosts: all.slice(0, knobs.mostTargets), omitted: Math.max(0, all.length - knobs.mostTargets) };
}
