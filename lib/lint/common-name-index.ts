import { equalNames, parentOf } from '../rr/name.ts';
import { nameHash } from '../zone/name-hash.ts';

/** Values by wire name, letter case aside; made for few names that very many are looked up in, without making texts of those. */
export class NameIndex<T> {
  private readonly byHash = new Map<number, { readonly wire: Uint8Array; readonly values: T[] }[]>();

  get size(): number {
    return this.byHash.size;
  }

  add(wire: Uint8Array, value: T): void {
    const hash = nameHash(wire, 0, wire.length);
    const same = this.byHash.get(hash);
    const known = same?.find((entry) => equalNames(entry.wire, wire));
    if (known !== undefined) known.values.push(value);
    else if (same !== undefined) same.push({ wire, values: [value] });
    else this.byHash.set(hash, [{ wire, values: [value] }]);
  }

  /** The values of a name, none when it was never added. */
  get(wire: Uint8Array): readonly T[] {
    const same = this.byHash.size === 0 ? undefined : this.byHash.get(nameHash(wire, 0, wire.length));
    if (same === undefined) return [];
    for (const entry of same) if (equalNames(entry.wire, wire)) return entry.values;
    return [];
  }

  /** The values of the name above, for wildcards that stand for one label (RFC 9525 §6.3). */
  getAbove(wire: Uint8Array): readonly T[] {
    const above = this.byHash.size === 0 ? undefined : parentOf(wire);
    return above === undefined ? [] : this.get(above);
  }
}
