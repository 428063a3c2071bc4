/** A change of a file: the octets from `start` up to `end` become `text` (written as UTF-8). */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Edits that can be applied together, in file order, and those that touch one taken before. */
export interface EditPlan {
  readonly applied: readonly Edit[];
  readonly conflicting: readonly Edit[];
}

/** Orders edits by place and sets aside those that overlap an earlier one or lie outside the file. */
export function planEdits(edits: readonly Edit[], length: number): EditPlan {
  const sorted = [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
  const applied: Edit[] = [];
  const conflicting: Edit[] = [];
  let free = 0;
  let previous: Edit | undefined;
  for (const edit of sorted) {
    const insertsTwice = previous !== undefined && previous.start === edit.start && previous.end === edit.end;
    if (edit.start < free || edit.end < edit.start || edit.end > length || insertsTwice) {
      conflicting.push(edit);
      continue;
    }
    applied.push(edit);
    free = edit.end;
    previous = edit;
  }
  return { applied, conflicting };
}

/** The file after the edits; conflicting ones are left out (see planEdits). */
export function applyEdits(bytes: Uint8Array, edits: readonly Edit[]): Uint8Array {
  const { applied } = planEdits(edits, bytes.length);
  const encoder = new TextEncoder();
  const parts: Uint8Array[] = [];
  let from = 0;
  for (const edit of applied) {
    parts.push(bytes.subarray(from, edit.start), encoder.encode(edit.text));
    from = edit.end;
  }
  parts.push(bytes.subarray(from));
  const result = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    result.set(part, at);
    at += part.length;
  }
  return result;
}
