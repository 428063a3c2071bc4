import type { BrokenEntry, Directive, Zone } from '../zone/zone.ts';

/** A place in the files of a zone, by index of the file. */
export interface FilePlace {
  readonly file: number;
  readonly offset: number;
}

/** Where an included file is included from. */
type Parent = FilePlace | undefined;

/** The order in which the entries of a zone are read, over all its files: an included file is read where its `$INCLUDE` stands. */
export class ReadingOrder {
  readonly zone: Zone;
  readonly parents: readonly Parent[];
  /** Indices of zone.broken in the order of each file. */
  private readonly brokenOf: Map<number, BrokenEntry[]> = new Map();

  constructor(zone: Zone) {
    this.zone = zone;
    const indices = new Map(zone.files.map((file, index) => [file, index]));
    this.parents = zone.files.map(({ included }) => {
      const file = included && indices.get(included.file);
      return included === undefined || file === undefined ? undefined : { file, offset: included.span.start };
    });
    for (const broken of zone.broken) {
      const list = this.brokenOf.get(broken.file);
      if (list === undefined) this.brokenOf.set(broken.file, [broken]);
      else list.push(broken);
    }
  }

  /** Negative when the first place is read before the second. */
  compare(fileA: number, offsetA: number, fileB: number, offsetB: number): number {
    if (fileA === fileB) return offsetA - offsetB;
    const [chainA, chainB] = [this.chain(fileA, offsetA), this.chain(fileB, offsetB)];
    for (let depth = 0; ; depth++) {
      const a = chainA[depth];
      const b = chainB[depth];
      // An ancestor's own entry at the place of the include is the `$INCLUDE` itself, read before the file.
      if (a === undefined || b === undefined) return chainA.length - chainB.length;
      if (a.file !== b.file) return a.file - b.file;
      if (a.offset !== b.offset) return a.offset - b.offset;
    }
  }

  /** The places from the zone's first file down to one: in each file where the next is included. */
  chain(file: number, offset: number): FilePlace[] {
    const chain: FilePlace[] = [{ file, offset }];
    for (let parent = this.parents[file]; parent !== undefined; parent = this.parents[parent.file])
      chain.unshift(parent);
    return chain;
  }

  /** The first record that does not stand before a place; the number of records when all do. */
  recordAt(file: number, offset: number): number {
    const { fileOf, entries, count } = this.zone;
    return lowerBound(count, (record) =>
      this.compare(fileOf[record] as number, entries[record] as number, file, offset),
    );
  }

  /** The index of the first broken entry that does not stand before a place. */
  brokenAt(file: number, offset: number): number {
    const { broken } = this.zone;
    return lowerBound(broken.length, (index) => this.comparePlace(broken[index], file, offset));
  }

  /** The index of the first directive that does not stand before a place. */
  directiveAt(file: number, offset: number): number {
    const { directives } = this.zone;
    return lowerBound(directives.length, (index) => this.comparePlace(directives[index], file, offset));
  }

  /** The last record before an offset of a file that stands in that very file; -1 when there is none. */
  recordBefore(file: number, offset: number): number {
    const { fileOf, entries } = this.zone;
    for (let record = this.recordAt(file, offset) - 1; record >= 0; ) {
      const other = fileOf[record] as number;
      if (other === file) return record;
      const here = this.chain(other, entries[record] as number).find((place) => place.file === file);
      if (here === undefined) return -1;
      record = this.recordAt(file, here.offset) - 1;
    }
    return -1;
  }

  /** The last broken entry before an offset of a file that stands in that very file. */
  brokenBefore(file: number, offset: number): BrokenEntry | undefined {
    const list = this.brokenOf.get(file) ?? [];
    return list[lowerBound(list.length, (index) => (list[index]?.start ?? 0) - offset) - 1];
  }

  private comparePlace(place: BrokenEntry | Directive | undefined, file: number, offset: number): number {
    return place === undefined ? 1 : this.compare(place.file, place.start, file, offset);
  }
}

/** The first index below `count` whose comparison is not negative, for comparisons that ascend; else `count`. */
export function lowerBound(count: number, compare: (index: number) => number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compare(middle) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
