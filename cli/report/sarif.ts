import type { Severity } from '../../lib/text/diagnostic.ts';
import { version } from '../version.ts';
import { printable } from './characters.ts';
import type { ReportedFinding, ReportedFix, ReportedPlace, ReportedRange } from './finding.ts';
import type { Locator } from './locator.ts';
import type { Look } from './look.ts';
import { repositoryPath, uriOf } from './paths.ts';
import { reporterOf } from './reported.ts';
import type { Ending, ReportedFailure, Reporter, Texts } from './reporter.ts';
import { descriptorsOf, homeOfTool } from './sarif-rules.ts';

const LEVELS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };

const OPENING = `{
  "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
  "version": "2.1.0",
  "runs": [{
    "columnKind": "unicodeCodePoints",
    "defaultEncoding": "UTF-8",
    "results": [`;

/** For code scanning: SARIF 2.1.0 (OASIS), one result a line, what they refer to behind them. */
export function sarifReporter(look: Look): Reporter {
  return reporterOf({
    opening: OPENING,
    between: ',',
    document: true,
    fingerprints: true,
    reported: (finding, texts) => `\n      ${JSON.stringify(new Results(texts, look).result(finding))}`,
    closing(_summary, findings, ending) {
      const members = {
        artifacts: artifacts(ending, look),
        invocations: [invocation(ending, look)],
        tool: tool(ending),
      };
      const lines = Object.entries(members).map(([name, value]) => `    "${name}": ${JSON.stringify(value)}`);
      return `${findings ? '\n    ' : ''}],\n${lines.join(',\n')}\n  }]\n}\n`;
    },
  });
}

/** Makes results (section 3.27 of the specification) that point into some texts. */
class Results {
  private readonly texts: Texts;
  private readonly look: Look;

  constructor(texts: Texts, look: Look) {
    this.texts = texts;
    this.look = look;
  }

  result(finding: ReportedFinding): object {
    const { rule, severity, zone, name, type, fingerprint, fixes } = finding;
    const related = this.related(finding);
    const subject = { zone, ...(name === undefined ? {} : { name }), ...(type === undefined ? {} : { type }) };
    return {
      ruleId: rule,
      level: LEVELS[severity],
      message: message(finding.message),
      locations: [this.location(finding)],
      ...(related.length === 0 ? {} : { relatedLocations: related }),
      ...(fixes.length === 0 ? {} : { fixes: fixes.map((fix) => this.fix(fix)) }),
      ...(fingerprint === undefined ? {} : { partialFingerprints: { 'zonewrightFinding/v1': fingerprint } }),
      properties: subject,
    };
  }

  /** Places that belong to a finding, and those that included its file; their ids keep equal ones apart. */
  private related(finding: ReportedFinding): object[] {
    const places = finding.related.map((one) => ({ ...this.location(one), message: message(one.message) }));
    const includes = (finding.includedFrom ?? []).map(({ file, line }) => ({
      physicalLocation: { artifactLocation: this.artifact(file), region: { startLine: line } },
      message: message('included from here'),
    }));
    return [...places, ...includes].map((place, id) => ({ id, ...place }));
  }

  private location({ file, range }: ReportedPlace): object {
    return {
      physicalLocation: { artifactLocation: this.artifact(file), region: this.region(range, this.texts.of(file)) },
    };
  }

  private artifact(file: string): object {
    return artifactLocation(file, this.look);
  }

  /** The text region twice, by lines and by characters where the text is at hand, and the same octets as a binary region. */
  private region(range: ReportedRange, text: Locator | undefined): object {
    const { start, end } = range;
    const from = text?.characters(start.offset);
    return {
      ...lineRegion(range),
      ...(text === undefined || from === undefined
        ? {}
        : { charOffset: from, charLength: text.characters(end.offset) - from }),
      byteOffset: start.offset,
      byteLength: end.offset - start.offset,
    };
  }

  /** A binary region would ask for binary content (section 3.57.3), so that fixes have text regions alone. */
  private fix({ title, safe, file, edits }: ReportedFix): object {
    const replacements = edits.map(({ range, text }) => ({
      deletedRegion: lineRegion(range),
      insertedContent: { text },
    }));
    return {
      description: message(title),
      artifactChanges: [{ artifactLocation: this.artifact(file), replacements }],
      properties: { safe },
    };
  }
}

function lineRegion({ start, end }: ReportedRange): object {
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}

/** A plain message: braces are doubled and brackets kept from being a link (sections 3.11.5 and 3.11.6). */
function message(text: string): { text: string } {
  const plain = printable(text).replace(/[{}]/gu, '$&$&').replaceAll('](', '\\](');
  return { text: plain };
}

function artifactLocation(file: string, look: Look): { uri: string } {
  return { uri: uriOf(repositoryPath(file, look)) };
}

function artifacts({ files }: Ending, look: Look): object[] {
  return files.map((file) => ({ location: artifactLocation(file, look), roles: ['analysisTarget'] }));
}

function invocation({ failures }: Ending, look: Look): object {
  return {
    executionSuccessful: failures.every(({ skipped }) => skipped),
    toolExecutionNotifications: failures.map((failure) => notification(failure, look)),
  };
}

function notification({ file, message: why, skipped }: ReportedFailure, look: Look): object {
  return {
    descriptor: { id: skipped ? 'skipped-file' : 'unreadable-file' },
    level: skipped ? 'note' : 'error',
    message: message(why),
    locations: [{ physicalLocation: { artifactLocation: artifactLocation(file, look) } }],
  };
}

function tool({ rules }: Ending): object {
  const driver = {
    name: 'zonewright',
    version,
    semanticVersion: version,
    ...homeOfTool(),
    rules: descriptorsOf(rules),
    notifications: [
      { id: 'unreadable-file', shortDescription: { text: 'A file could not be checked.' } },
      { id: 'skipped-file', shortDescription: { text: 'A file that was found holds no zone.' } },
    ],
  };
  return { driver };
}
