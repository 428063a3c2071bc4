import type { Field } from './kind.ts';
import { KINDS } from './kinds.ts';
import { typeRow } from './types.ts';

/** Octets RDATA can have (RFC 1035 §3.2.1). */
export const MAX_RDATA = 65535;

/** The one field of a type that has no form of its own. */
const OPAQUE: readonly Field[] = [{ name: 'data', kind: 'opaque' }];

/** Fields of a type; those of an unknown one are its octets. */
export function fieldsOf(type: number): readonly Field[] {
  return typeRow(type)?.fields ?? OPAQUE;
}

/** Whether fields are only the octets of a type without a form of its own. */
export function isOpaque(fields: readonly Field[]): boolean {
  return fields[0]?.kind === 'opaque';
}

/** Start and end of one field in RDATA; equal when it is left out. */
export interface FieldSpan {
  readonly start: number;
  readonly end: number;
}

/** Where each field of RDATA lies, as far as they are well-formed: fewer spans than fields mean the next one is not. */
export function fieldSpans(type: number, rdata: Uint8Array): FieldSpan[] {
  const spans: FieldSpan[] = [];
  let at = 0;
  for (const field of fieldsOf(type)) {
    const end = field.optional && at === rdata.length ? at : KINDS[field.kind].end(rdata, at);
    if (end < 0 || end > rdata.length) break;
    spans.push({ start: at, end });
    at = end;
  }
  return spans;
}

/** Whether RDATA is well-formed, or which field is not and what belongs at which octet. */
export type RdataCheck =
  | { readonly ok: true }
  | { readonly ok: false; readonly field: string; readonly expected: string; readonly at: number };

/** Checks RDATA with uncompressed names against the fields of its type; that of unknown types is always right. */
export function checkRdata(type: number, rdata: Uint8Array): RdataCheck {
  const fields = fieldsOf(type);
  const spans = fieldSpans(type, rdata);
  const at = spans.at(-1)?.end ?? 0;
  const field = fields[spans.length];
  if (field !== undefined) return { ok: false, field: field.name, expected: KINDS[field.kind].expected, at };
  if (at === rdata.length) return { ok: true };
  return { ok: false, field: fields.at(-1)?.name ?? '', expected: 'the end of the data', at };
}

/** The canonical form of RDATA (RFC 4034 §6.2): names of the listed types in lower case; the same array if nothing changes. */
export function canonicalRdata(type: number, rdata: Uint8Array): Uint8Array {
  const fields = fieldsOf(type);
  if (!fields.some((field) => field.lowerCase)) return rdata;
  const spans = fieldSpans(type, rdata);
  if (spans.length < fields.length || spans.at(-1)?.end !== rdata.length) return rdata;
  const canonical = rdata.slice();
  for (const [index, { start, end }] of spans.entries()) {
    const field = fields[index];
    if (field?.lowerCase) KINDS[field.kind].lower?.(canonical, start, end);
  }
  return canonical;
}

/** Octets of a field by its name; undefined when the type has none or the RDATA ends before it. */
export function readField(type: number, rdata: Uint8Array, fieldName: string): Uint8Array | undefined {
  const index = fieldsOf(type).findIndex((field) => field.name === fieldName);
  const span = index < 0 ? undefined : fieldSpans(type, rdata)[index];
  return span && rdata.subarray(span.start, span.end);
}

/** The name in the field at an index; undefined when that field is none or is malformed. */
export function nameField(type: number, rdata: Uint8Array, index: number): Uint8Array | undefined {
  if (fieldsOf(type)[index]?.kind !== 'name') return undefined;
  const span = fieldSpans(type, rdata)[index];
  return span && rdata.subarray(span.start, span.end);
}
