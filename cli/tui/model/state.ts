import type { NewRecord } from '../../../lib/edit/change.ts';
import type { StatusNode } from '../../../lib/lint/status/node.ts';
import type { CommandId } from './commands.ts';
import type { ZoneDocument } from './document.ts';
import type { FileContents } from './effects.ts';
import type { Filter } from './filter-term.ts';
import type { Form } from './form-shape.ts';
import type { LineInput } from './line-input.ts';
import type { EditorProblem } from './problem.ts';
import type { RowTable } from './row-table.ts';
import type { SortBy } from './sort-key.ts';

/** Rooms of the screen that can have the focus. */
export type Pane = 'records' | 'detail' | 'problems' | 'diff' | 'mail';

/** Columns of the table of records. */
export type Column = 'owner' | 'ttl' | 'class' | 'type' | 'data';

/** The rows in sight and where one stands among them. */
export interface ListState {
  /** All rows in file order. */
  readonly rows: RowTable;
  /** Indices of `rows` that pass filter and folds, in the order shown. */
  readonly view: Int32Array;
  /** Index in `view`; 0 when it is empty. */
  readonly cursor: number;
  /** First row on the screen. */
  readonly top: number;
  readonly column: Column;
  readonly filter: Filter;
  readonly sort: SortBy | undefined;
  /** Marked rows: indices of `rows`. */
  readonly marks: ReadonlySet<number>;
  /** Where a range of marks began: an index in `view`. */
  readonly range: number | undefined;
  /** Rows of $INCLUDE and $GENERATE whose content is hidden: indices of `rows`. */
  readonly folded: ReadonlySet<number>;
}

/** What is searched for, with the rows that hold it. */
export interface SearchState {
  readonly text: string;
  /** Indices of `view` that match, ascending. */
  readonly hits: Int32Array;
  /** Which of them the cursor is on, from 0; -1 when on none. */
  readonly current: number;
}

/** Problems of the last run of the linter, moved along with the edits made since. */
export interface ProblemList {
  readonly all: readonly EditorProblem[];
  /** Revision of the document that was linted. */
  readonly revision: number;
  readonly running: boolean;
  /** Index into `all`. */
  readonly cursor: number;
  readonly top: number;
}

/** A choice of a prompt. */
export interface Choice {
  readonly key: string;
  readonly label: string;
  readonly command: CommandId;
  readonly argument?: string;
}

/** A question: choices, or one line to be typed for a command. */
export type Prompt =
  | {
      readonly kind: 'choices';
      readonly question: string;
      readonly details: readonly string[];
      readonly choices: readonly Choice[];
    }
  | {
      readonly kind: 'input';
      readonly question: string;
      readonly details: readonly string[];
      readonly line: LineInput;
      /** Command that takes the line as its argument. */
      readonly command: CommandId;
      readonly problem: string | undefined;
    };

/** What is shown before saving. */
export interface SavePreview {
  readonly files: readonly string[];
  readonly serial: { readonly from: number; readonly to: number } | undefined;
  readonly errors: number;
  readonly warnings: number;
  /** Whether the problems are those of this very revision. */
  readonly linted: boolean;
  readonly quit: boolean;
  readonly force: boolean;
}

/** What keys mean just now. */
export type Mode =
  | { readonly kind: 'normal' }
  | { readonly kind: 'search'; readonly line: LineInput; readonly from: number }
  | {
      readonly kind: 'filter';
      readonly line: LineInput;
      readonly before: Filter;
      readonly problem: string | undefined;
      readonly completions: readonly Completion[];
      /** Index of the completion chosen, -1 for the text as typed. */
      readonly chosen: number;
    }
  | {
      readonly kind: 'palette';
      readonly line: LineInput;
      readonly completions: readonly Completion[];
      /** Index of the completion chosen, -1 for the text as typed. */
      readonly chosen: number;
      /** Index into the history, -1 for the line typed now. */
      readonly recalled: number;
    }
  | { readonly kind: 'form'; readonly form: Form }
  | { readonly kind: 'line'; readonly line: LineInput; readonly row: number; readonly problem: string | undefined }
  | { readonly kind: 'prompt'; readonly prompt: Prompt }
  | { readonly kind: 'help'; readonly top: number }
  | { readonly kind: 'page'; readonly title: string; readonly lines: readonly string[]; readonly top: number }
  | { readonly kind: 'save'; readonly preview: SavePreview; readonly top: number };

/** A line that completes what was typed. */
export interface Completion {
  readonly text: string;
  readonly words: string;
}

/** A sentence on the message line. */
export interface Message {
  readonly kind: 'info' | 'error';
  readonly text: string;
}

/** What the user may set. */
export interface EditorSettings {
  readonly readOnly: boolean;
  /** Whether saving raises the serial. */
  readonly raiseSerial: boolean;
}

/** A record or another row as it was copied. */
export type ClipboardItem = { readonly record: NewRecord } | { readonly text: string };

/** What was copied. */
export interface Clipboard {
  readonly items: readonly ClipboardItem[];
  /** The same as lines of a zone file, names absolute. */
  readonly text: string;
}

/** All there is to know of the editor; every change of it is a command. */
export interface EditorState {
  readonly document: ZoneDocument;
  readonly list: ListState;
  readonly search: SearchState | undefined;
  readonly problems: ProblemList;
  readonly pane: Pane;
  /** The pane below the records. */
  readonly lower: Exclude<Pane, 'records'>;
  readonly mode: Mode;
  /** The tree of the mail domain, of the revision it was made for. */
  readonly mail: {
    readonly tree: StatusNode | undefined;
    readonly revision: number;
    readonly cursor: number;
    readonly top: number;
    readonly folded: ReadonlySet<string>;
  };
  /** First line of the detail pane in sight. */
  readonly detailTop: number;
  /** Place in the diff pane: a change, by its index. */
  readonly diff: { readonly cursor: number; readonly top: number };
  readonly message: Message | undefined;
  readonly size: { readonly columns: number; readonly rows: number };
  /** Rows that the side pane has more (or less) than its share. */
  readonly grown: number;
  readonly settings: EditorSettings;
  readonly history: {
    readonly palette: readonly string[];
    readonly search: readonly string[];
    readonly filter: readonly string[];
  };
  readonly clipboard: Clipboard | undefined;
  /** What others have written meanwhile, while it is not decided what becomes of it. */
  readonly outside: FileContents | undefined;
  /** What an editor before this one could not save, and what the files held then, while it is not decided what becomes of it. */
  readonly recovered: { readonly files: FileContents; readonly saved: FileContents } | undefined;
  /** Whether a save is on its way. */
  readonly saving: boolean;
  /** Whether the last key was Ctrl-C, or Esc where something was typed: once more leaves. */
  readonly leaving: boolean;
  /** Milliseconds since 1970: the time of the command at hand. */
  readonly now: number;
}
