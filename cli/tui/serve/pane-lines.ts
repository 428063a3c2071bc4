import { nameToText } from '../../../lib/rr/name.ts';
import { grouped } from '../../report/words.ts';
import { headingLine } from '../view/header.ts';
import { fitLine, fitted, type Line, restyled, type Segment, seg } from '../view/text.ts';
import { faultWords } from './detail.ts';
import { rcodeText, typeText } from './query-row.ts';
import type { LiveState } from './state.ts';
import type { Counted } from './tally.ts';

/** The faults with what they have done, a heading before them. */
export function faultLines(state: LiveState, rows: number, columns: number): Line[] {
  const { faults, faultCursor, pane } = state;
  const on = faults.filter(({ enabled }) => enabled).length;
  const facts = faults.length === 0 ? '' : `${on} of ${faults.length} on`;
  const heading = headingLine('2 faults', facts, pane === 'faults', columns);
  const ids = Math.min(Math.floor(columns / 3), Math.max(8, ...faults.map(({ fault }) => fault.id.length + 1)));
  const top = Math.max(0, Math.min(faultCursor - (rows >> 1), faults.length - rows));
  const lines = faults.slice(top, top + rows).map(({ fault, enabled, matched, hit }, at): Line => {
    const line = fitLine(
      [
        seg(enabled ? ' on  ' : ' off ', enabled ? 'good' : 'dim'),
        seg(fitted(fault.id, ids), enabled ? 'strong' : 'dim'),
        seg(` ${grouped(hit)}`.padStart(9), hit > 0 ? 'warning' : 'dim'),
        seg(` of ${grouped(matched)}`.padEnd(13), 'dim'),
        seg(faultWords(fault), enabled ? 'plain' : 'dim'),
      ],
      columns,
    );
    if (top + at !== faultCursor) return line;
    return restyled(line, pane === 'faults' ? 'selected' : 'unfocused');
  });
  if (faults.length === 0) lines.push([seg(' none: --faults FILE gives some', 'dim')]);
  return padded([heading, ...lines], rows + 1, columns);
}

/** How often what was seen, beside each other: response codes, types, transports and names. */
export function countLines(state: LiveState, rows: number, columns: number): Line[] {
  const { collected, pane, countsTop } = state;
  const { counts, counted } = collected;
  const lists: readonly (readonly string[])[] = [
    texts(counts.rcodes, rcodeText),
    texts(counts.types, typeText),
    texts(counts.transports, (transport) => transport),
    texts(counts.names, (key) => nameToText(Uint8Array.from(key, (character) => character.charCodeAt(0)))),
  ];
  const numbers = [counts.rcodes, counts.types, counts.transports, counts.names];
  const widths = widthsFor(columns);
  const lines: Line[] = [
    headingLine('3 counts', counted === 0 ? '' : `of ${grouped(counted)}`, pane === 'counts', columns),
  ];
  for (let row = countsTop; row < countsTop + rows; row++) {
    const pieces = lists.flatMap((list, index) =>
      countCell(
        list[row],
        numbers[index]?.[row]?.count ?? 0,
        counted,
        widths[index] ?? 0,
        index === lists.length - 1 ? LEAST_NAME : LEAST_TEXT,
      ),
    );
    lines.push(fitLine(pieces, columns));
  }
  return padded(lines, rows + 1, columns);
}

function texts<Key>(list: readonly Counted<Key>[], textOf: (key: Key) => string): string[] {
  return list.map(({ key }) => textOf(key));
}

/** Names have what the others leave; transports are left out first. */
function widthsFor(columns: number): readonly number[] {
  const wide = columns >= 90;
  const [rcode, type] = wide ? [26, 25] : [19, 17];
  const transport = columns >= 72 ? (wide ? 21 : 14) : 0;
  return [rcode, type, transport, Math.max(0, columns - rcode - type - transport)];
}

/** Columns that are left for the text at least where the number stands beside its share. */
const LEAST_TEXT = 9;
const LEAST_NAME = 20;

function countCell(text: string | undefined, count: number, of: number, width: number, least: number): Segment[] {
  if (width === 0) return [];
  if (text === undefined) return [seg(' '.repeat(width))];
  const share = of === 0 ? '' : shareText(count / of);
  const both = `${shortNumber(count).padStart(6)} ${share}`;
  const number = width - both.length - 3 >= least ? both : share;
  return [seg(` ${fitted(text, Math.max(0, width - number.length - 3))} `), seg(number, 'info'), seg(' ')];
}

function shareText(share: number): string {
  const percent = share * 100;
  if (percent > 0 && percent < 1) return ' <1%';
  return percent > 99 && percent < 100 ? '>99%' : `${Math.round(percent)}%`.padStart(4);
}

/** A number in at most six characters. */
function shortNumber(count: number): string {
  if (count < 100_000) return grouped(count);
  return count < 10_000_000 ? `${grouped(Math.floor(count / 1000))}k` : `${grouped(Math.floor(count / 1_000_000))}M`;
}

function padded(lines: readonly Line[], rows: number, columns: number): Line[] {
  return Array.from({ length: rows }, (_, index) => fitLine(lines[index] ?? [], columns));
}
