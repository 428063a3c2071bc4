import { a, aaaa, type Built } from '../../edit/builders.ts';
import { nameKey, nameToText } from '../../rr/name.ts';
import { hexText } from '../../rr/octets.ts';
import { CLASSES, TYPE, typeToText } from '../../rr/types.ts';
import type { Answered } from '../../server/exchange.ts';
import { ServedZone } from '../../server/served-zone.ts';
import { ServedZones } from '../../server/served-zones.ts';
import { OPCODE } from '../../wire/codes.ts';
import { zoneFromJson } from '../../zone/from-json.ts';
import { ZoneTree } from '../../zone/tree.ts';

/** Data of one type. */
type Data = Extract<Built, { readonly rdata: Uint8Array }>;

/** One name with its records, and the zone of its own that it is served as. */
interface MockName {
  readonly wire: Uint8Array;
  records: readonly Data[];
  zone: ServedZone | undefined;
  /** Whether it lies in a zone that is served: only names of no zone have the default addresses. */
  inside: boolean;
}

/** Addresses of names that have none of their own; undefined for none. */
export interface DefaultAddresses {
  readonly ipv4: string | undefined;
  readonly ipv6: string | undefined;
}

/**
 * Names with records that are made one by one, and an address for all other names. Every name of no zone exists: what it
 * does not have is NODATA. Each is served as a zone of its own, so that answers are made as all others are.
 */
export class MockNames {
  private addresses: DefaultAddresses;
  private readonly names = new Map<string, MockName>();
  /** Zones with the names, for as long as neither changes. */
  private together: { readonly base: ServedZones; readonly zones: ServedZones } | undefined;

  constructor(addresses: DefaultAddresses) {
    this.addresses = addresses;
  }

  /** Sets the address of names that have none of their own. */
  setDefault(addresses: Partial<DefaultAddresses>): void {
    this.addresses = { ...this.addresses, ...addresses };
    for (const name of this.names.values()) name.zone = undefined;
    this.together = undefined;
  }

  /** Adds data to a name; each is there once. */
  add(wire: Uint8Array, data: readonly Data[]): void {
    const known = this.names.get(nameKey(wire))?.records ?? [];
    const added = data.filter((each, index) => !isAmong(each, known) && !isAmong(each, data.slice(0, index)));
    this.put(wire, [...known, ...added]);
  }

  /** Removes all data of a type from a name. */
  clear(wire: Uint8Array, type: number): void {
    const known = this.names.get(nameKey(wire));
    if (known !== undefined)
      this.put(
        wire,
        known.records.filter((each) => each.type !== type),
      );
  }

  /** Removes all names. */
  clearAll(): void {
    this.names.clear();
    this.together = undefined;
  }

  /** The answer from the names where they have one or no zone has: what a name has here comes before what a zone has. */
  amend(answered: Answered, zones: ServedZones, from: (zones: ServedZones) => Answered): Answered {
    const { question, opcode, outcome } = answered.summary;
    if (question === undefined || opcode !== OPCODE.QUERY || question.class !== CLASSES.IN) return answered;
    const known = this.names.get(nameKey(question.name));
    const has = known?.records.some(({ type }) => type === question.type || type === TYPE.CNAME) === true;
    if (has || (known !== undefined && outcome === 'nxdomain')) return from(this.with(zones));
    if (outcome !== 'outside') return answered;
    return from(known === undefined ? new ServedZones([this.zoneOf(question.name)]) : this.with(zones));
  }

  private put(wire: Uint8Array, records: readonly Data[]): void {
    this.together = undefined;
    if (records.length === 0) this.names.delete(nameKey(wire));
    else this.names.set(nameKey(wire), { wire, records, zone: undefined, inside: false });
  }

  private with(base: ServedZones): ServedZones {
    if (this.together?.base === base) return this.together.zones;
    const own = [...this.names.values()].map((name) => {
      const inside = base.nearest(name.wire) !== undefined;
      if (name.inside !== inside) name.zone = undefined;
      name.inside = inside;
      name.zone ??= this.zoneOf(name.wire, name.records, inside);
      return name.zone;
    });
    const zones = new ServedZones([...base.zones(), ...own, ...this.targets(base)]);
    this.together = { base, zones };
    return zones;
  }

  /** Names that aliases lead to and that nobody else has: they have the default addresses. */
  private targets(base: ServedZones): ServedZone[] {
    const aliases = [...this.names.values()].flatMap(({ records }) =>
      records.filter(({ type }) => type === TYPE.CNAME),
    );
    return aliases.flatMap(({ rdata }) => {
      const isKnown = this.names.has(nameKey(rdata)) || base.nearest(rdata) !== undefined;
      return isKnown ? [] : [this.zoneOf(rdata)];
    });
  }

  private zoneOf(wire: Uint8Array, records: readonly Data[] = [], inside = false): ServedZone {
    const origin = nameToText(wire);
    const isAlias = records.some(({ type }) => type === TYPE.CNAME);
    const all = isAlias || inside ? records : [...records, ...this.defaultsBeside(records)];
    const read = zoneFromJson({
      origin,
      records: [
        ...(isAlias ? [] : [{ name: origin, ttl: 0, class: 'IN', type: typeToText(TYPE.SOA), data: SOA }]),
        ...all.map(({ type, rdata }) => ({
          name: origin,
          ttl: 0,
          class: 'IN',
          type: typeToText(type),
          wire: hexText(rdata),
        })),
      ],
    });
    if ('problems' in read) throw new Error(read.problems.map(({ path, message }) => `${path} ${message}`).join('; '));
    return new ServedZone(new ZoneTree(read.zone));
  }

  private defaultsBeside(records: readonly Data[]): Data[] {
    const { ipv4, ipv6 } = this.addresses;
    const defaults = [...(ipv4 === undefined ? [] : [a(ipv4)]), ...(ipv6 === undefined ? [] : [aaaa(ipv6)])];
    return defaults.flatMap((each) =>
      'rdata' in each && !records.some(({ type }) => type === each.type) ? [each] : [],
    );
  }
}

/** What negative answers carry. */
const SOA = {
  mname: 'ns.zonewright.invalid.',
  rname: 'hostmaster.zonewright.invalid.',
  serial: 1,
  refresh: 1,
  retry: 1,
  expire: 1,
  minimum: 0,
};

function isAmong(data: Data, all: readonly Data[]): boolean {
  return all.some(({ type, rdata }) => type === data.type && Buffer.compare(rdata, data.rdata) === 0);
}
