import type { Rule } from '../../rule.ts';
import { rule as coreAaaaV4mapped } from './core-aaaa-v4mapped.ts';
import { rule as coreAddressSpecialUse } from './core-address-special-use.ts';
import { rule as coreApexNsMissing } from './core-apex-ns-missing.ts';
import { rule as coreApexNsSingle } from './core-apex-ns-single.ts';
import { rule as coreCnameAndOtherData } from './core-cname-and-other-data.ts';
import { rule as coreCnameAtApex } from './core-cname-at-apex.ts';
import { rule as coreCnameChainLong } from './core-cname-chain-long.ts';
import { rule as coreCnameDangling } from './core-cname-dangling.ts';
import { rule as coreCnameLoop } from './core-cname-loop.ts';
import { rule as coreCnameMultiple } from './core-cname-multiple.ts';
import { rule as coreDnameBelow } from './core-dname-below.ts';
import { rule as coreDnameMultiple } from './core-dname-multiple.ts';
import { rule as coreDnameWithCnameOrNs } from './core-dname-with-cname-or-ns.ts';
import { rule as coreDuplicateRecord } from './core-duplicate-record.ts';
import { rule as coreDuplicateSemantic } from './core-duplicate-semantic.ts';
import { rule as coreHinfoRfc8482 } from './core-hinfo-rfc8482.ts';
import { rule as coreHostnameInvalid } from './core-hostname-invalid.ts';
import { rule as coreHyphenMisplaced } from './core-hyphen-misplaced.ts';
import { rule as coreIdnInvalid } from './core-idn-invalid.ts';
import { rule as coreIdnUlabelHint } from './core-idn-ulabel-hint.ts';
import { rule as coreLabelRepeatsZone } from './core-label-repeats-zone.ts';
import { rule as coreObsoleteType } from './core-obsolete-type.ts';
import { rule as coreOutOfZone } from './core-out-of-zone.ts';
import { rule as corePtrForwardMismatch } from './core-ptr-forward-mismatch.ts';
import { rule as corePtrMissing } from './core-ptr-missing.ts';
import { rule as corePtrNotArpa } from './core-ptr-not-arpa.ts';
import { rule as corePtrOwnerShape } from './core-ptr-owner-shape.ts';
import { rule as coreReportChannelMissing } from './core-report-channel-missing.ts';
import { rule as coreRpTxtMissing } from './core-rp-txt-missing.ts';
import { rule as coreRrsetOver64k } from './core-rrset-over-64k.ts';
import { rule as coreRrsetTooBig } from './core-rrset-too-big.ts';
import { rule as coreSerialNotRaised } from './core-serial-not-raised.ts';
import { rule as coreSoaExpireRange } from './core-soa-expire-range.ts';
import { rule as coreSoaMinimumRange } from './core-soa-minimum-range.ts';
import { rule as coreSoaMissing } from './core-soa-missing.ts';
import { rule as coreSoaMnameAlias } from './core-soa-mname-alias.ts';
import { rule as coreSoaMnameInvalid } from './core-soa-mname-invalid.ts';
import { rule as coreSoaMnameNotNs } from './core-soa-mname-not-ns.ts';
import { rule as coreSoaMultiple } from './core-soa-multiple.ts';
import { rule as coreSoaNotAtApex } from './core-soa-not-at-apex.ts';
import { rule as coreSoaNotFirst } from './core-soa-not-first.ts';
import { rule as coreSoaRefreshRange } from './core-soa-refresh-range.ts';
import { rule as coreSoaRetryGeRefresh } from './core-soa-retry-ge-refresh.ts';
import { rule as coreSoaRetryLow } from './core-soa-retry-low.ts';
import { rule as coreSoaRnameAtSign } from './core-soa-rname-at-sign.ts';
import { rule as coreSoaRnameInvalid } from './core-soa-rname-invalid.ts';
import { rule as coreSoaSerialFormat } from './core-soa-serial-format.ts';
import { rule as coreSoaSerialZero } from './core-soa-serial-zero.ts';
import { rule as coreSpecialName } from './core-special-name.ts';
import { rule as coreSshfpSha1 } from './core-sshfp-sha1.ts';
import { rule as coreTargetIsIp } from './core-target-is-ip.ts';
import { rule as coreTrailingDotMissing } from './core-trailing-dot-missing.ts';
import { rule as coreTtlLong } from './core-ttl-long.ts';
import { rule as coreTtlMismatch } from './core-ttl-mismatch.ts';
import { rule as coreTtlMissing } from './core-ttl-missing.ts';
import { rule as coreTtlShort } from './core-ttl-short.ts';
import { rule as coreTtlUndefined } from './core-ttl-undefined.ts';
import { rule as coreTtlZero } from './core-ttl-zero.ts';
import { rule as coreTxtBackslashSemicolon } from './core-txt-backslash-semicolon.ts';
import { rule as coreTxtPlaceholder } from './core-txt-placeholder.ts';
import { rule as coreTxtUnquotedMulti } from './core-txt-unquoted-multi.ts';
import { rule as coreUnderscoreHost } from './core-underscore-host.ts';
import { rule as coreWildcardNonterminal } from './core-wildcard-nonterminal.ts';
import { rule as coreWildcardNs } from './core-wildcard-ns.ts';
import { rule as coreWildcardShadowed } from './core-wildcard-shadowed.ts';
import { rule as coreWildcardWithNsOrDname } from './core-wildcard-with-ns-or-dname.ts';

/** Rules of plain DNS, in the order of their ids. */
export const rules: readonly Rule[] = [
  coreAaaaV4mapped,
  coreAddressSpecialUse,
  coreApexNsMissing,
  coreApexNsSingle,
  coreCnameAndOtherData,
  coreCnameAtApex,
  coreCnameChainLong,
  coreCnameDangling,
  coreCnameLoop,
  coreCnameMultiple,
  coreDnameBelow,
  coreDnameMultiple,
  coreDnameWithCnameOrNs,
  coreDuplicateRecord,
  coreDuplicateSemantic,
  coreHinfoRfc8482,
  coreHostnameInvalid,
  coreHyphenMisplaced,
  coreIdnInvalid,
  coreIdnUlabelHint,
  coreLabelRepeatsZone,
  coreObsoleteType,
  coreOutOfZone,
  corePtrNotArpa,
  corePtrForwardMismatch,
  corePtrMissing,
  corePtrOwnerShape,
  coreReportChannelMissing,
  coreRpTxtMissing,
  coreRrsetOver64k,
  coreRrsetTooBig,
  coreSerialNotRaised,
  coreSoaExpireRange,
  coreSoaMinimumRange,
  coreSoaMissing,
  coreSoaMnameAlias,
  coreSoaMnameInvalid,
  coreSoaMnameNotNs,
  coreSoaMultiple,
  coreSoaNotAtApex,
  coreSoaNotFirst,
  coreSoaRefreshRange,
  coreSoaRetryGeRefresh,
  coreSoaRetryLow,
  coreSoaRnameAtSign,
  coreSoaRnameInvalid,
  coreSoaSerialFormat,
  coreSoaSerialZero,
  coreSpecialName,
  coreSshfpSha1,
  coreTargetIsIp,
  coreTrailingDotMissing,
  coreTtlLong,
  coreTtlMismatch,
  coreTtlMissing,
  coreTtlShort,
  coreTtlUndefined,
  coreTtlZero,
  coreTxtBackslashSemicolon,
  coreTxtPlaceholder,
  coreTxtUnquotedMulti,
  coreUnderscoreHost,
  coreWildcardNonterminal,
  coreWildcardNs,
  coreWildcardShadowed,
  coreWildcardWithNsOrDname,
];
