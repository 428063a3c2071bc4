import { listed } from '../text/words.ts';
import type { DeliveryKnobs } from './delivery-knobs.ts';
import type { ExchangeHosts, Exchanges } from './exchanges.ts';
import type { Gathered } from './gathered.ts';
import { addressOrder, type Leavings, usable, withoutOwn, withTlsa } from './plan-hosts.ts';
import { refusal, type Trace } from './plan-trace.ts';
import type { Attempt, PlanOutcome, PlanStep, ReferenceName } from './plan-types.ts';
import { type Random, shuffled } from './srv-order.ts';

interface Making {
  readonly exchanges: Exchanges;
  readonly gathered: Gathered;
  readonly knobs: DeliveryKnobs;
  readonly random: Random;
  readonly trace: Trace;
}

/** The steps that MX records give, or the domain itself without any (RFC 5321 §5.1), or why there are none. */
export function exchangeSteps(
  making: Making,
): { readonly steps: readonly PlanStep[] } | { readonly none: PlanOutcome } {
  const { exchanges, gathered, knobs, random, trace } = making;
  if (exchanges.kind !== 'hosts') return { none: noExchanges(exchanges) };
  const leavings: Leavings = { failed: 0, own: false };
  if (exchanges.ignoredNull)
    trace.decided(['CMX-1.2.1-c'], 'an MX record without a host stands beside others and counts for nothing');
  const hosts = distinctHosts(exchanges);
  if (hosts.length > knobs.mostTargets)
    trace.decided([], `only ${knobs.mostTargets} of ${hosts.length} MX hosts are looked at, the most preferred`);
  const few = hosts.slice(0, knobs.mostTargets);
  const ranked = few.map(({ preference, host }) => ({ rank: preference, host }));
  const kept = withoutOwn(ranked, gathered, knobs, leavings, trace);
  const usables = kept.flatMap(({ rank, host }) => {
    const facts = usable(host, gathered, leavings, trace, 'follow');
    return facts === undefined ? [] : [{ rank, host, facts }];
  });
  if (usables.length === 0) return { none: noHost(exchanges, leavings) };
  const ranks = [...new Set(usables.map(({ rank }) => rank))];
  const order = ranks.flatMap((rank) =>
    shuffled(
      usables.filter((each) => each.rank === rank),
      random,
    ),
  );
  trace.decided(['CMX-1.2.1-c'], `order by preference: ${listed(order.map(({ host }) => host))}`);
  const steps = order.map(({ rank, host, facts }): PlanStep => {
    const names = serverReferences(host, few, exchanges);
    const attempt: Attempt = { host, port: knobs.drafts.starttlsPort, tls: 'opportunistic', sni: host, names };
    const secure = exchanges.security === 'secure' && facts.security === 'secure';
    return {
      ...withTlsa(attempt, gathered, secure, trace),
      from: exchanges.implicit ? 'implicit-mx' : 'mx',
      preference: rank,
      addresses: addressOrder(facts, random).slice(0, Math.max(2, knobs.addressesTried)),
      addressState: facts.state === 'unknown' ? 'unknown' : 'found',
      foreign: false,
      oddPort: false,
    };
  });
  trace.decided(
    ['CMX-1.2.1-e'],
    'MX alone demands no TLS: STARTTLS is used where it is offered, unless Client MX, DANE or MTA-STS ask for more',
  );
  return { steps };
}

function distinctHosts({ hosts }: ExchangeHosts): ExchangeHosts['hosts'] {
  const seen = new Set<string>();
  return hosts.filter(({ host }) => !seen.has(host) && seen.add(host));
}

/** Any host of the set may be named by the certificate (CMX-1-b, AMB-3); that of the step comes first. */
function serverReferences(own: string, hosts: ExchangeHosts['hosts'], { security }: ExchangeHosts): ReferenceName[] {
  const insecure = security !== 'secure';
  const others = hosts.map(({ host }) => host).filter((host) => host !== own);
  return [
    { kind: 'dns-id', name: own, from: 'host', insecure },
    ...others.map((name): ReferenceName => ({ kind: 'dns-id', name, from: 'mx', insecure })),
  ];
}

function noExchanges(exchanges: Exclude<Exchanges, ExchangeHosts>): PlanOutcome {
  const { domain } = exchanges;
  switch (exchanges.kind) {
    case 'null':
      return refusal(
        'reject',
        556,
        '5.1.10',
        ['CMX-1.2.1-c'],
        `${domain} takes no mail: its MX names no host (RFC 7505)`,
      );
    case 'absent':
      return refusal(
        'reject',
        550,
        '5.4.4',
        ['CMX-1.2.1-c', 'CMX-1.2.1-d', 'AMB-10'],
        `${domain} has neither MX nor an address: a domain that takes mail needs one of them`,
      );
    case 'no-domain':
      return refusal('reject', 550, '5.1.2', ['CMX-1.2.1-c'], `${domain} does not exist in DNS`);
    case 'failure':
      return refusal(
        'defer',
        451,
        '4.4.3',
        ['CMX-1.2.1-c'],
        `DNS does not tell the MX of ${domain} now: ${exchanges.detail}`,
      );
  }
}

function noHost({ domain, hosts }: ExchangeHosts, { failed, own }: Leavings): PlanOutcome {
  const names = listed([...new Set(hosts.map(({ host }) => host))].slice(0, 4));
  if (failed > 0)
    return refusal(
      'defer',
      451,
      '4.4.3',
      ['CMX-1.2.1-c'],
      `DNS does not tell the addresses of ${names} now: try again later`,
    );
  if (own)
    return refusal(
      'reject',
      554,
      '5.4.6',
      ['CMX-1.2.1-c'],
      `mail for ${domain} would come back: the sender itself is its best MX host`,
    );
  return refusal('reject', 550, '5.4.4', ['CMX-1.2.1-c'], `no MX host of ${domain} can be used: ${names}`);
}
