import type { Rule } from '../../rule.ts';

/** The rules of this group in the order of their ids. */
export const rules: readonly Rule[] = [];
