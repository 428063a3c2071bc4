import type { Rule } from '../../rule.ts';
import { rule as smimeaOpenpgpkeyOwner } from './smimea-openpgpkey-owner.ts';
import { rule as tlsaDigestLength } from './tlsa-digest-length.ts';
import { rule as tlsaFields } from './tlsa-fields.ts';
import { rule as tlsaHostNoAddress } from './tlsa-host-no-address.ts';
import { rule as tlsaMatchingFull } from './tlsa-matching-full.ts';
import { rule as tlsaMissingForImplicitPort } from './tlsa-missing-for-implicit-port.ts';
import { rule as tlsaMissingForMx } from './tlsa-missing-for-mx.ts';
import { rule as tlsaMxInOtherUnsignedZone } from './tlsa-mx-in-other-unsigned-zone.ts';
import { rule as tlsaOnCname } from './tlsa-on-cname.ts';
import { rule as tlsaOwner } from './tlsa-owner.ts';
import { rule as tlsaSmtpUsage } from './tlsa-smtp-usage.ts';
import { rule as tlsaUnsignedZone } from './tlsa-unsigned-zone.ts';

/** The rules about TLSA and the keys of mailboxes. */
export const rules: readonly Rule[] = [
  tlsaOwner,
  tlsaFields,
  tlsaDigestLength,
  tlsaMatchingFull,
  tlsaHostNoAddress,
  tlsaOnCname,
  tlsaSmtpUsage,
  tlsaMissingForMx,
  tlsaMissingForImplicitPort,
  tlsaUnsignedZone,
  tlsaMxInOtherUnsignedZone,
  smimeaOpenpgpkeyOwner,
];
