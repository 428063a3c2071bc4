/** The column, from 0, that a text ends at when it begins at one; tabs go to multiples of eight. */
export function columnAfter(text: string, from: number = 0): number {
  let column = from;
  for (const character of text) column = character === '\t' ? column - (column % 8) + 8 : column + 1;
  return column;
}

/** Blanks or tabs from one column to another, at least one; tabs that cannot meet the column are filled up with blanks. */
export function gapTo(from: number, to: number, tabs: boolean): string {
  if (to <= from) return tabs ? '\t' : ' ';
  if (!tabs) return ' '.repeat(to - from);
  let gap = '';
  let column = from;
  for (let next = column - (column % 8) + 8; next <= to; next = column - (column % 8) + 8) {
    gap += '\t';
    column = next;
  }
  return gap + ' '.repeat(to - column);
}

/**
 * The text that puts words into a gap so that what stands behind it keeps its column, if there is room: the first at the
 * gap's start when it is an owner, a TTL at `column` if one is wanted there.
 */
export function fillGap(
  gap: string,
  start: number,
  owner: string | undefined,
  ttl: string | undefined,
  column: number,
): string {
  const end = columnAfter(gap, start);
  const tabs = gap.includes('\t');
  let text = owner ?? '';
  let at = columnAfter(text, start);
  if (ttl !== undefined) {
    const behindOwner = owner !== undefined || start > 0;
    const least = at + 1;
    const latest = end - ttl.length - 1;
    let wanted = column > 0 ? column : behindOwner ? least : latest;
    if (tabs && column <= 0) wanted = at - (at % 8) + 8;
    const place = Math.max(least, Math.min(wanted, Math.max(least, latest)));
    const lead = tabs && latest < least ? '\t' : gapTo(at, place, tabs);
    text += lead + ttl;
    at = columnAfter(ttl, columnAfter(lead, at));
  }
  return text + gapTo(at, end, tabs);
}

/** Seconds as a TTL is written: with units when its neighbour has them, in the same case. */
export function ttlText(ttl: number, like: string): string {
  if (!/[a-z]/i.test(like) || ttl === 0) return String(ttl);
  let rest = ttl;
  let text = '';
  for (const [unit, seconds] of UNITS) {
    const count = Math.floor(rest / seconds);
    if (count > 0) text += `${count}${unit}`;
    rest -= count * seconds;
  }
  return /[A-Z]/.test(like) ? text.toUpperCase() : text;
}

const UNITS: readonly (readonly [string, number])[] = [
  ['w', 604_800],
  ['d', 86_400],
  ['h', 3600],
  ['m', 60],
  ['s', 1],
];
