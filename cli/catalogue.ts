import { ledger } from '../lib/lint/ledger.ts';
import { activeRules, inProfile, PROFILES } from '../lib/lint/profiles.ts';
import type { Example, ExampleCertificate, Rule } from '../lib/lint/rule.ts';
import { RULES } from '../lib/lint/rules.ts';
import { UsageError } from './errors.ts';
import { guessOrAll } from './options.ts';
import { grouped, listed, sourceWords } from './report/words.ts';

/** The rules that globs over ids and groups choose, all of them without globs; throws UsageError for a glob that fits none. */
export function chosenRules(select: readonly string[]): readonly Rule[] {
  const { active, problems } = activeRules(RULES, { profile: 'strict', select, ignore: [], levels: new Map() });
  if (problems.length > 0) throw new UsageError(problems.join('; '));
  return active.map(({ rule }) => rule);
}

/** The rules of some ids in their order; throws UsageError for an id nobody has. */
export function rulesNamed(ids: readonly string[]): readonly Rule[] {
  return ids.map((id) => {
    const rule = RULES.find((each) => each.id === id);
    if (rule !== undefined) return rule;
    const known = RULES.map((each) => each.id);
    throw new UsageError(`there is no rule '${id}'; ${nearOr(id, known)}`);
  });
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

/** The lines of an example; those with the fault carry `; <-- here` in place of the mark of the tests. */
export function exampleLines(example: Example): string[] {
  const lines = example.zone.replace(/\n$/u, '').split('\n');
  const shown = lines.map((line) => {
    const faulty = /\s*; expect\s*$/u.exec(line);
    return `${shortened(line.slice(0, faulty?.index))}${faulty === null ? '' : '  ; <-- here'}`;
  });
  return [...shown, ...(example.certificates ?? []).map((one) => `; with ${certificateWords(one)}`)];
}

const LONGEST_LINE = 160;

/** Some faults need thousands of characters, which nobody wants to read. */
function shortened(line: string): string {
  const more = line.length - LONGEST_LINE;
  return more <= 0 ? line : `${line.slice(0, LONGEST_LINE)}… (${grouped(more)} characters more)`;
}

function certificateWords(certificate: ExampleCertificate): string {
  const { file, roles, dnsNames, commonNames, ipAddresses, extendedKeyUsage, notBefore, notAfter } = certificate;
  const { keyType, keyBits, isCa, keyUsage, signatureAlgorithm } = certificate;
  const facts = [
    ...(dnsNames === undefined ? [] : [dnsNames.length === 0 ? 'no DNS names' : `DNS names ${listed(dnsNames)}`]),
    ...(commonNames === undefined || commonNames.length === 0 ? [] : [`common name ${listed(commonNames)}`]),
    ...(ipAddresses === undefined || ipAddresses.length === 0 ? [] : [`IP addresses ${listed(ipAddresses)}`]),
    ...(extendedKeyUsage === undefined ? [] : [`extended key usage ${listed(extendedKeyUsage)}`]),
    ...(keyUsage === undefined ? [] : [`key usage ${listed(keyUsage)}`]),
    ...(notBefore === undefined ? [] : [`valid from ${notBefore}`]),
    ...(notAfter === undefined ? [] : [`valid to ${notAfter}`]),
    ...(keyType === undefined && keyBits === undefined ? [] : [`key ${[keyType, keyBits].filter(Boolean).join(' ')}`]),
    ...(signatureAlgorithm === undefined ? [] : [`signed with ${signatureAlgorithm}`]),
    ...(isCa === true ? ['a CA certificate'] : []),
  ];
  const role = roles.length === 0 ? '' : ` (${listed(roles)})`;
  return `${file}${role}${facts.length === 0 ? '' : `: ${facts.join('; ')}`}`;
}

/** One rule for programs. */
export function ruleJson(rule: Rule): object {
  const { id, group, level, cites, what, why, help, fix, bad, good } = rule;
  return { id, group, level, profiles: profilesOf(rule), fix: fix ?? null, cites, what, why, help, bad, good };
}

/** One rule as a section of a Markdown document; its heading is its id, so that `#id` leads to it. */
export function ruleMarkdown(rule: Rule): string {
  const fence = (example: Example): string => ['```zone', ...exampleLines(example), '```'].join('\n');
  const facts = [
    `**${rule.level}**`,
    `profiles: ${listed(profilesOf(rule))}`,
    ...(rule.fix === undefined ? [] : [`fix: ${rule.fix}`]),
  ];
  return [
    `### ${rule.id}`,
    markdownText(rule.what),
    `${facts.join(' · ')}`,
    markdownText(rule.why),
    `*What to do:* ${markdownText(rule.help)}`,
    `*Source:* ${sourcesOf(rule).map(markdownText).join('; ')}`,
    'Bad:',
    fence(rule.bad),
    'Good:',
    fence(rule.good),
  ].join('\n\n');
}

/** Text in which nothing is taken for markup: zone files are full of `*` and `_`. */
function markdownText(text: string): string {
  return text.replace(/[\\*_<>[\]]/gu, (sign) => `\\${sign}`);
}
