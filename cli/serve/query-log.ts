import { nameToText, writeName } from '../../lib/rr/name.ts';
import { writeAscii } from '../../lib/rr/octets.ts';
import { classToText, typeToText } from '../../lib/rr/types.ts';
import type { AnswerSummary, EdnsFacts } from '../../lib/server/exchange.ts';
import { sentSummary } from '../../lib/server/faults/sent.ts';
import type { QueryRecord } from '../../lib/server/query-record.ts';
import { ByteSink } from '../../lib/text/sink.ts';
import { opcodeToText, rcodeToText } from '../../lib/wire/codes.ts';
import { OPTION } from '../../lib/wire/edns.ts';
import { flagWords } from '../../lib/wire/header.ts';
import type { Io } from '../io.ts';

/** How queries are logged. */
export type LogFormat = 'text' | 'json';

/** Milliseconds after which what was logged is written. */
const HELD = 20;

const OPTION_TEXT: ReadonlyMap<number, string> = new Map(
  Object.entries(OPTION).map(([text, code]) => [code, text.replaceAll('_', '-').toLowerCase()]),
);

/** Durations below so many microseconds have their text kept. */
const FEW_MICROSECONDS = 1000;

/** Octets after which lines are written out. */
const FULL = 1 << 16;

const [NEWLINE, QUOTE, BACKSLASH] = [0x0a, 0x22, 0x5c] as const;

/** Lines in the making, as octets: put together from strings they would cost more than the answers do. */
class LogLines {
  readonly out: ByteSink = new ByteSink(FULL + 0x4000);
  private readonly flagTexts = new Map<number, { readonly text: string; readonly json: string }>();
  private moment = Number.NaN;
  private momentText = '';
  private lastClient: QueryRecord['exchange']['client'] | undefined;
  private lastTransport = '';
  /** Where the beginning of the last line stands, and how long it is. */
  private beginning = 0;
  private beginningLength = 0;
  private readonly moments: string[] = [];

  /** Text without any but ASCII characters. */
  text(text: string): void {
    writeAscii(text, this.out);
  }

  /** Any text. */
  unicode(text: string): void {
    this.out.put(Buffer.from(text));
  }

  number(value: number): void {
    const { out } = this;
    let power = 1;
    while (power * 10 <= value) power *= 10;
    for (; power >= 1; power /= 10) out.u8(0x30 + (Math.trunc(value / power) % 10));
  }

  time(now: number): void {
    if (now !== this.moment) {
      this.moment = now;
      this.momentText = new Date(now).toISOString();
    }
    this.text(this.momentText);
  }

  name(wire: Uint8Array): void {
    writeName(wire, 0, this.out);
  }

  /** When, who and how, in words; the same for many queries of one connection. */
  from({ now, client, transport }: QueryRecord['exchange']): void {
    const { out } = this;
    const start = out.length;
    if (client === this.lastClient && now === this.moment && transport === this.lastTransport) {
      out.copy(out.bytes, this.beginning, this.beginning + this.beginningLength);
    } else {
      this.time(now);
      this.text(' ');
      this.text(client.address);
      this.text('#');
      this.number(client.port);
      this.text(' ');
      this.text(transport);
      this.text(' ');
      this.lastClient = client;
      this.lastTransport = transport;
      this.beginningLength = out.length - start;
    }
    this.beginning = start;
  }

  /** Takes away what was written. */
  clear(): void {
    this.out.length = 0;
    this.lastClient = undefined;
  }

  /** A name as JSON. */
  jsonName(wire: Uint8Array): void {
    const { out } = this;
    const start = out.length;
    out.u8(QUOTE);
    writeName(wire, 0, out);
    for (let at = start + 1; at < out.length; at++) {
      if (out.bytes[at] !== BACKSLASH && out.bytes[at] !== QUOTE) continue;
      out.length = start;
      this.text(JSON.stringify(nameToText(wire)));
      return;
    }
    out.u8(QUOTE);
  }

  /** Milliseconds, to the microsecond. */
  milliseconds(ms: number): void {
    const count = Math.round(ms * 1000);
    if (count >= FEW_MICROSECONDS) this.text(String(count / 1000));
    else {
      this.moments[count] ??= String(count / 1000);
      this.text(this.moments[count]);
    }
  }

  flags(flags: number): { readonly text: string; readonly json: string } {
    let known = this.flagTexts.get(flags);
    if (known === undefined) {
      const words = flagWords(flags);
      known = { text: words.join(',') || '-', json: JSON.stringify(words) };
      this.flagTexts.set(flags, known);
    }
    return known;
  }
}

/** Writes one line a query to standard output, many at a time. */
export class QueryLog {
  private readonly writeLine: (record: Told, summary: AnswerSummary, lines: LogLines) => void;
  private readonly io: Io;
  private readonly lines = new LogLines();
  private timer: NodeJS.Timeout | undefined;

  constructor(format: LogFormat, io: Io) {
    this.writeLine = format === 'json' ? jsonLine : textLine;
    this.io = io;
  }

  /** What was asked, and what was really sent for it. */
  query(record: QueryRecord): void {
    const { out } = this.lines;
    this.writeLine(record, sentSummary(record), this.lines);
    out.u8(NEWLINE);
    if (out.length >= FULL) this.flush();
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.flush();
    }, HELD);
  }

  close(): void {
    clearTimeout(this.timer);
    this.flush();
  }

  private flush(): void {
    const { out } = this.lines;
    if (out.length > 0) this.io.stdout.writeBytes(out.bytes.subarray(0, out.length));
    this.lines.clear();
    this.io.stdout.flush();
  }
}

type Told = Pick<QueryRecord, 'exchange' | 'ms' | 'faults'>;

/** Who asked what, and what became of it, in one line of words. */
function textLine({ exchange, ms, faults }: Told, summary: AnswerSummary, lines: LogLines): void {
  const { id, opcode, question, rcode, authoritative, truncated } = summary;
  lines.from(exchange);
  if (id === undefined) lines.text('-');
  else lines.number(id);
  lines.text(' ');
  if (opcode !== undefined && opcode !== 0) lines.text(`${opcodeToText(opcode)} `);
  if (question === undefined) lines.text('- - -');
  else {
    lines.name(question.name);
    lines.text(' ');
    lines.text(typeToText(question.type));
    lines.text(' ');
    lines.text(classToText(question.class));
  }
  lines.text(' ');
  lines.text(lines.flags(summary.flags).text);
  lines.text(' ');
  lines.text(ednsText(summary.edns));
  lines.text(' ');
  lines.text(rcode === undefined ? 'no-reply' : rcodeToText(rcode));
  lines.text(authoritative ? (truncated ? ' aa,tc ' : ' aa ') : truncated ? ' tc ' : ' - ');
  lines.text(summary.outcome);
  lines.text(' ');
  lines.number(summary.querySize);
  lines.text('>');
  lines.number(summary.answerSize);
  lines.text(' ');
  lines.milliseconds(ms);
  lines.text('ms');
  if (exchange.key !== undefined) {
    lines.text(' key=');
    lines.name(exchange.key);
  }
  if (faults.length > 0) lines.unicode(` fault=${faults.join(',')}`);
}

/** The same for programs, as one JSON value. */
function jsonLine({ exchange, ms, faults }: Told, summary: AnswerSummary, lines: LogLines): void {
  const { transport, client, now } = exchange;
  const { id, opcode, question, edns, rcode, zone } = summary;
  lines.text('{"event":"query","time":"');
  lines.time(now);
  lines.text('",');
  if (id !== undefined) {
    lines.text('"id":');
    lines.number(id);
    lines.text(',');
  }
  lines.text(`"client":"${client.address}","clientPort":`);
  lines.number(client.port);
  lines.text(`,"transport":"${transport}",`);
  if (opcode !== undefined) lines.text(`"opcode":"${opcodeToText(opcode)}",`);
  if (question !== undefined) {
    lines.text('"name":');
    lines.jsonName(question.name);
    lines.text(`,"type":"${typeToText(question.type)}","class":"${classToText(question.class)}",`);
  }
  lines.text('"flags":');
  lines.text(lines.flags(summary.flags).json);
  if (edns !== undefined) lines.text(`,"edns":${jsonEdns(edns)}`);
  lines.text(`,"outcome":"${summary.outcome}",`);
  if (rcode !== undefined) lines.text(`"rcode":"${rcodeToText(rcode)}",`);
  lines.text(`"aa":${summary.authoritative},"tc":${summary.truncated},`);
  if (zone !== undefined) {
    lines.text('"zone":');
    lines.jsonName(zone);
    lines.text(',');
  }
  if (exchange.key !== undefined) {
    lines.text('"key":');
    lines.jsonName(exchange.key);
    lines.text(',');
  }
  lines.text(`"querySize":${summary.querySize},"answerSize":${summary.answerSize},"ms":`);
  lines.milliseconds(ms);
  if (faults.length > 0) lines.unicode(`,"faults":${JSON.stringify(faults)}`);
  lines.text('}');
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
