import type { StatusFinding, StatusNode, StatusState } from '../../lib/lint/status/node.ts';
import type { MailStatus } from '../../lib/lint/status/status.ts';
import { ascii, columnsOf, printable } from '../report/characters.ts';
import { type Look, type Paint, type Palette, paletteOf } from '../report/look.ts';
import { counted } from '../report/words.ts';

/** A mark for each state that can be told without colour. */
const MARKS: Readonly<Record<StatusState, string>> = {
  ok: 'ok',
  warning: 'warning',
  broken: 'BROKEN',
  absent: '-',
  unknown: '?',
};

const NOTHING: Paint = (text) => text;

/** The tree of a mail domain for people: a line for each part, its state in front, and below it what is wrong. */
export function statusTree({ root, elsewhere, domain }: MailStatus, look: Look): string {
  const palette = paletteOf(look);
  const lines = [...treeLines(root, '', '', look, palette)];
  if (elsewhere > 0)
    lines.push('', `${counted(elsewhere, 'finding')} elsewhere in the zone of ${domain}: zonewright lint tells`);
  const text = `${lines.join('\n')}\n`;
  return look.unicode ? text : asciiTree(text);
}

const STATE_WIDTH = Math.max(...Object.values(MARKS).map(({ length }) => length)) + 2;

function* treeLines(node: StatusNode, lead: string, below: string, look: Look, palette: Palette): Generator<string> {
  const paint = paintOf(node.state, palette);
  const mark = MARKS[node.state];
  const label = node.kind === 'domain' ? palette.strong(printable(node.label)) : printable(node.label);
  const detail = node.detail === '' ? '' : `  ${palette.dim(printable(node.detail))}`;
  yield `${paint(mark)}${' '.repeat(STATE_WIDTH - mark.length)}${lead}${label}${detail}`;
  const hasChildren = node.children.length > 0;
  for (const finding of node.findings)
    yield* findingLines(finding, below + (hasChildren ? '│   ' : '    '), look, palette);
  for (const [index, child] of node.children.entries()) {
    const last = index === node.children.length - 1;
    yield* treeLines(child, `${below}${last ? '└─ ' : '├─ '}`, `${below}${last ? '   ' : '│  '}`, look, palette);
  }
}

/** The sentence of a finding, wrapped to the screen below its node. */
function* findingLines(finding: StatusFinding, below: string, look: Look, palette: Palette): Generator<string> {
  const space = ' '.repeat(STATE_WIDTH) + below;
  const words = printable(`${finding.message} [${finding.rule}]`).split(' ');
  const paint = palette[finding.severity];
  let line = '';
  for (const word of words) {
    if (line !== '' && columnsOf(space) + columnsOf(line) + columnsOf(word) + 1 > look.width) {
      yield space + paint(line);
      line = '';
    }
    line += (line === '' ? '' : ' ') + word;
  }
  yield space + paint(line);
}

function paintOf(state: StatusState, palette: Palette): Paint {
  if (state === 'broken') return palette.error;
  if (state === 'warning') return palette.warning;
  return state === 'ok' ? palette.info : NOTHING;
}

function asciiTree(text: string): string {
  return ascii(text.replaceAll('├─', '|-').replaceAll('└─', '`-'));
}
