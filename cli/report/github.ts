import type { Severity } from '../../lib/text/diagnostic.ts';
import { printable } from './characters.ts';
import type { ReportedFinding } from './finding.ts';
import type { Look } from './look.ts';
import { repositoryPath } from './paths.ts';
import { where } from './pretty.ts';
import { reporterOf } from './reported.ts';
import type { ReportedFailure, Reporter } from './reporter.ts';
import { checkedSentence, counted, foundSentence, listed } from './words.ts';

/** Annotations of a kind that GitHub shows for one step of a job. */
const SHOWN = 10;

const COMMANDS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };

/** A finding as a command of the workflow and as a line of its log. */
interface Rendered {
  readonly severity: Severity;
  readonly command: string;
  readonly line: string;
}

/**
 * For GitHub Actions: annotations for the first ten findings of each severity, errors before warnings before infos, and in a
 * folded part of the log all others, since GitHub would drop them silently.
 */
export function githubReporter(look: Look): Reporter {
  const commands: Record<Severity, string[]> = { error: [], warning: [], info: [] };
  const rest: Record<Severity, string[]> = { error: [], warning: [], info: [] };
  return reporterOf({
    opening: '',
    between: '',
    document: true,
    reported: (finding, _texts, rule) => JSON.stringify(rendered(finding, rule?.help, look)),
    take(text) {
      const { severity, command, line } = JSON.parse(text) as Rendered;
      if (commands[severity].length < SHOWN) commands[severity].push(command);
      else rest[severity].push(line);
      return '';
    },
    closing({ milliseconds: _, ...summary }, _findings, { failures }) {
      const unread = failures.filter(({ skipped }) => !skipped).map((failure) => unreadCommand(failure, look));
      const more = [...rest.error, ...rest.warning, ...rest.info];
      const hidden = [
        ...(rest.error.length > 0 ? [counted(rest.error.length, 'error')] : []),
        ...(rest.warning.length > 0 ? [counted(rest.warning.length, 'warning')] : []),
        ...(rest.info.length > 0 ? [counted(rest.info.length, 'info')] : []),
      ];
      const title = `${listed(hidden)} more, without annotation: GitHub shows ${SHOWN} of a kind for each step`;
      return [
        ...[...unread, ...commands.error, ...commands.warning, ...commands.info],
        ...(more.length > 0
          ? [`::group::${title}`, ...more, '::endgroup::', `${title}. They are in the log above.`]
          : []),
        `${foundSentence(summary) ?? 'No problems found.'} Checked ${checkedSentence(summary)}`,
        '',
      ].join('\n');
    },
  });
}

function rendered(finding: ReportedFinding, help: string | undefined, look: Look): Rendered {
  const { rule, severity, message, file, range, source } = finding;
  const { start, end } = range;
  const properties = {
    file: repositoryPath(file, look),
    line: start.line,
    endLine: end.line,
    // GitHub refuses columns of a range over several lines.
    ...(start.line === end.line ? { col: start.column, endColumn: end.column } : {}),
    title: rule,
  };
  const text = [
    printable(message),
    ...(help === undefined ? [] : [`help: ${printable(help)}`]),
    ...(source === '' ? [] : [`see: ${printable(source)}`]),
  ];
  return {
    severity,
    command: command(COMMANDS[severity], properties, text.join('\n')),
    line: harmless(`${where(finding)}: ${severity} ${rule}: ${printable(message)}`),
  };
}

function unreadCommand({ file, message }: ReportedFailure, look: Look): string {
  return command('error', { file: repositoryPath(file, look), title: 'unreadable file' }, printable(message));
}

function command(name: string, properties: Readonly<Record<string, string | number>>, data: string): string {
  const list = Object.entries(properties).map(([key, value]) => `${key}=${escapedProperty(String(value))}`);
  return `::${name} ${list.join(',')}::${escapedData(data)}`;
}

function escapedData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapedProperty(text: string): string {
  return escapedData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** A line of the log in which the runner finds no command: neither `::name` at its start nor `##[name]` anywhere. */
function harmless(line: string): string {
  return line.replace(/^\s*::/u, './$&').replaceAll('##[', '# #[');
}
