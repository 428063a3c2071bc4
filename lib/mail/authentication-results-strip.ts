import { normalizeHostName } from '../certs/names.ts';
import { parseAuthenticationResults } from './authentication-results-parse.ts';

/** A message without the fields that were taken out of its header, and those fields. */
export interface StrippedMessage {
  readonly message: Uint8Array;
  readonly removed: readonly string[];
}

/**
 * Takes out of the header every Authentication-Results field that claims to be ours, before we add our own (RFC 8601 §5).
 * Fields whose host cannot be read go too; the rest of the message keeps every octet.
 */
export function withoutForeignResults(message: Uint8Array, authservId: string): StrippedMessage {
  const text = Buffer.from(message.buffer, message.byteOffset, message.byteLength).toString('latin1');
  const removed: string[] = [];
  const kept: Uint8Array[] = [];
  let from = 0;
  for (const { start, end } of headerFields(text)) {
    const field = text.slice(start, end);
    if (!/^authentication-results[ \t]*:/i.test(field) || !isOurs(field, authservId)) continue;
    removed.push(field.replace(/[\r\n]+$/, ''));
    kept.push(message.subarray(from, start));
    from = end;
  }
  if (removed.length === 0) return { message, removed };
  kept.push(message.subarray(from));
  return { message: new Uint8Array(Buffer.concat(kept)), removed };
}

function isOurs(field: string, authservId: string): boolean {
  const utf8 = Buffer.from(field, 'latin1').toString('utf8');
  const { authservId: claimed } = parseAuthenticationResults(utf8);
  return claimed === '' || plain(claimed) === plain(authservId);
}

function plain(id: string): string {
  return normalizeHostName(id) ?? id.toLowerCase();
}

/** The fields of a header section with the lines that continue them; an empty line ends it. A lone CR counts as a line end. */
function* headerFields(text: string): Generator<{ readonly start: number; readonly end: number }> {
  const lines = /[^\r\n]*(?:\r\n|\r|\n|$)/y;
  let start = 0;
  let at = 0;
  while (at < text.length) {
    lines.lastIndex = at;
    const line = lines.exec(text)?.[0] ?? '';
    const next = at + Math.max(1, line.length);
    const continues = /^[ \t]/.test(line) && at > start;
    if (!continues && at > start) {
      yield { start, end: at };
      start = at;
    }
    if (/^[\r\n]/.test(line)) return;
    at = next;
  }
  if (at > start) yield { start, end: at };
}
