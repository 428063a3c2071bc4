import { type RuleOptions, unknownGlob, unknownRule } from '../lint/profiles.ts';
import type { OptionSpec, OptionValue, Rule } from '../lint/rule.ts';
import { ruleMatcher } from '../lint/rule-matcher.ts';
import { nearest } from '../text/nearest.ts';
import type { Level, RuleSetting } from './config.ts';
import { type ConfigNode, type MapNode, type Member, memberOf, memberWay, shortened } from './tree.ts';

/** Every level a rule may be given. */
const LEVELS: readonly Level[] = ['off', 'info', 'warning', 'error'];

/** A fault at a place of the text; a sentence that takes long to make is made when it is told. */
export interface Complaint {
  readonly at: number;
  readonly message: string | (() => string);
}

/** Takes what is wrong at a place. */
export type Complain = (at: number, message: Complaint['message']) => void;

/** What the member `rules` of a configuration says, without the parts that are wrong. */
export function readRuleSettings(
  node: ConfigNode | undefined,
  way: string,
  rules: readonly Rule[],
  sourceOf: (at: number) => string,
  complain: Complain,
): readonly RuleSetting[] {
  if (node?.kind !== 'map') return [];
  const known = new Map(rules.map((rule) => [rule.id, rule]));
  return [...node.members.values()].flatMap((member): RuleSetting[] => {
    const here = memberWay(way, member.name);
    const rule = known.get(member.name);
    if (rule === undefined) {
      complain(member.at, () => `${here}: ${unknown(rules, member.name)}`);
      return [];
    }
    const source = sourceOf(member.at);
    const { value } = member;
    if (value.kind !== 'map') {
      const level = levelOf(value, here, complain);
      return level === undefined ? [] : [{ id: rule.id, level, source }];
    }
    const level = memberOf(value, 'level');
    const read = level && levelOf(level.value, `${here}.level`, complain);
    const options = optionsOf(value, rule, here, complain);
    return [{ id: rule.id, ...(read !== undefined && { level: read }), ...(options && { options }), source }];
  });
}

function unknown(rules: readonly Rule[], name: string): string {
  const group = rules.some((rule) => rule.group === name) || name.includes('*');
  if (group) return `"${shortened(name)}" is no single rule; "select" and "ignore" take groups and patterns`;
  return unknownRule(rules, shortened(name));
}

/** Complains of the words of a `select` or `ignore` that mean no rule. */
export function checkRuleWords(
  node: ConfigNode | undefined,
  way: string,
  rules: readonly Rule[],
  complain: Complain,
): void {
  if (node?.kind !== 'list') return;
  node.items.forEach((item, index) => {
    if (item.kind !== 'scalar' || typeof item.value !== 'string' || item.value === '') return;
    const word = item.value;
    if (rules.some(ruleMatcher(word))) return;
    complain(item.at, () => `${way}[${index}]: ${unknownGlob(rules, shortened(word))}`);
  });
}

function levelOf(node: ConfigNode, way: string, complain: Complain): Level | undefined {
  const value = node.kind === 'scalar' ? node.value : undefined;
  const level = LEVELS.find((each) => each === value);
  if (level !== undefined) return level;
  const guess = typeof value === 'string' ? nearest(value, LEVELS) : undefined;
  const hint = guess === undefined ? '' : `; did you mean "${guess}"?`;
  const expected = LEVELS.map((each) => `"${each}"`).join(', ');
  complain(node.at, `${way} is ${shown(node)}, expected one of ${expected}${hint}`);
  return undefined;
}

function optionsOf(node: MapNode, rule: Rule, way: string, complain: Complain): RuleOptions | undefined {
  const options: Record<string, OptionValue> = {};
  for (const member of node.members.values()) {
    if (member.name === 'level') continue;
    const value = optionOf(member, rule, way, complain);
    if (value !== undefined) options[member.name] = value;
  }
  checkRange(options, rule, node.at, way, complain);
  return Object.keys(options).length === 0 ? undefined : options;
}

/** A range whose ends are the wrong way round would find fault with everything. */
function checkRange(options: RuleOptions, rule: Rule, at: number, way: string, complain: Complain): void {
  const end = (name: string): unknown => options[name] ?? rule.options?.[name]?.default;
  const [least, most] = [end('least'), end('most')];
  if (typeof least === 'number' && typeof most === 'number' && least > most) {
    complain(at, `${way}: "least" is ${least}, which is more than "most", ${most}`);
  }
}

function optionOf({ name, at, value }: Member, rule: Rule, way: string, complain: Complain): OptionValue | undefined {
  const here = memberWay(way, name);
  const spec = Object.hasOwn(rule.options ?? {}, name) ? rule.options?.[name] : undefined;
  if (spec === undefined) {
    const known = Object.keys(rule.options ?? {});
    const guess = nearest(name, ['level', ...known]);
    const all = known.length === 0 ? 'it has none' : `it has ${known.map((each) => `"${each}"`).join(', ')}`;
    const hint = guess === undefined ? all : `did you mean "${guess}"?`;
    complain(at, `${here}: ${rule.id} has no option "${shortened(name)}"; ${hint}`);
    return undefined;
  }
  const read = plainOption(value);
  const fault = read === undefined ? `expected ${kindOf(spec)}` : optionFault(spec, read);
  if (fault === undefined) return read;
  complain(value.at, `${here} is ${shown(value)}, ${fault}`);
  return undefined;
}

function plainOption(node: ConfigNode): OptionValue | undefined {
  if (node.kind === 'scalar') {
    return typeof node.value === 'number' || typeof node.value === 'boolean' ? node.value : undefined;
  }
  if (node.kind === 'map') return undefined;
  const words = node.items.flatMap((item) =>
    item.kind === 'scalar' && typeof item.value === 'string' ? item.value : [],
  );
  return words.length === node.items.length ? words : undefined;
}

/** What is wrong with the value of an option, undefined when it is in order. */
function optionFault(spec: OptionSpec, value: OptionValue): string | undefined {
  const same = Array.isArray(spec.default) ? Array.isArray(value) : typeof value === typeof spec.default;
  if (!same || (typeof value === 'number' && !Number.isSafeInteger(value))) return `expected ${kindOf(spec)}`;
  if (Array.isArray(value) && value.includes('')) return 'expected no empty text in it';
  if (typeof value !== 'number') return undefined;
  if (value < (spec.least ?? value) || value > (spec.most ?? value)) return `expected ${kindOf(spec)}`;
  return undefined;
}

function kindOf({ default: usual, least, most }: OptionSpec): string {
  if (typeof usual === 'boolean') return 'true or false';
  if (typeof usual !== 'number') return 'a list of texts';
  if (least !== undefined && most !== undefined) return `a whole number from ${least} to ${most}`;
  if (least !== undefined) return `a whole number, ${least} or more`;
  return most === undefined ? 'a whole number' : `a whole number, ${most} or less`;
}

/** A value as a sentence shows it. */
export function shown(node: ConfigNode): string {
  if (node.kind !== 'scalar') return node.kind === 'list' ? 'a list' : 'an object';
  return typeof node.value === 'string' ? `"${shortened(node.value)}"` : String(node.value);
}

/** Problems in the order of the text. */
export function inTextOrder(problems: readonly Complaint[]): readonly Complaint[] {
  return [...problems].sort((a, b) => a.at - b.at);
}
