import type { Diagnostic } from '../text/diagnostic.ts';
import type { ZoneTree } from '../zone/tree.ts';
import { LOAD_RULES } from './load-rules.ts';
import { activeRules } from './profiles.ts';
import { inOrder, runRules } from './run-rules.ts';

/** A fault that keeps a zone from being served, with its sentence. */
export interface LoadFault {
  readonly diagnostic: Diagnostic;
  readonly message: string;
}

const { active: ACTIVE } = activeRules(LOAD_RULES, { profile: 'load', select: [], ignore: [], levels: new Map() });

/** What makes BIND, NSD or Knot DNS refuse a zone, in the order of files and places; `now` in milliseconds since 1970. */
export function loadFaults(tree: ZoneTree, now: number): LoadFault[] {
  const { zone } = tree;
  // No comment hides what these rules find.
  const runs = runRules([{ zone, tree, certificateFiles: new Map(), now }], ACTIVE);
  const errors = runs.flatMap(({ found }) => found).filter(({ severity }) => severity === 'error');
  return inOrder(errors, zone).map((diagnostic) => ({ diagnostic, message: sentenceOf(diagnostic) }));
}

function sentenceOf({ rule, args }: Diagnostic): string {
  return LOAD_RULES.find(({ id }) => id === rule)?.say(args) ?? rule;
}
