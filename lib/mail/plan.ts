import { counted } from '../text/words.ts';
import type { DnsSecurity } from './dns.ts';
import type { Exchanges } from './exchanges.ts';
import type { Gathered } from './gathered.ts';
import { exchangeSteps } from './plan-exchanges.ts';
import { isSecure } from './plan-hosts.ts';
import { serviceSteps } from './plan-services.ts';
import { refusal, Trace } from './plan-trace.ts';
import type { DeliveryPlan, PlanOptions, PlanOutcome, PlanStep } from './plan-types.ts';
import { chooseBy, isNullService, type ServiceChoice, type ServiceFacts } from './service-answers.ts';
import { negativeTime, remember, remembered, type ServiceCache } from './service-cache.ts';

/** How steps were found, before the whole is put together. */
interface Way {
  readonly route: DeliveryPlan['route'];
  readonly steps: readonly PlanStep[];
  readonly outcome: PlanOutcome;
  readonly records: DnsSecurity;
  readonly service?: string;
}

/**
 * The connections a sender makes for a destination, in order (draft-nurpmeso §2 and §4, RFC 5321 §5.1): SRV before MX, port 25
 * behind every announced port, and why. Pure: the same facts, options and random numbers give the same plan.
 */
export function planDelivery(gathered: Gathered, options: PlanOptions): DeliveryPlan {
  const trace = new Trace();
  const way = gathered.kind === 'literal' ? literalWay(gathered, trace) : domainWay(gathered, options, trace);
  const { negative, cache } = caching(gathered, options, trace);
  const optIn = optInOf(gathered, trace);
  trace.decided(way.outcome.requirements, way.outcome.sentence);
  return {
    domain: gathered.domain,
    route: way.route,
    steps: workingFirst(way, cache, options.now, trace),
    outcome: way.outcome,
    security: isSecure(way.steps, gathered, way.records) ? 'secure' : 'insecure',
    ...(optIn !== undefined && { optIn }),
    serverNames: serverNames(way, gathered),
    ...(way.service !== undefined && { service: way.service }),
    negative,
    cache,
    fallbackOrder: options.knobs.fallbackOrder,
    trace: trace.steps,
  };
}

/** An address literal is connected to as it is, without any DNS (RFC 5321 §5.1). */
function literalWay({ domain }: Gathered, trace: Trace): Way {
  const step: PlanStep = {
    host: domain,
    port: 25,
    tls: 'opportunistic',
    names: [],
    from: 'literal',
    preference: 0,
    addresses: [domain],
    addressState: 'found',
    foreign: false,
    oddPort: false,
  };
  trace.decided(['CMX-1.2.1-c'], `${domain} is an address literal: no DNS is asked, neither SRV nor MX applies`);
  return { route: 'literal', steps: [step], outcome: delivered([step]), records: 'insecure' };
}

function domainWay(gathered: Gathered, options: PlanOptions, trace: Trace): Way {
  const { knobs, random } = options;
  for (const [index, service] of gathered.services.entries()) {
    const choice = chooseBy(service.answer, knobs);
    if (index > 0)
      trace.decided(['AMB-S11'], `${gathered.domain} is an alias of ${service.domain}: SRV is asked for there too`);
    tellService(service, choice, trace);
    if (choice === 'use-mx') continue;
    const { answer, name } = service;
    const found = { records: answer.security, service: name } as const;
    if (answer.kind !== 'records' || choice !== 'use-srv')
      return { ...found, route: 'none', steps: [], outcome: stopped(service) };
    const made = serviceSteps({ service, answer, gathered, knobs, random, trace });
    if ('none' in made) return { ...found, route: 'none', steps: [], outcome: made.none };
    return { ...found, route: 'srv', steps: made.steps, outcome: delivered(made.steps) };
  }
  return mxWay(gathered, options, trace);
}

function mxWay(gathered: Gathered, { knobs, random }: PlanOptions, trace: Trace): Way {
  const { exchanges } = gathered;
  if (exchanges === undefined) throw new TypeError('MX was not gathered though SRV leaves delivery to it');
  const records = exchanges.kind === 'failure' ? 'insecure' : exchanges.security;
  trace.asked(
    gathered.domain,
    'MX',
    sayExchanges(exchanges),
    records,
    ['CMX-1-b', 'CMX-1.2.1-c'],
    `MX decides: ${gathered.domain} has ${sayExchanges(exchanges)}`,
  );
  const made = exchangeSteps({ exchanges, gathered, knobs, random, trace });
  if ('none' in made) return { route: 'none', steps: [], outcome: made.none, records };
  const route = exchanges.kind === 'hosts' && exchanges.implicit ? 'implicit-mx' : 'mx';
  return { route, steps: made.steps, outcome: delivered(made.steps), records };
}

const CHOICES: Readonly<Record<ServiceChoice, readonly [requirements: readonly string[], words: string]>> = {
  'use-srv': [['SRV-2-i', 'SRV-2-j', 'SRV-2-k', 'AMB-S17'], 'SRV goes before MX, so no MX is asked for or used'],
  'use-mx': [['SRV-2-i', 'AMB-S2'], 'SRV has nothing to say, so MX decides'],
  reject: [['SRV-2-k', 'AMB-S3'], 'the service is not offered, and with an SRV record present MX is not used'],
  defer: [['SRV-2-i', 'AMB-S5'], 'whether there are SRV records is not known, so the mail waits'],
};

function tellService({ name, answer, from }: ServiceFacts, choice: ServiceChoice, trace: Trace): void {
  const [requirements, words] = CHOICES[choice];
  const cached = from === 'cache' ? ['SRV-4-h4'] : [];
  const because = choice !== 'use-mx' || (answer.kind !== 'failure' && answer.kind !== 'records');
  const said = because ? words : 'by the settings of this sender MX decides all the same';
  const failing = answer.kind === 'failure' ? ['AMB-S5'] : ['AMB-S3'];
  const found = sayService(answer);
  trace.asked(
    name,
    'SRV',
    from === 'cache' ? `${found} (remembered)` : found,
    answer.security,
    [...(because ? requirements : ['SRV-2-i', ...failing]), ...cached],
    `${name} has ${found}${from === 'cache' ? ', as remembered' : ''}: ${said}`,
  );
}

function stopped({ name, domain, answer }: ServiceFacts): PlanOutcome {
  if (answer.kind === 'failure')
    return refusal(
      'defer',
      451,
      '4.4.3',
      ['SRV-2-i', 'AMB-S5'],
      `DNS does not tell whether ${domain} has SRV records, and without knowing MX is not used: ${answer.detail}`,
    );
  return refusal(
    'reject',
    556,
    '5.4.4',
    ['SRV-2-k', 'AMB-S3'],
    `${domain} offers no Secure SMTP: ${name} has the target ".", and with an SRV record present MX is not used`,
  );
}

function delivered(steps: readonly PlanStep[]): PlanOutcome {
  const hosts = counted(new Set(steps.map(({ host }) => host)).size, 'host');
  const clear = steps.some(({ tls }) => tls === 'opportunistic');
  const sentence = `there is a way to deliver: ${hosts}, ${clear ? 'TLS where it is offered' : 'never without TLS'}`;
  return { kind: 'deliver', requirements: ['CMX-1.2-a'], sentence };
}

function sayService(answer: ServiceFacts['answer']): string {
  switch (answer.kind) {
    case 'records':
      return isNullService(answer.records) ? 'only the target "."' : counted(answer.records.length, 'SRV record');
    case 'nodata':
      return 'no SRV record (NODATA)';
    case 'nxdomain':
      return 'no SRV record (NXDOMAIN)';
    case 'failure':
      return `no answer (${answer.reason})`;
  }
}

function sayExchanges(exchanges: Exchanges): string {
  switch (exchanges.kind) {
    case 'hosts':
      return exchanges.implicit ? 'no MX but addresses of its own' : counted(exchanges.hosts.length, 'MX record');
    case 'null':
      return 'an MX that names no host';
    case 'absent':
      return 'no MX and no address';
    case 'no-domain':
      return 'no place in DNS (NXDOMAIN)';
    case 'failure':
      return `no answer (${exchanges.reason})`;
  }
}

/** Remembers every answer that came from a question: records for their TTL, absence between a minimum and a maximum. */
function caching(
  { services, exchanges }: Gathered,
  { knobs, now, cache: before = {} }: PlanOptions,
  trace: Trace,
): Pick<DeliveryPlan, 'negative' | 'cache'> {
  let cache: ServiceCache = before;
  const negative: DeliveryPlan['negative'][number][] = [];
  const hint = exchanges?.kind === 'hosts' ? exchanges.ttl : undefined;
  for (const { name, answer, from } of services) {
    if (from === 'cache' || answer.kind === 'failure') continue;
    if (answer.kind === 'records') {
      cache = remember(cache, name, answer, answer.ttl, now);
      continue;
    }
    const time = negativeTime(answer.times, hint, knobs);
    cache = remember(cache, name, answer, time.seconds, now);
    negative.push({ name, ...time });
    const bounds = `its SOA says ${time.base} s, and it is kept between ${time.least} s and ${time.most} s`;
    trace.decided(
      knobs.negativeHint && hint !== undefined ? ['SRV-2-n', 'SRV-2-o', 'AMB-S19'] : ['SRV-2-n', 'SRV-2-o', 'AMB-S20'],
      `that ${name} is absent is remembered for ${time.seconds} s: ${bounds}`,
    );
  }
  return { negative, cache };
}

/** The server that took mail last comes first, as long as its records are remembered (RFC 6186 §4). */
function workingFirst({ steps, service }: Way, cache: ServiceCache, now: number, trace: Trace): readonly PlanStep[] {
  const working = service === undefined ? undefined : remembered(cache, service, now)?.working;
  const step = steps.find(({ host, port }) => host === working?.host && port === working.port);
  if (step === undefined) return steps;
  trace.decided(['SRV-4-h4'], `${step.host} port ${step.port} took mail before and is tried first`);
  return [step, ...steps.filter((other) => other !== step)];
}

function optInOf({ extras, domain }: Gathered, trace: Trace): boolean | undefined {
  const { clientMx } = extras;
  if (clientMx === undefined || clientMx.kind === 'failure') {
    if (clientMx !== undefined)
      trace.decided(['AMB-19'], `whether ${domain} publishes Client MX is not known: ${clientMx.detail}`);
    return undefined;
  }
  const optIn = clientMx.kind === 'hosts' || clientMx.kind === 'null';
  trace.decided(
    optIn ? ['CMX-1-d', 'CMX-1.2.1-f', 'CMX-1.2.1-i', 'AMB-38'] : ['CMX-1.2.1-e', 'CMX-1.2.2-f'],
    optIn
      ? `${domain} publishes Client MX: a server without TLS, or with a certificate that fails, gets no mail`
      : `${domain} publishes no Client MX: a server certificate that fails changes nothing by draft-chuang`,
  );
  return optIn;
}

const MOST_NAMES = 256;

/** The hosts that a certificate may name: SRV targets together with the MX hosts, where those were asked for (AMB-S15). */
function serverNames({ route, steps }: Way, { exchanges, extras }: Gathered): string[] {
  if (route === 'literal' || route === 'none') return [];
  const mx = [exchanges, extras.serverMx].flatMap((each) => (each?.kind === 'hosts' ? each.hosts : []));
  return [...new Set([...steps.map(({ host }) => host), ...mx.map(({ host }) => host)])].slice(0, MOST_NAMES);
}
