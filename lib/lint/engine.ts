import type { Diagnostic } from '../text/diagnostic.ts';
import type { ActiveRule } from './active-rule.ts';
import type { Rule } from './rule.ts';
import { inOrder, type LintInput, runRule, runRules } from './run-rules.ts';
import { applySuppressions } from './suppressions.ts';

export type { ActiveRule } from './active-rule.ts';
export type { LintInput } from './run-rules.ts';

/** Runs the rules over one zone; the findings come in the order of files and places. */
export function lintZone(input: LintInput, active: readonly ActiveRule[]): Diagnostic[] {
  return lintZones([input], active)[0] ?? [];
}

/** As `lintZone` for several zones, which is quicker than one after the other when they are small: the findings of each. */
export function lintZones(inputs: readonly LintInput[], active: readonly ActiveRule[]): Diagnostic[][] {
  // Under the profile `load` comments hide nothing and nobody asks about them: a large file is not searched for any.
  const deaf = active.every(({ binding, rule }) => binding === true && rule.group !== 'suppression');
  return runRules(inputs, active).map(({ facts, found }) =>
    inOrder(deaf ? found : applySuppressions({ facts, found, active, run: runRule }), facts.zone),
  );
}

/** The sentence of a finding. */
export function say(diagnostic: Diagnostic, rule: Rule | undefined): string {
  return rule === undefined ? diagnostic.rule : rule.say(diagnostic.args);
}
