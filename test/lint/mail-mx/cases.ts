import { expect, it } from 'vitest';
import type { GivenCertificate } from '../../../lib/certs/load.ts';
import { type ActiveRule, lintZone } from '../../../lib/lint/engine.ts';
import type { ExampleCertificate, Rule } from '../../../lib/lint/rule.ts';
import { nameFromText } from '../../../lib/rr/name.ts';
import type { Diagnostic } from '../../../lib/text/diagnostic.ts';
import { applyEdits } from '../../../lib/text/edits.ts';
import { LineTable } from '../../../lib/text/lines.ts';
import { readZone } from '../../../lib/zone/read.ts';
import { given, HEADER, judge, NOW } from '../example.ts';

/** One zone text and what a rule has to find in it. */
export interface Case {
  readonly name: string;
  /** Records below example.net, as in the examples of rules. */
  readonly zone: string;
  /** Lines of the text (from 1) or certificate files with a finding, in order. */
  readonly finds: readonly (number | string)[];
  /** What the first sentence has to match. */
  readonly says?: RegExp;
  readonly certificates?: readonly ExampleCertificate[];
}

/** Runs the cases of one rule. */
export function itFinds(rules: readonly Rule[], id: string, cases: readonly Case[]): void {
  const rule = ruleOf(rules, id);
  it.each(cases.map((one) => [one.name, one] as const))(`${id}: %s`, (_, one) => {
    const found = lint(one.zone, [rule], one.certificates);
    expect(found.map((each) => whereOf(each))).toEqual(one.finds);
    const [first] = found;
    if (one.says !== undefined) expect(first === undefined ? '' : rule.say(first.args)).toMatch(one.says);
  });
}

/** The rule of an id; a test of a rule that is not in the list is a mistake. */
export function ruleOf(rules: readonly Rule[], id: string): Rule {
  const rule = rules.find((each) => each.id === id);
  if (rule === undefined) throw new Error(`no rule ${id}`);
  return rule;
}

/** Lints a text with the given rules, whatever profile they belong to. */
export function lint(
  zone: string,
  rules: readonly Rule[],
  certificates: readonly ExampleCertificate[] = [],
): Diagnostic[] {
  const origin = nameFromText('example.net.');
  if ('problem' in origin) throw new Error('no origin');
  const bytes = new TextEncoder().encode(HEADER + zone);
  const read = readZone({
    name: 'example.net.zone',
    bytes,
    origin: origin.name,
    readInclude: () => ({ problem: 'there is no such file' }),
  });
  const active = rules.map((rule): ActiveRule => ({ rule, severity: rule.level }));
  const input = {
    zone: read,
    certificates: certificates.map(detailed),
    certificateFiles: new Map(),
    now: NOW,
  };
  const judgePath = judge(certificates);
  return lintZone(judgePath === undefined ? input : { ...input, judgePath }, active);
}

/** The text after the first fix of the first finding; the text itself when there is none. */
export function fixed(zone: string, rule: Rule): string {
  const [fix] = lint(zone, [rule]).flatMap((each) => each.fixes);
  const bytes = new TextEncoder().encode(HEADER + zone);
  return new TextDecoder().decode(applyEdits(bytes, fix?.edits ?? [])).slice(HEADER.length);
}

function whereOf(diagnostic: Diagnostic): number | string {
  const { file, span } = diagnostic.place;
  if (file.name !== 'example.net.zone') return file.name;
  return new LineTable(file.bytes).position(span.start).line - (HEADER.split('\n').length - 1);
}

/** As in the examples; the facts are put in afterwards, because the hash made there cannot be made of a big integer. */
function detailed({ facts, ...short }: ExampleCertificate): GivenCertificate {
  const plain = given(short);
  return { ...plain, facts: { ...plain.facts, ...facts } };
}
