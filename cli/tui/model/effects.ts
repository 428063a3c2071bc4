/** A file as it is to be written: its name as the zone's files have it, what it is to hold, and what it held when last seen. */
export interface FileToSave {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** What the file held when it was read or saved; another content on the disk was written by somebody else. */
  readonly expected: Uint8Array;
}

/** What the reducer asks the world to do; the world answers with commands of kind `event`. */
export type Effect =
  /** Lint the document of this revision; debounced, the answer is the event `linted`. */
  | { readonly kind: 'lint'; readonly revision: number }
  /** Write files, each at once or not at all; the answer is `saved`, `save-failed` or `outside`. */
  | { readonly kind: 'save'; readonly files: readonly FileToSave[]; readonly quit: boolean; readonly force: boolean }
  /** Restore the terminal and end. */
  | { readonly kind: 'quit'; readonly code: number }
  /** Stop the process as Ctrl-Z does. */
  | { readonly kind: 'suspend' }
  /** Open $EDITOR with what a file holds now, at a line; the answer is `edited` or `failed`. */
  | { readonly kind: 'external-editor'; readonly file: string; readonly bytes: Uint8Array; readonly line: number }
  /** Read all files from the disk anew; the answer is `reloaded` or `failed`. */
  | { readonly kind: 'reload' }
  /** Merge what is on the disk with what is here; the answer is `merged` or `failed`. */
  | { readonly kind: 'merge'; readonly base: FileContents; readonly ours: FileContents; readonly theirs: FileContents }
  /** Make the tree of the mail domain; the answer is `mail-tree`. */
  | { readonly kind: 'mail-tree'; readonly revision: number }
  /** Make the page of a rule; the answer is `page`. */
  | { readonly kind: 'explain'; readonly rule: string }
  /** What was kept for recovery is needed no more. */
  | { readonly kind: 'recovery-done' }
  /** Draw the whole screen anew. */
  | { readonly kind: 'redraw' };

/** Octets of files by name. */
export type FileContents = ReadonlyMap<string, Uint8Array>;
