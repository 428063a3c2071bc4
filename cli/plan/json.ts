import type { Gathered } from '../../lib/mail/gathered.ts';
import type { DeliveryPlan } from '../../lib/mail/plan-types.ts';

/** What a plan was made with, for who wants the same again. */
export interface PlanContext {
  /** `2 zone files`, or `the server 127.0.0.1:53`. */
  readonly source: string;
  readonly seed: number;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** A delivery plan as JSON, see schemas/plan.schema.json. */
export function planJson(plan: DeliveryPlan, gathered: Gathered, { source, seed, now }: PlanContext): object {
  const { domain, route, outcome, security, optIn, service, serverNames, fallbackOrder, steps, negative, trace } = plan;
  return {
    version: 1,
    domain,
    source,
    seed,
    now: new Date(now).toISOString(),
    outcome,
    route,
    ...(service !== undefined && { service }),
    security,
    ...(optIn !== undefined && { optIn }),
    fallbackOrder,
    steps,
    serverNames,
    remembered: Object.entries(plan.cache).map(([name, { answer, expires }]) => ({
      name,
      answer: answer.kind,
      expires: new Date(expires).toISOString(),
    })),
    negative,
    questions: gathered.questions,
    omittedHosts: gathered.omittedHosts,
    trace,
  };
}
