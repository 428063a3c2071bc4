import { Trace } from './plan-trace.ts';
import type { Attempt, DeliveryPlan, PlanStep, TraceStep } from './plan-types.ts';
import { forget, rememberWorking, type ServiceCache } from './service-cache.ts';

/** How one connection ended. The last two are replies of a server that was reached in the way the step asks for. */
export type AttemptResult =
  | 'ok'
  | 'connect-failed'
  | 'no-starttls'
  | 'tls-failed'
  | 'untrusted'
  | 'name-mismatch'
  | 'refused-for-now'
  | 'refused-for-good';

/** One connection that was made, and how it ended. */
export interface Tried extends Pick<Attempt, 'host' | 'port' | 'tls'> {
  readonly fallback: boolean;
  readonly result: AttemptResult;
}

/** How a delivery ended. */
export type WalkResult =
  | {
      readonly kind: 'delivered';
      /** What protected the mail: a verified server, TLS with whoever answered, or nothing. */
      readonly protection: 'verified' | 'unverified' | 'none';
    }
  | { readonly kind: 'deferred' | 'rejected'; readonly code: number; readonly enhanced: string };

/** A delivery along a plan: what was tried, what came of it, and what is remembered for next time. */
export interface Walk {
  readonly tried: readonly Tried[];
  readonly result: WalkResult;
  /** Port 25 behind an announced port failed, or announced STARTTLS was missing: what DNS says is not to be trusted (SRV-4-f). */
  readonly suspicious: boolean;
  readonly cache: ServiceCache;
  readonly trace: readonly TraceStep[];
}

/** Where a connection is to be made, as the one who tells its outcome sees it. */
export interface Connection extends Attempt {
  readonly fallback: boolean;
  /** The addresses of the host, in the order to try them. */
  readonly addresses: readonly string[];
}

/**
 * Goes through a plan as a sender does, asking `outcomeOf` how each connection ends: per host its announced port, then port 25
 * with STARTTLS, then the next host (AMB-S6). Never MX after SRV and never clear text where TLS is required.
 */
export function walkPlan(plan: DeliveryPlan, outcomeOf: (connection: Connection) => AttemptResult): Walk {
  const { outcome } = plan;
  if (outcome.kind !== 'deliver') {
    const kind = outcome.kind === 'defer' ? 'deferred' : 'rejected';
    const { code, enhanced } = outcome;
    return { tried: [], result: { kind, code, enhanced }, suspicious: false, cache: plan.cache, trace: [] };
  }
  const walker = new Walker(plan, outcomeOf);
  const result = walker.walk();
  return { ...walker.account(result), result };
}

class Walker {
  private readonly plan: DeliveryPlan;
  private readonly outcomeOf: (connection: Connection) => AttemptResult;
  private readonly tried: Tried[] = [];
  private readonly trace = new Trace();
  private suspicious = false;
  private policyFailed = false;

  constructor(plan: DeliveryPlan, outcomeOf: (connection: Connection) => AttemptResult) {
    this.plan = plan;
    this.outcomeOf = outcomeOf;
  }

  walk(): WalkResult {
    const { steps, fallbackOrder } = this.plan;
    const late: PlanStep[] = [];
    for (const step of steps) {
      const ended = this.connect(step, step, false);
      if (typeof ended !== 'string') return ended;
      if (ended === 'next' || step.fallback === undefined) continue;
      if (fallbackOrder === 'after-all') late.push(step);
      else {
        const second = this.fallBack(step);
        if (second !== undefined) return second;
      }
    }
    for (const step of late) {
      const ended = this.fallBack(step);
      if (ended !== undefined) return ended;
    }
    return this.deferred();
  }

  /** What a walk leaves behind: the server that worked, or a name to be asked for again. */
  account(result: WalkResult): Omit<Walk, 'result'> {
    const { plan, tried, suspicious, trace } = this;
    let { cache } = plan;
    const last = tried.at(-1);
    if (plan.service !== undefined && result.kind === 'delivered' && !suspicious && last?.fallback === false) {
      cache = rememberWorking(cache, plan.service, { host: last.host, port: last.port });
      trace.decided(['SRV-4-h4'], `${last.host} port ${last.port} is remembered as long as its records are`);
    } else if (plan.service !== undefined && (suspicious || result.kind === 'deferred')) {
      cache = forget(cache, plan.service);
      trace.decided(
        suspicious ? ['SRV-4-f', 'SRV-4-g', 'SRV-4-h4', 'AMB-S8'] : ['SRV-4-h4'],
        `the records of ${plan.service} are forgotten and asked for again next time`,
      );
    }
    return { tried, suspicious, cache, trace: trace.steps };
  }

  private fallBack({ fallback, ...step }: PlanStep): WalkResult | undefined {
    if (fallback === undefined) return undefined;
    this.trace.decided(
      ['SRV-4-a', 'SRV-4-b'],
      `${step.host} is tried at port ${fallback.port}, with STARTTLS or not at all`,
    );
    const ended = this.connect(fallback, step, true);
    if (ended === 'failed') {
      this.suspicious = true;
      this.trace.decided(
        ['SRV-4-f', 'AMB-S8'],
        `port ${fallback.port} of ${step.host} failed too, though STARTTLS was promised there: DNS is not to be trusted`,
      );
    }
    return typeof ended === 'string' ? undefined : ended;
  }

  /** The end of the delivery; or that the connection failed, or that the server was reached and the next host is to be tried. */
  private connect(attempt: Attempt, step: PlanStep, fallback: boolean): WalkResult | 'failed' | 'next' {
    const { host, port, tls } = attempt;
    const result = this.outcomeOf({ ...attempt, fallback, addresses: step.addresses });
    this.tried.push({ host, port, tls, fallback, result });
    if (result === 'ok')
      return {
        kind: 'delivered',
        protection: tls === 'opportunistic' && step.from === 'literal' ? 'unverified' : 'verified',
      };
    if (result === 'refused-for-good') return { kind: 'rejected', code: 550, enhanced: '5.0.0' };
    if (result === 'refused-for-now') return 'next';
    if (result === 'connect-failed') return 'failed';
    return tls === 'opportunistic'
      ? this.opportunistic(attempt, result)
      : this.required(attempt, result, step, fallback);
  }

  private required({ host, port, tls }: Attempt, result: AttemptResult, step: PlanStep, fallback: boolean): 'failed' {
    this.policyFailed = true;
    this.trace.decided(
      step.from === 'srv' ? ['SRV-2-l', 'SRV-4-h3', 'SRV-7-b'] : ['AMB-S16'],
      `${host} port ${port}: ${FAULTS[result] ?? result}; no mail is sent there`,
    );
    // Announced on port 25 and yet missing: somebody in between may have taken STARTTLS out.
    if (step.from === 'srv' && tls === 'starttls-required' && !fallback) this.suspicious = true;
    return 'failed';
  }

  private opportunistic({ host, port }: Attempt, result: AttemptResult): WalkResult | 'failed' {
    if (this.plan.optIn === true) {
      this.policyFailed = true;
      const missing = result === 'no-starttls' || result === 'tls-failed';
      const mismatch = result === 'name-mismatch' ? ['CMX-1.2.3-c', 'CMX-1.2.3-d'] : ['CMX-1.2.2-d', 'CMX-1.2.2-e'];
      this.trace.decided(
        [...mismatch, ...(missing ? ['AMB-38'] : []), 'AMB-16'],
        `${host} port ${port}: ${FAULTS[result] ?? result}, and the domain publishes Client MX: the connection is closed`,
      );
      return 'failed';
    }
    const clear = result === 'no-starttls' || result === 'tls-failed';
    this.trace.decided(
      ['CMX-1.2.1-e', 'CMX-1.2.2-f'],
      `${host} port ${port}: ${FAULTS[result] ?? result}; no policy forbids to go on, ${clear ? 'in clear text' : 'unverified'}`,
    );
    return { kind: 'delivered', protection: clear ? 'none' : 'unverified' };
  }

  private deferred(): WalkResult {
    if (this.suspicious) {
      this.trace.decided(
        ['SRV-4-f', 'SRV-2-k', 'AMB-S8', 'AMB-S18'],
        'the mail waits: neither MX nor clear text takes the place of what SRV promised',
      );
      return { kind: 'deferred', code: 451, enhanced: '4.7.5' };
    }
    const hosts = 'the mail waits: no host took it now';
    this.trace.decided(this.plan.route === 'srv' ? ['SRV-2-k'] : ['CMX-1.2.1-c'], hosts);
    return { kind: 'deferred', code: 451, enhanced: this.policyFailed ? '4.7.5' : '4.4.1' };
  }
}

const FAULTS: Readonly<Partial<Record<AttemptResult, string>>> = {
  'no-starttls': 'STARTTLS is not offered',
  'tls-failed': 'TLS fails',
  untrusted: 'the certificate has no trusted path',
  'name-mismatch': 'the certificate names none of the expected hosts',
};
