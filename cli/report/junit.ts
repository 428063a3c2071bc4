import type { Severity } from '../../lib/text/diagnostic.ts';
import { type ReportedFinding, zoneFileOf } from './finding.ts';
import { where } from './pretty.ts';
import { reporterOf } from './reported.ts';
import type { Reporter } from './reporter.ts';
import { attributes, XML_HEAD, xmlText } from './xml.ts';

/** One test that did not simply pass: its name, without the count of its equals, and its elements. */
interface Case {
  readonly suite: string;
  readonly name: string;
  readonly severity: Severity;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly body: string;
}

/**
 * For CI systems that show tests: a suite for each zone file, a failed test for each error and warning, a skipped one for each
 * info, and a passed one for a file without findings. Names of tests do not hold line numbers, so that they last.
 */
export function junitReporter(): Reporter {
  let suites = new Map<string, Case[]>();
  const written = new Set<string>();
  const flush = (): string => {
    const text = [...suites].map(([name, cases]) => suiteElement(name, cases)).join('');
    for (const name of suites.keys()) written.add(name);
    suites = new Map();
    return text;
  };
  const suite = (name: string): Case[] => {
    const cases = suites.get(name) ?? [];
    suites.set(name, cases);
    return cases;
  };
  return reporterOf({
    opening: `${XML_HEAD}<testsuites name="zonewright">\n`,
    between: '',
    document: true,
    reported: (finding) => JSON.stringify(caseOf(finding)),
    take(rendered) {
      const found = JSON.parse(rendered) as Case;
      suite(found.suite).push(found);
      return '';
    },
    checked(file) {
      const text = flush();
      if (written.has(file)) return text;
      suite(file);
      return text + flush();
    },
    closing(_summary, _findings, { failures }) {
      const unread = failures.filter(({ skipped }) => !skipped);
      return `${flush()}${unread.map(({ file, message }) => unreadSuite(file, message)).join('')}</testsuites>\n`;
    },
  });
}

function caseOf(finding: ReportedFinding): Case {
  const { rule, severity, message, file, range, zone, name = zone, type } = finding;
  const subject = [rule, name, ...(type === undefined ? [] : [type])].join(' ');
  const element = severity === 'info' ? 'skipped' : 'failure';
  const kind = severity === 'info' ? { message } : { message, type: severity };
  const detail = `${where(finding)}: ${severity} ${rule}: ${message}`;
  const content = severity === 'info' ? '/>' : `>${xmlText(detail)}</${element}>`;
  return {
    suite: zoneFileOf(finding),
    name: subject,
    severity,
    attributes: { classname: file, file, line: range.start.line },
    body: `<${element}${attributes(kind)}${content}`,
  };
}

function suiteElement(name: string, cases: readonly Case[]): string {
  const count = (...severities: readonly Severity[]): number =>
    cases.filter(({ severity }) => severities.includes(severity)).length;
  const counts = {
    tests: Math.max(1, cases.length),
    failures: count('error', 'warning'),
    errors: 0,
    skipped: count('info'),
  };
  const seen = new Map<string, number>();
  const elements = cases.map((one) => {
    const before = seen.get(one.name) ?? 0;
    seen.set(one.name, before + 1);
    const numbered = before === 0 ? one.name : `${one.name} #${before + 1}`;
    return `    <testcase${attributes({ name: numbered, ...one.attributes })}>${one.body}</testcase>\n`;
  });
  const clean = `    <testcase${attributes({ name: 'no findings', classname: name, file: name })}/>\n`;
  return `  <testsuite${attributes({ name, ...counts })}>\n${elements.join('') || clean}  </testsuite>\n`;
}

function unreadSuite(name: string, message: string): string {
  const counts = { tests: 1, failures: 0, errors: 1, skipped: 0 };
  const testcase = attributes({ name: 'can be read', classname: name, file: name });
  const error = `<error${attributes({ message, type: 'unreadable-file' })}/>`;
  return `  <testsuite${attributes({ name, ...counts })}>\n    <testcase${testcase}>${error}</testcase>\n  </testsuite>\n`;
}
