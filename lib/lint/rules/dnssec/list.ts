import type { Rule } from '../../rule.ts';
import { rule as dnssecAlgorithmDeprecated } from './dnssec-algorithm-deprecated.ts';
import { rule as dnssecCdsCdnskeyInconsistent } from './dnssec-cds-cdnskey-inconsistent.ts';
import { rule as dnssecCdsCdnskeyPair } from './dnssec-cds-cdnskey-pair.ts';
import { rule as dnssecCdsKeyMismatch } from './dnssec-cds-key-mismatch.ts';
import { rule as dnssecDnskeyFlags } from './dnssec-dnskey-flags.ts';
import { rule as dnssecDnskeyMissing } from './dnssec-dnskey-missing.ts';
import { rule as dnssecDnskeyNotApex } from './dnssec-dnskey-not-apex.ts';
import { rule as dnssecDnskeyUnusable } from './dnssec-dnskey-unusable.ts';
import { rule as dnssecDsAtApex } from './dnssec-ds-at-apex.ts';
import { rule as dnssecDsDigestLength } from './dnssec-ds-digest-length.ts';
import { rule as dnssecDsNoMatchingDnskey } from './dnssec-ds-no-matching-dnskey.ts';
import { rule as dnssecDsSha1 } from './dnssec-ds-sha1.ts';
import { rule as dnssecDsWithoutNs } from './dnssec-ds-without-ns.ts';
import { rule as dnssecKeyWeak } from './dnssec-key-weak.ts';
import { rule as dnssecKeysUnsigned } from './dnssec-keys-unsigned.ts';
import { rule as dnssecKeytagCollision } from './dnssec-keytag-collision.ts';
import { rule as dnssecNoSep } from './dnssec-no-sep.ts';
import { rule as dnssecNsecAndNsec3 } from './dnssec-nsec-and-nsec3.ts';
import { rule as dnssecNsecBitmap } from './dnssec-nsec-bitmap.ts';
import { rule as dnssecNsecChain } from './dnssec-nsec-chain.ts';
import { rule as dnssecNsecExtra } from './dnssec-nsec-extra.ts';
import { rule as dnssecNsecTtl } from './dnssec-nsec-ttl.ts';
import { rule as dnssecNsec3Bitmap } from './dnssec-nsec3-bitmap.ts';
import { rule as dnssecNsec3Chain } from './dnssec-nsec3-chain.ts';
import { rule as dnssecNsec3Extra } from './dnssec-nsec3-extra.ts';
import { rule as dnssecNsec3OptoutSmallZone } from './dnssec-nsec3-optout-small-zone.ts';
import { rule as dnssecNsec3Owner } from './dnssec-nsec3-owner.ts';
import { rule as dnssecNsec3Params } from './dnssec-nsec3-params.ts';
import { rule as dnssecNsec3paramFlags } from './dnssec-nsec3param-flags.ts';
import { rule as dnssecNsec3paramMismatch } from './dnssec-nsec3param-mismatch.ts';
import { rule as dnssecNsec3paramSeveral } from './dnssec-nsec3param-several.ts';
import { rule as dnssecNsec3paramUnusable } from './dnssec-nsec3param-unusable.ts';
import { rule as dnssecNxnameInZone } from './dnssec-nxname-in-zone.ts';
import { rule as dnssecPartial } from './dnssec-partial.ts';
import { rule as dnssecRrsigAlgorithmMissing } from './dnssec-rrsig-algorithm-missing.ts';
import { rule as dnssecRrsigExpired } from './dnssec-rrsig-expired.ts';
import { rule as dnssecRrsigForAbsentType } from './dnssec-rrsig-for-absent-type.ts';
import { rule as dnssecRrsigKeyUnknown } from './dnssec-rrsig-key-unknown.ts';
import { rule as dnssecRrsigLabels } from './dnssec-rrsig-labels.ts';
import { rule as dnssecRrsigLifetime } from './dnssec-rrsig-lifetime.ts';
import { rule as dnssecRrsigMissing } from './dnssec-rrsig-missing.ts';
import { rule as dnssecRrsigNotYetValid } from './dnssec-rrsig-not-yet-valid.ts';
import { rule as dnssecRrsigOnGlueOrOccluded } from './dnssec-rrsig-on-glue-or-occluded.ts';
import { rule as dnssecRrsigOrigTtl } from './dnssec-rrsig-orig-ttl.ts';
import { rule as dnssecRrsigSigner } from './dnssec-rrsig-signer.ts';
import { rule as dnssecZonemdMismatch } from './dnssec-zonemd-mismatch.ts';

/** The rules of this group in the order of their ids. */
export const rules: readonly Rule[] = [
  dnssecAlgorithmDeprecated,
  dnssecCdsCdnskeyInconsistent,
  dnssecCdsCdnskeyPair,
  dnssecCdsKeyMismatch,
  dnssecDnskeyFlags,
  dnssecDnskeyMissing,
  dnssecDnskeyNotApex,
  dnssecDnskeyUnusable,
  dnssecDsAtApex,
  dnssecDsDigestLength,
  dnssecDsNoMatchingDnskey,
  dnssecDsSha1,
  dnssecDsWithoutNs,
  dnssecKeyWeak,
  dnssecKeysUnsigned,
  dnssecKeytagCollision,
  dnssecNoSep,
  dnssecNsecAndNsec3,
  dnssecNsecBitmap,
  dnssecNsecChain,
  dnssecNsecExtra,
  dnssecNsecTtl,
  dnssecNsec3Bitmap,
  dnssecNsec3Chain,
  dnssecNsec3Extra,
  dnssecNsec3OptoutSmallZone,
  dnssecNsec3Owner,
  dnssecNsec3Params,
  dnssecNsec3paramFlags,
  dnssecNsec3paramMismatch,
  dnssecNsec3paramSeveral,
  dnssecNsec3paramUnusable,
  dnssecNxnameInZone,
  dnssecPartial,
  dnssecRrsigAlgorithmMissing,
  dnssecRrsigExpired,
  dnssecRrsigForAbsentType,
  dnssecRrsigKeyUnknown,
  dnssecRrsigLabels,
  dnssecRrsigLifetime,
  dnssecRrsigMissing,
  dnssecRrsigNotYetValid,
  dnssecRrsigOnGlueOrOccluded,
  dnssecRrsigOrigTtl,
  dnssecRrsigSigner,
  dnssecZonemdMismatch,
];
