/** A change of a file: the octets from `start` up to `end` become `text` (written as UTF-8). */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A change of a file as Edit is, with octets that need not be UTF-8. */
export interface OctetEdit {
  readonly start: number;
  readonly end: number;
  readonly octets: Uint8Array;
}

/** Edits that can be applied together, in file order, and those that touch one taken before. */
export interface EditPlan<Each extends Edit | OctetEdit = Edit> {
  readonly applied: readonly Each[];
  readonly conflicting: readonly Each[];
}

/** Orders edits by place and sets aside those that overlap an earlier one or lie outside the file. */
export function planEdits<Each extends Edit | OctetEdit>(edits: readonly Each[], length: number): EditPlan<Each> {
  const sorted = [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
  const applied: Each[] = [];
  const conflicting: Each[] = [];
  let free = 0;
  let previous: Each | undefined;
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
export function applyEdits(bytes: Uint8Array, edits: readonly (Edit | OctetEdit)[]): Uint8Array {
  const { applied } = planEdits(edits, bytes.length);
  const encoder = new TextEncoder();
  const parts: Uint8Array[] = [];
  let from = 0;
  for (const edit of applied) {
    parts.push(bytes.subarray(from, edit.start), 'octets' in edit ? edit.octets : encoder.encode(edit.text));
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

/** The edits that restore the file from what `edits` make of it; what edits beside each other take out is one of them. */
export function inverse(edits: readonly (Edit | OctetEdit)[], bytes: Uint8Array): readonly OctetEdit[] {
  const encoder = new TextEncoder();
  const made: OctetEdit[] = [];
  let shift = 0;
  for (const edit of planEdits(edits, bytes.length).applied) {
    const length = 'octets' in edit ? edit.octets.length : encoder.encode(edit.text).length;
    const start = edit.start + shift;
    const end = start + length;
    shift += length - (edit.end - edit.start);
    const octets = bytes.slice(edit.start, edit.end);
    const last = made.at(-1);
    // Two insertions at one place would be in conflict.
    if (last?.start === start && last.end === end)
      made[made.length - 1] = { start, end, octets: joined(last.octets, octets) };
    else made.push({ start, end, octets });
  }
  return made;
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
