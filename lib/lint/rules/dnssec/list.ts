import type { Rule } from '../../rule.ts';
import { rule as dnssecCdsCdnskeyInconsistent } from './dnssec-cds-cdnskey-inconsistent.ts';
import { rule as dnssecDsAtApex } from './dnssec-ds-at-apex.ts';
import { rule as dnssecDsDigestLength } from './dnssec-ds-digest-length.ts';

/** The rules of this group in the order of their ids. */
export const rules: readonly Rule[] = [dnssecCdsCdnskeyInconsistent, dnssecDsAtApex, dnssecDsDigestLength];
