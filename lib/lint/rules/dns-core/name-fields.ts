import type { KindName } from '../../../rr/kind.ts';
import { TYPES, type TypeRow } from '../../../rr/types.ts';

/** Names in the RDATA of a type: they follow one another from `offset` on. */
export interface NameFields {
  readonly type: number;
  readonly offset: number;
  readonly fields: readonly string[];
}

const SIZES: Partial<Record<KindName, number>> = { u8: 1, u16: 2, u32: 4, ip4: 4, ip6: 16 };

/** The types whose RDATA has names behind fields of fixed size; those made by signers are left out. */
export const NAME_FIELDS: readonly NameFields[] = TYPES.flatMap((row) => nameFields(row));

function nameFields(row: TypeRow): NameFields[] {
  if (row.meta || row.generic) return [];
  let offset = 0;
  for (const [index, { kind }] of row.fields.entries()) {
    if (kind === 'name') {
      const rest = row.fields.slice(index);
      const end = rest.findIndex((field) => field.kind !== 'name');
      const names = end < 0 ? rest : rest.slice(0, end);
      return [{ type: row.number, offset, fields: names.map(({ name }) => name) }];
    }
    const size = SIZES[kind];
    if (size === undefined) return [];
    offset += size;
  }
  return [];
}
