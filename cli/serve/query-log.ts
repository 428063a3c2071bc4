import { nameToText } from '../../lib/rr/name.ts';
import { classToText, typeToText } from '../../lib/rr/types.ts';
import type { AnswerSummary, EdnsFacts } from '../../lib/server/exchange.ts';
import { sentSummary } from '../../lib/server/faults/sent.ts';
import type { QueryRecord } from '../../lib/server/history.ts';
import { opcodeToText, rcodeToText } from '../../lib/wire/codes.ts';
import { OPTION } from '../../lib/wire/edns.ts';
import { flagWords } from '../../lib/wire/header.ts';
import type { Io } from '../io.ts';
import { printable } from '../report/characters.ts';

/** How queries are logged. */
export type LogFormat = 'text' | 'json';

/** Milliseconds after which what was logged is written. */
const HELD = 20;

const OPTION_TEXT: ReadonlyMap<number, string> = new Map(
  Object.entries(OPTION).map(([text, code]) => [code, text.replaceAll('_', '-').toLowerCase()]),
);

/** Octets of names that stand for themselves, in JSON too: letters, digits, `-`, `_` and `*`. */
const PLAIN: Uint8Array = Uint8Array.from({ length: 256 }, (_, octet) =>
  /[\w*-]/u.test(String.fromCharCode(octet)) ? 1 : 0,
);

/** Durations below so many microseconds have their text kept. */
const FEW_MICROSECONDS = 1000;

/** Words that many lines have in common, made once. */
class LogWords {
  private readonly flagWords = new Map<number, { readonly text: string; readonly json: string }>();
  private moment = Number.NaN;
  private momentText = '';
  private readonly spelled = Buffer.alloc(256);
  private readonly moments: string[] = [];

  time(now: number): string {
    if (now !== this.moment) {
      this.moment = now;
      this.momentText = new Date(now).toISOString();
    }
    return this.momentText;
  }

  /** A name on one line. */
  name(wire: Uint8Array): string {
    return this.plainName(wire) ?? printable(nameToText(wire));
  }

  /** A name as JSON. */
  jsonName(wire: Uint8Array): string {
    const plain = this.plainName(wire);
    return plain === undefined ? JSON.stringify(nameToText(wire)) : `"${plain}"`;
  }

  /** A name in which nothing has to be escaped, the quick way. */
  private plainName(wire: Uint8Array): string | undefined {
    const { spelled } = this;
    let length = 0;
    for (let at = 0; (wire[at] as number) > 0; ) {
      const end = at + 1 + (wire[at] as number);
      for (at++; at < end; at++) {
        const octet = wire[at] as number;
        if (PLAIN[octet] === 0) return undefined;
        spelled[length++] = octet;
      }
      spelled[length++] = 0x2e;
    }
    return length === 0 ? '.' : spelled.toString('latin1', 0, length);
  }

  /** Milliseconds, to the microsecond. */
  milliseconds(ms: number): string {
    const count = Math.round(ms * 1000);
    if (count >= FEW_MICROSECONDS) return String(count / 1000);
    this.moments[count] ??= String(count / 1000);
    return this.moments[count];
  }

  flags(flags: number): { readonly text: string; readonly json: string } {
    let known = this.flagWords.get(flags);
    if (known === undefined) {
      const words = flagWords(flags);
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
      : `${words.name(question.name)} ${typeToText(question.type)} ${classToText(question.class)}`;
  const { authoritative, truncated } = summary;
  const answered = authoritative ? (truncated ? 'aa,tc' : 'aa') : truncated ? 'tc' : '-';
  const operation = opcode === undefined || opcode === 0 ? '' : `${opcodeToText(opcode)} `;
  return (
    `${words.time(now)} ${client.address}#${client.port} ${transport} ${id ?? '-'} ${operation}${what} ` +
    `${words.flags(summary.flags).text} ${ednsText(summary.edns)} ` +
    `${rcode === undefined ? 'no-reply' : rcodeToText(rcode)} ${answered} ${outcome} ${querySize}>${answerSize} ${words.milliseconds(ms)}ms` +
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
      : `"name":${words.jsonName(question.name)},"type":"${typeToText(question.type)}","class":"${classToText(question.class)}",`;
  return (
    `{"event":"query","time":"${words.time(now)}",${id === undefined ? '' : `"id":${id},`}` +
    `"client":"${client.address}","clientPort":${client.port},"transport":"${transport}",` +
    `${opcode === undefined ? '' : `"opcode":"${opcodeToText(opcode)}",`}${named}"flags":${words.flags(summary.flags).json},` +
    `${edns === undefined ? '' : `"edns":${jsonEdns(edns)},`}"outcome":"${summary.outcome}",` +
    `${rcode === undefined ? '' : `"rcode":"${rcodeToText(rcode)}",`}"aa":${summary.authoritative},"tc":${summary.truncated},` +
    `${zone === undefined ? '' : `"zone":${words.jsonName(zone)},`}` +
    `${exchange.key === undefined ? '' : `"key":${JSON.stringify(nameToText(exchange.key))},`}` +
    `"querySize":${summary.querySize},"answerSize":${summary.answerSize},"ms":${words.milliseconds(ms)}` +
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
  const head = `edns${edns.version},${edns.dnssecOk ? 'do,' : ''}${edns.udpSize}`;
  return edns.options.length === 0 ? head : [head, ...edns.options.map(optionText)].join(',');
}

function optionText(code: number): string {
  return OPTION_TEXT.get(code) ?? `opt${code}`;
}
