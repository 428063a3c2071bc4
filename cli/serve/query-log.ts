import { nameToText } from '../../lib/rr/name.ts';
import { classToText, typeToText } from '../../lib/rr/types.ts';
import type { AnswerSummary, EdnsFacts } from '../../lib/server/exchange.ts';
import { sentSummary } from '../../lib/server/faults/sent.ts';
import type { QueryRecord } from '../../lib/server/history.ts';
import { opcodeToText, rcodeToText } from '../../lib/wire/codes.ts';
import { OPTION } from '../../lib/wire/edns.ts';
import type { Io } from '../io.ts';
import { printable } from '../report/characters.ts';

/** How queries are logged. */
export type LogFormat = 'text' | 'json';

/** Milliseconds after which what was logged is written. */
const HELD = 20;

/** Flags of a query that a log tells, by their bit. */
export const QUERY_FLAGS: readonly (readonly [string, number])[] = [
  ['aa', 0x0400],
  ['tc', 0x0200],
  ['rd', 0x0100],
  ['ra', 0x0080],
  ['z', 0x0040],
  ['ad', 0x0020],
  ['cd', 0x0010],
];

const OPTION_TEXT: ReadonlyMap<number, string> = new Map(
  Object.entries(OPTION).map(([text, code]) => [code, text.replaceAll('_', '-').toLowerCase()]),
);

/** Words that many lines have in common, made once. */
class LogWords {
  private readonly flagWords = new Map<number, { readonly text: string; readonly json: string }>();
  private moment = Number.NaN;
  private momentText = '';

  time(now: number): string {
    if (now !== this.moment) {
      this.moment = now;
      this.momentText = new Date(now).toISOString();
    }
    return this.momentText;
  }

  flags(flags: number): { readonly text: string; readonly json: string } {
    let known = this.flagWords.get(flags);
    if (known === undefined) {
      const words = QUERY_FLAGS.flatMap(([word, bit]) => ((flags & bit) === 0 ? [] : [word]));
      known = { text: words.join(',') || '-', json: JSON.stringify(words) };
      this.flagWords.set(flags, known);
    }
    return known;
  }
}

/** Writes one line a query to standard output, many at a time. */
export class QueryLog {
  private readonly format: LogFormat;
  private readonly io: Io;
  private readonly words = new LogWords();
  private timer: NodeJS.Timeout | undefined;

  constructor(format: LogFormat, io: Io) {
    this.format = format;
    this.io = io;
  }

  /** What was asked, and what was really sent for it. */
  query(record: QueryRecord): void {
    const makeLine = this.format === 'json' ? jsonLine : textLine;
    const line = makeLine(record, sentSummary(record), this.words);
    this.io.stdout.write(`${line}\n`);
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.io.stdout.flush();
    }, HELD);
  }

  close(): void {
    clearTimeout(this.timer);
    this.io.stdout.flush();
  }
}

type Told = Pick<QueryRecord, 'exchange' | 'ms' | 'faults'>;

/** Who asked what, and what became of it, in one line of words. */
function textLine({ exchange, ms, faults }: Told, summary: AnswerSummary, words: LogWords): string {
  const { transport, client, now } = exchange;
  const { id, opcode, question, rcode, outcome, querySize, answerSize } = summary;
  const what =
    question === undefined
      ? '- - -'
      : `${printable(nameToText(question.name))} ${typeToText(question.type)} ${classToText(question.class)}`;
  const answered = [...(summary.authoritative ? ['aa'] : []), ...(summary.truncated ? ['tc'] : [])].join(',') || '-';
  const operation = opcode === undefined || opcode === 0 ? '' : `${opcodeToText(opcode)} `;
  return (
    `${words.time(now)} ${client.address}#${client.port} ${transport} ${id ?? '-'} ${operation}${what} ` +
    `${words.flags(summary.flags).text} ${ednsText(summary.edns)} ` +
    `${rcode === undefined ? 'no-reply' : rcodeToText(rcode)} ${answered} ${outcome} ${querySize}>${answerSize} ${round(ms)}ms` +
    `${exchange.key === undefined ? '' : ` key=${printable(nameToText(exchange.key))}`}` +
    `${faults.length === 0 ? '' : ` fault=${faults.join(',')}`}`
  );
}

/** The same for programs, as one JSON value; put together by hand, as there may be a hundred thousand of them a second. */
function jsonLine({ exchange, ms, faults }: Told, summary: AnswerSummary, words: LogWords): string {
  const { transport, client, now } = exchange;
  const { id, opcode, question, edns, rcode, zone } = summary;
  const named =
    question === undefined
      ? ''
      : `"name":${JSON.stringify(nameToText(question.name))},"type":"${typeToText(question.type)}","class":"${classToText(question.class)}",`;
  return (
    `{"event":"query","time":"${words.time(now)}",${id === undefined ? '' : `"id":${id},`}` +
    `"client":"${client.address}","clientPort":${client.port},"transport":"${transport}",` +
    `${opcode === undefined ? '' : `"opcode":"${opcodeToText(opcode)}",`}${named}"flags":${words.flags(summary.flags).json},` +
    `${edns === undefined ? '' : `"edns":${jsonEdns(edns)},`}"outcome":"${summary.outcome}",` +
    `${rcode === undefined ? '' : `"rcode":"${rcodeToText(rcode)}",`}"aa":${summary.authoritative},"tc":${summary.truncated},` +
    `${zone === undefined ? '' : `"zone":${JSON.stringify(nameToText(zone))},`}` +
    `${exchange.key === undefined ? '' : `"key":${JSON.stringify(nameToText(exchange.key))},`}` +
    `"querySize":${summary.querySize},"answerSize":${summary.answerSize},"ms":${round(ms)}` +
    `${faults.length === 0 ? '' : `,"faults":${JSON.stringify(faults)}`}}`
  );
}

function jsonEdns({ version, udpSize, dnssecOk, options }: EdnsFacts): string {
  const shown = options.length === 0 ? '[]' : JSON.stringify(options.map(optionText));
  return `{"version":${version},"udpSize":${udpSize},"do":${dnssecOk},"options":${shown}}`;
}

/** `edns0,do,1232,nsid`, or `-` without EDNS. */
function ednsText(edns: EdnsFacts | undefined): string {
  if (edns === undefined) return '-';
  const words = [`edns${edns.version}`, ...(edns.dnssecOk ? ['do'] : []), String(edns.udpSize)];
  return [...words, ...edns.options.map(optionText)].join(',');
}

function optionText(code: number): string {
  return OPTION_TEXT.get(code) ?? `opt${code}`;
}

function round(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
