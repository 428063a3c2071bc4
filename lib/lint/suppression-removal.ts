import type { Span } from '../text/diagnostic.ts';
import type { Edit } from '../text/edits.ts';
import type { SuppressionComment, SuppressionWord } from './suppression-comments.ts';

/** The edits that take words out of comments of one file; a comment that loses all its words goes as a whole. */
export function removalEdits(leaving: ReadonlyMap<SuppressionComment, readonly SuppressionWord[]>): readonly Edit[] {
  return [...leaving]
    .flatMap(([comment, words]) => spansOf(comment, new Set(words)))
    .sort((a, b) => a.start - b.start)
    .map(({ start, end }) => ({ start, end, text: '' }));
}

function spansOf(comment: SuppressionComment, leaving: ReadonlySet<SuppressionWord>): Span[] {
  const { words, removal } = comment;
  if (words.every((word) => leaving.has(word))) return [removal];
  const staying = words.filter((word) => !leaving.has(word));
  const last = staying.at(-1)?.end ?? removal.end;
  const spans: Span[] = [];
  for (const [index, word] of words.entries()) {
    const next = words[index + 1];
    // Words at the end go with the comma before them, the others with the one behind.
    if (!leaving.has(word) || word.start > last) continue;
    spans.push({ start: word.start, end: next?.start ?? word.end });
  }
  const end = words.at(-1)?.end ?? last;
  return end > last ? [...spans, { start: last, end }] : spans;
}
