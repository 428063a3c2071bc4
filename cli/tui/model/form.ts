import type { LineInput } from './line-input.ts';

/** One field of a form: what is typed, what belongs there, and what is wrong with it. */
export interface FormField {
  /** 'owner', 'ttl' or the name of an RDATA field in the RFC's words. */
  readonly name: string;
  /** The name in words: `key tag`. */
  readonly label: string;
  readonly line: LineInput;
  /** What belongs there and what follows from it. */
  readonly hint: string;
  /** What the value means where that is not plain: the whole name, the seconds of a period. */
  readonly meaning: string | undefined;
  readonly problem: string | undefined;
  readonly optional: boolean;
}

/** A record in a form. */
export interface Form {
  /** Record that is edited; undefined for a new one. */
  readonly record: number | undefined;
  readonly type: number;
  readonly mnemonic: string;
  /** Where the type is defined. */
  readonly reference: string;
  readonly fields: readonly FormField[];
  /** Index of the field that is typed in. */
  readonly focus: number;
  /** What stands against the record as a whole. */
  readonly problem: string | undefined;
  /** The line that would be written. */
  readonly preview: string;
  readonly changed: boolean;
}
