import { nameToText } from '../../lib/rr/name.ts';
import { classToText, typeToText } from '../../lib/rr/types.ts';
import type { AnswerSummary, EdnsFacts, Exchange } from '../../lib/server/exchange.ts';
import { opcodeToText, rcodeToText } from '../../lib/wire/codes.ts';
import { OPTION } from '../../lib/wire/edns.ts';
import type { Io } from '../io.ts';
import { printable } from '../report/characters.ts';

/** How queries are logged. */
export type LogFormat = 'text' | 'json';

/** Milliseconds after which what was logged is written. */
const HELD = 20;

/** Flags of a query that a log tells, by their bit. */
const FLAGS: readonly (readonly [string, number])[] = [
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

/** Writes one line a query to standard output, many at a time. */
export class QueryLog {
  private readonly format: LogFormat;
  private readonly io: Io;
  private timer: NodeJS.Timeout | undefined;

  constructor(format: LogFormat, io: Io) {
    this.format = format;
    this.io = io;
  }

  /** `ms` is how long the answer took to be made. */
  query(summary: AnswerSummary, exchange: Exchange, ms: number): void {
    const line = this.format === 'json' ? jsonLine(summary, exchange, ms) : textLine(summary, exchange, ms);
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

/** Who asked what, and what became of it, in one line of words. */
export function textLine(summary: AnswerSummary, { transport, client, now }: Exchange, ms: number): string {
  const { id, opcode, question, rcode, outcome, querySize, answerSize } = summary;
  const what =
    question === undefined
      ? '- - -'
      : `${printable(nameToText(question.name))} ${typeToText(question.type)} ${classToText(question.class)}`;
  const answered = [...(summary.authoritative ? ['aa'] : []), ...(summary.truncated ? ['tc'] : [])].join(',') || '-';
  const operation = opcode === undefined || opcode === 0 ? '' : `${opcodeToText(opcode)} `;
  return (
    `${new Date(now).toISOString()} ${client.address}#${client.port} ${transport} ${id ?? '-'} ${operation}${what} ` +
    `${flagsOf(summary.flags).join(',') || '-'} ${ednsText(summary.edns)} ` +
    `${rcode === undefined ? 'no-reply' : rcodeToText(rcode)} ${answered} ${outcome} ${querySize}>${answerSize} ${round(ms)}ms`
  );
}

/** The same for programs, as one JSON value. */
export function jsonLine(summary: AnswerSummary, { transport, client, now }: Exchange, ms: number): string {
  const { id, opcode, question, edns, rcode, outcome, zone, querySize, answerSize } = summary;
  return JSON.stringify({
    event: 'query',
    time: new Date(now).toISOString(),
    id,
    client: client.address,
    clientPort: client.port,
    transport,
    opcode: opcode === undefined ? undefined : opcodeToText(opcode),
    name: question && nameToText(question.name),
    type: question && typeToText(question.type),
    class: question && classToText(question.class),
    flags: flagsOf(summary.flags),
    edns: edns && {
      version: edns.version,
      udpSize: edns.udpSize,
      do: edns.dnssecOk,
      options: edns.options.map(optionText),
    },
    outcome,
    rcode: rcode === undefined ? undefined : rcodeToText(rcode),
    aa: summary.authoritative,
    tc: summary.truncated,
    zone: zone && nameToText(zone),
    querySize,
    answerSize,
    ms: round(ms),
  });
}

function flagsOf(flags: number): string[] {
  return FLAGS.flatMap(([word, bit]) => ((flags & bit) === 0 ? [] : [word]));
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
