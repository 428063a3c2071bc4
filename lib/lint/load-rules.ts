import type { Rule } from './rule.ts';
import { rule as clientMxMnemonicNonportable } from './rules/client-mx/client-mx-mnemonic-nonportable.ts';
import { rule as delegGlueMissing } from './rules/delegation/deleg-glue-missing.ts';
import { rule as delegNsBelowDname } from './rules/delegation/deleg-ns-below-dname.ts';
import { rule as delegNsCname } from './rules/delegation/deleg-ns-cname.ts';
import { rule as delegNsNoAddress } from './rules/delegation/deleg-ns-no-address.ts';
import { rule as coreApexNsMissing } from './rules/dns-core/core-apex-ns-missing.ts';
import { rule as coreCnameAndOtherData } from './rules/dns-core/core-cname-and-other-data.ts';
import { rule as coreCnameAtApex } from './rules/dns-core/core-cname-at-apex.ts';
import { rule as coreCnameMultiple } from './rules/dns-core/core-cname-multiple.ts';
import { rule as coreDnameBelow } from './rules/dns-core/core-dname-below.ts';
import { rule as coreDnameMultiple } from './rules/dns-core/core-dname-multiple.ts';
import { rule as coreDnameWithCnameOrNs } from './rules/dns-core/core-dname-with-cname-or-ns.ts';
import { rule as coreOutOfZone } from './rules/dns-core/core-out-of-zone.ts';
import { rule as coreRrsetOver64k } from './rules/dns-core/core-rrset-over-64k.ts';
import { rule as coreSoaMissing } from './rules/dns-core/core-soa-missing.ts';
import { rule as coreSoaMultiple } from './rules/dns-core/core-soa-multiple.ts';
import { rule as coreSoaNotAtApex } from './rules/dns-core/core-soa-not-at-apex.ts';
import { rule as coreSoaRnameAtSign } from './rules/dns-core/core-soa-rname-at-sign.ts';
import { rule as coreTtlUndefined } from './rules/dns-core/core-ttl-undefined.ts';
import { rule as coreWildcardNs } from './rules/dns-core/core-wildcard-ns.ts';
import { rule as dnssecCdsCdnskeyInconsistent } from './rules/dnssec/dnssec-cds-cdnskey-inconsistent.ts';
import { rule as dnssecCdsCdnskeyPair } from './rules/dnssec/dnssec-cds-cdnskey-pair.ts';
import { rule as dnssecCdsKeyMismatch } from './rules/dnssec/dnssec-cds-key-mismatch.ts';
import { rule as dnssecDnskeyMissing } from './rules/dnssec/dnssec-dnskey-missing.ts';
import { rule as dnssecDnskeyUnusable } from './rules/dnssec/dnssec-dnskey-unusable.ts';
import { rule as dnssecDsAtApex } from './rules/dnssec/dnssec-ds-at-apex.ts';
import { rule as dnssecDsDigestLength } from './rules/dnssec/dnssec-ds-digest-length.ts';
import { rule as dnssecNoSep } from './rules/dnssec/dnssec-no-sep.ts';
import { rule as dnssecNsecBitmap } from './rules/dnssec/dnssec-nsec-bitmap.ts';
import { rule as dnssecNsecChain } from './rules/dnssec/dnssec-nsec-chain.ts';
import { rule as dnssecNsec3Bitmap } from './rules/dnssec/dnssec-nsec3-bitmap.ts';
import { rule as dnssecNsec3Chain } from './rules/dnssec/dnssec-nsec3-chain.ts';
import { rule as dnssecNsec3Owner } from './rules/dnssec/dnssec-nsec3-owner.ts';
import { rule as dnssecNsec3paramMismatch } from './rules/dnssec/dnssec-nsec3param-mismatch.ts';
import { rule as dnssecNsec3paramSeveral } from './rules/dnssec/dnssec-nsec3param-several.ts';
import { rule as dnssecNsec3paramUnusable } from './rules/dnssec/dnssec-nsec3param-unusable.ts';
import { rule as dnssecRrsigExpired } from './rules/dnssec/dnssec-rrsig-expired.ts';
import { rule as dnssecRrsigKeyUnknown } from './rules/dnssec/dnssec-rrsig-key-unknown.ts';
import { rule as dnssecRrsigMissing } from './rules/dnssec/dnssec-rrsig-missing.ts';
import { rule as dnssecRrsigNotYetValid } from './rules/dnssec/dnssec-rrsig-not-yet-valid.ts';
import { rule as dnssecRrsigOnGlueOrOccluded } from './rules/dnssec/dnssec-rrsig-on-glue-or-occluded.ts';
import { rule as dnssecRrsigOrigTtl } from './rules/dnssec/dnssec-rrsig-orig-ttl.ts';
import { rule as syntaxBadEscape } from './rules/syntax/syntax-bad-escape.ts';
import { rule as syntaxClassMismatch } from './rules/syntax/syntax-class-mismatch.ts';
import { rule as syntaxEmptyLabel } from './rules/syntax/syntax-empty-label.ts';
import { rule as syntaxGenerateNonportable } from './rules/syntax/syntax-generate-nonportable.ts';
import { rule as syntaxIncludeProblem } from './rules/syntax/syntax-include-problem.ts';
import { rule as syntaxIntegerRange } from './rules/syntax/syntax-integer-range.ts';
import { rule as syntaxLabelTooLong } from './rules/syntax/syntax-label-too-long.ts';
import { rule as syntaxMetaTypeInZone } from './rules/syntax/syntax-meta-type-in-zone.ts';
import { rule as syntaxNameTooLong } from './rules/syntax/syntax-name-too-long.ts';
import { rule as syntaxNoOwner } from './rules/syntax/syntax-no-owner.ts';
import { rule as syntaxNonAscii } from './rules/syntax/syntax-non-ascii.ts';
import { rule as syntaxNonportable } from './rules/syntax/syntax-nonportable.ts';
import { rule as syntaxParseError } from './rules/syntax/syntax-parse-error.ts';
import { rule as syntaxRfc3597Hex } from './rules/syntax/syntax-rfc3597-hex.ts';
import { rule as syntaxRfc3597Length } from './rules/syntax/syntax-rfc3597-length.ts';
import { rule as syntaxStringTooLong } from './rules/syntax/syntax-string-too-long.ts';
import { rule as syntaxTtlInvalid } from './rules/syntax/syntax-ttl-invalid.ts';
import { rule as syntaxUnbalancedParen } from './rules/syntax/syntax-unbalanced-paren.ts';
import { rule as syntaxUnclosedQuote } from './rules/syntax/syntax-unclosed-quote.ts';
import { rule as syntaxUnknownDirective } from './rules/syntax/syntax-unknown-directive.ts';
import { rule as syntaxUnknownType } from './rules/syntax/syntax-unknown-type.ts';

/** The rules of the profile `load`, apart from all others so that who only serves zones need not load those; a test holds the list complete. */
export const LOAD_RULES: readonly Rule[] = [
  clientMxMnemonicNonportable,
  delegGlueMissing,
  delegNsBelowDname,
  delegNsCname,
  delegNsNoAddress,
  coreApexNsMissing,
  coreCnameAndOtherData,
  coreCnameAtApex,
  coreCnameMultiple,
  coreDnameBelow,
  coreDnameMultiple,
  coreDnameWithCnameOrNs,
  coreOutOfZone,
  coreRrsetOver64k,
  coreSoaMissing,
  coreSoaMultiple,
  coreSoaNotAtApex,
  coreSoaRnameAtSign,
  coreTtlUndefined,
  coreWildcardNs,
  dnssecCdsCdnskeyInconsistent,
  dnssecCdsCdnskeyPair,
  dnssecCdsKeyMismatch,
  dnssecDnskeyMissing,
  dnssecDnskeyUnusable,
  dnssecDsAtApex,
  dnssecDsDigestLength,
  dnssecNoSep,
  dnssecNsecBitmap,
  dnssecNsecChain,
  dnssecNsec3Bitmap,
  dnssecNsec3Chain,
  dnssecNsec3Owner,
  dnssecNsec3paramMismatch,
  dnssecNsec3paramSeveral,
  dnssecNsec3paramUnusable,
  dnssecRrsigExpired,
  dnssecRrsigKeyUnknown,
  dnssecRrsigMissing,
  dnssecRrsigNotYetValid,
  dnssecRrsigOnGlueOrOccluded,
  dnssecRrsigOrigTtl,
  syntaxBadEscape,
  syntaxClassMismatch,
  syntaxEmptyLabel,
  syntaxGenerateNonportable,
  syntaxIncludeProblem,
  syntaxIntegerRange,
  syntaxLabelTooLong,
  syntaxMetaTypeInZone,
  syntaxNameTooLong,
  syntaxNoOwner,
  syntaxNonAscii,
  syntaxNonportable,
  syntaxParseError,
  syntaxRfc3597Hex,
  syntaxRfc3597Length,
  syntaxStringTooLong,
  syntaxTtlInvalid,
  syntaxUnbalancedParen,
  syntaxUnclosedQuote,
  syntaxUnknownDirective,
  syntaxUnknownType,
];
