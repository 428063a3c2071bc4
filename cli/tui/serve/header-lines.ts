import { grouped } from '../../report/words.ts';
import { fitLine, type Line, type Segment, seg } from '../view/text.ts';
import type { LiveState } from './state.ts';

/** What is served and where, and how much is asked. */
export function liveHeader(state: LiveState, columns: number): Line[] {
  const { zones, places, collected, pausedAt, filter, follow } = state;
  const { total, rates } = collected;
  const [now, ten, minute] = rates.map(rateText);
  const load: Segment[] = [
    seg(` ${grouped(total)}`, 'strong'),
    seg(total === 1 ? ' query ' : ' queries '),
    seg(` ${now}/s`, 'strong'),
  ];
  // What is not as usual comes first where there is little room.
  if (pausedAt !== undefined) load.push(seg(`  paused +${grouped(total - pausedAt)}`, 'warning'));
  else if (!follow) load.push(seg('  not following', 'info'));
  if (filter.text !== '') load.push(seg('  filter ', 'dim'), seg(filter.text, 'info'));
  load.push(seg(`  ${ten}/s`), seg(' in 10 s', 'dim'), seg(`  ${minute}/s`), seg(' in 60 s', 'dim'));
  return [fitLine([seg(` ${zones} `, 'title'), seg(` ${places}`, 'dim')], columns), fitLine(load, columns)];
}

/** Queries a second: with a digit behind the point where they are few. */
function rateText(rate: number): string {
  return rate === 0 || rate >= 10 ? grouped(Math.round(rate)) : rate.toFixed(1);
}

const SERIOUS = ['error', 'warning', 'note'] as const;

/** What the last key came to, or what the server has said since. */
export function liveMessage({ answer, messages, unseen }: LiveState, columns: number): Line {
  if (answer !== undefined) {
    const style = answer.error ? 'error' : 'plain';
    return fitLine([seg(answer.error ? '! ' : '', style), seg(answer.text, style)], columns);
  }
  // The newest of the most serious: what is wrong must not be hidden by what went well after it.
  const told = unseen === 0 ? [] : messages.slice(-unseen);
  const most = SERIOUS.flatMap((kind) => told.findLast((each) => each.kind === kind) ?? [])[0];
  if (most === undefined) return fitLine([], columns);
  const { kind, text } = most;
  const style = kind === 'note' ? 'plain' : kind;
  const more = unseen > 1 ? `  m: ${unseen - 1} more` : '';
  // What is left out by the width can be read with m.
  const room = columns - more.length;
  return fitLine(
    [...fitLine([seg(kind === 'note' ? '' : `${kind}: `, style), seg(text, style)], room), seg(more, 'dim')],
    columns,
  );
}
