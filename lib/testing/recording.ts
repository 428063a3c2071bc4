import { equalNames, lowerName, nameFromText, nameKey, nameToText } from '../rr/name.ts';
import { sayProblem } from '../rr/say.ts';
import { classFromBytes, classToText, typeFromText, typeToText } from '../rr/types.ts';
import type { Elsewhere } from '../server/test-server.ts';
import { RCODE, rcodeToText } from '../wire/codes.ts';
import { decodeMessage } from '../wire/decode.ts';
import { encodeMessage } from '../wire/encode.ts';
import { type Message, type Question, type ResourceRecord, SECTIONS } from '../wire/message.ts';
import { sayMessageProblem } from '../wire/problem.ts';
import { isObject } from '../zone/from-json.ts';
import { failure, plainQuery, sized } from './elsewhere.ts';
import { recordLine } from './records.ts';

/**
 * One line of a recording, as JSON: a question that another server was asked, and the answer that came. `name`, `type`,
 * `class`, `do` and `response` are read again, and of several lines for one question the last counts; the rest is for people.
 */
export interface RecordedLine {
  /** ISO 8601. */
  readonly time: string;
  /** Absolute, in small letters. */
  readonly name: string;
  readonly type: string;
  readonly class: string;
  /** Whether the query had DO set (RFC 3225). */
  readonly do: boolean;
  readonly rcode: string;
  /** The answer section, as zone files have it. */
  readonly answer: readonly string[];
  /** The whole response in base64; its id is 0. */
  readonly response: string;
}

/** What is wrong with one line of a recording. */
export interface RecordingProblem {
  /** From 1. */
  readonly line: number;
  readonly message: string;
}

/** One question and what came for it. */
interface RecordedAnswer {
  readonly question: Question;
  readonly dnssecOk: boolean;
  readonly response: Message;
}

/** Not authoritative (RFC 8914 §4.21). */
const NOT_AUTHORITATIVE = 20;

/** Answers by their questions. */
export class Recording {
  private readonly answers = new Map<string, RecordedAnswer>();

  /** How many questions it answers. */
  get size(): number {
    return this.answers.size;
  }

  /** Takes the lines of a text in, those without a problem. */
  read(text: string): RecordingProblem[] {
    const problems: RecordingProblem[] = [];
    for (const [index, line] of text
      .replace(/^\ufeff/u, '')
      .split('\n')
      .entries()) {
      if (line.trim() === '') continue;
      const read = readLine(line);
      if (typeof read === 'string') problems.push({ line: index + 1, message: read });
      else this.answers.set(keyOf(read.question, read.dnssecOk), read);
    }
    return problems;
  }

  /** The line for an answer that came; undefined when the same was recorded before, TTLs and the order of records aside. */
  note(question: Question, response: Message, dnssecOk: boolean, now: number): string | undefined {
    const key = keyOf(question, dnssecOk);
    const before = this.answers.get(key);
    if (before !== undefined && substanceOf(before.response) === substanceOf(response)) return undefined;
    const asked = { ...question, name: lowerName(question.name) };
    const encoded = encodeMessage({ ...response, id: 0, questions: [asked] });
    if ('problem' in encoded) return undefined;
    this.answers.set(key, { question: asked, dnssecOk, response });
    const line: RecordedLine = {
      time: new Date(now).toISOString(),
      name: nameToText(asked.name),
      type: typeToText(question.type),
      class: classToText(question.class),
      do: dnssecOk,
      rcode: rcodeToText(response.rcode),
      answer: response.answer.map(recordLine),
      response: Buffer.from(encoded.bytes).toString('base64'),
    };
    return JSON.stringify(line);
  }

  /** The response that was recorded for a question. */
  find(question: Question, dnssecOk: boolean): Message | undefined {
    return this.answers.get(keyOf(question, dnssecOk))?.response;
  }
}

/**
 * Answers from a recording what it has, with the id and the question of the query and TTLs as they were; the rest is left to
 * `otherwise`, or refused.
 */
export function replaying(recording: Recording, otherwise?: Elsewhere): Elsewhere {
  return async (bytes, exchange, own) => {
    const query = plainQuery(bytes);
    if (query === undefined) return undefined;
    const { message, question } = query;
    const asker = { query: message, exchange, own };
    const dnssecOk = message.edns?.dnssecOk === true;
    const recorded = recording.find(question, dnssecOk);
    if (recorded !== undefined) return sized(replayed(recorded, message, question), asker);
    if (otherwise !== undefined) return otherwise(bytes, exchange, own);
    const asked = `${nameToText(question.name)} ${typeToText(question.type)}`;
    const other =
      recording.find(question, !dnssecOk) === undefined ? '' : `; it was ${dnssecOk ? 'without' : 'with'} DO`;
    const text = `${asked} ${dnssecOk ? 'with DO ' : ''}was not recorded${other}`;
    return sized(failure(message, RCODE.REFUSED, { code: NOT_AUTHORITATIVE, text }), asker, 'outside');
  };
}

function replayed(recorded: Message, query: Message, question: Question): Message {
  const { edns: was, ...rest } = recorded;
  // A server that knows no EDNS may say FORMERR with the header alone (RFC 6891 §7).
  const bare = recorded.questions.length === 0;
  const edns = query.edns && (was ?? (bare ? undefined : { ...query.edns, options: [] }));
  return {
    ...rest,
    id: query.id,
    recursionDesired: query.recursionDesired,
    checkingDisabled: query.checkingDisabled,
    // An RCODE of more than four bits needs EDNS.
    rcode: edns === undefined && rest.rcode > 15 ? RCODE.SERVFAIL : rest.rcode,
    questions: bare ? [] : [question],
    // The name was written as the query of then spelled it.
    answer: rest.answer.map((record) =>
      equalNames(record.name, question.name) ? { ...record, name: question.name } : record,
    ),
    ...(edns && { edns }),
  };
}

function keyOf({ name, type, class: rrClass }: Question, dnssecOk: boolean): string {
  return `${nameKey(name)} ${type} ${rrClass} ${dnssecOk}`;
}

/** What two responses that say the same have in common. */
function substanceOf(message: Message): string {
  const { rcode, authoritative, authenticData } = message;
  return [rcode, authoritative, authenticData, ...SECTIONS.map((section) => setOf(message[section]))].join('\n');
}

function setOf(records: readonly ResourceRecord[]): string {
  const each = records.map(
    ({ name, type, class: rrClass, rdata }) =>
      `${nameKey(name)} ${type} ${rrClass} ${Buffer.from(rdata).toString('latin1')}`,
  );
  return JSON.stringify(each.sort());
}

/** The answer of one line, or what is wrong with it. */
function readLine(line: string): RecordedAnswer | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    return `this is no JSON: ${(error as Error).message}`;
  }
  if (!isObject(value)) return 'expected an object with name, type, class, do and response';
  const question = questionOf(value);
  if (typeof question === 'string') return question;
  if (typeof value.do !== 'boolean') return '"do" has to be true or false';
  const response = responseOf(value.response);
  if (typeof response === 'string') return `"response" ${response}`;
  const [about] = response.questions;
  if (about !== undefined && keyOf(about, false) !== keyOf(question, false))
    return `"response" is for ${nameToText(about.name)} ${typeToText(about.type)}, not for ${nameToText(question.name)} ${typeToText(question.type)}`;
  return { question, dnssecOk: value.do, response };
}

function questionOf({ name, type, class: rrClass }: { readonly [key: string]: unknown }): Question | string {
  if (typeof name !== 'string') return '"name" has to be a domain name';
  const read = nameFromText(name.endsWith('.') ? name : `${name}.`);
  if ('problem' in read) return `"name" is no domain name: ${sayProblem(read.problem)}`;
  const typed = typeof type === 'string' ? typeFromText(type) : undefined;
  if (typed === undefined) return '"type" has to be a type such as MX or TYPE265';
  const word = typeof rrClass === 'string' ? Buffer.from(rrClass) : new Uint8Array(0);
  const classed = classFromBytes(word, 0, word.length);
  if (classed < 0) return '"class" has to be a class such as IN';
  return { name: read.name, type: typed, class: classed };
}

function responseOf(value: unknown): Message | string {
  if (typeof value !== 'string' || !/^(?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/u.test(value))
    return 'has to be a DNS message in base64';
  const decoded = decodeMessage(Buffer.from(value, 'base64'));
  if ('problem' in decoded) return `is no DNS message: ${sayMessageProblem(decoded.problem)}`;
  return decoded.message.response ? decoded.message : 'is a query, not a response';
}
