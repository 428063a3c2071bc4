import type { OptionSpec, OptionValue, Rule } from '../lib/lint/rule.ts';
import { neighboursOf, profilesOf, sourcesOf } from './catalogue.ts';
import { exampleLines } from './example-lines.ts';
import { docsOf } from './report/docs.ts';
import { sourceLink } from './report/links.ts';
import { grouped } from './report/words.ts';

/** What there is to tell about a rule, in the order in which it is told; every form of the explanation is made from it. */
export interface RulePage {
  readonly id: string;
  readonly group: string;
  readonly level: Rule['level'];
  readonly what: string;
  readonly why: string;
  readonly help: string;
  readonly fix?: { readonly kind: 'safe' | 'unsafe'; readonly words: string };
  readonly bad: readonly string[];
  readonly good: readonly string[];
  readonly options: readonly OptionRow[];
  /** The configuration that sets every option as it is by default. */
  readonly optionsConfig: string;
  readonly sources: readonly { readonly words: string; readonly link?: string }[];
  readonly profiles: readonly string[];
  /** How the rule is switched off: everywhere, in a configuration, and for one record. */
  readonly off: { readonly command: string; readonly config: string; readonly comment: string };
  readonly neighbours: readonly { readonly id: string; readonly what: string }[];
}

/** One option of a rule. */
export interface OptionRow {
  readonly name: string;
  readonly what: string;
  readonly default: string;
  readonly bounds: string;
}

const FIX_WORDS = {
  safe: 'safe: `--fix` makes the change, which keeps what the zone means or is plainly what was meant.',
  unsafe: 'unsafe: `--fix --unsafe-fixes` makes the change; look at it first with `--fix-dry-run`.',
} as const;

/** The page of a rule. */
export function pageOf(rule: Rule): RulePage {
  const { id, group, level, what, why, help, fix, options = {}, cites } = rule;
  const sources = sourcesOf(rule).map((words, index) => {
    const link = sourceLink(cites[index] ?? '');
    return link === undefined ? { words } : { words, link };
  });
  return {
    id,
    group,
    level,
    what,
    why,
    help,
    ...(fix === undefined ? {} : { fix: { kind: fix, words: FIX_WORDS[fix] } }),
    bad: exampleLines(rule.bad),
    good: exampleLines(rule.good),
    options: Object.entries(options).map(([name, spec]) => optionRow(name, spec)),
    optionsConfig: oneLine({
      rules: { [id]: Object.fromEntries(Object.entries(options).map(([name, spec]) => [name, spec.default])) },
    }),
    sources,
    profiles: profilesOf(rule),
    off: {
      command: `--rule ${id}=off`,
      config: oneLine({ rules: { [id]: 'off' } }),
      comment: `; zonewright-ignore ${id} -- reason`,
    },
    neighbours: neighboursOf(rule).map((each) => ({ id: each.id, what: each.what })),
  };
}

/** JSON on one line, as people write it. */
function oneLine(value: object): string {
  return JSON.stringify(value, null, 1).replace(/\n\s*/gu, ' ');
}

function optionRow(name: string, { what, default: usual, least, most }: OptionSpec): OptionRow {
  const bounds =
    least === undefined && most === undefined
      ? kindOf(usual)
      : `${numeral(least)} to ${most === undefined ? 'any' : numeral(most)}`;
  return { name, what, default: valueWords(usual), bounds };
}

function kindOf(value: OptionValue): string {
  if (typeof value === 'boolean') return 'true or false';
  return typeof value === 'number' ? 'a number' : 'a list of words';
}

function valueWords(value: OptionValue): string {
  return typeof value === 'number' ? grouped(value) : JSON.stringify(value);
}

function numeral(value = 0): string {
  return Number.isInteger(value) ? grouped(value) : String(value);
}

/** One rule for programs. */
export function ruleJson(rule: Rule): object {
  const { id, group, level, cites, what, why, help, fix, bad, good, options = {} } = rule;
  const facts = { id, group, level, profiles: profilesOf(rule), fix: fix ?? null, options, cites };
  return { ...facts, docs: docsOf(id), what, why, help, bad, good };
}

/** A page as Markdown; `linked` with links to the other pages, which only hold in their folder. */
export function pageMarkdown(page: RulePage, linked: boolean): string {
  return [...(linked ? [`# ${page.id}`] : []), ...sections(page, linked)].join('\n\n').concat('\n');
}

function* sections(page: RulePage, linked: boolean): Generator<string> {
  const group = linked ? `[${page.group}](README.md#${page.group})` : page.group;
  yield markdownText(page.what);
  const fix = page.fix === undefined ? [] : [`fix: ${page.fix.kind}`];
  yield [`**${page.level}**`, `group: ${group}`, `profiles: ${page.profiles.join(', ') || 'none'}`, ...fix].join(' · ');
  yield `## Why\n\n${markdownText(page.why)}`;
  yield `## What to do\n\n${markdownText(page.help)}`;
  if (page.fix !== undefined) yield `The fix is ${page.fix.words}`;
  yield `## Bad\n\n${fence('zone', page.bad)}`;
  yield `## Good\n\n${fence('zone', page.good)}`;
  if (page.options.length > 0) {
    yield `## Options\n\n${optionTable(page.options)}\n\n${fence('json', [page.optionsConfig])}`;
  }
  yield `## Sources\n\n${page.sources.map(sourceItem).join('\n') || 'Practice; no standard says it.'}`;
  yield `## Switch it off\n\n${offWords(page)}`;
  if (!linked || page.neighbours.length === 0) return;
  const rows = page.neighbours.map(({ id, what }) => `- [${id}](${id}.md): ${markdownText(what)}`);
  yield `## Neighbours\n\n${rows.join('\n')}`;
}

function optionTable(options: readonly OptionRow[]): string {
  const rows = options.map(
    (row) => `| \`${row.name}\` | ${cell(row.what)} | ${cell(row.default)} | ${cell(row.bounds)} |`,
  );
  return ['| option | what it decides | default | values |', '|---|---|---|---|', ...rows].join('\n');
}

function sourceItem({ words, link }: RulePage['sources'][number]): string {
  if (link === undefined) return `- ${markdownText(words)}`;
  const [, name = words, rest = ''] = /^(.*?)(: .*)?$/su.exec(words) ?? [];
  return `- [${markdownText(name)}](${link})${markdownText(rest)}`;
}

function offWords({ off }: RulePage): string {
  return [
    `For one record, behind it or alone on the line before it:\n\n${fence('zone', [off.comment])}`,
    'For several, `; zonewright-ignore-start RULE -- reason` before and `; zonewright-ignore-end RULE` behind them; for a file, `; zonewright-ignore-file RULE -- reason`.',
    `Everywhere, or for some files or zones with \`overrides\`, in \`zonewright.json\`:\n\n${fence('json', [off.config])}`,
    `For one run: \`${off.command}\`.`,
  ].join('\n\n');
}

function fence(language: string, lines: readonly string[]): string {
  return [`\`\`\`${language}`, ...lines, '```'].join('\n');
}

/** Text in which nothing is taken for markup: zone files are full of `*` and `_`. */
function markdownText(text: string): string {
  return text.replace(/[\\*_<>[\]]/gu, (sign) => `\\${sign}`);
}

/** Text of a cell of a table. */
export function cell(text: string): string {
  return markdownText(text).replaceAll('|', '\\|');
}
