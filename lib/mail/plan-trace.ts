import type { DnsSecurity } from './dns.ts';
import type { PlanOutcome, TraceStep } from './plan-types.ts';

/** Takes down what was asked and decided, in order (SRV-4-g). */
export class Trace {
  readonly steps: TraceStep[] = [];

  asked(
    name: string,
    type: string,
    answer: string,
    security: DnsSecurity,
    requirements: readonly string[],
    sentence: string,
  ): void {
    this.steps.push({ question: { name, type }, answer, security, requirements, sentence });
  }

  decided(requirements: readonly string[], sentence: string): void {
    this.steps.push({ requirements, sentence });
  }

  leftOut(host: string, requirements: readonly string[], why: string): void {
    this.steps.push({ leftOut: host, requirements, sentence: `${host} is left out${why}` });
  }
}

/** An outcome without a delivery. */
export function refusal(
  kind: 'defer' | 'reject',
  code: number,
  enhanced: string,
  requirements: readonly string[],
  sentence: string,
): PlanOutcome {
  return { kind, code, enhanced, requirements, sentence };
}
