import { serialOf } from '../../../lib/edit/serial.ts';
import { nameToText } from '../../../lib/rr/name.ts';
import type { Severity } from '../../../lib/text/diagnostic.ts';
import { counted } from '../../../lib/text/words.ts';
import { keyHints } from '../model/keys.ts';
import type { EditorState } from '../model/state.ts';
import { fitLine, type Line, line, type Segment, seg } from './text.ts';

/** Which zone it is, what is shown of it, and whether it is saved. */
export function headerLine(state: EditorState, columns: number): Line {
  const { document, list, settings, problems } = state;
  const { zone } = document;
  const serial = serialOf(zone);
  const changed = document.changed.size > 0;
  const pieces: Segment[] = [seg(` ${nameToText(zone.origin)} `, 'title'), seg(zone.files[0]?.name ?? '')];
  if (serial !== undefined) pieces.push(seg('  serial ', 'dim'), seg(String(serial)));
  if (changed) pieces.push(seg('  ● changed', 'warning'));
  if (settings.readOnly) pieces.push(seg('  read-only', 'warning'));
  pieces.push(...countsOf(problems.all.map(({ severity }) => severity)));
  if (problems.running) pieces.push(seg('  …', 'dim'));
  if (list.filter.text !== '') pieces.push(seg('  filter ', 'dim'), seg(list.filter.text, 'info'));
  if (list.marks.size > 0) pieces.push(seg(`  ${list.marks.size} marked`, 'info'));
  return fitLine(pieces, columns);
}

/** How many problems there are of each severity. */
function countsOf(severities: readonly Severity[]): Segment[] {
  const count = (wanted: Severity): number => severities.filter((each) => each === wanted).length;
  const [errors, warnings] = [count('error'), count('warning')];
  return [
    ...(errors > 0 ? [seg(`  ${counted(errors, 'error')}`, 'error')] : []),
    ...(warnings > 0 ? [seg(`  ${counted(warnings, 'warning')}`, 'warning')] : []),
  ];
}

/** A sentence, or where the search is. */
export function messageLine({ message, search, list }: EditorState, columns: number): Line {
  if (message !== undefined) {
    const error = message.kind === 'error';
    return fitLine([seg(error ? '! ' : '', 'error'), seg(message.text, error ? 'error' : 'plain')], columns);
  }
  if (search === undefined) return fitLine([], columns);
  const { hits, current, text } = search;
  const where = hits.length === 0 ? 'not found' : `${current < 0 ? '-' : current + 1}/${hits.length}`;
  return fitLine(
    [seg('/', 'dim'), seg(text), seg(`  ${where}`, 'dim'), seg(list.view.length === 0 ? '' : '  n next', 'dim')],
    columns,
  );
}

/** The keys that matter just now, as many as have room; those of help and of the way back come first to stay. */
export function keysLine(state: EditorState, columns: number): Line {
  return hintsLine(keyHints(state), columns);
}

/** Keys with their words, as many as have room. */
export function hintsLine(hints: readonly { readonly key: string; readonly words: string }[], columns: number): Line {
  const pieces: Segment[] = [];
  let left = columns;
  for (const { key, words } of hints) {
    const width = key.length + words.length + 3;
    if (width > left) break;
    pieces.push(seg(` ${key}`, 'strong'), seg(` ${words} `, 'dim'));
    left -= width;
  }
  return fitLine(pieces, columns);
}

/** The heading of a pane: a rule with its name, stronger where the keys go. */
export function headingLine(name: string, more: string, focused: boolean, columns: number): Line {
  const title = focused ? `▸ ${name} ` : `─ ${name} `;
  const rest = Math.max(0, columns - title.length - more.length - (more === '' ? 0 : 1));
  return fitLine(
    [seg(title, focused ? 'title' : 'strong'), ...line(`${'─'.repeat(rest)}${more === '' ? '' : ` ${more}`}`, 'dim')],
    columns,
  );
}
