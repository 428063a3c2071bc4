/** Keys counted when nothing else is said. */
const MOST = 2048;

/** A key with how often it was seen. */
export interface Counted<Key> {
  readonly key: Key;
  readonly count: number;
}

/**
 * Counts keys of which there may be any number: when there are too many, the rarer half is forgotten. What is frequent is
 * counted right, what was forgotten and comes again is counted from then on.
 */
export class Tally<Key> {
  private readonly most: number;
  private counts = new Map<Key, number>();

  constructor(most: number = MOST) {
    this.most = most;
  }

  add(key: Key): void {
    const { counts } = this;
    counts.set(key, (counts.get(key) ?? 0) + 1);
    if (counts.size > this.most) this.counts = new Map(this.ordered().slice(0, this.most >> 1));
  }

  /** The most frequent keys, the first seen first where they are alike. */
  top(most: number): readonly Counted<Key>[] {
    return this.ordered()
      .slice(0, most)
      .map(([key, count]) => ({ key, count }));
  }

  clear(): void {
    this.counts.clear();
  }

  private ordered(): [Key, number][] {
    return [...this.counts].sort(([, a], [, b]) => b - a);
  }
}
