/** How a zone file is laid out; the same file and options always give the same text. */
export interface FormatOptions {
  /** Column that RDATA may reach before it is wrapped in parentheses. */
  readonly lineWidth: number;
  /** Blank lines that may follow each other. */
  readonly blankLines: number;
  /** Whether the records of each block are put in the order of their owners and types. */
  readonly sort: boolean;
  /** Number of the Client MX type, whose generic RDATA gets a comment that says what it means. */
  readonly clientMxType: number;
}

/** The options used when none are given. */
export const FORMAT_OPTIONS: FormatOptions = { lineWidth: 120, blankLines: 1, sort: false, clientMxType: 265 };
