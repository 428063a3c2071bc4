/** Keys counted when nothing else is said. */
const MOST = 2048;

/** A key with how often it was seen. */
export interface Counted<Key> {
  readonly key: Key;
  readonly count: number;
}

/**
 * Counts keys of which there may be any number: when there are too many, the rarest are forgotten. What is frequent is
 * counted right, what was forgotten and comes again is counted from then on.
 */
export class Tally<Key> {
  private readonly most: number;
  private readonly counts = new Map<Key, number>();

  constructor(most: number = MOST) {
    this.most = most;
  }

  add(key: Key): void {
    const { counts } = this;
    counts.set(key, (counts.get(key) ?? 0) + 1);
    for (let rare = 1; counts.size > this.most; rare *= 2) this.forget(rare);
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

  private forget(rare: number): void {
    for (const [key, count] of this.counts) if (count <= rare) this.counts.delete(key);
  }

  private ordered(): [Key, number][] {
    return [...this.counts].sort(([, a], [, b]) => b - a);
  }
}
