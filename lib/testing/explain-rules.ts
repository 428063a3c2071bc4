import type { Answered, Exchange } from '../server/exchange.ts';
import { compileFault } from '../server/faults/compile.ts';
import type { Fault, QuerySelector } from '../server/faults/fault.ts';
import type { FaultSet, FaultStatus } from '../server/faults/fault-set.ts';
import { FAULT_PRESETS } from '../server/faults/presets.ts';
import { FaultProblems } from '../server/faults/problems.ts';
import { QueryView } from '../server/faults/query-view.ts';
import { type CompiledSelector, compileSelector } from '../server/faults/selector.ts';

/** A rule with what it would do to a question. */
export interface ExplainedRule {
  readonly id: string;
  /** The selector and the state fit, and the rule is on. */
  readonly fits: boolean;
  /** It fits, and no rule before it keeps it from acting; whether it is its turn is up to its trigger. */
  readonly acts: boolean;
  /** Why it does not fit, a clause each. */
  readonly why: readonly string[];
  /** When it acts, in words; empty for always. */
  readonly trigger: string;
  readonly hits: number;
}

/** Every rule with whether it fits a query and, if not, why. */
export function explainRules(
  faults: FaultSet,
  query: Uint8Array,
  answered: Answered,
  exchange: Exchange,
): ExplainedRule[] {
  const view = new QueryView();
  view.read(query);
  let taken = false;
  return faults.list().map((status) => {
    const selector = compileFault(status.fault).compiled?.selector;
    const wrong = misfits(matchOf(status.fault), view, answered, exchange);
    const inVain = wrong.length === 0 && selector !== undefined && !fitsAll(selector, view, answered, exchange);
    const why = [
      ...(status.enabled ? [] : ['it is switched off']),
      ...wrong,
      ...(inVain ? ['what it does has no effect on such a query'] : []),
      ...wrongState(status, faults.states),
    ];
    const fits = why.length === 0;
    const acts = fits && !taken;
    const { id, trigger, pass } = status.fault;
    const words = trigger === undefined ? '' : triggerWords(trigger);
    if (fits && pass !== true && words === '') taken = true;
    return { id, fits, acts, why, trigger: words, hits: status.hit };
  });
}

/** Each part of a selector for itself: what of it the query does not fit. */
function misfits(match: QuerySelector, view: QueryView, answered: Answered, exchange: Exchange): string[] {
  return Object.entries(match).flatMap(([key, wanted]) => {
    const selector = compileSelector({ [key]: wanted }, new FaultProblems());
    return fitsAll(selector, view, answered, exchange)
      ? []
      : [`its ${key} is ${[wanted].flat().map(String).join(' or ')}`];
  });
}

/** The selector of a fault with that of its preset. */
function matchOf({ preset, match }: Fault): QuerySelector {
  return { ...FAULT_PRESETS.find(({ name }) => name === preset)?.match, ...match };
}

function fitsAll(
  { checks, types }: CompiledSelector,
  view: QueryView,
  answered: Answered,
  exchange: Exchange,
): boolean {
  return checks.every((check) => check(view, exchange, answered)) && (types?.has(view.type) ?? true);
}

function wrongState({ fault: { state } }: FaultStatus, states: ReadonlyMap<string, string>): string[] {
  if (state?.in === undefined) return [];
  const now = states.get(state.machine) ?? 'start';
  const wanted = [state.in].flat();
  return wanted.includes(now) ? [] : [`${state.machine} is in state ${now}, not ${wanted.join(' or ')}`];
}

function triggerWords(trigger: object): string {
  return Object.entries(trigger)
    .map(([key, value]) => `${key} ${[value].flat().join(', ')}`)
    .join(', ');
}

/** `rule rule-1 does not fit: its type is SRV`. */
export function ruleLine({ id, fits, acts, why, trigger, hits }: ExplainedRule): string {
  const acted = hits === 0 ? '' : ` (acted ${hits === 1 ? 'once' : `${hits} times`})`;
  if (!fits) return `rule ${id} does not fit: ${why.join('; ')}`;
  if (!acts) return `rule ${id} fits, but a rule before it acts`;
  return `rule ${id} fits${trigger === '' ? ' and acts' : `, its turn is: ${trigger}`}${acted}`;
}
