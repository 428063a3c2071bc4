import type { Rule } from '../../rule.ts';
import { rule as styleBlankRuns } from './style-blank-runs.ts';
import { rule as styleCommentGenericRdata } from './style-comment-generic-rdata.ts';
import { rule as styleOwnerCase } from './style-owner-case.ts';
import { rule as styleQuoteCharStrings } from './style-quote-char-strings.ts';
import { rule as styleRelativeNames } from './style-relative-names.ts';
import { rule as styleTabs } from './style-tabs.ts';
import { rule as styleTrailingSpace } from './style-trailing-space.ts';
import { rule as styleTtlUnits } from './style-ttl-units.ts';

/** The rules about how a file is written, whatever it says. */
export const rules: readonly Rule[] = [
  styleBlankRuns,
  styleCommentGenericRdata,
  styleOwnerCase,
  styleQuoteCharStrings,
  styleRelativeNames,
  styleTabs,
  styleTrailingSpace,
  styleTtlUnits,
];
