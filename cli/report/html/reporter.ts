import { RULES } from '../../../lib/lint/rules.ts';
import { pageOf } from '../../rule-page.ts';
import { version } from '../../version.ts';
import { printable } from '../characters.ts';
import { reporterOf } from '../reported.ts';
import type { Ending, Reporter, Summary } from '../reporter.ts';
import { checkedSentence, foundSentence } from '../words.ts';
import { findingJson } from './finding-json.ts';
import { pageEnd, pageStart } from './page.ts';

/** For people with a browser: one page that needs nothing else. Its script draws what lies in it as data. */
export function htmlReporter(): Reporter {
  return reporterOf({
    opening: pageStart(),
    between: ',',
    document: true,
    reported: (finding, texts) => `\n${dataText(findingJson(finding, texts))}`,
    closing: (summary, _findings, ending) => pageEnd(dataText(runJson(summary, ending))),
  });
}

/** JSON in which no tag and no comment can begin, so that nothing in it ends the script element around it. */
function dataText(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}

function runJson(summary: Summary, { failures, rules }: Ending): object {
  const { milliseconds: _, ...counts } = summary;
  const wanted = new Set(rules);
  const pages = RULES.filter(({ id }) => wanted.has(id)).map((rule) => {
    const { neighbours: _, ...page } = pageOf(rule);
    return [rule.id, page];
  });
  return {
    version,
    found: foundSentence(counts) ?? 'No problems found.',
    checked: `Checked ${checkedSentence(counts)}`,
    failures: failures.map(({ file, message, skipped }) => ({
      file: printable(file),
      message: printable(message),
      skipped,
    })),
    rules: Object.fromEntries(pages),
  };
}
