import type { Rule } from '../../rule.ts';
import { rule as mxAllSameAddress } from './mx-all-same-address.ts';
import { rule as mxDuplicateTarget } from './mx-duplicate-target.ts';
import { rule as mxForeignProviderIncomplete } from './mx-foreign-provider-incomplete.ts';
import { rule as mxImplicitOnly } from './mx-implicit-only.ts';
import { rule as mxMissingMailDomain } from './mx-missing-mail-domain.ts';
import { rule as mxNoAaaa } from './mx-no-aaaa.ts';
import { rule as mxNullNotAlone } from './mx-null-not-alone.ts';
import { rule as mxNullPreference } from './mx-null-preference.ts';
import { rule as mxPreferenceAllEqualIntended } from './mx-preference-all-equal-intended.ts';
import { rule as mxSingle } from './mx-single.ts';
import { rule as mxTargetBelowDname } from './mx-target-below-dname.ts';
import { rule as mxTargetCname } from './mx-target-cname.ts';
import { rule as mxTargetNoAddress } from './mx-target-no-address.ts';
import { rule as mxTargetPrivateAddress } from './mx-target-private-address.ts';
import { rule as mxWildcard } from './mx-wildcard.ts';

/** The rules about MX records. */
export const rules: readonly Rule[] = [
  mxTargetCname,
  mxTargetBelowDname,
  mxTargetNoAddress,
  mxTargetPrivateAddress,
  mxNullNotAlone,
  mxNullPreference,
  mxSingle,
  mxAllSameAddress,
  mxDuplicateTarget,
  mxImplicitOnly,
  mxWildcard,
  mxNoAaaa,
  mxForeignProviderIncomplete,
  mxMissingMailDomain,
  mxPreferenceAllEqualIntended,
];
