import { MAX_LABEL, MAX_NAME } from '../rr/name.ts';
import { labelHash, RATIO } from './name-hash.ts';
import type { NameTable } from './names.ts';

/** A wire name in some octets whose labels are found and hashed once, however often it and its ancestors are looked for; to be used again for other names. */
export class HashedName {
  bytes: Uint8Array = new Uint8Array(1);
  /** Behind the root label. */
  end = 0;
  /** Labels before the root. */
  labels = 0;
  /** Where each label begins, the root last. */
  readonly starts: number[] = [];
  /** Hash of each label, and of the name that begins with it, the root last. */
  private readonly labelHashes: number[] = [];
  private readonly hashes: number[] = [];

  /** Takes the name that begins at an offset; false when it does not end before `limit`, has a pointer or is too long. */
  read(bytes: Uint8Array, start: number, limit: number = bytes.length): boolean {
    const { starts, labelHashes, hashes } = this;
    const most = Math.min(limit, start + MAX_NAME);
    if (start >= most) return false;
    let labels = 0;
    let at = start;
    for (let size = bytes[at] as number; size !== 0; size = bytes[at] as number) {
      const next = at + 1 + size;
      if (size > MAX_LABEL || next >= most) return false;
      starts[labels] = at;
      labelHashes[labels++] = labelHash(bytes, at + 1, next);
      at = next;
    }
    if (at >= most) return false;
    starts[labels] = at;
    this.bytes = bytes;
    this.end = at + 1;
    this.labels = labels;
    while (hashes.length <= labels) hashes.push(0);
    let hash = 0;
    hashes[labels] = 0;
    for (let label = labels - 1; label >= 0; label--) {
      hash = ((labelHashes[label] as number) + Math.imul(hash, RATIO)) | 0;
      hashes[label] = hash;
    }
    return true;
  }

  /** Id of the name that begins with a label in a table whose apex has so many labels, -1 when it was never interned. */
  find(names: NameTable, label: number, apexLabels: number): number {
    const { bytes, starts, hashes, end } = this;
    return names.findHashed(bytes, starts[label] as number, end, hashes[label] as number, this.child(apexLabels));
  }

  /** Id of the wildcard right below the name that begins with a label, -1 when it was never interned. */
  findWildcard(names: NameTable, label: number, apexLabels: number): number {
    const { bytes, starts, hashes, end } = this;
    const child = this.child(apexLabels);
    return names.findWildcardHashed(bytes, starts[label] as number, end, hashes[label] as number, child);
  }

  private child(apexLabels: number): number {
    const label = this.labels - apexLabels - 1;
    return label < 0 ? 0 : (this.labelHashes[label] as number);
  }

  /** Label with which the given name of the table begins when this name is at or below it, else -1. */
  labelOf(names: NameTable, id: number): number {
    const { bytes, starts, end, labels } = this;
    const start = end - names.length(id);
    for (let label = labels; label >= 0; label--) {
      const at = starts[label] as number;
      if (at <= start) return at === start && names.is(id, bytes, at, end) ? label : -1;
    }
    return -1;
  }
}
