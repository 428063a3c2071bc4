/** One condition of a filter. */
export interface FilterTerm {
  readonly kind: 'text' | 'fuzzy' | 'owner' | 'type' | 'rule' | 'problem' | 'error' | 'changed' | 'marked' | 'comment';
  readonly inverse: boolean;
  /** What follows the sign: a regular expression, letters, a type or a part of a rule's name. */
  readonly value: string;
}

/** A filter as it was typed, and its conditions, which all have to hold. */
export interface Filter {
  readonly text: string;
  readonly terms: readonly FilterTerm[];
}

/** The filter that lets every row through. */
export const NO_FILTER: Filter = { text: '', terms: [] };
