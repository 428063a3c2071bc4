import { nameFromText, nameToText } from '../rr/name.ts';
import { NOTES } from '../rr/problem.ts';
import { sayProblem } from '../rr/say.ts';
import { TYPE } from '../rr/types.ts';
import { LineTable } from '../text/lines.ts';
import { zoneFileChunks } from '../zone/print.ts';
import { readZone } from '../zone/read.ts';
import { OUT_OF_ZONE, ZoneTree } from '../zone/tree.ts';
import { Zone } from '../zone/zone.ts';
import type { ZoneText } from './zone-template.ts';

/** A zone as text with its name, or one that was read already. */
export type ZoneSource = ZoneText | Zone;

/**
 * What a zone has to be like: `read`, every record can be read and lies in the zone; `error`, name servers would load it
 * too; `off`, anything, of which what can be read is served.
 */
export type LintLevel = 'off' | 'read' | 'error';

/** Problems of one zone that are told one by one. */
const MOST_TOLD = 5;

/** TTL of records where a text says none. */
const DEFAULT_TTL = 3600;

/** The wire name of a text, with or without its final dot; throws for what is none. */
export function wireName(text: string): Uint8Array {
  const read = nameFromText(text === '' || text.endsWith('.') ? text : `${text}.`);
  if ('name' in read) return read.name;
  throw new Error(`'${text}' is no domain name: ${sayProblem(read.problem)}`);
}

/** What makes name servers refuse a zone, a sentence each. */
export type Refused = (zone: Zone, added: number) => string[];

/** How zones are judged before they are served. */
export interface ZoneJudge {
  readonly lint: LintLevel;
  readonly refused: Refused;
}

/** Reads a zone and adds what a zone needs and a test need not write; throws, with all that is wrong, when it is not to be served. */
export function loadZone(source: ZoneSource, judge: ZoneJudge): Zone {
  const { zone, added } = source instanceof Zone ? { zone: withText(source), added: 0 } : complete(source);
  judgeZone(zone, judge, added);
  return zone;
}

/** Throws when a zone is not as it has to be; lines are counted without those that were added at the start. */
export function judgeZone(zone: Zone, { lint, refused }: ZoneJudge, added = 0): void {
  const found = lint === 'off' ? [] : [...unreadable(zone, added), ...strangers(zone, added)];
  if (lint === 'error' && found.length === 0) found.push(...refused(zone, added));
  if (found.length === 0) return;
  const told = found.slice(0, MOST_TOLD).map((each) => `\n  ${each}`);
  const more = found.length - told.length;
  const rest = more === 0 ? '' : `\n  and ${more} more`;
  throw new Error(`zone ${nameToText(zone.origin)} cannot be served:${told.join('')}${rest}`);
}

/** The zone as one that has a text to be changed. */
function withText(zone: Zone): Zone {
  if (zone.files.length > 0) return zone;
  return readText([...zoneFileChunks(zone)].join(''), zone.origin, nameToText(zone.origin));
}

function readText(text: string, origin: Uint8Array, name: string): Zone {
  return readZone({ name, bytes: new TextEncoder().encode(text), origin });
}

/** Reads a text; `$TTL`, SOA and NS are put before it where it has none, which is why it is looked at as it was written first. */
function complete({ origin, text, file }: ZoneText): { readonly zone: Zone; readonly added: number } {
  const name = wireName(origin);
  const label = file ?? origin;
  const zone = readText(text, name, label);
  const tree = new ZoneTree(zone);
  const lacks = (type: number): boolean => zone.broken.length === 0 && !tree.hasType(zone.apex, type);
  const needsTtl = zone.problems.some(({ code, args }) => code === 'ttl-missing' && args.from === 'none');
  const apex = nameToText(name);
  const head = [
    ...(lacks(TYPE.SOA)
      ? [
          `${apex} ${DEFAULT_TTL} IN SOA ns.invalid. hostmaster.invalid. 1 3600 600 604800 60 ; added: the text has no SOA`,
        ]
      : []),
    ...(lacks(TYPE.NS) ? [`${apex} ${DEFAULT_TTL} IN NS ns.invalid. ; added: the text has no NS`] : []),
  ];
  if (head.length === 0 && !needsTtl) return { zone, added: 0 };
  // The TTL of a record before would otherwise become that of the first one of the text.
  if (needsTtl) head.push(`$TTL ${DEFAULT_TTL}`);
  return { zone: readText([...head, text].join('\n'), name, label), added: head.length };
}

function unreadable(zone: Zone, added: number): string[] {
  return zone.problems
    .filter(({ code }) => !NOTES.has(code))
    .map(({ file, start, code, args }) => `${placeOf(zone, file, start, added)}: ${sayProblem({ code, args })}`);
}

function strangers(zone: Zone, added: number): string[] {
  const { flags } = new ZoneTree(zone);
  const found: string[] = [];
  for (let record = 0; record < zone.count; record++) {
    if (((flags[zone.owners[record] ?? 0] ?? 0) & OUT_OF_ZONE) === 0) continue;
    const place = placeOf(zone, zone.fileOf[record] ?? 0, zone.entries[record] ?? 0, added);
    found.push(`${place}: ${nameToText(zone.ownerOf(record))} does not lie in the zone`);
  }
  return found;
}

/** Where something stands: `file:line:column`, lines counted without those that were added. */
export function placeOf(zone: Zone, file: number, offset: number, added: number): string {
  const source = zone.files[file];
  if (source === undefined) return nameToText(zone.origin);
  const { line, column } = new LineTable(source.bytes).position(offset);
  return `${source.name}:${file === 0 ? Math.max(1, line - added) : line}:${column}`;
}
