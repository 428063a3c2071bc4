import type { Rule } from '../../rule.ts';
import { rule as mtastsHostMissing } from './mtasts-host-missing.ts';
import { rule as mtastsIdNotChanged } from './mtasts-id-not-changed.ts';
import { rule as mtastsMaxAge } from './mtasts-max-age.ts';
import { rule as mtastsModeNone } from './mtasts-mode-none.ts';
import { rule as mtastsModeTesting } from './mtasts-mode-testing.ts';
import { rule as mtastsMxCertName } from './mtasts-mx-cert-name.ts';
import { rule as mtastsOrphanHost } from './mtasts-orphan-host.ts';
import { rule as mtastsPolicyCertName } from './mtasts-policy-cert-name.ts';
import { rule as mtastsPolicyMxMismatch } from './mtasts-policy-mx-mismatch.ts';
import { rule as mtastsPolicyMxUnused } from './mtasts-policy-mx-unused.ts';
import { rule as mtastsPolicySyntax } from './mtasts-policy-syntax.ts';
import { rule as mtastsSrvTargetUncovered } from './mtasts-srv-target-uncovered.ts';
import { rule as mtastsTxtMultiple } from './mtasts-txt-multiple.ts';
import { rule as mtastsTxtSyntax } from './mtasts-txt-syntax.ts';
import { rule as mtastsWrongLocation } from './mtasts-wrong-location.ts';
import { rule as tlsrptMissing } from './tlsrpt-missing.ts';
import { rule as tlsrptMultiple } from './tlsrpt-multiple.ts';
import { rule as tlsrptSyntax } from './tlsrpt-syntax.ts';
import { rule as tlsrptWrongLocation } from './tlsrpt-wrong-location.ts';

/** The rules about MTA-STS and TLS reports. */
export const rules: readonly Rule[] = [
  mtastsTxtSyntax,
  mtastsTxtMultiple,
  mtastsWrongLocation,
  mtastsHostMissing,
  mtastsOrphanHost,
  mtastsPolicySyntax,
  mtastsPolicyMxMismatch,
  mtastsPolicyMxUnused,
  mtastsPolicyCertName,
  mtastsMxCertName,
  mtastsModeTesting,
  mtastsModeNone,
  mtastsMaxAge,
  mtastsIdNotChanged,
  mtastsSrvTargetUncovered,
  tlsrptSyntax,
  tlsrptMultiple,
  tlsrptWrongLocation,
  tlsrptMissing,
];
