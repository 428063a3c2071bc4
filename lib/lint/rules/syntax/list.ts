import type { Rule } from '../../rule.ts';
import { rule as syntaxBadEscape } from './syntax-bad-escape.ts';
import { rule as syntaxClassMismatch } from './syntax-class-mismatch.ts';
import { rule as syntaxEmptyLabel } from './syntax-empty-label.ts';
import { rule as syntaxGenerateNonportable } from './syntax-generate-nonportable.ts';
import { rule as syntaxIncludeProblem } from './syntax-include-problem.ts';
import { rule as syntaxIntegerRange } from './syntax-integer-range.ts';
import { rule as syntaxLabelTooLong } from './syntax-label-too-long.ts';
import { rule as syntaxMetaTypeInZone } from './syntax-meta-type-in-zone.ts';
import { rule as syntaxMixedLineEnds } from './syntax-mixed-line-ends.ts';
import { rule as syntaxMultipleOrigins } from './syntax-multiple-origins.ts';
import { rule as syntaxNameTooLong } from './syntax-name-too-long.ts';
import { rule as syntaxNoFinalNewline } from './syntax-no-final-newline.ts';
import { rule as syntaxNoOwner } from './syntax-no-owner.ts';
import { rule as syntaxNonAscii } from './syntax-non-ascii.ts';
import { rule as syntaxNonportable } from './syntax-nonportable.ts';
import { rule as syntaxParseError } from './syntax-parse-error.ts';
import { rule as syntaxRfc3597Hex } from './syntax-rfc3597-hex.ts';
import { rule as syntaxRfc3597KnownType } from './syntax-rfc3597-known-type.ts';
import { rule as syntaxRfc3597Length } from './syntax-rfc3597-length.ts';
import { rule as syntaxRfc3597SplitHex } from './syntax-rfc3597-split-hex.ts';
import { rule as syntaxStringTooLong } from './syntax-string-too-long.ts';
import { rule as syntaxTtlInvalid } from './syntax-ttl-invalid.ts';
import { rule as syntaxTtlTooLarge } from './syntax-ttl-too-large.ts';
import { rule as syntaxUnbalancedParen } from './syntax-unbalanced-paren.ts';
import { rule as syntaxUnclosedQuote } from './syntax-unclosed-quote.ts';
import { rule as syntaxUnknownDirective } from './syntax-unknown-directive.ts';
import { rule as syntaxUnknownType } from './syntax-unknown-type.ts';

/** Rules of the text of a zone file; the findings of most come from its reader. */
export const rules: readonly Rule[] = [
  syntaxBadEscape,
  syntaxClassMismatch,
  syntaxEmptyLabel,
  syntaxGenerateNonportable,
  syntaxIncludeProblem,
  syntaxIntegerRange,
  syntaxLabelTooLong,
  syntaxMetaTypeInZone,
  syntaxMixedLineEnds,
  syntaxMultipleOrigins,
  syntaxNameTooLong,
  syntaxNoFinalNewline,
  syntaxNoOwner,
  syntaxNonAscii,
  syntaxNonportable,
  syntaxParseError,
  syntaxRfc3597Hex,
  syntaxRfc3597KnownType,
  syntaxRfc3597Length,
  syntaxRfc3597SplitHex,
  syntaxStringTooLong,
  syntaxTtlInvalid,
  syntaxTtlTooLarge,
  syntaxUnbalancedParen,
  syntaxUnclosedQuote,
  syntaxUnknownDirective,
  syntaxUnknownType,
];
