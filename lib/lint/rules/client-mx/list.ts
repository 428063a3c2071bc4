import type { Rule } from '../../rule.ts';
import { rule as clientMxBelowWildcard } from './client-mx-below-wildcard.ts';
import { rule as clientMxCompressionPointer } from './client-mx-compression-pointer.ts';
import { rule as clientMxDiffersFromMx } from './client-mx-differs-from-mx.ts';
import { rule as clientMxDmarcMissing } from './client-mx-dmarc-missing.ts';
import { rule as clientMxDuplicateCase } from './client-mx-duplicate-case.ts';
import { rule as clientMxDuplicateTarget } from './client-mx-duplicate-target.ts';
import { rule as clientMxInNsecBitmap } from './client-mx-in-nsec-bitmap.ts';
import { rule as clientMxMnemonicNonportable } from './client-mx-mnemonic-nonportable.ts';
import { rule as clientMxNoClientCert } from './client-mx-no-client-cert.ts';
import { rule as clientMxNoDnssec } from './client-mx-no-dnssec.ts';
import { rule as clientMxNotAtMailDomain } from './client-mx-not-at-mail-domain.ts';
import { rule as clientMxNull } from './client-mx-null.ts';
import { rule as clientMxNullNotAlone } from './client-mx-null-not-alone.ts';
import { rule as clientMxNullPreference } from './client-mx-null-preference.ts';
import { rule as clientMxPolicyDowngrade } from './client-mx-policy-downgrade.ts';
import { rule as clientMxPreferenceMeaningless } from './client-mx-preference-meaningless.ts';
import { rule as clientMxRdataMalformed } from './client-mx-rdata-malformed.ts';
import { rule as clientMxServerCertNotReady } from './client-mx-server-cert-not-ready.ts';
import { rule as clientMxSubdomainUncovered } from './client-mx-subdomain-uncovered.ts';
import { rule as clientMxTargetCname } from './client-mx-target-cname.ts';
import { rule as clientMxTargetNoAddress } from './client-mx-target-no-address.ts';
import { rule as clientMxTargetNotHostname } from './client-mx-target-not-hostname.ts';
import { rule as clientMxTtlVsCert } from './client-mx-ttl-vs-cert.ts';
import { rule as clientMxUnassignedType } from './client-mx-unassigned-type.ts';
import { rule as clientMxUppercase } from './client-mx-uppercase.ts';
import { rule as clientMxWithNullMx } from './client-mx-with-null-mx.ts';
import { rule as clientMxWithoutServerMx } from './client-mx-without-server-mx.ts';

/** The rules about Client MX (TYPE265) records. */
export const rules: readonly Rule[] = [
  clientMxRdataMalformed,
  clientMxCompressionPointer,
  clientMxUnassignedType,
  clientMxMnemonicNonportable,
  clientMxTargetCname,
  clientMxTargetNoAddress,
  clientMxTargetNotHostname,
  clientMxNullNotAlone,
  clientMxNullPreference,
  clientMxNull,
  clientMxDuplicateCase,
  clientMxUppercase,
  clientMxDuplicateTarget,
  clientMxPreferenceMeaningless,
  clientMxWithoutServerMx,
  clientMxWithNullMx,
  clientMxNotAtMailDomain,
  clientMxSubdomainUncovered,
  clientMxBelowWildcard,
  clientMxTtlVsCert,
  clientMxDiffersFromMx,
  clientMxServerCertNotReady,
  clientMxNoClientCert,
  clientMxNoDnssec,
  clientMxDmarcMissing,
  clientMxPolicyDowngrade,
  clientMxInNsecBitmap,
];
