import { raiseSerial } from '../../../lib/edit/change.ts';
import { diffZones } from '../../../lib/edit/diff.ts';
import { textChunks } from '../../diff/text.ts';
import { unifiedDiff } from '../../lint/diff.ts';
import { columnsOf, widthOf } from '../../report/characters.ts';
import { changesOf, type DocumentChange } from '../model/changes.ts';
import { stepChanges, type ZoneDocument } from '../model/document.ts';
import type { EditorState } from '../model/state.ts';
import { inSight } from './sight.ts';
import { filled, fitted, type Line, line, type Style, seg, wrapped } from './text.ts';

const NO_BYTES = new Uint8Array(0);

/** Characters of a change that a row shows of each side. */
const LONGEST = 400;

/** The differences to the saved file, one change a row, that at the cursor whole: what was there and what is there now. */
export function changeLines(state: EditorState, rows: number, columns: number): Line[] {
  const { document, diff, pane } = state;
  const changes = changesOf(document);
  if (changes.length === 0) {
    return filled([line(' nothing has changed since the file was read or saved', 'dim')], rows, columns);
  }
  const focused = pane === 'diff';
  const shown = changes.slice(diff.top, diff.top + rows).map((change, at): Line[] => {
    const [gone, come] = sidesOf(change, document);
    if (focused && diff.top + at === diff.cursor) return wholeChange(gone, come, columns);
    const half = Math.max(8, Math.floor((columns - 7) / 2));
    if (gone === '') return [[seg(' + ', 'added'), seg(come, 'added')]];
    if (come === '') return [[seg(' - ', 'removed'), seg(gone, 'removed')]];
    return [[seg(' - ', 'removed'), seg(fitted(gone, half), 'removed'), seg(' + ', 'added'), seg(come, 'added')]];
  });
  return inSight(shown, diff.cursor - diff.top, { rows, columns, focused });
}

/** A change with each side on lines of its own. */
function wholeChange(gone: string, come: string, columns: number): Line[] {
  const side = (sign: string, text: string): Line[] =>
    text === ''
      ? []
      : wrapped(text, Math.max(8, columns - 4)).map((words, index) => line(` ${index === 0 ? sign : ' '} ${words}`));
  return [...side('-', gone), ...side('+', come)];
}

function sidesOf({ file, start, end, from, to }: DocumentChange, document: ZoneDocument): [gone: string, come: string] {
  const now = document.files.get(file) ?? NO_BYTES;
  const saved = document.saved.get(file) ?? NO_BYTES;
  const [gone, come] = [linesAt(saved, from, to), linesAt(now, start, end)];
  // A blank line has no text to be told by.
  return gone === '' && come === '' ? ['', '(an empty line)'] : [gone, come];
}

/** The lines that a range of a file touches, on one line. */
function linesAt(bytes: Uint8Array, start: number, end: number): string {
  const first = start === 0 ? 0 : bytes.lastIndexOf(0x0a, start - 1) + 1;
  const whole = start === end && (start === bytes.length || first === start);
  const newline = bytes.indexOf(0x0a, Math.max(start, end - 1));
  const last = whole ? start : newline < 0 ? bytes.length : newline;
  const text = new TextDecoder().decode(bytes.subarray(first, Math.min(last, first + LONGEST)));
  return text.trim().replace(/\s+/gu, ' ');
}

interface KnownLines {
  readonly to: number | undefined;
  readonly columns: number;
  readonly lines: readonly Line[];
}

const made = new WeakMap<ZoneDocument, KnownLines>();

/** What saving would change, the serial too: what the zone means differently, then the text. */
export function saveDiffLines(state: EditorState, columns: number): readonly Line[] {
  const { document, mode } = state;
  const to = mode.kind === 'save' ? mode.preview.serial?.to : undefined;
  const known = made.get(document);
  if (known?.to === to && known?.columns === columns) return known.lines;
  const raised = to === undefined ? undefined : stepChanges(document, '', [raiseSerial(state.now)]);
  const lines = allLines(raised === undefined || 'problem' in raised ? document : raised.document, columns);
  made.set(document, { to, columns, lines });
  return lines;
}

function allLines({ savedZone, zone, files, saved, changed }: ZoneDocument, columns: number): readonly Line[] {
  const plain = { color: false, unicode: true, width: Math.max(20, columns - 2) };
  const meaning = [...textChunks(diffZones(savedZone, zone), plain)].join('').trimEnd().split('\n');
  const same = meaning.length === 1 && meaning[0] === 'No difference.';
  const texts = unifiedDiff(
    [...changed.keys()].map((name) => ({
      name,
      before: saved.get(name) ?? NO_BYTES,
      after: files.get(name) ?? NO_BYTES,
    })),
    { cwd: '/' },
  );
  return [
    ...(same ? ['no record changes, only text'] : meaning),
    '',
    ...new TextDecoder().decode(texts).trimEnd().split('\n'),
  ].flatMap((text) => folded(text, columns).map((each) => line(` ${each}`, styleOf(text))));
}

/** A line in pieces that have room on the screen, nothing of it left out. */
function folded(text: string, columns: number): string[] {
  const room = Math.max(8, columns - 2);
  const shown = text.replaceAll('\t', '    ');
  if (shown.length <= room && columnsOf(shown) <= room) return [shown];
  const pieces: string[] = [];
  let piece = '';
  let width = 0;
  for (const character of shown) {
    const next = widthOf(character);
    if (width + next > room) {
      pieces.push(piece);
      [piece, width] = ['   ', 3];
    }
    piece += character;
    width += next;
  }
  return [...pieces, piece];
}

function styleOf(text: string): Style {
  if (/^(?:\+\+\+|---|@@)/u.test(text)) return 'dim';
  if (text.startsWith('+')) return 'added';
  if (text.startsWith('-')) return 'removed';
  return text.startsWith('~') ? 'warning' : 'plain';
}
