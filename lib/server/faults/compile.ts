import { nearest } from '../../text/nearest.ts';
import { listed } from '../../text/words.ts';
import { OPTION } from '../../wire/edns.ts';
import type { Need } from './action-kind.ts';
import { type CompiledAction, compileAction, mergedAction } from './actions.ts';
import type { Fault, FaultStep } from './fault.ts';
import { FAULT_PRESETS, type FaultPreset } from './presets.ts';
import { FaultProblems, shownValue } from './problems.ts';
import { type CompiledSelector, compileSelector, type Fits } from './selector.ts';
import { compileTrigger, type Fires } from './trigger.ts';

const PRESETS: ReadonlyMap<string, FaultPreset> = new Map(FAULT_PRESETS.map((preset) => [preset.name, preset]));

/** A step with the number of hits up to which it is the one at hand. */
export interface CompiledStep {
  readonly until: number;
  readonly action: CompiledAction | undefined;
}

/** A fault ready to be held against queries. */
export interface CompiledFault {
  readonly selector: CompiledSelector;
  readonly fires: readonly Fires[];
  readonly per: 'rule' | 'name' | 'client';
  /** States in which it acts; undefined for all. */
  readonly states: ReadonlySet<string> | undefined;
  readonly steps: readonly CompiledStep[];
}

/** Makes a fault ready, or says everything that is wrong with it. Never throws, whatever it is given. */
export function compileFault(fault: Fault): { readonly compiled?: CompiledFault; readonly problems: FaultProblems } {
  const problems = new FaultProblems();
  try {
    return { compiled: compiling(fault, problems), problems };
  } catch {
    // Data of another form, such as null in the place of an object.
    problems.say('', 'has not the form of a fault');
    return { problems };
  }
}

function compiling(fault: Fault, problems: FaultProblems): CompiledFault {
  checkId(fault.id, problems);
  const preset = fault.preset === undefined ? undefined : presetOf(fault.preset, problems);
  const selector = compileSelector({ ...preset?.match, ...fault.match }, problems);
  const trigger = fault.trigger ?? preset?.trigger ?? {};
  const steps = stepsOf(fault, preset, problems);
  const needs = needsOf(fault, steps);
  const checks = needs === undefined ? selector.checks : [fitsOf(needs), ...selector.checks];
  const states = fault.state === undefined ? undefined : problems.each('state.in', fault.state.in, (_, state) => state);
  if (fault.state !== undefined && (typeof fault.state.machine !== 'string' || fault.state.machine === ''))
    problems.say('state.machine', `is ${shownValue(fault.state.machine)}, expected the name of a machine`);
  return {
    selector: { ...selector, checks },
    fires: compileTrigger(trigger, problems),
    per: trigger.per ?? 'rule',
    states: states && new Set(states),
    steps,
  };
}

function checkId(id: unknown, problems: FaultProblems): void {
  if (typeof id === 'string' && /^[!-~]{1,64}$/u.test(id)) return;
  problems.say(
    'id',
    `is ${shownValue(id)}, expected 1 to 64 letters, digits and signs without blanks, such as srv-flaky`,
  );
}

function presetOf(name: unknown, problems: FaultProblems): FaultPreset | undefined {
  const preset = PRESETS.get(String(name));
  if (preset !== undefined) return preset;
  const near = nearest(String(name), PRESETS.keys());
  const hint = near === undefined ? `presets are ${listed([...PRESETS.keys()], 5)}` : `did you mean ${near}?`;
  return problems.say('preset', `is ${shownValue(name)}, which is no preset; ${hint}`);
}

/** The steps of a fault; one that does a single thing has one step without end. */
function stepsOf(fault: Fault, preset: FaultPreset | undefined, problems: FaultProblems): CompiledStep[] {
  const { steps } = fault;
  const action = mergedAction(preset?.action, fault.action);
  if (steps === undefined) {
    const isNothing = action === undefined && fault.handler === undefined && fault.state?.next === undefined;
    if (isNothing && (fault.preset === undefined || preset !== undefined))
      problems.say('', 'does nothing: give it a preset, an action or steps');
    const compiled =
      action === undefined ? { edits: [], later: [], needs: undefined } : compileAction(action, 'action', problems);
    if (action !== undefined && Object.keys(action).length === 0)
      problems.say('action', 'is empty: say what is to be done');
    return [{ until: Number.POSITIVE_INFINITY, action: compiled }];
  }
  const other = ['action', 'preset', 'handler'].find((each) => fault[each as keyof Fault] !== undefined);
  if (other !== undefined) problems.say('steps', `and ${other} exclude each other: each step has an action of its own`);
  if (!Array.isArray(steps) || steps.length === 0) {
    problems.say('steps', `is ${Array.isArray(steps) ? 'empty' : shownValue(steps)}, expected a list of steps`);
    return [];
  }
  return timedSteps(steps, problems);
}

function timedSteps(steps: readonly FaultStep[], problems: FaultProblems): CompiledStep[] {
  let until = 0;
  return steps.map(({ times, action }, index) => {
    const path = `steps[${index}]`;
    const isLast = index === steps.length - 1;
    if (times === undefined && !isLast)
      problems.say(path, 'has no times, so that no step behind it is ever reached; say for how many queries it is');
    const whole = times === undefined ? undefined : problems.whole(`${path}.times`, times, 1, 1_000_000_000);
    until = whole === undefined ? Number.POSITIVE_INFINITY : until + whole;
    return { until, action: action && compileAction(action, `${path}.action`, problems) };
  });
}

/** Where a fault has an effect at all; undefined for everywhere. */
function needsOf(fault: Fault, steps: readonly CompiledStep[]): readonly Need[] | undefined {
  if (fault.handler !== undefined) return undefined;
  const acting = steps.flatMap(({ action }) => action ?? []);
  if (acting.length === 0 || acting.some(({ needs }) => needs === undefined)) return undefined;
  return [...new Set(acting.flatMap(({ needs }) => needs ?? []))];
}

const MEETS: Readonly<Record<Need, Fits>> = {
  udp: (_, { transport }) => transport === 'udp',
  stream: (_, { transport }) => transport !== 'udp',
  edns: (_, __, { summary }) => summary.edns !== undefined,
  dnssec: (_, __, { summary }) => summary.edns?.dnssecOk ?? false,
  cookie: (_, __, { summary }) => summary.edns?.options.includes(OPTION.COOKIE) ?? false,
};

function fitsOf(needs: readonly Need[]): Fits {
  return (view, exchange, answered) => needs.some((need) => MEETS[need](view, exchange, answered));
}
