import type { Rule } from '../../rule.ts';
import { rule as srvAutoconfigMissing } from './srv-autoconfig-missing.ts';
import { rule as srvAutodiscover } from './srv-autodiscover.ts';
import { rule as srvCleartextOnly } from './srv-cleartext-only.ts';
import { rule as srvMailPortMismatch } from './srv-mail-port-mismatch.ts';
import { rule as srvNotOfferedExplicit } from './srv-not-offered-explicit.ts';
import { rule as srvNullFields } from './srv-null-fields.ts';
import { rule as srvNullNotAlone } from './srv-null-not-alone.ts';
import { rule as srvOwnerShape } from './srv-owner-shape.ts';
import { rule as srvPortZero } from './srv-port-zero.ts';
import { rule as srvServiceLabel } from './srv-service-label.ts';
import { rule as srvServiceMissingPair } from './srv-service-missing-pair.ts';
import { rule as srvSieveJmapDav } from './srv-sieve-jmap-dav.ts';
import { rule as srvTargetCname } from './srv-target-cname.ts';
import { rule as srvTargetForeign } from './srv-target-foreign.ts';
import { rule as srvTargetNoAddress } from './srv-target-no-address.ts';
import { rule as srvUnknownProto } from './srv-unknown-proto.ts';
import { rule as srvWeightSingle } from './srv-weight-single.ts';
import { rule as srvWeightZeroMix } from './srv-weight-zero-mix.ts';
import { rule as svcbAliasLoop } from './svcb-alias-loop.ts';
import { rule as svcbAliasParams } from './svcb-alias-params.ts';
import { rule as svcbAlpnSlip } from './svcb-alpn-slip.ts';
import { rule as svcbDnsParams } from './svcb-dns-params.ts';
import { rule as svcbHintMismatch } from './svcb-hint-mismatch.ts';
import { rule as svcbMandatoryNeedless } from './svcb-mandatory-needless.ts';
import { rule as svcbMixedModes } from './svcb-mixed-modes.ts';
import { rule as svcbTargetNoAddress } from './svcb-target-no-address.ts';

/** The rules about SRV, SVCB and HTTPS records. */
export const rules: readonly Rule[] = [
  srvOwnerShape,
  srvUnknownProto,
  srvServiceLabel,
  srvTargetCname,
  srvTargetNoAddress,
  srvNullNotAlone,
  srvNullFields,
  srvPortZero,
  srvWeightSingle,
  srvWeightZeroMix,
  srvMailPortMismatch,
  srvSieveJmapDav,
  srvAutodiscover,
  srvAutoconfigMissing,
  srvCleartextOnly,
  srvServiceMissingPair,
  srvNotOfferedExplicit,
  srvTargetForeign,
  svcbAliasParams,
  svcbMixedModes,
  svcbAliasLoop,
  svcbTargetNoAddress,
  svcbHintMismatch,
  svcbAlpnSlip,
  svcbDnsParams,
  svcbMandatoryNeedless,
];
