import type { Rule } from '../../rule.ts';
import { rule as bimiDmarcNotEnforced } from './bimi-dmarc-not-enforced.ts';
import { rule as bimiEvidenceMissing } from './bimi-evidence-missing.ts';
import { rule as bimiLocation } from './bimi-location.ts';
import { rule as bimiMultiple } from './bimi-multiple.ts';
import { rule as bimiSyntax } from './bimi-syntax.ts';

/** The rules about BIMI records. */
export const rules: readonly Rule[] = [
  bimiSyntax,
  bimiMultiple,
  bimiLocation,
  bimiDmarcNotEnforced,
  bimiEvidenceMissing,
];
