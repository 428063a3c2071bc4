import type { Rule } from '../../lib/lint/rule.ts';
import { RULES } from '../../lib/lint/rules.ts';
import type { Severity } from '../../lib/text/diagnostic.ts';
import { pageMarkdown, pageOf } from '../rule-page.ts';
import { helpUri, homepage } from './docs.ts';

const LEVELS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };

/** The words of code scanning on GitHub for how much a problem weighs. */
const PROBLEM_SEVERITIES: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'recommendation',
};

/** Descriptions of the rules that spoke, in the order of the catalogue; those this version does not know by their id alone. */
export function descriptorsOf(ids: readonly string[]): object[] {
  const wanted = new Set(ids);
  const known = RULES.filter(({ id }) => wanted.delete(id));
  return [...known.map(descriptor), ...[...wanted].sort().map((id) => ({ id }))];
}

/** Where the tool has its page, if anywhere. */
export function homeOfTool(): { informationUri?: string } {
  return homepage === undefined ? {} : { informationUri: homepage };
}

function descriptor(rule: Rule): object {
  const { id, group, level, what, why, help, cites } = rule;
  const uri = helpUri(id, cites, homepage);
  return {
    id,
    shortDescription: { text: plain(what) },
    fullDescription: { text: plain(`${what} ${why}`) },
    ...(uri === undefined ? {} : { helpUri: uri }),
    help: { text: plain(`${help} ${why}`), markdown: pageMarkdown(pageOf(rule), false) },
    defaultConfiguration: { level: LEVELS[level], enabled: rule.byDefault !== false },
    properties: { tags: ['dns', group], 'problem.severity': PROBLEM_SEVERITIES[level] },
  };
}

/** In plain messages of SARIF a brace is the start of a placeholder. */
function plain(text: string): string {
  return text.replace(/[{}]/gu, '$&$&');
}
