import type { Rule } from '../../rule.ts';
import { rule as caaAccounturiFormat } from './caa-accounturi-format.ts';
import { rule as caaCriticalUnknown } from './caa-critical-unknown.ts';
import { rule as caaDnssecBroken } from './caa-dnssec-broken.ts';
import { rule as caaFlagsReserved } from './caa-flags-reserved.ts';
import { rule as caaForbidWithoutEffect } from './caa-forbid-without-effect.ts';
import { rule as caaForbidsIssuer } from './caa-forbids-issuer.ts';
import { rule as caaIodefUrl } from './caa-iodef-url.ts';
import { rule as caaIssuerSlip } from './caa-issuer-slip.ts';
import { rule as caaIssuewildMissing } from './caa-issuewild-missing.ts';
import { rule as caaMissing } from './caa-missing.ts';
import { rule as caaNoIssue } from './caa-no-issue.ts';
import { rule as caaParameterTypo } from './caa-parameter-typo.ts';
import { rule as caaSyntax } from './caa-syntax.ts';
import { rule as caaUnknownTag } from './caa-unknown-tag.ts';
import { rule as caaValidationmethodsBlocksMxChallenge } from './caa-validationmethods-blocks-mx-challenge.ts';

/** The rules about CAA records. */
export const rules: readonly Rule[] = [
  caaSyntax,
  caaUnknownTag,
  caaCriticalUnknown,
  caaFlagsReserved,
  caaNoIssue,
  caaForbidWithoutEffect,
  caaIssuerSlip,
  caaIodefUrl,
  caaAccounturiFormat,
  caaParameterTypo,
  caaValidationmethodsBlocksMxChallenge,
  caaForbidsIssuer,
  caaIssuewildMissing,
  caaMissing,
  caaDnssecBroken,
];
