import { nameToText } from '../../../lib/rr/name.ts';
import { hexText } from '../../../lib/rr/octets.ts';
import type { Fault } from '../../../lib/server/faults/fault.ts';
import type { FaultStatus } from '../../../lib/server/faults/fault-set.ts';
import type { QueryRecord } from '../../../lib/server/query-record.ts';
import { decodeMessage } from '../../../lib/wire/decode.ts';
import { sayMessageProblem } from '../../../lib/wire/problem.ts';
import { messageLines } from '../../query/print.ts';
import { grouped } from '../../report/words.ts';

/** A query with the response that was sent, as text. */
export function queryText(record: QueryRecord): string[] {
  const { exchange, query, response, faults, ms, summary } = record;
  const { client, transport, key, now } = exchange;
  const { zone, outcome } = summary;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['time', new Date(now).toISOString()],
    ['client', `${client.address}#${client.port} over ${transport.toUpperCase()}`],
    ['key', key && nameToText(key)],
    ['zone', zone && nameToText(zone)],
    ['outcome', outcome === 'transfer' ? 'transfer, of which this is the first message' : outcome],
    ['faults', faults.length === 0 ? undefined : faults.join(', ')],
    ['took', `${Math.round(ms * 1000) / 1000} ms`],
  ];
  return [
    ...facts.flatMap(([name, value]) => (value === undefined ? [] : [`${name.padEnd(8)} ${value}`])),
    '',
    ...part('Query', query),
    '',
    ...(response === undefined ? ['No reply was sent.'] : part('Response', response)),
  ];
}

/** One message, or its octets when it is none. */
function part(title: string, octets: Uint8Array): string[] {
  const read = decodeMessage(octets);
  const heading = `${title}, ${grouped(octets.length)} octets`;
  if ('message' in read) return [heading, ...messageLines(read.message)];
  const { problem } = read;
  return [heading, `no message: ${sayMessageProblem(problem)} (octet ${problem.offset})`, ...dump(octets)];
}

/** Octets in a line of a dump. */
const DUMPED = 16;

function dump(octets: Uint8Array): string[] {
  const lines: string[] = [];
  for (let at = 0; at < octets.length; at += DUMPED) {
    const piece = octets.subarray(at, at + DUMPED);
    const digits = hexText(piece).replaceAll(/(..)(?=.)/gu, '$1 ');
    const text = [...piece].map((octet) => (octet >= 0x20 && octet < 0x7f ? String.fromCharCode(octet) : '.')).join('');
    lines.push(`${at.toString(16).padStart(4, '0')}  ${digits.padEnd(3 * DUMPED)} ${text}`);
  }
  return lines;
}

/** All of a fault, with what it has done. */
export function faultText(
  { fault, enabled, matched, hit }: FaultStatus,
  machines: ReadonlyMap<string, string>,
): string[] {
  const { machine } = fault.state ?? {};
  return [
    `${enabled ? 'on' : 'off'}; acted on ${grouped(hit)} of ${grouped(matched)} queries that fit`,
    ...(machine === undefined ? [] : [`${machine} is in state ${machines.get(machine) ?? ''}`]),
    '',
    ...JSON.stringify(fault, undefined, 2).split('\n'),
  ];
}

/** What a fault does, in a few words. */
export function faultWords({ description, preset, action, steps, handler }: Fault): string {
  if (description !== undefined) return description;
  const acts = Object.entries(action ?? {}).map(([name, value]) =>
    typeof value === 'object' ? name : value === true ? name : `${name} ${value}`,
  );
  return [
    ...(preset === undefined ? [] : [preset]),
    ...acts,
    ...(steps === undefined ? [] : [`${steps.length} steps`]),
    ...(handler === undefined ? [] : ['code']),
  ].join(', ');
}

/** Columns that a line goes on with behind its first piece. */
const INDENT = 4;

/** Lines cut up so that each has room in so many characters, at a blank where there is one. */
export function cutUp(lines: readonly string[], width: number): string[] {
  const room = Math.max(2 * INDENT, width);
  return lines.flatMap((text) => {
    const pieces: string[] = [];
    let rest = text;
    while (rest.length > room) {
      const blank = rest.lastIndexOf(' ', room);
      const end = blank > room / 2 ? blank : room;
      pieces.push(rest.slice(0, end));
      rest = ' '.repeat(INDENT) + rest.slice(end).trimStart();
    }
    return [...pieces, rest];
  });
}
