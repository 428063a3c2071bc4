import type { Rule } from '../../rule.ts';
import { rule as suppressionBlockUnclosed } from './suppression-block-unclosed.ts';
import { rule as suppressionBlockUnopened } from './suppression-block-unopened.ts';
import { rule as suppressionMalformed } from './suppression-malformed.ts';
import { rule as suppressionReasonMissing } from './suppression-reason-missing.ts';
import { rule as suppressionUnknownRule } from './suppression-unknown-rule.ts';
import { rule as suppressionUnused } from './suppression-unused.ts';

/** The rules about comments that hide findings; the engine makes their findings when all other rules have spoken. */
export const rules: readonly Rule[] = [
  suppressionUnused,
  suppressionUnknownRule,
  suppressionMalformed,
  suppressionBlockUnclosed,
  suppressionBlockUnopened,
  suppressionReasonMissing,
];
