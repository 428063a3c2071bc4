import type { Rule } from '../../rule.ts';
import { rule as certCaProfileHint } from './cert-ca-profile-hint.ts';
import { rule as certCaTrueLeaf } from './cert-ca-true-leaf.ts';
import { rule as certChainExtra } from './cert-chain-extra.ts';
import { rule as certChainIncomplete } from './cert-chain-incomplete.ts';
import { rule as certChainOrder } from './cert-chain-order.ts';
import { rule as certClientNameNotInClientMx } from './cert-client-name-not-in-client-mx.ts';
import { rule as certCnOnly } from './cert-cn-only.ts';
import { rule as certEkuClientMissing } from './cert-eku-client-missing.ts';
import { rule as certEkuDualEnding } from './cert-eku-dual-ending.ts';
import { rule as certEkuServerMissing } from './cert-eku-server-missing.ts';
import { rule as certExpired } from './cert-expired.ts';
import { rule as certExpiresSoon } from './cert-expires-soon.ts';
import { rule as certKeyMismatch } from './cert-key-mismatch.ts';
import { rule as certKeyPermissions } from './cert-key-permissions.ts';
import { rule as certKeyQuantumNote } from './cert-key-quantum-note.ts';
import { rule as certKeyWeak } from './cert-key-weak.ts';
import { rule as certKeyusage } from './cert-keyusage.ts';
import { rule as certLifetimeOverBr } from './cert-lifetime-over-br.ts';
import { rule as certMissingForHost } from './cert-missing-for-host.ts';
import { rule as certMustStaple } from './cert-must-staple.ts';
import { rule as certNameConstraints } from './cert-name-constraints.ts';
import { rule as certNameNotInZone } from './cert-name-not-in-zone.ts';
import { rule as certNameOutOfZone } from './cert-name-out-of-zone.ts';
import { rule as certNoSct } from './cert-no-sct.ts';
import { rule as certNotPublicCa } from './cert-not-public-ca.ts';
import { rule as certNotYetValid } from './cert-not-yet-valid.ts';
import { rule as certPathInvalid } from './cert-path-invalid.ts';
import { rule as certRoleUnknown } from './cert-role-unknown.ts';
import { rule as certSameKeyBothRoles } from './cert-same-key-both-roles.ts';
import { rule as certSanIpOnly } from './cert-san-ip-only.ts';
import { rule as certSanTrailingDotOrInvalid } from './cert-san-trailing-dot-or-invalid.ts';
import { rule as certSelfSigned } from './cert-self-signed.ts';
import { rule as certServerNameNotInMx } from './cert-server-name-not-in-mx.ts';
import { rule as certServerNotOwnHost } from './cert-server-not-own-host.ts';
import { rule as certSignatureWeak } from './cert-signature-weak.ts';
import { rule as certSrvTargetMismatch } from './cert-srv-target-mismatch.ts';
import { rule as certUnused } from './cert-unused.ts';
import { rule as certWildcardNotExact } from './cert-wildcard-not-exact.ts';

/** The rules about the certificates given: names, purposes, validity, keys. */
export const rules: readonly Rule[] = [
  certServerNameNotInMx,
  certServerNotOwnHost,
  certClientNameNotInClientMx,
  certSrvTargetMismatch,
  certWildcardNotExact,
  certCnOnly,
  certSanIpOnly,
  certSanTrailingDotOrInvalid,
  certNameNotInZone,
  certNameOutOfZone,
  certUnused,
  certMissingForHost,
  certRoleUnknown,
  certEkuClientMissing,
  certEkuServerMissing,
  certEkuDualEnding,
  certCaProfileHint,
  certExpired,
  certNotYetValid,
  certExpiresSoon,
  certLifetimeOverBr,
  certSelfSigned,
  certNotPublicCa,
  certChainIncomplete,
  certChainOrder,
  certChainExtra,
  certPathInvalid,
  certNameConstraints,
  certKeyWeak,
  certKeyMismatch,
  certKeyPermissions,
  certSignatureWeak,
  certCaTrueLeaf,
  certKeyusage,
  certMustStaple,
  certNoSct,
  certSameKeyBothRoles,
  certKeyQuantumNote,
];
