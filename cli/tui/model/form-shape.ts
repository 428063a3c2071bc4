import type { LineInput } from './line-input.ts';

/** One field of a form: what is typed, what belongs there, and what is wrong with it. */
export interface FormField {
  /** 'owner', 'ttl' or the name of an RDATA field in the RFC's words. */
  readonly name: string;
  /** The name in words: `key tag`. */
  readonly label: string;
  readonly line: LineInput;
  /** What belongs there, and why. */
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
  /** Record behind which a new one is written; undefined for where it belongs. */
  readonly after: number | undefined;
  readonly type: number;
  readonly mnemonic: string;
  /** Where the type is defined. */
  readonly reference: string;
  readonly fields: readonly FormField[];
  /** Index of the field that is typed in. */
  readonly focus: number;
  /** What stands against the record as a whole. */
  readonly problem: string | undefined;
  /** The record as it would be written; empty while something is wrong. */
  readonly preview: string;
  /** The texts that the form began with. */
  readonly initial: readonly string[];
}
