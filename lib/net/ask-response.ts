import { equalNames } from '../rr/name.ts';
import { RCODE, rcodeToText } from '../wire/codes.ts';
import { decodeMessage } from '../wire/decode.ts';
import type { Message, Question } from '../wire/message.ts';
import { sayMessageProblem } from '../wire/problem.ts';
import type { Exchange } from './ask-exchange.ts';

/** What octets that came from a server are to the query sent. */
export type Reply =
  | { readonly kind: 'response'; readonly message: Message }
  /** A response with TC that cannot be read whole: ask over TCP. */
  | { readonly kind: 'cut' }
  /** A response to the query that is no well-formed message. */
  | { readonly kind: 'malformed'; readonly detail: string }
  /** Something else, as anybody may send it (RFC 5452 §9). */
  | { readonly kind: 'stray'; readonly detail: string };

/** Response codes of servers that may not have read the question, and so need not repeat it. */
const QUESTION_MAY_LACK: ReadonlySet<number> = new Set([RCODE.FORMERR, RCODE.SERVFAIL, RCODE.NOTIMP, RCODE.REFUSED]);

/**
 * Judges octets by id, QR, opcode and question (RFC 5452 §9.1), names compared without regard to case, and by their
 * signature where the exchange has one.
 */
export function judgeReply(bytes: Uint8Array, { query, refuses }: Pick<Exchange, 'query' | 'refuses'>): Reply {
  const decoded = decodeMessage(bytes);
  const header = 'message' in decoded ? decoded.message : decoded.header;
  if (header === undefined) return { kind: 'stray', detail: `${bytes.length} octets, too few for a DNS message` };
  if (header.id !== query.id) return { kind: 'stray', detail: 'a message with another id' };
  if (!header.response) return { kind: 'stray', detail: 'a query instead of a response' };
  if (header.opcode !== query.opcode) return { kind: 'stray', detail: 'a response to another operation' };
  if ('problem' in decoded) {
    if (header.truncated) return { kind: 'cut' };
    const { problem } = decoded;
    return { kind: 'malformed', detail: `${sayMessageProblem(problem)} (octet ${problem.offset})` };
  }
  const { message } = decoded;
  const refusal = refuses?.(bytes);
  if (refusal !== undefined) return { kind: 'stray', detail: refusal };
  if (sameQuestions(message.questions, query.questions)) return { kind: 'response', message };
  if (message.questions.length > 0) return { kind: 'stray', detail: 'a response to another question' };
  if (QUESTION_MAY_LACK.has(message.rcode)) return { kind: 'response', message };
  return { kind: 'stray', detail: `a response (${rcodeToText(message.rcode)}) without the question` };
}

function sameQuestions(echoed: readonly Question[], asked: readonly Question[]): boolean {
  return echoed.length === asked.length && asked.every((question, index) => sameQuestion(echoed[index], question));
}

function sameQuestion(echoed: Question | undefined, { name, type, class: rrClass }: Question): boolean {
  return echoed !== undefined && echoed.type === type && echoed.class === rrClass && equalNames(echoed.name, name);
}
