import type { Severity } from '../../lib/text/diagnostic.ts';
import { printable } from './characters.ts';
import type { ReportedFinding } from './finding.ts';
import { hash } from './fingerprint.ts';
import type { Look } from './look.ts';
import { repositoryPath } from './paths.ts';
import { reporterOf } from './reported.ts';
import type { ReportedFailure, Reporter } from './reporter.ts';

const SEVERITIES: Readonly<Record<Severity, string>> = { error: 'critical', warning: 'minor', info: 'info' };

/** For the code quality page of GitLab: one JSON array, one issue a line. */
export function gitlabReporter(look: Look): Reporter {
  return reporterOf({
    opening: '[',
    between: ',',
    document: true,
    fingerprints: true,
    reported: (finding) => line(issue(finding, look)),
    closing(_summary, findings, { failures }) {
      const unread = failures.filter(({ skipped }) => !skipped).map((failure) => line(unreadIssue(failure, look)));
      const more = unread.join(',');
      return `${findings && more !== '' ? ',' : ''}${more}${findings || more !== '' ? '\n' : ''}]\n`;
    },
  });
}

function line(value: object): string {
  return `\n  ${JSON.stringify(value)}`;
}

function issue({ rule, severity, message, file, range, fingerprint = '' }: ReportedFinding, look: Look): object {
  return {
    description: printable(message),
    check_name: rule,
    fingerprint,
    severity: SEVERITIES[severity],
    location: { path: repositoryPath(file, look), lines: { begin: range.start.line, end: range.end.line } },
  };
}

function unreadIssue({ file, message }: ReportedFailure, look: Look): object {
  return {
    description: printable(message),
    check_name: 'unreadable-file',
    fingerprint: hash(`unreadable-file\n${file}`),
    severity: 'blocker',
    location: { path: repositoryPath(file, look), lines: { begin: 1 } },
  };
}
