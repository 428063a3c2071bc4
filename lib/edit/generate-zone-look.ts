import { printRdata } from '../rr/codec.ts';
import { concatNames, isWithin, labelsOf, nameFromText, nameKey, nameLength } from '../rr/name.ts';
import { TYPE } from '../rr/types.ts';
import type { Zone } from '../zone/zone.ts';
import { bareText } from './generate-names.ts';
import { joinedText } from './generate-wire.ts';

/** A number of 16 bits, numbers and a name: RDATA of MX, Client MX and SRV taken apart. */
export interface NumbersAndHost {
  readonly numbers: readonly number[];
  readonly host: Uint8Array;
}

/** Finds records of a zone by name and type. */
export class ZoneLook {
  readonly zone: Zone;
  private readonly byKey = new Map<string, number[]>();

  constructor(zone: Zone) {
    this.zone = zone;
    for (let record = 0; record < zone.count; record++) {
      const key = `${zone.types[record]} ${nameKey(zone.ownerOf(record))}`;
      const there = this.byKey.get(key);
      if (there === undefined) this.byKey.set(key, [record]);
      else there.push(record);
    }
  }

  /** RDATA of the records of a type at a name. */
  at(owner: Uint8Array | undefined, type: number): readonly Uint8Array[] {
    if (owner === undefined) return [];
    return (this.byKey.get(`${type} ${nameKey(owner)}`) ?? []).map((record) => this.zone.rdataOf(record));
  }

  /** Every name that has records of a type, once and in the order of the zone. */
  owners(type: number): readonly Uint8Array[] {
    const found: Uint8Array[] = [];
    for (const [key, records] of this.byKey) {
      if (key.startsWith(`${type} `)) found.push(this.zone.ownerOf(records[0] ?? 0).slice());
    }
    return found;
  }

  /** Texts of the TXT records of a name, those that begin with a version. */
  texts(owner: Uint8Array | undefined, version: string): readonly string[] {
    return this.at(owner, TYPE.TXT)
      .map(joinedText)
      .filter((text) => text.toLowerCase().startsWith(`v=${version}`.toLowerCase()));
  }

  /** Records of a name whose RDATA is so many numbers and a host. */
  hosts(owner: Uint8Array | undefined, type: number, count: number): readonly NumbersAndHost[] {
    return this.at(owner, type).flatMap((rdata) => {
      const host = rdata.subarray(2 * count);
      if (rdata.length <= 2 * count || nameLength(host, 0) !== host.length) return [];
      const numbers = Array.from({ length: count }, (_, at) => (rdata[2 * at] ?? 0) * 256 + (rdata[2 * at + 1] ?? 0));
      return [{ numbers, host: host.slice() }];
    });
  }

  has(owner: Uint8Array, type: number): boolean {
    return this.byKey.has(`${type} ${nameKey(owner)}`);
  }

  /** Words of the RDATA of each record. */
  words(owner: Uint8Array, type: number): readonly string[] {
    return this.at(owner, type).map((rdata) => printRdata(type, rdata));
  }

  /** How a spec calls a name: one label below the zone, `@` for the zone, else whole. */
  short(name: Uint8Array): string {
    const { origin } = this.zone;
    const text = bareText(name).toLowerCase();
    if (!isWithin(name, origin)) return text;
    const labels = labelsOf(name).length - labelsOf(origin).length;
    if (labels === 0) return '@';
    return labels === 1 ? (labelsOf(name)[0] ?? '').toLowerCase() : text;
  }
}

/** The name of labels before another one; undefined when it would be too long. */
export function under(labels: string, name: Uint8Array): Uint8Array | undefined {
  const read = nameFromText(`${labels}.`);
  return 'name' in read ? concatNames(read.name, name) : undefined;
}

/** The name behind some labels; undefined when it does not begin with them. */
export function behind(labels: readonly string[], name: Uint8Array): Uint8Array | undefined {
  let rest = name;
  for (const label of labels) {
    const size = rest[0] ?? 0;
    if (
      size === 0 ||
      Buffer.from(rest.subarray(1, 1 + size))
        .toString('latin1')
        .toLowerCase() !== label
    )
      return undefined;
    rest = rest.subarray(1 + size);
  }
  return rest;
}
