import { expect, it } from 'vitest';
import type { Example, Rule } from '../../../lib/lint/rule.ts';
import type { Diagnostic } from '../../../lib/text/diagnostic.ts';
import { applyEdits } from '../../../lib/text/edits.ts';
import { exampleText, lineInExample, lintExample } from '../example.ts';

/** A zone with what is given beside it, and what a rule has to find in it. */
export interface Case extends Omit<Example, 'whole'> {
  readonly name: string;
  /** Line of the zone text (from 1, 0 in another file) and the octets the finding stands at. */
  readonly finds: readonly (readonly [line: number, found: string])[];
  /** What the first sentence has to match. */
  readonly says?: RegExp;
  /** What stands at the related places of the first finding. */
  readonly related?: readonly string[];
  /** The zone text after the first fix of the first finding; null when there must be none. */
  readonly fixed?: string | null;
}

/** Runs the cases of one rule. */
export function itFinds(rules: readonly Rule[], id: string, cases: readonly Case[]): void {
  const rule = rules.find((each) => each.id === id);
  if (rule === undefined) throw new Error(`no rule ${id}`);
  it.each(cases.map((one) => [one.name, one] as const))(`${id}: %s`, (_, one) => {
    const found = lintExample(one, [{ rule, severity: rule.level }]);
    expect(found.map((each) => [lineInExample(one, each), pieceOf(each.place)])).toEqual(one.finds);
    const [first] = found;
    if (one.says !== undefined) expect(first === undefined ? '' : rule.say(first.args)).toMatch(one.says);
    if (one.related !== undefined) expect(first?.related.map(({ place }) => pieceOf(place))).toEqual(one.related);
    if (one.fixed !== undefined) expect(first === undefined ? '' : fixedText(one, first)).toBe(one.fixed);
  });
}

function pieceOf({ file, span }: Diagnostic['place']): string {
  return new TextDecoder().decode(file.bytes.subarray(span.start, span.end));
}

/** The example's own text after the first fix, or the policy file's when the fix is there; null without a fix. */
function fixedText(example: Example, { fixes: [fix] }: Diagnostic): string | null {
  if (fix === undefined) return null;
  const text = new TextDecoder().decode(applyEdits(fix.file.bytes, fix.edits));
  const { before } = exampleText(example);
  return fix.file.name === 'example.net.zone' ? text.split('\n').slice(before).join('\n') : text;
}
