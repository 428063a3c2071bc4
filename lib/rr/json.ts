import { ByteSink } from '../text/sink.ts';
import type { JsonValue } from './kind.ts';
import { KINDS } from './kinds.ts';
import { fieldSpans, fieldsOf, isOpaque, MAX_RDATA } from './layout.ts';
import { hexText } from './octets.ts';

/** RDATA as JSON: field name to value. */
export type RdataJson = Readonly<Record<string, JsonValue>>;

/**
 * The fields of RDATA by name; of unknown types and malformed RDATA only `{ rdata: <hex> }`. Numbers, periods and times are
 * numbers (64 bits: strings of digits), names absolute text, octets that are meant as text strings when they are UTF-8 and
 * else `{ hex }`, other octets hexadecimal or base64 as in presentation form, types and addresses strings.
 */
export function rdataToJson(type: number, rdata: Uint8Array): RdataJson {
  const fields = fieldsOf(type);
  const spans = fieldSpans(type, rdata);
  if (isOpaque(fields) || spans.length < fields.length || spans.at(-1)?.end !== rdata.length) {
    return { rdata: hexText(rdata) };
  }
  const json: Record<string, JsonValue> = {};
  for (const [index, field] of fields.entries()) {
    const { start, end } = spans[index] ?? { start: 0, end: 0 };
    const kind = KINDS[field.kind];
    const leftOut = start === end && (field.optional || kind.absent !== undefined);
    if (!leftOut) json[field.name] = kind.toJson(rdata, start, end);
  }
  return json;
}

/** RDATA of such JSON, or a sentence with the JSON pointer of what is wrong; names without final dot need the origin. */
export function rdataFromJson(
  type: number,
  data: JsonValue,
  origin?: Uint8Array,
): { rdata: Uint8Array } | { problem: string } {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return { problem: 'expected an object' };
  const entries = new Map(Object.entries(data));
  const out = new ByteSink();
  const target = { out, base: 0 };
  const hex = entries.get('rdata');
  if (hex !== undefined) {
    const problem = KINDS.opaque.fromJson(hex, target);
    if (problem !== undefined || entries.size > 1)
      return { problem: `/rdata: expected ${problem?.expected ?? 'no other field'}` };
    return out.length > MAX_RDATA ? tooLong : { rdata: out.slice() };
  }
  const fields = fieldsOf(type);
  for (const field of fields) {
    const kind = KINDS[field.kind];
    if (kind.absent?.(target)) continue;
    const value = entries.get(field.name);
    if (value === undefined && field.optional) continue;
    if (value === undefined) return { problem: `/${field.name}: missing, expected ${kind.expected}` };
    const problem = kind.fromJson(value, target, origin);
    if (problem !== undefined) return { problem: `/${field.name}${problem.pointer}: expected ${problem.expected}` };
  }
  const stranger = [...entries.keys()].find((name) => !fields.some((field) => field.name === name));
  if (stranger !== undefined) return { problem: `/${escapePointer(stranger)}: unknown field` };
  return out.length > MAX_RDATA ? tooLong : { rdata: out.slice() };
}

const tooLong = { problem: `expected at most ${MAX_RDATA} octets of data` };

function escapePointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
