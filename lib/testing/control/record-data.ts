import { recordOfFields } from '../../edit/builders.ts';
import type { NewRecord } from '../../edit/change.ts';
import type { JsonValue } from '../../rr/kind.ts';
import { nameToText } from '../../rr/name.ts';
import { NOTES } from '../../rr/problem.ts';
import { sayProblem } from '../../rr/say.ts';
import { typeToText } from '../../rr/types.ts';
import { lookAt } from '../../zone/look.ts';
import { readZone } from '../../zone/read.ts';
import { ControlError } from './replies.ts';

/** What the reader may make of records that are sent. */
const LIMITS = { includeDepth: 0, includeFiles: 0, generated: 10_000, broken: 1 } as const;

/** Records as lines of a zone file; those that name no TTL have none. Throws ControlError. */
export function recordsOfText(text: string, origin: Uint8Array): NewRecord[] {
  // A TTL has to come from somewhere; it is not taken over.
  const zone = readZone({ name: 'records', bytes: Buffer.from(`$TTL 0\n${text}\n`), origin, limits: LIMITS });
  const problem = zone.problems.find(({ code }) => !NOTES.has(code));
  if (problem !== undefined) throw refused(`the records cannot be read: ${sayProblem(problem)}`);
  if (zone.directives.some(({ kind }) => kind === 'INCLUDE')) throw refused('records that are sent include no files');
  if (zone.count === 0) throw refused('there is no record in the text');
  return Array.from({ length: zone.count }, (_, record) => {
    const { header, written } = lookAt(zone, record);
    const ttl = written && header.ttlWord < 0 ? undefined : zone.ttls[record];
    return {
      owner: zone.ownerOf(record).slice(),
      type: zone.types[record] ?? 0,
      rdata: zone.rdataOf(record).slice(),
      ...(ttl !== undefined && { ttl }),
    };
  });
}

/** Data of a type from its text in a zone file or from its fields; names start from the origin. Throws ControlError. */
export function buildAny(type: number, data: unknown, origin: Uint8Array): Uint8Array {
  const mnemonic = typeToText(type);
  if (typeof data === 'string') {
    const [record, ...more] = recordsOfText(`@ ${mnemonic} ${data}`, origin);
    if (record === undefined || more.length > 0 || record.type !== type)
      throw refused(`the data of one ${mnemonic} record is expected in "data"`);
    return record.rdata;
  }
  if (typeof data !== 'object' || data === null || Array.isArray(data))
    throw refused('"data" is text as in a zone file, an object of fields, or a list of these');
  const built = recordOfFields('@', undefined, mnemonic, data as Readonly<Record<string, JsonValue>>, origin);
  if ('problem' in built) throw refused(`the ${mnemonic} data of ${nameToText(origin)}: ${built.problem}`);
  return built.rdata;
}

function refused(sentence: string): ControlError {
  return new ControlError(422, 'invalid', sentence);
}
