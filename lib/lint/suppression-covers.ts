import type { SuppressionComment, SuppressionWord } from './suppression-comments.ts';

/** What one word of a comment reaches: a range of its file, its start before every octet for the whole file. */
export interface Cover {
  readonly comment: SuppressionComment;
  readonly word: SuppressionWord;
  /** The word that ends the block. */
  readonly ended?: { readonly comment: SuppressionComment; readonly word: SuppressionWord };
  readonly from: number;
  readonly to: number;
  /** Whether it has hidden anything. */
  used: boolean;
}

/** The covers of all comments, and the words of blocks without the other end. */
export interface Covers {
  /** By file name, in the order of `from`, a wider one before a narrower one. */
  readonly byFile: ReadonlyMap<string, readonly Cover[]>;
  readonly unclosed: readonly Cover[];
  readonly unopened: readonly { readonly comment: SuppressionComment; readonly word: SuppressionWord }[];
}

/** Pairs starts with ends, rule by rule; a block that nobody ends goes on to the end of its file. */
export function coversOf(comments: readonly SuppressionComment[]): Covers {
  const byFile = new Map<string, Cover[]>();
  const unclosed: Cover[] = [];
  const unopened: { comment: SuppressionComment; word: SuppressionWord }[] = [];
  for (const ofFile of groupBy(comments, ({ file }) => file.name).values()) {
    const covers: Cover[] = [];
    const open = new Map<string, { comment: SuppressionComment; word: SuppressionWord }[]>();
    for (const comment of ofFile) {
      for (const word of comment.words) {
        const opened = open.get(word.text) ?? [];
        open.set(word.text, opened);
        if (comment.reach === 'start') opened.push({ comment, word });
        else if (comment.reach === 'end') {
          const start = opened.pop();
          if (start === undefined) unopened.push({ comment, word });
          else covers.push(blockCover(start, { comment, word }));
        } else covers.push(plainCover(comment, word));
      }
    }
    for (const start of [...open.values()].flat()) {
      const cover = blockCover(start);
      covers.push(cover);
      unclosed.push(cover);
    }
    byFile.set(
      ofFile[0]?.file.name ?? '',
      covers.sort((a, b) => a.from - b.from || b.to - a.to),
    );
  }
  return { byFile, unclosed: unclosed.sort((a, b) => a.word.start - b.word.start), unopened };
}

/** Values in groups, in the order in which their keys are met. */
export function groupBy<T>(values: readonly T[], keyOf: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [value]);
    else group.push(value);
  }
  return groups;
}

function blockCover(start: Pick<Cover, 'comment' | 'word'>, ended?: Pick<Cover, 'comment' | 'word'>): Cover {
  // A comment alone on its line stands before the entry it waits for; one behind a record takes that in.
  const from = Math.min(start.comment.start, start.comment.entry.start);
  if (ended === undefined) return { ...start, from, to: Number.POSITIVE_INFINITY, used: false };
  const { comment } = ended;
  const behind = comment.entry.start <= comment.start && comment.start < comment.entry.end;
  return { ...start, ended, from, to: behind ? comment.entry.end : comment.end, used: false };
}

function plainCover(comment: SuppressionComment, word: SuppressionWord): Cover {
  if (comment.reach === 'file') return { comment, word, from: -1, to: Number.POSITIVE_INFINITY, used: false };
  const { start, end } = comment.entry;
  // What is wrong at the very end of a file belongs to its last entry.
  const last = end === comment.file.bytes.length;
  return { comment, word, from: start, to: last ? Number.POSITIVE_INFINITY : end, used: false };
}
