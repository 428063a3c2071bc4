import type { GivenCertificate } from '../certs/load.ts';
import type { ExtendedKeyUsagePolicy } from '../certs/path-purpose.ts';
import type { CertificateRole } from '../certs/roles.ts';
import type { PathVerdict } from '../certs/validate-path.ts';
import { printRdata, readField } from '../rr/codec.ts';
import { equalNames, isWithin, nameKey, nameToText } from '../rr/name.ts';
import { TYPE } from '../rr/types.ts';
import type { Place, SourceFile, Span } from '../text/diagnostic.ts';
import { Entry } from '../text/entry.ts';
import { lookAt, partSpan, textSpan } from '../zone/look.ts';
import { lookup, type Outcome } from '../zone/lookup.ts';
import { OUT_OF_ZONE, OWNS_RECORDS, ZoneTree } from '../zone/tree.ts';
import type { Zone } from '../zone/zone.ts';
import { DRAFTS, type Drafts } from './drafts.ts';
import type { Facts, MailDomain, Part, PolicyFile, RRset } from './facts.ts';
import { mailDomainsOf } from './mail-domains.ts';

const NONE = new Int32Array(0);
const NO_RECORDS: readonly number[] = [];
const NO_SETS: readonly RRset[] = [];

/** The other zones of a run, for rules that look over the border. */
export interface GivenZones {
  /** The facts of the zone with exactly this name. */
  at(origin: Uint8Array): Facts | undefined;
}

/** What the facts of a zone are made of. */
export interface FactsInput {
  readonly zone: Zone;
  /** The tree of that zone, when there is one already. */
  readonly tree?: ZoneTree;
  readonly certificates?: readonly GivenCertificate[];
  /** Judges the path of a certificate by the trust store of the run; absent without one. */
  judgePath?(certificate: GivenCertificate, role: CertificateRole): PathVerdict | undefined;
  /** The same within its file alone. */
  judgeChain?(certificate: GivenCertificate, role: CertificateRole): PathVerdict | undefined;
  /** How extKeyUsage is judged, when that is not as usual. */
  readonly eku?: ExtendedKeyUsagePolicy | undefined;
  /** The unsettled values of the drafts, when they are not as usual. */
  readonly drafts?: Drafts | undefined;
  /** Milliseconds since 1970; read only by rules that look at the clock. */
  readonly now: number;
  /** Midnight (UTC) before it, when that is to be told apart. */
  readonly today?: number;
  /** Whether a time has passed, when that is to be told apart. */
  hasPassed?(time: number): boolean;
  readonly zones?: GivenZones | undefined;
  /** MTA-STS policy files. */
  readonly policies?: readonly PolicyFile[];
  /** The zone and the policies as they were. */
  readonly before?: { readonly zone: Zone; readonly policies?: readonly PolicyFile[] } | undefined;
}

/** The facts of one zone, every table made when a rule first asks for it. */
export class ZoneFacts implements Facts {
  readonly zone: Zone;
  readonly tree: ZoneTree;
  readonly certificates: readonly GivenCertificate[];
  readonly drafts: Drafts;
  readonly policies: readonly PolicyFile[];
  #byType: Map<number, Int32Array> | undefined;
  #rrsets = new Map<number, readonly RRset[]>();
  /** Where the RRset of a name stands, in the numbers of the type that was grouped last. */
  #places: Int32Array | undefined;
  #nextPlace = 1;
  #mailDomains: readonly MailDomain[] | undefined;
  #wildcards: readonly number[] | undefined;
  #before: Facts | undefined;
  /** Asked for by many rules, be it for a look at the last label. */
  #apexText: string | undefined;
  readonly #shared = new Map<unknown, unknown>();
  /** Answers of zoneFor by name; most rules ask for the same few hosts. */
  readonly #zonesFor = new Map<string, Facts | undefined>();
  readonly #zonesOf = new Map<number, Facts>();
  readonly #input: FactsInput;
  private readonly entry = new Entry();

  constructor(input: FactsInput) {
    this.#input = input;
    this.zone = input.zone;
    this.tree = input.tree ?? new ZoneTree(input.zone);
    this.certificates = input.certificates ?? [];
    this.drafts = input.drafts ?? DRAFTS;
    this.policies = input.policies ?? [];
  }

  get now(): number {
    return this.#input.now;
  }

  get today(): number {
    return this.#input.today ?? dayOf(this.now);
  }

  hasPassed(time: number): boolean {
    return this.#input.hasPassed?.(time) ?? time <= this.today;
  }

  pathOf(certificate: number, role: CertificateRole): PathVerdict | undefined {
    const given = this.certificates[certificate];
    return given && this.#input.judgePath?.(given, role);
  }

  chainOf(certificate: number, role: CertificateRole): PathVerdict | undefined {
    const given = this.certificates[certificate];
    return given && this.#input.judgeChain?.(given, role);
  }

  get eku(): ExtendedKeyUsagePolicy {
    return this.#input.eku ?? 'accept-server-auth';
  }

  get before(): Facts | undefined {
    const { before } = this.#input;
    if (before !== undefined) this.#before ??= new ZoneFacts({ ...before, now: this.now, drafts: this.drafts });
    return this.#before;
  }

  get signed(): boolean {
    return this.tree.hasType(this.zone.apex, TYPE.DNSKEY);
  }

  records(type: number): Int32Array {
    this.#byType ??= groupByType(this.zone, this.tree);
    return this.#byType.get(this.#number(type)) ?? NONE;
  }

  rrsets(type: number): readonly RRset[] {
    const known = this.#rrsets.get(type);
    if (known !== undefined) return known;
    const records = this.records(type);
    if (records.length === 0) return NO_SETS;
    this.#places ??= new Int32Array(this.zone.names.count);
    const made = groupByOwner(this.zone, this.#number(type), records, this.#places, this.#nextPlace);
    this.#nextPlace += made.length;
    this.#rrsets.set(type, made);
    return made;
  }

  rrset(owner: number, type: number): readonly number[] {
    const number = this.#number(type);
    return this.hasType(owner, number) ? this.tree.rrset(owner, number) : NO_RECORDS;
  }

  recordsAt(owner: number): readonly number[] {
    return owner < 0 ? [] : this.tree.recordsAt(owner);
  }

  hasType(owner: number, type: number): boolean {
    return owner >= 0 && this.tree.hasType(owner, this.#number(type));
  }

  get wildcards(): readonly number[] {
    this.#wildcards ??= wildcardsOf(this.zone, this.tree);
    return this.#wildcards;
  }

  once<T>(make: (facts: Facts) => T): T {
    const known = this.#shared.get(make);
    if (known !== undefined || this.#shared.has(make)) return known as T;
    const made = make(this);
    this.#shared.set(make, made);
    return made;
  }

  find(wire: Uint8Array): number {
    const id = this.zone.names.find(wire);
    return id >= 0 && this.tree.exists(id) ? id : -1;
  }

  authoritative(wire: Uint8Array): boolean {
    const outcome = this.lookup(wire, TYPE.SOA);
    return outcome.kind !== 'outside' && outcome.kind !== 'referral';
  }

  lookup(wire: Uint8Array, type: number): Outcome {
    return lookup(this.tree, wire, this.#number(type));
  }

  /** The number under which a type stands in the zone. */
  #number(type: number): number {
    return type === TYPE.CLIENTMX ? this.drafts.clientMxType : type;
  }

  /** The type whose fields the RDATA of a record has. */
  #layout(record: number): number {
    const type = this.zone.types[record] ?? 0;
    return type === this.drafts.clientMxType ? TYPE.CLIENTMX : type;
  }

  zoneAt(origin: Uint8Array): Facts | undefined {
    return equalNames(origin, this.zone.origin) ? this : this.#input.zones?.at(origin);
  }

  zoneFor(wire: Uint8Array): Facts | undefined {
    if (this.#input.zones === undefined) return isWithin(wire, this.zone.origin) ? this : undefined;
    const id = this.zone.names.find(wire);
    if (id >= 0 && (id === this.zone.apex || (this.tree.parent[id] ?? -1) >= 0)) return this.#zoneOf(id);
    const key = nameKey(wire);
    if (this.#zonesFor.has(key)) return this.#zonesFor.get(key);
    let found: Facts | undefined;
    for (let at = 0; at < wire.length && found === undefined; at += (wire[at] as number) + 1) {
      found = this.zoneAt(wire.subarray(at));
    }
    if (this.#zonesFor.size < MOST_REMEMBERED) this.#zonesFor.set(key, found);
    return found;
  }

  /** As `zoneFor`, for a name that is in the table of this zone. */
  #zoneOf(id: number): Facts {
    if (id === this.zone.apex) return this;
    const known = this.#zonesOf.get(id);
    if (known !== undefined) return known;
    const found = this.zoneAt(this.zone.names.wire(id)) ?? this.#zoneOf(this.tree.parent[id] as number);
    if (this.#zonesOf.size < MOST_REMEMBERED) this.#zonesOf.set(id, found);
    return found;
  }

  mayBeBroken(type: number): boolean {
    if (this.zone.broken.length === 0) return false;
    const number = this.#number(type);
    return this.zone.broken.some((entry) => entry.type === number || entry.type < 0);
  }

  nameText(id: number): string {
    if (id !== this.zone.apex) return nameToText(this.zone.names.wire(id));
    this.#apexText ??= nameToText(this.zone.names.wire(id));
    return this.#apexText;
  }

  ownerText(record: number): string {
    return this.nameText(this.zone.owners[record] ?? 0);
  }

  rdata(record: number): Uint8Array {
    return this.zone.rdataOf(record);
  }

  nameField(record: number, field: string): Uint8Array | undefined {
    return readField(this.#layout(record), this.zone.rdataOf(record), field);
  }

  numberField(record: number, field: string): number | undefined {
    const octets = this.nameField(record, field);
    if (octets === undefined) return undefined;
    let value = 0;
    for (let at = 0; at < octets.length; at++) value = value * 256 + (octets[at] as number);
    return value;
  }

  text(record: number): string {
    const rdata = this.zone.rdataOf(record);
    let text = '';
    for (let at = 0; at < rdata.length; ) {
      const end = at + 1 + (rdata[at] ?? 0);
      text += Buffer.from(rdata.buffer, rdata.byteOffset + at + 1, Math.min(end, rdata.length) - at - 1).toString(
        'latin1',
      );
      at = end;
    }
    return text;
  }

  rdataText(record: number): string {
    return printRdata(this.zone.types[record] ?? 0, this.zone.rdataOf(record));
  }

  span(record: number, part: Part): Span {
    return partSpan(this.zone, record, lookAt(this.zone, record, this.entry), part);
  }

  textSpan(record: number, from: number, to: number): Span {
    return textSpan(this.zone, record, lookAt(this.zone, record, this.entry), from, to);
  }

  source(record: number, part: Part): string {
    const { start, end } = this.span(record, part);
    return new TextDecoder().decode(this.fileOf(record).bytes.subarray(start, end));
  }

  fileOf(record: number): SourceFile {
    return this.zone.files[this.zone.fileOf[record] ?? 0] ?? { name: '', bytes: new Uint8Array(0) };
  }

  place(record: number, part: Part): Place {
    return { file: this.fileOf(record), span: this.span(record, part) };
  }

  get mailDomains(): readonly MailDomain[] {
    this.#mailDomains ??= mailDomainsOf(this);
    return this.#mailDomains;
  }
}

const DAY = 86_400_000;

/** Names whose zone is remembered. */
const MOST_REMEMBERED = 1000;

/** Midnight (UTC) before a moment. */
export function dayOf(now: number): number {
  return Math.floor(now / DAY) * DAY;
}

/** Records of the zone's class and inside the zone, by type, in file order. */
function groupByType(zone: Zone, tree: ZoneTree): Map<number, Int32Array> {
  const { types, classes, owners, zoneClass, count } = zone;
  const groups = new Map<number, Group>();
  let group: Group = { type: -1, records: NONE, count: 0 };
  const counts = countTypes(zone);
  for (let record = 0; record < count; record++) {
    if (classes[record] !== zoneClass || (tree.flags[owners[record] as number] as number) & OUT_OF_ZONE) continue;
    const type = types[record] as number;
    if (type !== group.type) {
      group = groups.get(type) ?? { type, records: new Int32Array(counts.get(type) ?? 0), count: 0 };
      groups.set(type, group);
    }
    group.records[group.count++] = record;
  }
  const found = new Map<number, Int32Array>();
  for (const one of groups.values()) {
    found.set(one.type, one.count === one.records.length ? one.records : one.records.subarray(0, one.count));
  }
  return found;
}

function countTypes({ types, count }: Zone): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  let [last, run] = [-1, 0];
  for (let record = 0; record <= count; record++) {
    const type = record < count ? (types[record] as number) : -1;
    if (type !== last) {
      if (run > 0) counts.set(last, (counts.get(last) ?? 0) + run);
      [last, run] = [type, 0];
    }
    run++;
  }
  return counts;
}

interface Group {
  readonly type: number;
  readonly records: Int32Array;
  count: number;
}

/** RRsets of records; `places` is shared by all types of a zone, those from `base` on are of this one. */
function groupByOwner(zone: Zone, type: number, records: Int32Array, places: Int32Array, base: number): SetOfOwner[] {
  const sets: SetOfOwner[] = [];
  for (const record of records) {
    const owner = zone.owners[record] as number;
    const place = (places[owner] as number) - base;
    if (place >= 0) sets[place]?.records.push(record);
    else {
      places[owner] = base + sets.length;
      sets.push({ owner, type, records: [record] });
    }
  }
  return sets;
}

interface SetOfOwner extends RRset {
  readonly records: number[];
}

function wildcardsOf(zone: Zone, tree: ZoneTree): readonly number[] {
  const { arena, offsets, count } = zone.names;
  const wildcards: number[] = [];
  for (let id = 0; id < count; id++) {
    const at = offsets[id] as number;
    if (arena[at] === 1 && arena[at + 1] === 0x2a && (tree.flags[id] as number) & OWNS_RECORDS) wildcards.push(id);
  }
  return wildcards;
}
