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
  const octets = Buffer.from(message.buffer, message.byteOffset, message.byteLength);
  const text = octets.subarray(0, headerLength(octets)).toString('latin1');
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

/** Octets before the empty line. Two lone CRs are none: for software that counts them as part of a line the header goes on. */
function headerLength(octets: Buffer): number {
  if (octets[0] === 0x0a || (octets[0] === 0x0d && octets[1] === 0x0a)) return 0;
  const ends = [octets.indexOf('\n\n'), octets.indexOf('\n\r\n')].filter((end) => end >= 0);
  return ends.length === 0 ? octets.length : Math.min(...ends) + 1;
}

/** The fields of a header with the lines that continue them. A lone CR counts as a line end, for some software takes it so. */
function* headerFields(text: string): Generator<{ readonly start: number; readonly end: number }> {
  const lines = /[^\r\n]*(?:\r\n|\r|\n|$)/y;
  let start = 0;
  let at = 0;
  while (at < text.length) {
    lines.lastIndex = at;
    const line = lines.exec(text)?.[0] ?? '';
    if (at > start && !/^[ \t]/.test(line)) {
      yield { start, end: at };
      start = at;
    }
    at += Math.max(1, line.length);
  }
  if (at > start) yield { start, end: at };
}
