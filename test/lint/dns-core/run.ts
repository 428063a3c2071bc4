import { lintZone } from '../../../lib/lint/engine.ts';
import { activeRules } from '../../../lib/lint/profiles.ts';
import { findRule, RULES } from '../../../lib/lint/rules.ts';
import { nameFromText } from '../../../lib/rr/name.ts';
import type { Diagnostic } from '../../../lib/text/diagnostic.ts';
import { applyEdits } from '../../../lib/text/edits.ts';
import { LineTable } from '../../../lib/text/lines.ts';
import { readZone } from '../../../lib/zone/read.ts';

/** A zone without faults, before the records a case is about. */
export const TOP = `$TTL 3600
@ SOA ns1 hostmaster 2026112101 7200 3600 1209600 3600
@ NS ns1
@ NS ns2
ns1 A 192.0.2.1
ns2 A 198.51.100.2
`;

const NOW = Date.parse('2026-11-21T12:00:00Z');

/** Findings of some rules, or of the profile `load`, on a zone. */
export function lintText(text: string, rules: readonly string[] | 'load', origin = 'example.net'): Diagnostic[] {
  const name = nameFromText(`${origin}.`);
  if ('problem' in name) throw new Error(`${origin} is no name`);
  const bytes = Uint8Array.from(Buffer.from(text, 'latin1'));
  const zone = readZone({ name: 'zone', bytes, origin: name.name });
  const active =
    rules === 'load'
      ? activeRules(RULES, { profile: 'load', select: [], ignore: [], levels: new Map() }).active
      : rules.flatMap((id) => {
          const rule = findRule(id);
          if (rule === undefined) throw new Error(`no rule ${id}`);
          return [{ rule, severity: rule.level }];
        });
  return lintZone({ zone, certificates: [], certificateFiles: new Map(), now: NOW }, active);
}

/** Lines of the findings of one rule, counted from the first line behind TOP; those in TOP are 0. */
export function linesOf(rule: string, records: string, origin?: string): number[] {
  const before = TOP.split('\n').length - 1;
  return lintText(TOP + records, [rule], origin).map((one) => Math.max(0, lineOf(one) - before));
}

/** Line of a finding in its file. */
export function lineOf({ place }: Diagnostic): number {
  return new LineTable(place.file.bytes).position(place.span.start).line;
}

/** The text that a finding points at. */
export function pointedAt({ place }: Diagnostic): string {
  return Buffer.from(place.file.bytes.subarray(place.span.start, place.span.end)).toString('latin1');
}

/** The sentence of a finding. */
export function sayOf(one: Diagnostic): string {
  return findRule(one.rule)?.say(one.args) ?? '';
}

/** The text after the first fix of the first finding of a rule; undefined when it offers none. */
export function fixed(rule: string, text: string, origin?: string): string | undefined {
  const fix = lintText(text, [rule], origin).flatMap((one) => one.fixes)[0];
  if (fix === undefined) return undefined;
  return Buffer.from(applyEdits(Uint8Array.from(Buffer.from(text, 'latin1')), fix.edits)).toString('latin1');
}
