import { counted, listed } from '../text/words.ts';
import type { DeliveryKnobs } from './delivery-knobs.ts';
import type { Gathered, HostAddresses } from './gathered.ts';
import type { SrvRecord } from './mail-rdata.ts';
import { addressOrder, type Leavings, usable, withoutOwn, withTlsa } from './plan-hosts.ts';
import { refusal, type Trace } from './plan-trace.ts';
import type { Attempt, Fallback, PlanOutcome, PlanStep, ReferenceName } from './plan-types.ts';
import type { ServiceAnswer, ServiceFacts } from './service-answers.ts';
import { orderServices, type Random } from './srv-order.ts';

type Records = Extract<ServiceAnswer, { kind: 'records' }>;

interface Target extends SrvRecord {
  readonly host: string;
  readonly rank: number;
}

interface Entry extends Target {
  readonly facts: HostAddresses;
}

/** What the steps of one SRV answer are made from. */
interface Making {
  readonly service: ServiceFacts;
  readonly answer: Records;
  readonly gathered: Gathered;
  readonly knobs: DeliveryKnobs;
  readonly random: Random;
  readonly trace: Trace;
}

/** The steps that SRV records give, or why they give none; MX has no part in it (SRV-2-k). */
export function serviceSteps(making: Making): { readonly steps: readonly PlanStep[] } | { readonly none: PlanOutcome } {
  const { answer, gathered, knobs, random, trace } = making;
  const leavings: Leavings = { failed: 0, own: false };
  const targets = namedTargets(answer, trace);
  const others = withoutOwn(targets, gathered, knobs, leavings, trace);
  const entries = fewEnough(distinct(others), making).flatMap((target): Entry[] => {
    if (target.port === 0) {
      trace.leftOut(target.host, ['SRV-2-p'], ': no server listens on port 0');
      return [];
    }
    const facts = usable(target.host, gathered, leavings, trace, knobs.srvTargetAlias);
    return facts === undefined ? [] : [{ ...target, facts }];
  });
  if (entries.length === 0) return { none: noTarget(making, leavings) };
  const order = orderServices(entries, random);
  trace.decided(
    ['SRV-2-p', 'SRV-4-h1', 'AMB-S12'],
    `order by priority and weight: ${listed(order.map(({ host, port }) => `${host}:${port}`))}`,
  );
  const steps = merged(order, making).map((entry) => stepOf(entry, making));
  trace.decided(
    ['SRV-2-l', 'SRV-7-b', 'AMB-S18'],
    'nothing is sent in clear text: a server that offers no TLS gets no mail',
  );
  return { steps };
}

function namedTargets({ records }: Records, trace: Trace): Target[] {
  const named = records.filter(({ target }) => target !== '.');
  if (named.length < records.length) {
    trace.decided(['AMB-S4'], 'a record with the target "." stands beside others and counts for nothing');
  }
  return named.map((record) => ({ ...record, host: record.target, rank: record.priority }));
}

/** Each host and port once, with the best priority it has. */
function distinct(targets: readonly Target[]): Target[] {
  const best = new Map<string, Target>();
  for (const target of targets) {
    const key = `${target.host}:${target.port}`;
    const known = best.get(key);
    if (known === undefined || target.priority < known.priority) best.set(key, target);
  }
  return [...best.values()];
}

/** The best targets of very many: no sender tries them all, and zones can be hostile. */
function fewEnough(targets: readonly Target[], { knobs, trace }: Making): Target[] {
  const most = knobs.mostTargets * 2;
  const best = [...targets].sort((one, other) => one.priority - other.priority).slice(0, most);
  if (targets.length > most)
    trace.decided([], `only ${most} of ${targets.length} targets are looked at, those with the best priority`);
  return best;
}

function noTarget({ service, answer }: Making, { failed, own }: Leavings): PlanOutcome {
  const found = counted(answer.records.length, 'SRV record');
  if (failed > 0)
    return refusal(
      'defer',
      451,
      '4.4.3',
      ['SRV-2-k', 'AMB-S13'],
      `${service.name} has ${found}, but DNS would not tell the addresses now: try again later, never by MX`,
    );
  if (own)
    return refusal(
      'reject',
      554,
      '5.4.6',
      ['SRV-2-k', 'AMB-S22'],
      `mail for ${service.domain} would come back: the sender itself is the best host of ${service.name}`,
    );
  return refusal(
    'reject',
    550,
    '5.4.4',
    ['SRV-2-k', 'AMB-S13'],
    `${service.name} has ${found}, none with a usable host: MX is not used, so there is no way to deliver`,
  );
}

/** Port 25 of a host that also announces another port becomes what follows that port: the other comes first (AMB-S25). */
function merged(order: readonly Entry[], { answer, knobs, trace }: Making): Entry[] {
  const kept: Entry[] = [];
  for (const entry of order) {
    const partner = order.find((other) => other.host === entry.host && other.port !== entry.port && isImplicit(other));
    const absorbs = partner !== undefined && !mayOmitFallback(partner, answer, knobs);
    if (isImplicit(entry) || !absorbs) {
      if (!kept.includes(entry)) kept.push(entry);
      continue;
    }
    // The announced port takes the better of the two places.
    if (!kept.includes(partner)) kept.push(partner);
    trace.decided(
      ['AMB-S25', 'SRV-2-d'],
      `${entry.host} is listed with port ${entry.port} and port ${partner.port}: ${partner.port} comes first, ${entry.port} behind it`,
    );
  }
  return kept;

  function isImplicit({ port }: Entry): boolean {
    return port !== knobs.drafts.starttlsPort;
  }
}

function mayOmitFallback({ host, port }: Entry, { security }: Records, { pathKnownOpen }: DeliveryKnobs): boolean {
  return security === 'secure' && pathKnownOpen.includes(`${host}:${port}`);
}

const ODD_PORTS: readonly number[] = [24, 465, 587, 2525];

function stepOf(entry: Entry, making: Making): PlanStep {
  const { answer, service, gathered, knobs, random, trace } = making;
  const { host, port, priority, weight, facts } = entry;
  const { starttlsPort, implicitTlsPort } = knobs.drafts;
  const secure = answer.security === 'secure' && facts.security === 'secure';
  const implicit = port !== starttlsPort;
  const names = references(host, making);
  const attempt: Attempt = { host, port, tls: implicit ? 'implicit' : 'starttls-required', sni: host, names };
  const foreign = answer.security !== 'secure' && !isInside(host, service.domain);
  trace.decided(
    implicit ? ['SRV-2-d', 'SRV-4-h2', 'SRV-4-h3'] : ['SRV-2-l', 'SRV-4-h2', 'SRV-4-h3'],
    `${host} port ${port}: ${implicit ? 'TLS from the first octet on' : 'STARTTLS or no mail'}, with the server name ${host}`,
  );
  if (ODD_PORTS.includes(port))
    trace.decided(
      ['SRV-2-e', 'AMB-S10'],
      `port ${port} of ${host} has another use; port ${implicitTlsPort} is expected`,
    );
  if (foreign)
    trace.decided(
      ['SRV-7-a', 'AMB-S14'],
      `${host} lies outside ${service.domain} and DNSSEC does not protect the record: a certificate that only names ${host} proves little`,
    );
  const fallback = implicit ? fallbackOf(entry, attempt, making) : undefined;
  return {
    ...withTlsa(attempt, gathered, secure, trace),
    from: 'srv',
    preference: priority,
    weight,
    addresses: addressOrder(facts, random).slice(0, Math.max(2, knobs.addressesTried)),
    addressState: facts.state === 'unknown' ? 'unknown' : 'found',
    ...(fallback && { fallback: withTlsa(fallback, gathered, secure, trace) }),
    foreign,
    oddPort: ODD_PORTS.includes(port),
  };
}

function fallbackOf(entry: Entry, attempt: Attempt, { answer, knobs, trace }: Making): Fallback | undefined {
  const { host, port } = entry;
  const { starttlsPort } = knobs.drafts;
  if (mayOmitFallback(entry, answer, knobs)) {
    trace.decided(
      ['SRV-4-c', 'AMB-S9'],
      `no port ${starttlsPort} behind ${host} port ${port}: the way there is known to be open, and DNSSEC protects the record`,
    );
    return undefined;
  }
  const why = answer.security === 'secure' ? ['SRV-4-d'] : ['SRV-4-d', 'SRV-4-e'];
  trace.decided(
    ['SRV-4-a', 'SRV-4-b', ...why, 'AMB-S7'],
    `when port ${port} of ${host} fails: port ${starttlsPort} of the same host, STARTTLS required`,
  );
  return { ...attempt, port: starttlsPort, tls: 'starttls-required', ifFails: 'suspicious' };
}

/** The names that make a certificate the right one, starting from the SRV record (RFC 6186 §4, RFC 9525 §6.1). */
function references(host: string, { service, answer, gathered, knobs }: Making): ReferenceName[] {
  const insecure = answer.security !== 'secure';
  const source: ReferenceName[] = [
    { kind: 'dns-id', name: gathered.domain, from: 'domain', insecure: false },
    { kind: 'srv-id', name: `${knobs.drafts.label}.${gathered.domain}`, from: 'domain', insecure: false },
  ];
  if (service.domain !== gathered.domain)
    source.push({ kind: 'dns-id', name: service.domain, from: 'domain', insecure });
  const target: ReferenceName = { kind: 'dns-id', name: host, from: 'host', insecure };
  if (knobs.references === 'source') return source;
  return knobs.references === 'target' ? [target] : [target, ...source.filter(({ name }) => name !== host)];
}

function isInside(host: string, domain: string): boolean {
  return host === domain || host.endsWith(`.${domain}`);
}
