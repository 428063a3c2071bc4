import { diffZones } from '../../../lib/edit/diff.ts';
import { textChunks } from '../../diff/text.ts';
import { unifiedDiff } from '../../lint/diff.ts';
import { changesOf, type DocumentChange } from '../model/changes.ts';
import type { ZoneDocument } from '../model/document.ts';
import type { EditorState } from '../model/state.ts';
import { fitLine, fitted, type Line, line, restyled, type Style, seg } from './text.ts';

const NO_BYTES = new Uint8Array(0);

/** Characters of a change that a row shows of each side. */
const LONGEST = 400;

/** The differences to the saved file, one change a row: what was there and what is there now. */
export function changeLines(state: EditorState, rows: number, columns: number): Line[] {
  const { document, diff, pane } = state;
  const changes = changesOf(document);
  if (changes.length === 0) return [line(' nothing has changed since the file was read or saved', 'dim')];
  return changes.slice(diff.top, diff.top + rows).map((change, at): Line => {
    const whole = fitLine(changePieces(change, document, columns), columns);
    if (diff.top + at !== diff.cursor) return whole;
    return restyled(whole, pane === 'diff' ? 'selected' : 'unfocused');
  });
}

function changePieces({ file, start, end, from, to }: DocumentChange, document: ZoneDocument, columns: number): Line {
  const now = document.files.get(file) ?? NO_BYTES;
  const saved = document.saved.get(file) ?? NO_BYTES;
  const [gone, come] = [linesAt(saved, from, to), linesAt(now, start, end)];
  const half = Math.max(8, Math.floor((columns - 4) / 2));
  if (from === to && gone === '') return [seg(' + ', 'added'), seg(come, 'added')];
  if (start === end && come === '') return [seg(' - ', 'removed'), seg(gone, 'removed')];
  return [seg(' - ', 'removed'), seg(fitted(gone, half), 'removed'), seg('+ ', 'added'), seg(come, 'added')];
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

const made = new WeakMap<ZoneDocument, readonly Line[]>();

/** What saving would change: what the zone means differently, then the text, from a line on. */
export function saveDiffLines({ document }: EditorState, top: number, rows: number): readonly Line[] {
  const known = made.get(document) ?? allLines(document);
  made.set(document, known);
  return known.slice(top, top + rows);
}

function allLines(document: ZoneDocument): readonly Line[] {
  const { zone, savedZone, files, saved, changed } = document;
  const plain = { color: false, unicode: true, width: 200 };
  const meaning = [...textChunks(diffZones(savedZone, zone), plain)].join('').split('\n');
  const texts = unifiedDiff(
    [...changed.keys()].map((name) => ({
      name,
      before: saved.get(name) ?? NO_BYTES,
      after: files.get(name) ?? NO_BYTES,
    })),
    { cwd: '/' },
  );
  return [
    ...meaning.map((text) => line(` ${text}`, styleOf(text))),
    ...new TextDecoder()
      .decode(texts)
      .split('\n')
      .map((text) => line(` ${text}`, styleOf(text))),
  ];
}

function styleOf(text: string): Style {
  if (/^(?:\+\+\+|---|@@)/u.test(text)) return 'dim';
  if (text.startsWith('+')) return 'added';
  if (text.startsWith('-')) return 'removed';
  return text.startsWith('~') ? 'warning' : 'plain';
}
