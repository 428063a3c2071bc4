/** What rows can be sorted by. */
export type SortKey = 'owner' | 'ttl' | 'class' | 'type' | 'data' | 'problems';

/** An order of rows other than that of the files. */
export interface SortBy {
  readonly key: SortKey;
  readonly backwards: boolean;
}
