/** What rows can be sorted by. */
export const SORT_KEYS = ['owner', 'ttl', 'class', 'type', 'data', 'problems'] as const;
/** One of them. */
export type SortKey = (typeof SORT_KEYS)[number];

/** An order of rows other than that of the files. */
export interface SortBy {
  readonly key: SortKey;
  readonly backwards: boolean;
}
