import type { Rule } from '../../rule.ts';
import { rule as spfAllNeutralOrMissing } from './spf-all-neutral-or-missing.ts';
import { rule as spfAllPass } from './spf-all-pass.ts';
import { rule as spfClientMxInconsistent } from './spf-client-mx-inconsistent.ts';
import { rule as spfDuplicateTerm } from './spf-duplicate-term.ts';
import { rule as spfExpMissingTxt } from './spf-exp-missing-txt.ts';
import { rule as spfIncludeLoop } from './spf-include-loop.ts';
import { rule as spfIncludeMissing } from './spf-include-missing.ts';
import { rule as spfIncludeSelf } from './spf-include-self.ts';
import { rule as spfIpNotCoveringMx } from './spf-ip-not-covering-mx.ts';
import { rule as spfMissing } from './spf-missing.ts';
import { rule as spfMultiple } from './spf-multiple.ts';
import { rule as spfMxPtrLimit } from './spf-mx-ptr-limit.ts';
import { rule as spfNullDomainNeedsFail } from './spf-null-domain-needs-fail.ts';
import { rule as spfPtr } from './spf-ptr.ts';
import { rule as spfSenderid } from './spf-senderid.ts';
import { rule as spfSize } from './spf-size.ts';
import { rule as spfStringJoin } from './spf-string-join.ts';
import { rule as spfSyntax } from './spf-syntax.ts';
import { rule as spfTermsAfterAll } from './spf-terms-after-all.ts';
import { rule as spfTooManyLookups } from './spf-too-many-lookups.ts';
import { rule as spfType99 } from './spf-type99.ts';
import { rule as spfVersionTag } from './spf-version-tag.ts';
import { rule as spfVoidLookups } from './spf-void-lookups.ts';

/** The rules about SPF records. */
export const rules: readonly Rule[] = [
  spfMultiple,
  spfMissing,
  spfVersionTag,
  spfStringJoin,
  spfSyntax,
  spfTooManyLookups,
  spfVoidLookups,
  spfMxPtrLimit,
  spfIncludeSelf,
  spfIncludeLoop,
  spfIncludeMissing,
  spfAllPass,
  spfAllNeutralOrMissing,
  spfTermsAfterAll,
  spfPtr,
  spfDuplicateTerm,
  spfSize,
  spfType99,
  spfSenderid,
  spfIpNotCoveringMx,
  spfExpMissingTxt,
  spfNullDomainNeedsFail,
  spfClientMxInconsistent,
];
