import { fitLine, fitted, type Line, line, seg } from '../view/text.ts';
import { LIVE_FILTER_WORDS } from './filter.ts';
import { liveHelp } from './keys.ts';

/** Columns of keys and words. */
const KEYS_WIDE = 22;

/** Help: keys by where they hold, and the words of filters. */
export function liveHelpLines(columns: number): Line[] {
  const wide = Math.min(KEYS_WIDE, Math.floor(columns / 3));
  const groups = [...liveHelp(), { group: 'filters: words that all have to hold', lines: LIVE_FILTER_WORDS }];
  return groups.flatMap(({ group, lines }, index) => [
    ...(index === 0 ? [] : [line('')]),
    line(` ${group}`, 'title'),
    ...lines.map(([keys, title]) => fitLine([seg(fitted(` ${keys}`, wide), 'strong'), seg(` ${title}`)], columns)),
  ]);
}

/** Lines that help has, however wide. */
export const HELP_LENGTH: number = liveHelpLines(80).length;
