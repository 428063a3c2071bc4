import type { KindName } from '../rr/kind.ts';
import { TYPES, type TypeRow } from '../rr/types.ts';

/** How RDATA is to be passed through: so many octets, a string with its length octet, a name, or all that is left. */
export type Step =
  | { readonly kind: 'octets'; readonly count: number }
  | { readonly kind: 'string' }
  | { readonly kind: 'name'; readonly compress: boolean }
  | { readonly kind: 'rest' };

/** Octets of the kinds that have a fixed number of them and stand beside names. */
const OCTETS: Partial<Readonly<Record<KindName, number>>> = {
  u8: 1,
  algorithm: 1,
  u16: 2,
  type: 2,
  u32: 4,
  ttl: 4,
  period: 4,
  time: 4,
};

const STRINGS: ReadonlySet<KindName> = new Set<KindName>(['string', 'regexp']);

/**
 * Types whose RDATA may hold compressed names (RFC 3597 §4), each with the way through it. RDATA of all other types is
 * passed on as it is, whatever a name in it looks like.
 */
const LAYOUTS: ReadonlyMap<number, readonly Step[]> = new Map(
  TYPES.filter(({ fields }) => fields.some(mayBeCompressed)).map((row) => [row.number, layout(row)]),
);

/** The way through RDATA of a type that may hold compressed names; undefined for every other type. */
export function rdataLayout(type: number): readonly Step[] | undefined {
  return LAYOUTS.get(type);
}

/** Where a step that is no name ends; -1 when the RDATA ends before. */
export function stepEnd(step: Exclude<Step, { kind: 'name' }>, bytes: Uint8Array, at: number, end: number): number {
  if (step.kind === 'rest') return end;
  if (step.kind === 'string' && at === end) return -1;
  const behind = step.kind === 'octets' ? at + step.count : at + 1 + (bytes[at] ?? 0);
  return behind > end ? -1 : behind;
}

function mayBeCompressed({ kind, compression }: TypeRow['fields'][number]): boolean {
  return kind === 'name' && compression !== undefined && compression !== 'plain';
}

function layout({ fields }: TypeRow): readonly Step[] {
  return fields.map((field): Step => {
    if (mayBeCompressed(field)) return { kind: 'name', compress: field.compression === 'compress' };
    if (STRINGS.has(field.kind)) return { kind: 'string' };
    const count = OCTETS[field.kind];
    return count === undefined ? { kind: 'rest' } : { kind: 'octets', count };
  });
}
