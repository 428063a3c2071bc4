import { expect, it } from 'vitest';
import type { Example, ExampleZone, OptionValue, Rule } from '../../../lib/lint/rule.ts';
import { applyEdits } from '../../../lib/text/edits.ts';
import { lineInExample, lintExample } from '../example.ts';

/** One zone text and what a rule has to find in it. */
export interface TextCase {
  readonly name: string;
  readonly zone: string;
  /** Lines of the zone (from 1) with a finding, in order. */
  readonly finds: readonly number[];
  /** What the first sentence has to match. */
  readonly says?: RegExp;
  /** Source text that the first finding points at. */
  readonly at?: string;
  readonly severity?: string;
  /** Last line of the zone after the first fix. */
  readonly fixed?: string;
  readonly others?: readonly ExampleZone[];
  readonly options?: Readonly<Record<string, OptionValue>>;
}

/** Runs the cases of one rule. */
export function itSays(rules: readonly Rule[], id: string, cases: readonly TextCase[]): void {
  const rule = rules.find((each) => each.id === id);
  if (rule === undefined) throw new Error(`no rule ${id}`);
  it.each(cases.map((one) => [one.name, one] as const))(`${id}: %s`, (_, one) => {
    const example: Example = {
      zone: one.zone,
      ...(one.others && { others: one.others }),
      ...(one.options && { options: one.options }),
    };
    const found = lintExample(example, [{ rule, severity: rule.level }]);
    expect(found.map((each) => lineInExample(example, each))).toEqual(one.finds);
    const [first] = found;
    if (first === undefined) return;
    const { bytes } = first.place.file;
    if (one.says !== undefined) expect(rule.say(first.args)).toMatch(one.says);
    if (one.severity !== undefined) expect(first.severity).toBe(one.severity);
    const { start, end } = first.place.span;
    if (one.at !== undefined) expect(new TextDecoder().decode(bytes.subarray(start, end))).toBe(one.at);
    if (one.fixed !== undefined) expect(lastLine(bytes, first.fixes[0]?.edits ?? [])).toBe(one.fixed);
  });
}

function lastLine(bytes: Uint8Array, edits: Parameters<typeof applyEdits>[1]): string {
  const text = new TextDecoder().decode(applyEdits(bytes, edits));
  return text.trimEnd().split('\n').at(-1)?.trim() ?? '';
}
