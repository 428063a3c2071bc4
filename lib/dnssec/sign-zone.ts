import { hash } from 'node:crypto';
import { readField } from '../rr/layout.ts';
import { nameKey } from '../rr/name.ts';
import { TYPE } from '../rr/types.ts';
import { ByteSink } from '../text/sink.ts';
import { u32At } from '../wire/header.ts';
import { type JsonState, stateOf } from '../zone/from-json.ts';
import { type CanonicalOrder, canonicalOrder } from '../zone/order.ts';
import { addRecord } from '../zone/state.ts';
import { ZoneTree } from '../zone/tree.ts';
import { Zone } from '../zone/zone.ts';
import { isSigned } from './authority.ts';
import { type ChainRecord, nsec3Chain, nsecChain } from './denial-chain.ts';
import { keyDigest } from './digests.ts';
import { SECURE_ENTRY_POINT } from './keys.ts';
import { type HashParameters, OPT_OUT, SHA1 } from './nsec3.ts';
import { putRecords, type SetToSign, signatureOver } from './sign-set.ts';
import type { SigningKey } from './signing-key.ts';
import { readZoneDigest, SIMPLE, zoneDigest } from './zone-digest.ts';

/** How hashed names are denied; no iterations and no salt unless told otherwise (RFC 9276 §3.1). */
export interface Nsec3Options {
  readonly iterations?: number;
  readonly salt?: Uint8Array;
  readonly optOut?: boolean;
}

/** How a zone is signed. */
export interface SigningOptions {
  /** Each signs everything, unless some are secure entry points and some are not: then those sign the keys alone. */
  readonly keys: readonly SigningKey[];
  /** Milliseconds since 1970. */
  readonly now: number;
  /** NSEC3 in the place of NSEC. */
  readonly nsec3?: Nsec3Options;
  /** Whether CDS and CDNSKEY records tell the parent of the keys (RFC 7344 §3). */
  readonly cds?: boolean;
}

/** Seconds for which signatures hold: before the moment they are made, for clocks that go behind, and after it. */
const VALID = { before: 3600, after: 14 * 86_400 };

/** The one digest type that parents have to know (RFC 8624 §3.3). */
const DS_DIGEST = 2;

/** Why a zone is not signed. */
export type Unsigned = 'signed' | 'no-soa' | 'long-name';

/** Signatures that the same keys made before, which are used again as long as they hold for half of their time and what they sign is the same. */
export type SignatureMemory = Map<
  string,
  { readonly digest: string; readonly expiration: number; readonly rdata: Uint8Array }
>;

/** RDATA of the DS record of a key (RFC 4034 §5.1). */
export function dsRdata(origin: Uint8Array, { tag, algorithm, dnskey }: SigningKey): Uint8Array {
  const digest = keyDigest(origin, dnskey, DS_DIGEST) ?? new Uint8Array(0);
  return Uint8Array.from([tag >> 8, tag & 255, algorithm, DS_DIGEST, ...digest]);
}

/** The keys that a parent points at: the secure entry points, or all when there are none. */
export function entryKeys(keys: readonly SigningKey[]): readonly SigningKey[] {
  const entries = keys.filter(({ flags }) => (flags & SECURE_ENTRY_POINT) !== 0);
  return entries.length > 0 ? entries : keys;
}

/**
 * A zone with keys, a chain that denies names, and a signature over every RRset that has one (RFC 4035 §2): a copy, in
 * which each record stands once, RRsets have one TTL and what is not of the zone is left out. Digests of the whole zone are
 * made anew (RFC 8976 §3.1).
 */
export function signZone(
  tree: ZoneTree,
  options: SigningOptions,
  memory: SignatureMemory = new Map(),
): { readonly zone: Zone } | { readonly unsigned: Unsigned } {
  const { zone } = tree;
  const soa = tree.firstOf(zone.apex, TYPE.SOA);
  if (soa < 0) return { unsigned: 'no-soa' };
  if (MARKS.some((type) => tree.hasType(zone.apex, type))) return { unsigned: 'signed' };
  const signing = new ZoneSigning(tree, soa, options, memory);
  return signing.addChain() ? { zone: signing.sign() } : { unsigned: 'long-name' };
}

/** What stands at the name of a zone that somebody has signed. */
const MARKS: readonly number[] = [TYPE.RRSIG, TYPE.NSEC, TYPE.NSEC3PARAM];

/** Types of keys, which secure entry points sign when other keys sign the rest. */
const OF_KEYS: ReadonlySet<number> = new Set([TYPE.DNSKEY, TYPE.CDS, TYPE.CDNSKEY]);

/** A zone while it is signed. */
class ZoneSigning {
  private readonly options: SigningOptions;
  private readonly memory: SignatureMemory;
  private readonly zone: Zone;
  private readonly state: JsonState;
  private readonly soaTtl: number;
  /** TTL of records that deny (RFC 9077 §3). */
  private readonly denialTtl: number;
  private readonly made: SignatureMemory = new Map();
  private readonly body = new ByteSink(512);
  private tree: ZoneTree;
  private order: CanonicalOrder;
  private chain: readonly ChainRecord[] = [];

  constructor(source: ZoneTree, soa: number, options: SigningOptions, memory: SignatureMemory) {
    const { zone } = source;
    this.options = options;
    this.memory = memory;
    this.zone = new Zone(zone.origin, zone.count * 4 + 16, zone.rdataUsed * 4 + 1024);
    this.zone.zoneClass = zone.zoneClass;
    this.state = stateOf(this.zone);
    this.soaTtl = zone.ttls[soa] as number;
    const minimum = readField(TYPE.SOA, zone.rdataOf(soa), 'minimum');
    this.denialTtl = minimum === undefined ? this.soaTtl : Math.min(this.soaTtl, u32At(minimum, 0));
    this.copy(zone);
    this.addKeys();
    this.tree = new ZoneTree(this.zone);
    this.order = canonicalOrder(this.zone);
  }

  /** Takes over the records of a zone in their order, each once and with the TTL of its RRset. */
  private copy(from: Zone): void {
    const order = canonicalOrder(from);
    const ttls = new Float64Array(from.count).fill(-1);
    for (const [index, record] of order.records.entries()) ttls[record] = order.ttls[index] as number;
    for (let record = 0; record < from.count; record++) {
      const ttl = ttls[record] as number;
      if (ttl >= 0) this.add(from.ownerOf(record), from.types[record] as number, ttl, from.rdataOf(record));
    }
  }

  private addKeys(): void {
    const { keys, cds = false, nsec3 } = this.options;
    const { origin } = this.zone;
    for (const { dnskey } of keys) this.add(origin, TYPE.DNSKEY, this.soaTtl, dnskey);
    for (const key of cds ? entryKeys(keys) : []) {
      this.add(origin, TYPE.CDS, this.soaTtl, dsRdata(origin, key));
      this.add(origin, TYPE.CDNSKEY, this.soaTtl, key.dnskey);
    }
    if (nsec3 === undefined) return;
    const { algorithm, iterations, salt } = parametersOf(nsec3);
    const rdata = Uint8Array.from([algorithm, 0, iterations >> 8, iterations & 255, salt.length, ...salt]);
    this.add(origin, TYPE.NSEC3PARAM, 0, rdata);
  }

  /** False when the zone's name has no room for hashes before it. */
  addChain(): boolean {
    const { nsec3 } = this.options;
    const chain = nsec3 === undefined ? nsecChain(this.tree, this.order) : nsec3Chain(this.tree, parametersOf(nsec3));
    if (chain === undefined) return false;
    this.chain = chain;
    return true;
  }

  /** Adds the chain, and the signatures behind it. */
  sign(): Zone {
    const { zone, order, tree } = this;
    const { records } = order;
    for (let from = 0, to = 0; from < records.length; from = to) {
      const first = records[from] as number;
      const owner = zone.owners[first] as number;
      const type = zone.types[first] as number;
      while (
        to < records.length &&
        zone.owners[records[to] as number] === owner &&
        zone.types[records[to] as number] === type
      )
        to++;
      if (!isSigned(tree.flags[owner] as number, type) || isDigest(owner, type, zone)) continue;
      const rdatas = Array.from(records.subarray(from, to), (record) => zone.rdataOf(record));
      this.addSignatures({ owner: zone.names.wire(owner), type, ttl: zone.ttls[first] as number, rdatas });
    }
    const type = this.options.nsec3 === undefined ? TYPE.NSEC : TYPE.NSEC3;
    for (const { owner, rdata } of this.chain) {
      this.add(owner, type, this.denialTtl, rdata);
      this.addSignatures({ owner, type, ttl: this.denialTtl, rdatas: [rdata] });
    }
    this.addDigests();
    this.memory.clear();
    for (const [key, signature] of this.made) this.memory.set(key, signature);
    return zone;
  }

  /** Makes the digests of the zone anew, over everything but themselves, and signs them. */
  private addDigests(): void {
    const { zone, tree } = this;
    const records = tree.rrset(zone.apex, TYPE.ZONEMD);
    const [first] = records;
    if (first === undefined) return;
    const order = canonicalOrder(zone);
    for (const record of records) {
      const given = readZoneDigest(zone.rdataOf(record));
      const digest = given?.scheme === SIMPLE ? zoneDigest(zone, given.hashAlgorithm, order) : undefined;
      if (digest !== undefined && digest.length === given?.digest.length) given.digest.set(digest);
    }
    const rdatas = records.map((record) => zone.rdataOf(record));
    this.addSignatures({ owner: zone.origin, type: TYPE.ZONEMD, ttl: zone.ttls[first] as number, rdatas });
  }

  private addSignatures(set: Omit<SetToSign, 'class'>): void {
    const { keys } = this.options;
    // Views of the zone's columns end where it grows.
    const whole: SetToSign = { ...set, owner: set.owner.slice(), class: this.zone.zoneClass };
    const signing = keys.filter((key) => signsType(key, keys, set.type));
    const made = signing.map((key) => this.signature(whole, key));
    for (const rdata of made) this.add(whole.owner, TYPE.RRSIG, set.ttl, rdata);
  }

  /** A signature made before when it will do, or a new one. */
  private signature(set: SetToSign, key: SigningKey): Uint8Array {
    const { body, memory, made } = this;
    body.length = 0;
    putRecords(set, set.owner, body);
    const digest = hash('sha256', body.bytes.subarray(0, body.length), 'base64');
    const id = `${this.options.keys.indexOf(key)} ${set.type} ${nameKey(set.owner)}`;
    const now = Math.floor(this.options.now / 1000);
    let known = memory.get(id);
    const isGood =
      known?.digest === digest && known.expiration - now > VALID.after / 2 && known.expiration - now <= VALID.after;
    if (known === undefined || !isGood) {
      const expiration = now + VALID.after;
      const fields = { signer: this.zone.origin, inception: now - VALID.before, expiration };
      known = { digest, expiration, rdata: signatureOver(set, fields, key) };
    }
    made.set(id, known);
    return known.rdata;
  }

  private add(owner: Uint8Array, type: number, ttl: number, rdata: Uint8Array): void {
    const { zone, state } = this;
    const start = zone.rdataUsed;
    if (start + rdata.length > zone.rdata.length) zone.growRdata(rdata.length);
    zone.rdata.set(rdata, start);
    addRecord(state, zone.names.intern(owner), type, zone.zoneClass, ttl, start, rdata.length, 0);
  }
}

function parametersOf({ iterations = 0, salt = new Uint8Array(0), optOut = false }: Nsec3Options): HashParameters {
  return { algorithm: SHA1, flags: optOut ? OPT_OUT : 0, iterations, salt };
}

/** Digests are signed when all else is. */
function isDigest(owner: number, type: number, { apex }: Zone): boolean {
  return type === TYPE.ZONEMD && owner === apex;
}

/** Whether a key has to sign RRsets of a type. */
export function signsType(key: SigningKey, keys: readonly SigningKey[], type: number): boolean {
  const isEntry = ({ flags }: SigningKey): boolean => (flags & SECURE_ENTRY_POINT) !== 0;
  if (keys.every(isEntry) || !keys.some(isEntry)) return true;
  return isEntry(key) === OF_KEYS.has(type);
}
