import type { Rule } from '../../lib/lint/rule.ts';
import type { Span } from '../../lib/text/diagnostic.ts';
import { ascii, printable } from './characters.ts';
import type { ReportedFinding, ReportedPlace, ReportedRange, ReportedRelated } from './finding.ts';
import { renderFrame } from './frame.ts';
import { type Look, type Palette, paletteOf } from './look.ts';
import { reporterOf } from './reported.ts';
import type { Reporter, Texts } from './reporter.ts';
import { checkedSentence, foundSentence } from './words.ts';

/** Lines shown before and after the place of a finding. */
export const CONTEXT_LINES = 2;

/** For people: each finding with its lines of the file, what belongs to it, what to do and where that is written. */
export function prettyReporter(look: Look): Reporter {
  const palette = paletteOf(look);
  const final = (text: string): string => (look.unicode ? text : ascii(text));
  return reporterOf({
    opening: '',
    between: '\n',
    reported: (finding, texts, rule) => final(`${[...lines(finding, { texts, rule, look, palette })].join('\n')}\n`),
    closing(summary, findings) {
      const found = foundSentence(summary);
      const checked = checkedSentence(summary);
      const gap = findings ? '\n' : '';
      if (found === undefined) return `${gap}${palette.strong('No problems found.')} Checked ${checked}\n`;
      return `${gap}${palette.strong(found)}\nChecked ${checked}\n`;
    },
  });
}

interface Setting {
  readonly texts: Texts;
  readonly rule: Rule | undefined;
  readonly look: Look;
  readonly palette: Palette;
}

function* lines(finding: ReportedFinding, setting: Setting): Generator<string> {
  const { texts, rule, look, palette } = setting;
  const { severity, related, fixes, source } = finding;
  const head = `${palette[severity](severity)} ${palette.dim(`${finding.rule}:`)}`;
  yield `${palette.strong(`${where(finding)}:`)} ${head} ${palette.strong(printable(finding.message))}`;
  yield* trail(finding, palette);
  const text = texts.of(finding.file);
  const beside = text === undefined ? [] : related.filter(({ file }) => file === finding.file);
  if (text !== undefined) {
    const marks = beside.map(({ range, message }) => ({ span: spanOf(range), label: message }));
    const main = { span: spanOf(finding.range) };
    yield* renderFrame({ lines: text, main, related: marks, severity, context: CONTEXT_LINES }, look, palette);
  }
  for (const one of related) if (!beside.includes(one)) yield* elsewhere(one, setting);
  if (rule !== undefined) yield `  ${palette.strong('help:')} ${printable(rule.help)}`;
  for (const { safe, title } of fixes) yield `  ${palette.strong(safe ? 'safe fix:' : 'fix:')} ${printable(title)}`;
  if (source !== '') yield `  ${palette.dim(`see: ${printable(source)}`)}`;
}

/** A place in another file, with its own small frame. */
function* elsewhere(one: ReportedRelated, { texts, look, palette }: Setting): Generator<string> {
  yield `  ${palette.related(`${where(one)}: ${printable(one.message)}`)}`;
  yield* trail(one, palette);
  const text = texts.of(one.file);
  if (text === undefined) return;
  yield* renderFrame({ lines: text, main: { span: spanOf(one.range) }, related: [], context: 0 }, look, palette);
}

function* trail({ includedFrom = [] }: ReportedPlace, palette: Palette): Generator<string> {
  for (const { file, line } of includedFrom) yield palette.dim(`  included from ${printable(file)}:${line}`);
}

/** The octets of a range. */
export function spanOf({ start, end }: ReportedRange): Span {
  return { start: start.offset, end: end.offset };
}

/** `path:line:column` of the start of a place. */
export function where({ file, range }: ReportedPlace): string {
  return `${printable(file)}:${range.start.line}:${range.start.column}`;
}
