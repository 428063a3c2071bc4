import type { FieldProblem } from '../../../mail/mta-sts-fields.ts';
import { textFix } from '../../common-fixes.ts';
import { bare } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { Report } from '../../rule.ts';
import { shownPiece } from './field-sentences.ts';
import { counts, type PolicyTexts, policyTexts, seems, type TextKind } from './texts.ts';

/** Findings in one record; hostile texts have thousands of faults. */
const MOST_PER_RECORD = 50;

/** Reports everything wrong with the records of a kind at their names; texts of other purposes are left alone. */
export function reportFaults(
  facts: Facts,
  report: Report,
  kind: TextKind,
  version: string,
  parse: (text: string) => { readonly problems: readonly FieldProblem<string>[] },
): void {
  for (const texts of policyTexts(facts)[kind]) {
    for (const record of meantRecords(facts, texts, kind)) {
      const text = facts.text(record);
      for (const { fault, start, end, instead } of parse(text).problems.slice(0, MOST_PER_RECORD)) {
        const found = shownPiece(text.slice(start, end));
        const fix = instead === undefined ? undefined : { title: `write "${instead.trim()}"`, safe: false };
        report.text(record, start, Math.max(end, start + 1), {
          args: {
            domain: bare(facts.nameText(texts.domain)),
            fault,
            found,
            version,
            instead: shownPiece(instead ?? ''),
          },
          fixes: fix === undefined ? [] : textFix(facts, record, { from: start, to: end }, instead ?? '', fix),
        });
      }
    }
  }
}

/** The records senders take; without any those that were meant as one. */
function meantRecords(facts: Facts, { records }: PolicyTexts, kind: TextKind): readonly number[] {
  const taken = records.filter((record) => counts[kind](facts.text(record)));
  return taken.length > 0 ? taken : records.filter((record) => seems[kind](facts.text(record)));
}

/** Names with several records of a kind, the same RDATA counted once: none of them counts. */
export function* repeatedTexts(
  facts: Facts,
  kind: TextKind,
): Generator<{ readonly texts: PolicyTexts; readonly first: number; readonly others: readonly number[] }> {
  for (const texts of policyTexts(facts)[kind]) {
    const seen = new Set<string>();
    const distinct = texts.records.filter((record) => {
      const data = facts.rdataText(record);
      const counted = counts[kind](facts.text(record)) && !seen.has(data);
      seen.add(data);
      return counted;
    });
    const [first, ...others] = distinct;
    if (first !== undefined && others.length > 0) yield { texts, first, others };
  }
}
