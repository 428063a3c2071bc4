import { ledger } from '../lib/lint/ledger.ts';
import { activeRules, inProfile, PROFILES } from '../lib/lint/profiles.ts';
import type { Rule } from '../lib/lint/rule.ts';
import { RULES } from '../lib/lint/rules.ts';
import { UsageError } from './errors.ts';
import { guessOrAll } from './options.ts';
import { sourceWords } from './report/words.ts';

/** The rules that globs over ids and groups choose, all of them without globs; throws UsageError for a glob that fits none. */
export function chosenRules(select: readonly string[]): readonly Rule[] {
  const { active, problems } = activeRules(RULES, { profile: 'strict', select, ignore: [], levels: new Map() });
  if (problems.length > 0) throw new UsageError(problems.join('; '));
  return active.map(({ rule }) => rule);
}

/** The rule of an id; throws UsageError for an id that neither a rule nor one of `others` has. */
export function ruleNamed(id: string, others: readonly string[] = []): Rule {
  const rule = RULES.find((each) => each.id === id);
  if (rule !== undefined) return rule;
  const known = [...RULES.map((each) => each.id), ...others];
  throw new UsageError(`there is no rule '${id}'; ${nearOr(id, known)}`);
}

function nearOr(id: string, known: readonly string[]): string {
  const words = guessOrAll(id, known);
  return words.startsWith('did you mean') ? words : '`zonewright rules` lists them';
}

/** Rules by their groups, in the order of the catalogue. */
export function byGroup(rules: readonly Rule[]): ReadonlyMap<string, readonly Rule[]> {
  const groups = new Map<string, Rule[]>();
  for (const rule of rules) {
    const group = groups.get(rule.group);
    if (group === undefined) groups.set(rule.group, [rule]);
    else group.push(rule);
  }
  return groups;
}

/** The profiles that have a rule, without being asked for it by name. */
export function profilesOf(rule: Rule): readonly string[] {
  return PROFILES.filter((profile) => inProfile(rule, profile));
}

/** Where a rule comes from: sections as they stand, requirements of the drafts with their statement. */
export function sourcesOf(rule: Rule): readonly string[] {
  return rule.cites.map((cite) => {
    const requirement = ledger.find(({ id }) => id === cite);
    return requirement === undefined ? cite : `${sourceWords(cite)}: ${requirement.statement}`;
  });
}

const NEAREST = 3;

/** The rules beside a rule in its group, a few before it and a few after it in the order in which people read them. */
export function neighboursOf(rule: Rule): readonly Rule[] {
  const group = RULES.filter((each) => each.group === rule.group);
  const at = group.findIndex(({ id }) => id === rule.id);
  if (at < 0) return [];
  const first = Math.max(0, Math.min(at - NEAREST, group.length - 2 * NEAREST - 1));
  return group.slice(first, first + 2 * NEAREST + 1).filter(({ id }) => id !== rule.id);
}
