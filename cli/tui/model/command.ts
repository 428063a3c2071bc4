import type { StatusNode } from '../../../lib/lint/status/node.ts';
import type { CommandId } from './commands.ts';
import type { FileContents } from './effects.ts';
import type { EditorProblem } from './problem.ts';

/** What the world tells the editor. */
export type EditorEvent =
  | { readonly event: 'resized'; readonly columns: number; readonly rows: number }
  | { readonly event: 'linted'; readonly revision: number; readonly problems: readonly EditorProblem[] }
  | { readonly event: 'lint-failed'; readonly revision: number; readonly sentence: string }
  | { readonly event: 'saved'; readonly files: FileContents; readonly quit: boolean }
  | { readonly event: 'save-failed'; readonly sentence: string }
  /** Files hold other octets than when they were last seen. */
  | { readonly event: 'outside'; readonly files: FileContents }
  | { readonly event: 'reloaded'; readonly files: FileContents }
  | {
      readonly event: 'merged';
      readonly files: FileContents;
      readonly theirs: FileContents;
      readonly conflicts: number;
    }
  /** An editor before this one could not save these files; `saved` is what they held on the disk then, `time` a text. */
  | { readonly event: 'recovered'; readonly time: string; readonly files: FileContents; readonly saved: FileContents }
  | { readonly event: 'edited'; readonly file: string; readonly bytes: Uint8Array }
  | { readonly event: 'mail-tree'; readonly revision: number; readonly tree: StatusNode }
  | { readonly event: 'page'; readonly title: string; readonly lines: readonly string[] }
  | { readonly event: 'failed'; readonly sentence: string }
  | { readonly event: 'message'; readonly sentence: string };

/** Everything that can change the state. */
export type Command =
  /** A command by its name, from a key, the palette or a prompt. */
  | { readonly kind: 'run'; readonly id: CommandId; readonly argument?: string }
  /** Characters typed where text is expected. */
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'paste'; readonly text: string }
  | ({ readonly kind: 'event' } & EditorEvent);
