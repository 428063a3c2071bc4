import { type LoadFault, loadFaults } from '../../lint/load-faults.ts';
import { nameKey, nameToText } from '../../rr/name.ts';
import { LineTable } from '../../text/lines.ts';
import { zoneFromJson } from '../../zone/from-json.ts';
import { zoneFileChunks } from '../../zone/print.ts';
import { readZone } from '../../zone/read.ts';
import { ZoneTree } from '../../zone/tree.ts';
import type { Zone } from '../../zone/zone.ts';
import { ControlError } from './replies.ts';

/** What is done about a zone that name servers would refuse to load. */
export type LintWord = 'refuse' | 'warn' | 'off';

/** Something wrong with a zone that was sent. */
export interface ZoneFault {
  readonly line: number;
  readonly column: number;
  readonly rule: string;
  readonly message: string;
}

/** A zone that may be served, with what is to be said about it. */
export interface ReadZone {
  readonly zone: Zone;
  readonly warnings: readonly ZoneFault[];
}

/** Faults that are told of one zone. */
const MOST_TOLD = 100;

/** What a reader may make of one request. */
const LIMITS = { includeDepth: 0, includeFiles: 0, generated: 100_000, broken: 1000 } as const;

/** The zone that a text holds. Throws ControlError. */
export function zoneOfText(bytes: Uint8Array, origin: Uint8Array, lint: LintWord, now: number): ReadZone {
  if (bytes.includes(0)) throw new ControlError(422, 'bad-zone', 'the body is no zone text: it has NUL octets');
  const zone = readZone({ name: nameToText(origin), bytes, origin, limits: LIMITS });
  return { zone, warnings: judged(zone, lint, now) };
}

/** The zone that a JSON value describes, as if it had been read from a text. Throws ControlError. */
export function zoneOfJson(value: unknown, lint: LintWord, now: number, origin?: Uint8Array): ReadZone {
  const read = zoneFromJson(value);
  if ('problems' in read) {
    const [first] = read.problems;
    const said = first === undefined ? '' : `: ${first.path} ${first.message}`;
    throw new ControlError(422, 'bad-zone', `the body is no zone in JSON${said}`, {
      problems: read.problems.slice(0, MOST_TOLD),
    });
  }
  const { zone } = read;
  if (origin !== undefined && nameKey(zone.origin) !== nameKey(origin))
    throw new ControlError(
      422,
      'bad-zone',
      `the zone in the body is ${nameToText(zone.origin)}, that in the path ${nameToText(origin)}`,
    );
  // A zone without a text could not be changed later on.
  return zoneOfText(Buffer.from([...zoneFileChunks(zone)].join('')), zone.origin, lint, now);
}

function judged(zone: Zone, lint: LintWord, now: number): ZoneFault[] {
  if (lint === 'off') return [];
  const found = loadFaults(new ZoneTree(zone), now);
  const faults = found.slice(0, MOST_TOLD).map(faultOf);
  const [first] = faults;
  if (first === undefined || lint === 'warn') return faults;
  const more = found.length === 1 ? '' : ` (and ${found.length - 1} more)`;
  throw new ControlError(
    422,
    'bad-zone',
    `name servers would refuse the zone: line ${first.line}, column ${first.column}: ${first.message}${more}`,
    { problems: faults },
  );
}

function faultOf({ diagnostic: { rule, place }, message }: LoadFault): ZoneFault {
  const { line, column } = new LineTable(place.file.bytes).position(place.span.start);
  return { line, column, rule, message };
}
