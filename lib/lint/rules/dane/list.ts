import type { Rule } from '../../rule.ts';
import { rule as smimeaOpenpgpkeyOwner } from './smimea-openpgpkey-owner.ts';
import { rule as tlsaCertMismatch } from './tlsa-cert-mismatch.ts';
import { rule as tlsaDigestLength } from './tlsa-digest-length.ts';
import { rule as tlsaFields } from './tlsa-fields.ts';
import { rule as tlsaHostNoAddress } from './tlsa-host-no-address.ts';
import { rule as tlsaMatchingFull } from './tlsa-matching-full.ts';
import { rule as tlsaMissingForImplicitPort } from './tlsa-missing-for-implicit-port.ts';
import { rule as tlsaMissingForMx } from './tlsa-missing-for-mx.ts';
import { rule as tlsaMxInOtherUnsignedZone } from './tlsa-mx-in-other-unsigned-zone.ts';
import { rule as tlsaNoRollover } from './tlsa-no-rollover.ts';
import { rule as tlsaOnCname } from './tlsa-on-cname.ts';
import { rule as tlsaOwner } from './tlsa-owner.ts';
import { rule as tlsaSelfSignedWithClientMx } from './tlsa-self-signed-with-client-mx.ts';
import { rule as tlsaSmtpUsage } from './tlsa-smtp-usage.ts';
import { rule as tlsaStale } from './tlsa-stale.ts';
import { rule as tlsaUnsignedZone } from './tlsa-unsigned-zone.ts';
import { rule as tlsaUsage2Chain } from './tlsa-usage2-chain.ts';

/** The rules about TLSA and the keys of mailboxes. */
export const rules: readonly Rule[] = [
  tlsaOwner,
  tlsaFields,
  tlsaDigestLength,
  tlsaMatchingFull,
  tlsaHostNoAddress,
  tlsaOnCname,
  tlsaSmtpUsage,
  tlsaCertMismatch,
  tlsaUsage2Chain,
  tlsaStale,
  tlsaNoRollover,
  tlsaSelfSignedWithClientMx,
  tlsaMissingForMx,
  tlsaMissingForImplicitPort,
  tlsaUnsignedZone,
  tlsaMxInOtherUnsignedZone,
  smimeaOpenpgpkeyOwner,
];
