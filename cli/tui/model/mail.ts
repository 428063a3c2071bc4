import type { StatusNode } from '../../../lib/lint/status/node.ts';
import type { EditorState } from './state.ts';

/** A node of the tree of the mail domain as a row. */
export interface MailRow {
  readonly node: StatusNode;
  readonly depth: number;
  /** Labels from the root down, which name the node from one tree to the next. */
  readonly path: string;
  /** Whether what is below it is hidden; undefined where nothing is. */
  readonly folded: boolean | undefined;
}

/** The nodes in sight, from the root down. */
export function mailRows({ mail }: EditorState): readonly MailRow[] {
  if (mail.tree === undefined) return [];
  const rows: MailRow[] = [];
  const walk = (node: StatusNode, depth: number, above: string): void => {
    const path = `${above}/${node.kind} ${node.label}`;
    const folded = node.children.length === 0 ? undefined : mail.folded.has(path);
    rows.push({ node, depth, path, folded });
    if (folded !== true) for (const child of node.children) walk(child, depth + 1, path);
  };
  walk(mail.tree, 0, '');
  return rows;
}

/** Hides or shows what is below the node at the cursor. */
export function toggledMail(state: EditorState): EditorState {
  const row = mailRows(state)[state.mail.cursor];
  if (row?.folded === undefined) return state;
  const folded = new Set(state.mail.folded);
  if (!folded.delete(row.path)) folded.add(row.path);
  return { ...state, mail: { ...state.mail, folded } };
}
