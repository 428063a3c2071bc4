import type { Fix, SourceFile, Span } from '../../../text/diagnostic.ts';

/** A fix of one edit. */
export function oneEdit(title: string, safe: boolean, file: SourceFile, span: Span, text: string): readonly Fix[] {
  return [{ title, safe, file, edits: [{ start: span.start, end: span.end, text }] }];
}

/** The octets of a range as one character each. */
export function latin1(file: SourceFile, { start, end }: Span): string {
  const { bytes } = file;
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1');
}

/** The text of a range, undefined when it is no UTF-8. */
export function utf8(file: SourceFile, { start, end }: Span): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(file.bytes.subarray(start, end));
  } catch {
    return undefined;
  }
}

/** A fix that writes the word that was probably meant; none when nothing resembles what was found. */
export function nearestFix(nearest: string | number | undefined, file: SourceFile, span: Span): readonly Fix[] {
  return typeof nearest === 'string' ? oneEdit(`write ${nearest}`, false, file, span, nearest) : [];
}
