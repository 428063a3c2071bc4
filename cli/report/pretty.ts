import type { Place, Related, SourceFile } from '../../lib/text/diagnostic.ts';
import { ascii, printable } from './characters.ts';
import { renderFrame } from './frame.ts';
import type { Locators } from './locator.ts';
import { type Look, type Palette, paletteOf } from './look.ts';
import type { Finding, FindingContext, Reporter } from './reporter.ts';
import { checkedSentence, foundSentence, sourceSentence } from './words.ts';

const CONTEXT_LINES = 2;

/** For people: each finding with its lines of the file, what belongs to it, what to do and where that is written. */
export function prettyReporter(look: Look): Reporter {
  const palette = paletteOf(look);
  const final = (text: string): string => (look.unicode ? text : ascii(text));
  return {
    opening: '',
    between: '\n',
    finding: (finding, context) => final(`${[...lines(finding, context, look, palette)].join('\n')}\n`),
    closing(summary, findings) {
      const found = foundSentence(summary);
      const checked = checkedSentence(summary);
      const gap = findings ? '\n' : '';
      if (found === undefined) return `${gap}${palette.strong('No problems found.')} Checked ${checked}\n`;
      return `${gap}${palette.strong(found)}\nChecked ${checked}\n`;
    },
  };
}

function* lines(finding: Finding, context: FindingContext, look: Look, palette: Palette): Generator<string> {
  const { diagnostic, rule } = finding;
  const { place, severity, related, fixes } = diagnostic;
  const { locators, showable } = context;
  const head = `${palette[severity](severity)} ${palette.dim(`${diagnostic.rule}:`)}`;
  yield `${palette.strong(`${where(place, locators)}:`)} ${head} ${palette.strong(printable(finding.message))}`;
  yield* trail(place.file, locators, palette);
  const shown = showable.has(place.file);
  const beside = shown ? related.filter((one) => one.place.file === place.file) : [];
  if (shown) {
    const marks = beside.map((one) => ({ span: one.place.span, label: one.message }));
    const main = { span: place.span };
    const frame = { lines: locators.of(place.file), main, related: marks, severity, context: CONTEXT_LINES };
    yield* renderFrame(frame, look, palette);
  }
  for (const one of related) if (!beside.includes(one)) yield* elsewhere(one, context, look, palette);
  yield `  ${palette.strong('help:')} ${printable(rule.help)}`;
  for (const fix of fixes) yield `  ${palette.strong(fix.safe ? 'safe fix:' : 'fix:')} ${printable(fix.title)}`;
  if (rule.cites.length > 0) yield `  ${palette.dim(`see: ${sourceSentence(rule.cites)}`)}`;
}

/** A place in another file, with its own small frame. */
function* elsewhere(one: Related, context: FindingContext, look: Look, palette: Palette): Generator<string> {
  const { file, span } = one.place;
  const { locators, showable } = context;
  yield `  ${palette.related(`${where(one.place, locators)}: ${printable(one.message)}`)}`;
  yield* trail(file, locators, palette);
  if (!showable.has(file)) return;
  yield* renderFrame({ lines: locators.of(file), main: { span }, related: [], context: 0 }, look, palette);
}

function* trail(file: SourceFile, locators: Locators, palette: Palette): Generator<string> {
  for (let from = file.included; from !== undefined; from = from.file.included) {
    const { line } = locators.of(from.file).position(from.span.start);
    yield palette.dim(`  included from ${printable(from.file.name)}:${line}`);
  }
}

/** `path:line:column` of the start of a place. */
export function where(place: Place, locators: Locators): string {
  const { line, column } = locators.of(place.file).position(place.span.start);
  return `${printable(place.file.name)}:${line}:${column}`;
}
