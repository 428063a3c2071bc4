import { type ServerAddress, serverText } from '../../lib/net/server-address.ts';
import { printRdata, rdataToJson } from '../../lib/rr/codec.ts';
import { nameToText } from '../../lib/rr/name.ts';
import { classToText, typeRow, typeToText } from '../../lib/rr/types.ts';
import { opcodeToText, rcodeToText } from '../../lib/wire/codes.ts';
import { OPTION } from '../../lib/wire/edns.ts';
import { extendedErrors, sayExtendedError } from '../../lib/wire/extended-errors.ts';
import { type Message, type Question, type ResourceRecord, SECTIONS } from '../../lib/wire/message.ts';
import { printable } from '../report/characters.ts';
import { shownOption } from './options.ts';

/** A response with how it was got. */
export interface Response {
  readonly message: Message;
  readonly transport: string;
  readonly octets: number;
  readonly again: boolean;
  /** What the signature of a response to a signed query says. */
  readonly tsig?: string;
  readonly server: ServerAddress;
  /** Milliseconds. */
  readonly ms: number;
  /** When it came, milliseconds since 1970. */
  readonly at: number;
}

/** Words for the flags of a header, in the order in which they are shown. */
const FLAGS: readonly (readonly [string, keyof Message])[] = [
  ['qr', 'response'],
  ['aa', 'authoritative'],
  ['tc', 'truncated'],
  ['rd', 'recursionDesired'],
  ['ra', 'recursionAvailable'],
  ['z', 'reserved'],
  ['ad', 'authenticData'],
  ['cd', 'checkingDisabled'],
];

/** The response as name servers' own clients lay it out. */
export function responseText(response: Response): string {
  const { message, server, transport, octets, ms, at, again, tsig } = response;
  const lines = [
    ...(again ? [';; Truncated, asked again over TCP.'] : []),
    ...messageLines(message),
    '',
    ...(tsig === undefined ? [] : [`;; TSIG: ${tsig}`]),
    `;; Query time: ${Math.round(ms * 10) / 10} ms`,
    `;; Server: ${serverText(server)} (${transport.toUpperCase()})`,
    `;; When: ${new Date(at).toISOString()}`,
    `;; Message size: ${octets} octets`,
  ];
  return `${lines.map(printable).join('\n')}\n`;
}

/** A message alone: header, EDNS, question and the sections that have records. */
export function messageLines(message: Message): string[] {
  const { questions, answer, authority, additional, edns } = message;
  const counts = [
    `QUERY: ${questions.length}`,
    `ANSWER: ${answer.length}`,
    `AUTHORITY: ${authority.length}`,
    `ADDITIONAL: ${additional.length + (edns ? 1 : 0)}`,
  ];
  return [
    `;; opcode: ${opcodeToText(message.opcode)}, status: ${rcodeToText(message.rcode)}, id: ${message.id}`,
    `;; flags: ${flagsOf(message).join(' ')}; ${counts.join(', ')}`,
    ...ednsLines(message),
    '',
    ';; QUESTION SECTION:',
    ...questions.map(questionText),
    ...SECTIONS.flatMap((section) => {
      const records = message[section];
      return records.length === 0 ? [] : ['', `;; ${section.toUpperCase()} SECTION:`, ...recordLines(records)];
    }),
  ];
}

function flagsOf(message: Message): string[] {
  return FLAGS.flatMap(([word, flag]) => (message[flag] === true ? [word] : []));
}

function ednsLines(message: Message): string[] {
  const { edns } = message;
  if (edns === undefined) return [];
  const flags = [...(edns.dnssecOk ? ['do'] : []), ...(edns.flags === 0 ? [] : [`0x${edns.flags.toString(16)}`])];
  const shown = edns.options.filter(({ code }) => code !== OPTION.EXTENDED_ERROR).map(shownOption);
  return [
    `;; EDNS: version: ${edns.version}, flags: ${flags.join(' ') || '-'}, udp: ${edns.udpSize}`,
    ...shown.map(({ name, value }) => `;; ${name}: ${value}`),
    ...extendedErrors(message).map(({ code, text }) => {
      const own = text === '' ? '' : `: ${text}`;
      return `;; EDE: ${code} (${sayExtendedError(code)})${own}`;
    }),
  ];
}

/** The question, with the name of a type that is written by number. */
function questionText({ name, class: rrClass, type }: Question): string {
  const row = typeRow(type);
  const own = row?.generic ? ` (${row.mnemonic})` : '';
  return `;${nameToText(name)} ${classToText(rrClass)} ${typeToText(type)}${own}`;
}

/** Characters that a column is widened to. */
const WIDEST = 48;

/** Records as a zone file has them, in columns. */
function recordLines(records: readonly ResourceRecord[]): string[] {
  const rows = records.map((record) => [
    nameToText(record.name),
    String(record.ttl),
    classToText(record.class),
    typeToText(record.type),
  ]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return records.map((record, index) => {
    const cells = (rows[index] ?? []).map((cell, column) => cell.padEnd(Math.min(WIDEST, widths[column] ?? 0)));
    return `${cells.join(' ')} ${dataText(record)}`;
  });
}

/** The RDATA; types written by number have their own form behind it. */
function dataText({ type, rdata }: ResourceRecord): string {
  const text = printRdata(type, rdata);
  const row = typeRow(type);
  if (!row?.generic) return text;
  const own = printRdata(type, rdata, { native: true });
  return own.startsWith('\\#') ? text : `${text} ; ${row.mnemonic} ${own}`;
}

/** The RDATA of the answer alone, a line each. */
export function shortText({ message }: Response): string {
  return message.answer.map(({ type, rdata }) => `${printable(printRdata(type, rdata, { native: true }))}\n`).join('');
}

/** The response for programs, as one JSON value: see schemas/query.schema.json. */
export function responseJson({ message, server, transport, octets, ms, at, tsig }: Response): string {
  const { edns } = message;
  const value = {
    version: 1,
    server: serverText(server),
    transport,
    time: new Date(at).toISOString(),
    ms: Math.round(ms * 1000) / 1000,
    size: octets,
    id: message.id,
    opcode: opcodeToText(message.opcode),
    rcode: rcodeToText(message.rcode),
    flags: flagsOf(message),
    ...(tsig !== undefined && { tsig }),
    ...(edns && {
      edns: {
        version: edns.version,
        udpSize: edns.udpSize,
        do: edns.dnssecOk,
        options: edns.options.map(shownOption),
        errors: extendedErrors(message).map(({ code, text }) => ({ code, says: sayExtendedError(code), text })),
      },
    }),
    question: message.questions.map((each) => ({
      name: nameToText(each.name),
      type: typeToText(each.type),
      class: classToText(each.class),
    })),
    ...Object.fromEntries(SECTIONS.map((section) => [section, message[section].map(recordJson)])),
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}

function recordJson({ name, ttl, class: rrClass, type, rdata }: ResourceRecord): Readonly<Record<string, unknown>> {
  const head = { name: nameToText(name), ttl, class: classToText(rrClass), type: typeToText(type) };
  return { ...head, data: rdataToJson(type, rdata) };
}
