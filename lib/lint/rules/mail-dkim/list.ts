import type { Rule } from '../../rule.ts';
import { rule as dkimGTag } from './dkim-g-tag.ts';
import { rule as dkimKeyLong } from './dkim-key-long.ts';
import { rule as dkimKeyShort } from './dkim-key-short.ts';
import { rule as dkimKeyType } from './dkim-key-type.ts';
import { rule as dkimKeyUndecodable } from './dkim-key-undecodable.ts';
import { rule as dkimMultipleTxt } from './dkim-multiple-txt.ts';
import { rule as dkimNullDomainWildcard } from './dkim-null-domain-wildcard.ts';
import { rule as dkimOwner } from './dkim-owner.ts';
import { rule as dkimRevoked } from './dkim-revoked.ts';
import { rule as dkimSelectorCnameDangling } from './dkim-selector-cname-dangling.ts';
import { rule as dkimSha1 } from './dkim-sha1.ts';
import { rule as dkimStringSplit } from './dkim-string-split.ts';
import { rule as dkimSyntax } from './dkim-syntax.ts';
import { rule as dkimTesting } from './dkim-testing.ts';
import { rule as dkimUnknownTag } from './dkim-unknown-tag.ts';

/** The rules about DKIM key records. */
export const rules: readonly Rule[] = [
  dkimOwner,
  dkimSelectorCnameDangling,
  dkimMultipleTxt,
  dkimSyntax,
  dkimUnknownTag,
  dkimKeyUndecodable,
  dkimKeyType,
  dkimKeyShort,
  dkimKeyLong,
  dkimSha1,
  dkimTesting,
  dkimRevoked,
  dkimGTag,
  dkimStringSplit,
  dkimNullDomainWildcard,
];
