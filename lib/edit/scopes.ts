import { readField } from '../rr/codec.ts';
import { readNameWord } from '../rr/name.ts';
import { readPeriod } from '../rr/ttl.ts';
import { classFromBytes, TYPE } from '../rr/types.ts';
import { Entry, scanEntry } from '../text/entry.ts';
import { ByteSink } from '../text/sink.ts';
import { usableTtl } from '../zone/header.ts';
import { lookAt } from '../zone/look.ts';
import type { Directive, Zone } from '../zone/zone.ts';
import { type FilePlace, lowerBound, ReadingOrder } from './reading-order.ts';

/** What records without a TTL get (RFC 2308 §4, RFC 1035 §5.1): `$TTL`, else the TTL last stated; -1 for what was never said. */
export interface TtlState {
  readonly defaultTtl: number;
  readonly lastTtl: number;
}

/** TTL of records when nothing before them says one, as the reader has it. */
export const LAST_RESORT_TTL = 3600;

/** The TTL that a record without one gets; -1 when nothing says one. */
export function givenTtl({ defaultTtl, lastTtl }: TtlState): number {
  return defaultTtl >= 0 ? defaultTtl : lastTtl;
}

/** The TTL that a record gets when it states none, the reader's last resort included. */
export function unstatedTtl(state: TtlState, type: number, rdata: Uint8Array): number {
  const given = givenTtl(state);
  if (given >= 0) return given;
  return type === TYPE.SOA ? soaMinimum(rdata) : LAST_RESORT_TTL;
}

/** What holds behind a record: the TTL it states is the last; a SOA that gets none from anywhere sets the default. */
export function ttlAfter(state: TtlState, stated: boolean, ttl: number, type: number, rdata: Uint8Array): TtlState {
  if (stated) return { defaultTtl: state.defaultTtl, lastTtl: ttl };
  return givenTtl(state) < 0 && type === TYPE.SOA ? { defaultTtl: soaMinimum(rdata), lastTtl: -1 } : state;
}

interface OriginScope {
  readonly start: number;
  readonly origin: Uint8Array;
}

interface TtlScope extends FilePlace {
  readonly ttl: number;
}

/** What `$ORIGIN`, `$TTL` and `$INCLUDE` make hold at each place of a zone. */
export class Scopes {
  readonly order: ReadingOrder;
  private readonly zone: Zone;
  /** For each file the origins by the offset from which on they hold. */
  readonly origins: OriginScope[][];
  private readonly ttls: TtlScope[] = [];
  private readonly entry = new Entry();
  private readonly sink = new ByteSink(64);
  private early: { readonly firstStated: number; readonly soa: number } | undefined;

  constructor(zone: Zone) {
    this.zone = zone;
    this.order = new ReadingOrder(zone);
    this.origins = zone.files.map(() => []);
    this.origins[0]?.push({ start: -1, origin: zone.origin });
    const included = new Map(this.order.parents.map((parent, file) => [`${parent?.file} ${parent?.offset}`, file]));
    for (const directive of zone.directives) this.take(directive, included);
  }

  /** The `$ORIGIN` at a place. */
  originAt(file: number, offset: number): Uint8Array {
    const scopes = this.origins[file] ?? [];
    return (
      scopes[lowerBound(scopes.length, (index) => (scopes[index]?.start ?? 0) - offset) - 1]?.origin ?? this.zone.origin
    );
  }

  ttlAt(file: number, offset: number): TtlState {
    const { ttls, order } = this;
    const scope = ttls[lowerBound(ttls.length, (index) => comparePlace(order, ttls[index], file, offset)) - 1];
    if (scope !== undefined) return { defaultTtl: scope.ttl, lastTtl: -1 };
    const before = order.recordAt(file, offset);
    const { firstStated, soa } = this.beforeDefault();
    if (soa < before) return { defaultTtl: soaMinimum(this.zone.rdataOf(soa)), lastTtl: -1 };
    return { defaultTtl: -1, lastTtl: firstStated < before ? (this.zone.ttls[before - 1] ?? -1) : -1 };
  }

  /** The TTL that the `$TTL` at a place sets; undefined when it sets none. */
  ttlSetAt(file: number, offset: number): number | undefined {
    const { ttls, order } = this;
    const scope = ttls[lowerBound(ttls.length, (index) => comparePlace(order, ttls[index], file, offset))];
    return scope?.file === file && scope.offset === offset ? scope.ttl : undefined;
  }

  /** The first record that states a TTL, and the SOA without TTL before it that sets the default; endless when there is none. */
  private beforeDefault(): { readonly firstStated: number; readonly soa: number } {
    if (this.early !== undefined) return this.early;
    const { zone, ttls, order } = this;
    const none = Number.POSITIVE_INFINITY;
    const first = ttls[0];
    const end = first === undefined ? zone.count : order.recordAt(first.file, first.offset);
    this.early = { firstStated: none, soa: none };
    for (let record = 0; record < end; record++) {
      if (statesTtl(zone, record, this.entry)) this.early = { firstStated: record, soa: none };
      else if (zone.types[record] === TYPE.SOA) this.early = { firstStated: none, soa: record };
      else continue;
      break;
    }
    return this.early;
  }

  private take(directive: Directive, included: ReadonlyMap<string, number>): void {
    const { kind, file, start } = directive;
    const bytes = this.zone.files[file]?.bytes;
    if (bytes === undefined) return;
    const { entry } = this;
    scanEntry(bytes, start, entry);
    if (kind === 'TTL') {
      const ttl = entry.wordCount === 2 ? readPeriod(bytes, entry.wordStart(1), entry.wordEnd(1)) : -1;
      if (ttl >= 0 && !entry.wordQuoted(1)) this.ttls.push({ file, offset: start, ttl: usableTtl(ttl) });
      return;
    }
    const origin = this.originAt(file, start);
    if (kind === 'ORIGIN') {
      const name = entry.wordCount === 2 ? this.nameAt(1, origin) : undefined;
      if (name !== undefined) this.origins[file]?.push({ start, origin: name });
      return;
    }
    const child = kind === 'INCLUDE' ? included.get(`${file} ${start}`) : undefined;
    if (child === undefined) return;
    const name = entry.wordCount > 2 ? this.nameAt(2, origin) : undefined;
    this.origins[child]?.push({ start: -1, origin: name ?? origin });
  }

  private nameAt(word: number, origin: Uint8Array): Uint8Array | undefined {
    const { entry, sink } = this;
    sink.length = 0;
    if (entry.wordQuoted(word)) return undefined;
    const read = readNameWord(entry.bytes, entry.wordStart(word), entry.wordEnd(word), origin, sink, () => {});
    return read ? sink.slice() : undefined;
  }
}

/** Whether a record states a TTL, in its entry or in the `$GENERATE` that made it. */
export function statesTtl(zone: Zone, record: number, entry: Entry): boolean {
  const { header, written } = lookAt(zone, record, entry);
  if (written) return header.ttlWord >= 0;
  // $GENERATE range owner [ttl] [class] type: TTL and class in either order.
  for (let word = 3; word < entry.wordCount; word++) {
    const start = entry.wordStart(word);
    const octet = entry.bytes[start] ?? 0;
    if (octet >= 0x30 && octet <= 0x39) return true;
    if (classFromBytes(entry.bytes, start, entry.wordEnd(word)) < 0) return false;
  }
  return false;
}

function soaMinimum(rdata: Uint8Array): number {
  const octets = readField(TYPE.SOA, rdata, 'minimum');
  return octets?.reduce((value, octet) => value * 256 + octet, 0) ?? LAST_RESORT_TTL;
}

function comparePlace(order: ReadingOrder, scope: TtlScope | undefined, file: number, offset: number): number {
  return scope === undefined ? 1 : order.compare(scope.file, scope.offset, file, offset);
}
