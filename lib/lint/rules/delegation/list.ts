import type { Rule } from '../../rule.ts';
import { rule as delegApexMailBelowCut } from './deleg-apex-mail-below-cut.ts';
import { rule as delegCsyncInvalid } from './deleg-csync-invalid.ts';
import { rule as delegDelegAtApex } from './deleg-deleg-at-apex.ts';
import { rule as delegDsyncMisplaced } from './deleg-dsync-misplaced.ts';
import { rule as delegGlueMissing } from './deleg-glue-missing.ts';
import { rule as delegGlueSiblingMissing } from './deleg-glue-sibling-missing.ts';
import { rule as delegNoV4Ns } from './deleg-no-v4-ns.ts';
import { rule as delegNoV6Ns } from './deleg-no-v6-ns.ts';
import { rule as delegNsBelowDname } from './deleg-ns-below-dname.ts';
import { rule as delegNsCname } from './deleg-ns-cname.ts';
import { rule as delegNsElsewhere } from './deleg-ns-elsewhere.ts';
import { rule as delegNsNoAddress } from './deleg-ns-no-address.ts';
import { rule as delegNsSameAddress } from './deleg-ns-same-address.ts';
import { rule as delegOccludedData } from './deleg-occluded-data.ts';
import { rule as delegParentMismatch } from './deleg-parent-mismatch.ts';
import { rule as delegReferralSize } from './deleg-referral-size.ts';
import { rule as delegSpuriousGlue } from './deleg-spurious-glue.ts';

/** The rules about delegations, their name servers and glue. */
export const rules: readonly Rule[] = [
  delegGlueMissing,
  delegGlueSiblingMissing,
  delegNsNoAddress,
  delegNsElsewhere,
  delegNsCname,
  delegNsBelowDname,
  delegNsSameAddress,
  delegNoV4Ns,
  delegNoV6Ns,
  delegOccludedData,
  delegApexMailBelowCut,
  delegSpuriousGlue,
  delegParentMismatch,
  delegReferralSize,
  delegCsyncInvalid,
  delegDsyncMisplaced,
  delegDelegAtApex,
];
