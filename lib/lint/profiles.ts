import type { Severity } from '../text/diagnostic.ts';
import { nearest } from '../text/nearest.ts';
import type { ActiveRule } from './active-rule.ts';
import { PROFILE_SPECS, type Profile } from './profile-specs.ts';
import type { OptionValue, Rule } from './rule.ts';
import { ruleMatcher } from './rule-matcher.ts';

export type { Profile } from './profile-specs.ts';

/** The names of all profiles. */
export const PROFILES: readonly Profile[] = Object.keys(PROFILE_SPECS) as Profile[];

/** Options of one rule by name. */
export type RuleOptions = Readonly<Record<string, OptionValue>>;

/** What the user changes of a profile; later entries win over earlier ones. */
export interface RuleChoice {
  readonly profile: Profile;
  /** Globs over rule ids and groups: with any given, only rules that match one are on. */
  readonly select: readonly string[];
  readonly ignore: readonly string[];
  /** Level by rule id, 'off' included; switches on a rule that the profile leaves off. */
  readonly levels: ReadonlyMap<string, Severity | 'off'>;
  /** Options by rule id, those that are not as the profile or the rule has them. */
  readonly options?: ReadonlyMap<string, RuleOptions>;
}

/** The rules that are on under a choice, or a sentence for each word in it that means no rule. */
export function activeRules(
  rules: readonly Rule[],
  choice: RuleChoice,
): { readonly active: readonly ActiveRule[]; readonly problems: readonly string[] } {
  const problems = [...unknownWords(rules, choice)];
  const select = choice.select.map(ruleMatcher);
  const ignore = choice.ignore.map(ruleMatcher);
  const spec = PROFILE_SPECS[choice.profile];
  const active: ActiveRule[] = [];
  for (const rule of rules) {
    const level = choice.levels.get(rule.id);
    if (level === 'off') continue;
    if (level === undefined) {
      const chosen = select.some((matches) => matches(rule));
      if (select.length > 0 ? !chosen : !inProfile(rule, choice.profile)) continue;
      if (ignore.some((matches) => matches(rule))) continue;
    }
    const given = level ?? spec.levels?.[rule.id] ?? spec.level;
    const options = { ...spec.options?.[rule.id], ...choice.options?.get(rule.id) };
    active.push({
      rule,
      severity: given ?? rule.level,
      chosen: given !== undefined,
      ...(spec.base === 'load' && { binding: true }),
      ...(Object.keys(options).length > 0 && { options }),
    });
  }
  return { active, problems };
}

/** Whether a profile has the rule by itself. */
export function inProfile(rule: Rule, profile: Profile): boolean {
  const { base, also = [], without = [] } = PROFILE_SPECS[profile];
  if (without.some((glob) => ruleMatcher(glob)(rule))) return false;
  if (also.some((glob) => ruleMatcher(glob)(rule))) return true;
  switch (base) {
    case 'usual':
      return rule.byDefault !== false;
    case 'every':
      return true;
    case 'load':
      return rule.load === true;
  }
}

function* unknownWords(rules: readonly Rule[], choice: RuleChoice): Generator<string> {
  for (const id of [...choice.levels.keys(), ...(choice.options?.keys() ?? [])]) {
    if (!rules.some((rule) => rule.id === id)) yield unknownRule(rules, id);
  }
  for (const glob of [...choice.select, ...choice.ignore]) {
    if (!rules.some(ruleMatcher(glob))) yield unknownGlob(rules, glob);
  }
}

/** The sentence for an id that no rule has. */
export function unknownRule(rules: readonly Rule[], id: string): string {
  const ids = rules.map((rule) => rule.id);
  return `no rule is called "${id}"${hint(id, ids)}`;
}

/** The sentence for a glob that no rule and no group fits. */
export function unknownGlob(rules: readonly Rule[], glob: string): string {
  const words = [...rules.map((rule) => rule.id), ...new Set(rules.map((rule) => rule.group))];
  return `no rule, group or pattern is called "${glob}"${hint(glob, words)}`;
}

function hint(word: string, known: readonly string[]): string {
  const guess = nearest(word, known);
  return guess === undefined ? '; see `zonewright rules`' : `; did you mean ${guess}?`;
}
