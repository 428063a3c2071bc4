import type { Severity } from '../text/diagnostic.ts';
import { nearest } from '../text/nearest.ts';
import type { ActiveRule } from './engine.ts';
import type { Rule } from './rule.ts';

/** Named choices of rules: `load` is exactly what makes a name server refuse a zone. */
export type Profile = 'default' | 'strict' | 'load';

/** The names of all profiles. */
export const PROFILES: readonly Profile[] = ['default', 'strict', 'load'];

/** What the user changes of a profile; later entries win over earlier ones. */
export interface RuleChoice {
  readonly profile: Profile;
  /** Globs over rule ids and groups: with any given, only rules that match one are on. */
  readonly select: readonly string[];
  readonly ignore: readonly string[];
  /** Level by rule id, 'off' included; switches on a rule that the profile leaves off. */
  readonly levels: ReadonlyMap<string, Severity | 'off'>;
}

/** The rules that are on under a choice, or a sentence for each word in it that means no rule. */
export function activeRules(
  rules: readonly Rule[],
  choice: RuleChoice,
): { readonly active: readonly ActiveRule[]; readonly problems: readonly string[] } {
  const problems = [...unknownWords(rules, choice)];
  const select = choice.select.map(matcher);
  const ignore = choice.ignore.map(matcher);
  const active: ActiveRule[] = [];
  for (const rule of rules) {
    const level = choice.levels.get(rule.id);
    if (level === 'off') continue;
    if (level === undefined) {
      const chosen = select.some((matches) => matches(rule));
      if (select.length > 0 ? !chosen : !inProfile(rule, choice.profile)) continue;
      if (ignore.some((matches) => matches(rule))) continue;
    }
    const chosen = level !== undefined || choice.profile === 'load';
    active.push({ rule, severity: level ?? (chosen ? 'error' : rule.level), chosen });
  }
  return { active, problems };
}

/** Whether a profile has the rule by itself. */
export function inProfile(rule: Rule, profile: Profile): boolean {
  switch (profile) {
    case 'default':
      return rule.byDefault !== false;
    case 'strict':
      return true;
    case 'load':
      return rule.load === true;
  }
}

function* unknownWords(rules: readonly Rule[], choice: RuleChoice): Generator<string> {
  const ids = rules.map((rule) => rule.id);
  const words = [...ids, ...new Set(rules.map((rule) => rule.group))];
  for (const id of choice.levels.keys()) if (!ids.includes(id)) yield unknown('rule', id, ids);
  for (const glob of [...choice.select, ...choice.ignore]) {
    const matches = matcher(glob);
    if (!rules.some(matches)) yield unknown('rule, group or pattern', glob, words);
  }
}

function unknown(what: string, word: string, known: readonly string[]): string {
  const guess = nearest(word, known);
  const help = guess === undefined ? 'see `zonewright rules`' : `did you mean ${guess}?`;
  return `no ${what} is called "${word}"; ${help}`;
}

/** A glob over ids and groups: `*` stands for any characters. */
function matcher(glob: string): (rule: Rule) => boolean {
  const pattern = new RegExp(`^${glob.split('*').map(escaped).join('.*')}$`, 'u');
  return (rule) => pattern.test(rule.id) || pattern.test(rule.group);
}

function escaped(text: string): string {
  return text.replace(/[.+?^${}()|[\]\\/]/gu, '\\$&');
}
