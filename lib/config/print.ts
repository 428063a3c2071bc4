import { DRAFTS, type Drafts } from '../lint/drafts.ts';
import { PROFILE_SPECS } from '../lint/profile-specs.ts';
import { activeRules } from '../lint/profiles.ts';
import type { OptionValue, Rule } from '../lint/rule.ts';
import { nameToText } from '../rr/name.ts';
import type { TracedChoice } from './choice.ts';
import type { FormatSettings, Level, Sourced } from './config.ts';
import type { ConfigResolver, ConfigTarget } from './resolve.ts';

/**
 * The settings that hold for a zone as the text of a configuration file, a comment behind each value telling where it comes from:
 * a line of a file, the profile, the command line or the default.
 */
export function printConfig(resolver: ConfigResolver, target: ConfigTarget, rules: readonly Rule[]): string {
  const { config } = resolver;
  const traced = resolver.traced(target);
  const resolved = resolver.resolve(target);
  const zone = target.zone === undefined ? '' : `, zone ${bare(target.zone)}`;
  const origin = resolver.originOf(target.path);
  const notes = [
    `Settings for ${target.path}${zone}.`,
    config === undefined ? 'No configuration file.' : `Read: ${config.read.join(', ')}.`,
    ...(origin === undefined ? [] : [`The zone is called ${bare(origin.value)} by ${origin.source}.`]),
  ];
  const sources = new Map((config?.mtaStsPolicies ?? []).map(({ domain, source }) => [domain, source]));
  const members: Member[] = [
    leaf('profile', traced.profile),
    leaf('select', traced.select),
    ignored(traced),
    { name: 'rules', members: ruleMembers(traced, rules) },
    { name: 'drafts', members: draftMembers(traced) },
    ...optional('includeRoot', config?.includeRoot),
    ...list('exclude', config?.exclude ?? []),
    ...list('certificates', config?.certificates ?? []),
    ...optional('trust', config?.trust),
    leaf('eku', config?.eku ?? { value: 'accept-server-auth', source: 'default' }),
    {
      name: 'mtaStsPolicies',
      members: resolved.mtaStsPolicies.map(({ domain, path }) =>
        leaf(domain, { value: path, source: sources.get(domain) ?? '' }),
      ),
    },
    ...optional('baseline', config?.baseline),
    leaf('severity', config?.severity ?? { value: 'info', source: 'default' }),
    ...optional('maxWarnings', config?.maxWarnings),
    ...formatMembers(config?.format),
  ];
  return `${notes.map((note) => `// ${oneLine(note)}\n`).join('')}{\n${lines(members, 1).join('\n')}\n}\n`;
}

/** A name without its final dot. */
function bare(wire: Uint8Array): string {
  const text = nameToText(wire);
  return text === '.' ? 'of the root' : text.replace(/\.$/u, '');
}

/** A value with a comment behind it, or members of its own. */
type Member =
  | { readonly name: string | undefined; readonly value: unknown; readonly source: string }
  | { readonly name: string; readonly members: readonly Member[]; readonly brackets?: '[]' };

function leaf(name: string | undefined, { value, source }: Sourced<unknown>): Member {
  return { name, value, source };
}

function optional(name: string, found: Sourced<unknown> | undefined): Member[] {
  return found === undefined ? [] : [leaf(name, found)];
}

function list(name: string, items: readonly Sourced<unknown>[]): Member[] {
  const members = items.map((item) => leaf(undefined, item));
  return members.length === 0 ? [] : [{ name, members, brackets: '[]' }];
}

function ignored({ ignore }: TracedChoice): Member {
  const members = [...ignore].map(([value, source]) => leaf(undefined, { value, source }));
  return { name: 'ignore', members, brackets: '[]' };
}

function formatMembers(format: FormatSettings | undefined): Member[] {
  const { lineWidth, blankLines, sort } = format ?? {};
  const members = [
    ...optional('lineWidth', lineWidth),
    ...optional('blankLines', blankLines),
    ...optional('sort', sort),
  ];
  return members.length === 0 ? [] : [{ name: 'format', members }];
}

/** Every rule that is on, and those that are off because somebody said so. */
function ruleMembers(traced: TracedChoice, rules: readonly Rule[]): Member[] {
  const choice = traced.choice();
  const spec = PROFILE_SPECS[choice.profile];
  const active = new Map(activeRules(rules, choice).active.map((one) => [one.rule.id, one]));
  const profile = `profile ${choice.profile}`;
  return rules.flatMap((rule): Member[] => {
    const one = active.get(rule.id);
    const given = traced.levels.get(rule.id);
    if (one === undefined) return given?.value === 'off' ? [leaf(rule.id, given)] : [];
    const byProfile = spec.level !== undefined || spec.levels?.[rule.id] !== undefined;
    const level: Sourced<Level> = given ?? { value: one.severity, source: byProfile ? profile : 'default' };
    const options = Object.entries(rule.options ?? {}).map(([name, { default: usual }]): Member => {
      const set = traced.options.get(rule.id)?.get(name);
      const inProfile = spec.options?.[rule.id]?.[name];
      const unset: Sourced<OptionValue> =
        inProfile === undefined ? { value: usual, source: 'default' } : { value: inProfile, source: profile };
      return leaf(name, set ?? unset);
    });
    if (options.length === 0) return [leaf(rule.id, level)];
    return [{ name: rule.id, members: [leaf('level', level), ...options] }];
  });
}

function draftMembers(traced: TracedChoice): Member[] {
  const names = Object.keys(DRAFTS) as (keyof Drafts)[];
  return names.map((name) => leaf(name, traced.drafts.get(name) ?? { value: DRAFTS[name], source: 'default' }));
}

/** Where the comments stand, unless a value is longer. */
const COMMENTS = 56;

function lines(members: readonly Member[], depth: number): string[] {
  const indent = '  '.repeat(depth);
  return members.flatMap((member, index) => {
    const comma = index === members.length - 1 ? '' : ',';
    const name = member.name === undefined ? '' : `${JSON.stringify(member.name)}: `;
    if ('source' in member) {
      const value = `${indent}${name}${JSON.stringify(member.value)}${comma}`;
      return [`${value.padEnd(COMMENTS)} // ${oneLine(member.source)}`];
    }
    const [open = '{', close = '}'] = member.brackets ?? '{}';
    if (member.members.length === 0) return [`${indent}${name}${open}${close}${comma}`];
    return [`${indent}${name}${open}`, ...lines(member.members, depth + 1), `${indent}${close}${comma}`];
  });
}

/** Names of files may have line ends in them, which would end a comment. */
function oneLine(text: string): string {
  return text.replace(/\p{Cc}|[\u2028\u2029]/gu, '?');
}
