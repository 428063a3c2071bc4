import { DRAFTS, type Drafts } from '../lint/drafts.ts';
import type { Profile, RuleChoice, RuleOptions } from '../lint/profiles.ts';
import type { OptionValue, Rule } from '../lint/rule.ts';
import { ruleMatcher } from '../lint/rule-matcher.ts';
import type { Level, RuleLayer, RuleSetting, Sourced } from './config.ts';

/** Rules as layers of settings leave them, each value with the place it comes from. */
export class TracedChoice {
  profile: Sourced<Profile> = { value: 'default', source: 'default' };
  select: Sourced<readonly string[]> = { value: [], source: 'default' };
  /** Ids of rules, and words that mean none, by which nobody is misled because they are reported. */
  readonly ignore: Map<string, string> = new Map<string, string>();
  readonly levels: Map<string, Sourced<Level>> = new Map<string, Sourced<Level>>();
  readonly options: Map<string, Map<string, Sourced<OptionValue>>> = new Map();
  readonly drafts: Map<keyof Drafts, Sourced<Drafts[keyof Drafts]>> = new Map();
  private readonly rules: readonly Rule[];

  constructor(rules: readonly Rule[]) {
    this.rules = rules;
  }

  /** Lets a later layer win: its profile and selection over earlier ones, what it ignores over earlier levels, its levels over all. */
  apply(layer: RuleLayer): void {
    const { profile, select, ignore } = layer;
    if (profile !== undefined) {
      this.profile = profile;
      this.select = { value: [], source: profile.source };
    }
    if (select !== undefined) this.selectOnly(select);
    for (const word of ignore?.value ?? []) this.ignoreAlso(word, ignore?.source ?? '');
    for (const setting of layer.rules) this.set(setting);
    for (const { name, value, source } of layer.drafts) this.drafts.set(name, { value, source });
  }

  private selectOnly(select: Sourced<readonly string[]>): void {
    this.select = select;
    const matchers = select.value.map(ruleMatcher);
    for (const rule of this.rules) {
      const level = this.levels.get(rule.id)?.value;
      const named = select.value.includes(rule.id);
      const chosen = named || matchers.some((matches) => matches(rule));
      if (chosen ? named && level === 'off' : level !== undefined && level !== 'off') this.levels.delete(rule.id);
      if (named) this.ignore.delete(rule.id);
    }
  }

  private ignoreAlso(word: string, source: string): void {
    const ignored = this.rules.filter(ruleMatcher(word));
    if (ignored.length === 0) this.ignore.set(word, source);
    for (const { id } of ignored) {
      this.ignore.set(id, source);
      if (this.levels.get(id)?.value !== 'off') this.levels.delete(id);
    }
  }

  private set({ id, level, options = {}, source }: RuleSetting): void {
    if (level !== undefined) this.levels.set(id, { value: level, source });
    const known = this.options.get(id) ?? new Map<string, Sourced<OptionValue>>();
    for (const [name, value] of Object.entries(options)) known.set(name, { value, source });
    if (known.size > 0) this.options.set(id, known);
  }

  /** The same without the places. */
  choice(): RuleChoice {
    const options = new Map<string, RuleOptions>();
    for (const [id, values] of this.options) {
      options.set(id, Object.fromEntries([...values].map(([name, { value }]) => [name, value])));
    }
    return {
      profile: this.profile.value,
      select: this.select.value,
      ignore: [...this.ignore.keys()],
      levels: new Map([...this.levels].map(([id, { value }]) => [id, value])),
      options,
    };
  }

  settledDrafts(): Drafts {
    return { ...DRAFTS, ...Object.fromEntries([...this.drafts].map(([name, { value }]) => [name, value])) };
  }
}

/** Text that is the same for two choices only when they have the same rules with the same levels, options and values of drafts. */
export function keyOf({ profile, select, ignore, levels, options = new Map() }: RuleChoice, drafts: Drafts): string {
  const sorted = <T>(map: ReadonlyMap<string, T>): [string, T][] => [...map].sort(([a], [b]) => (a < b ? -1 : 1));
  const named = sorted(options).map(([id, values]) => [id, sorted(new Map(Object.entries(values)))]);
  return JSON.stringify([profile, select, [...ignore].sort(), sorted(levels), named, Object.values(drafts)]);
}
