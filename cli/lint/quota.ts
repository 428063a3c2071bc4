import type { Severity } from '../../lib/text/diagnostic.ts';
import { wholeNumber } from '../options.ts';
import type { ReportFormat } from '../report/reporter.ts';

/** How many findings are shown: of one rule, and in all. */
export interface Limits {
  readonly perRule: number;
  readonly total: number;
}

/** Findings shown unless the user says otherwise, so that a broken zone does not scroll for minutes. */
const USUAL_LIMITS: Limits = { perRule: 20, total: 200 };
const NO_LIMITS: Limits = { perRule: Number.POSITIVE_INFINITY, total: Number.POSITIVE_INFINITY };

/** The limits of a format, `most` as the user wants it: only the pretty one leaves findings out, what programs read is complete. */
export function limitsFor(format: ReportFormat, most: number | undefined): Limits {
  if (format !== 'pretty') return NO_LIMITS;
  return most === undefined ? USUAL_LIMITS : { ...NO_LIMITS, total: most };
}

/** Reads the value of `--max-diagnostics`. */
export function mostShown(text: string): number {
  return text.toLowerCase() === 'none' ? Number.POSITIVE_INFINITY : wholeNumber('--max-diagnostics', 0)(text);
}

/** One rendered finding. */
export interface Block {
  readonly rule: string;
  readonly severity: Severity;
  readonly text: string;
}

/** Decides finding by finding what may be shown; of each severity it lets the whole limit pass, the worst are chosen later. */
export class Quota {
  private readonly limits: Limits;
  private readonly rules = new Map<string, number>();
  private readonly severities = new Map<Severity, number>();

  constructor(limits: Limits) {
    this.limits = limits;
  }

  /** Whether one more finding may be shown; counts it when so. */
  take(rule: string, severity: Severity): boolean {
    const ofRule = this.rules.get(rule) ?? 0;
    const ofSeverity = this.severities.get(severity) ?? 0;
    if (ofRule >= this.limits.perRule || ofSeverity >= this.limits.total) return false;
    this.rules.set(rule, ofRule + 1);
    this.severities.set(severity, ofSeverity + 1);
    return true;
  }
}

/**
 * The limits for one file on its own: never stricter than those of the whole run, so that what the run wants to show has been
 * rendered. Findings of a rule that others have used up do not count in the run, therefore only one limit can hold here.
 */
export function limitsOfOneFile({ perRule, total }: Limits): Limits {
  return Number.isFinite(perRule) ? { perRule, total: Number.POSITIVE_INFINITY } : { perRule, total };
}

const WORST_FIRST: readonly Severity[] = ['error', 'warning', 'info'];

/** At most `total` blocks in their order, errors before warnings before infos when there are more. */
export function worst(blocks: readonly Block[], total: number): Block[] {
  let room = total;
  const chosen = new Set<Block>();
  for (const severity of WORST_FIRST) {
    for (const block of blocks) {
      if (block.severity !== severity || room === 0) continue;
      chosen.add(block);
      room--;
    }
  }
  return blocks.filter((block) => chosen.has(block));
}
