import type { Rule } from '../../rule.ts';
import { rule as dmarcAlignmentInvalid } from './dmarc-alignment-invalid.ts';
import { rule as dmarcCnameDangling } from './dmarc-cname-dangling.ts';
import { rule as dmarcExternalNotAuthorized } from './dmarc-external-not-authorized.ts';
import { rule as dmarcMissing } from './dmarc-missing.ts';
import { rule as dmarcMtlsStrictAlignment } from './dmarc-mtls-strict-alignment.ts';
import { rule as dmarcMultiple } from './dmarc-multiple.ts';
import { rule as dmarcNoMailNotReject } from './dmarc-no-mail-not-reject.ts';
import { rule as dmarcPMissing } from './dmarc-p-missing.ts';
import { rule as dmarcPNotSecond } from './dmarc-p-not-second.ts';
import { rule as dmarcPctIgnored } from './dmarc-pct-ignored.ts';
import { rule as dmarcPolicyInvalid } from './dmarc-policy-invalid.ts';
import { rule as dmarcPolicyNone } from './dmarc-policy-none.ts';
import { rule as dmarcPsdMisuse } from './dmarc-psd-misuse.ts';
import { rule as dmarcRemovedTag } from './dmarc-removed-tag.ts';
import { rule as dmarcRuaDomainNoMail } from './dmarc-rua-domain-no-mail.ts';
import { rule as dmarcRuaInvalid } from './dmarc-rua-invalid.ts';
import { rule as dmarcRuaMissing } from './dmarc-rua-missing.ts';
import { rule as dmarcSizeSuffix } from './dmarc-size-suffix.ts';
import { rule as dmarcSpWeaker } from './dmarc-sp-weaker.ts';
import { rule as dmarcSyntax } from './dmarc-syntax.ts';
import { rule as dmarcTestMode } from './dmarc-test-mode.ts';
import { rule as dmarcUnknownTag } from './dmarc-unknown-tag.ts';
import { rule as dmarcWrongLocation } from './dmarc-wrong-location.ts';

/** The rules about DMARC records. */
export const rules: readonly Rule[] = [
  dmarcMissing,
  dmarcMultiple,
  dmarcWrongLocation,
  dmarcCnameDangling,
  dmarcSyntax,
  dmarcUnknownTag,
  dmarcPMissing,
  dmarcPolicyInvalid,
  dmarcAlignmentInvalid,
  dmarcRuaInvalid,
  dmarcRuaDomainNoMail,
  dmarcExternalNotAuthorized,
  dmarcPctIgnored,
  dmarcPsdMisuse,
  dmarcNoMailNotReject,
  dmarcPNotSecond,
  dmarcPolicyNone,
  dmarcSpWeaker,
  dmarcTestMode,
  dmarcRuaMissing,
  dmarcRemovedTag,
  dmarcSizeSuffix,
  dmarcMtlsStrictAlignment,
];
