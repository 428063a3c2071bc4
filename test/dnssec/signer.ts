import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { isListed, isOwn, isSigned } from '../../lib/dnssec/authority.ts';
import { keyTag } from '../../lib/dnssec/keys.ts';
import { NameHasher } from '../../lib/dnssec/nsec3.ts';
import { signedLabels } from '../../lib/dnssec/signatures.ts';
import { printRdata } from '../../lib/rr/codec.ts';
import { canonicalRdata } from '../../lib/rr/layout.ts';
import { lowerName, nameFromText, nameToText } from '../../lib/rr/name.ts';
import { hexText, writeBase32hex } from '../../lib/rr/octets.ts';
import { TYPE, typeToText } from '../../lib/rr/types.ts';
import { ByteSink } from '../../lib/text/sink.ts';
import { canonicalOrder } from '../../lib/zone/order.ts';
import { readZone } from '../../lib/zone/read.ts';
import { HAS_DESCENDANTS, IS_CUT, OWNS_RECORDS, ZoneTree } from '../../lib/zone/tree.ts';
import type { Zone } from '../../lib/zone/zone.ts';

/** The zone that is signed when no other is named. */
export const ORIGIN = 'example.net.';

const ED25519 = 15;

/** A key made of its number, so that every run signs alike. */
export interface TestKey {
  readonly dnskey: Uint8Array;
  readonly tag: number;
  readonly flags: number;
  readonly secret: KeyObject;
}

/** The Ed25519 key of a number; Ed25519 signatures are the same whenever they are made (RFC 8032). */
export function testKey(number: number, flags = 257): TestKey {
  const seed = Buffer.alloc(32, number);
  const secret = createPrivateKey({
    key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]),
    format: 'der',
    type: 'pkcs8',
  });
  const octets = createPublicKey(secret).export({ format: 'der', type: 'spki' }).subarray(-32);
  const dnskey = Uint8Array.from([flags >> 8, flags & 255, 3, ED25519, ...octets]);
  return { dnskey, tag: keyTag(dnskey), flags, secret };
}

/** The key that signs when no other is given. */
export const KEY: TestKey = testKey(1);

/** A zone of its text. */
export function zoneOf(text: string, origin: string = ORIGIN): Zone {
  const name = nameFromText(origin);
  if ('problem' in name) throw new Error(origin);
  const zone = readZone({ name: 'zone', bytes: Buffer.from(`$ORIGIN ${origin}\n${text}`), origin: name.name });
  const broken = zone.problems.filter(({ record }) => record < 0);
  if (zone.broken.length > 0) throw new Error(`cannot be read: ${JSON.stringify(broken)}`);
  return zone;
}

/** How names are denied. */
export interface Chain {
  readonly kind: 'nsec' | 'nsec3';
  readonly iterations?: number;
  readonly salt?: string;
  readonly optOut?: boolean;
  /** Opt-out leaves unsigned delegations and names that are only above them out. */
  readonly leaveOut?: boolean;
}

interface Named {
  readonly id: number;
  readonly types: number[];
}

/** Names of the zone that a chain is about, in canonical order, with what their bitmaps list of what stands there. */
function namesOf(zone: Zone, tree: ZoneTree, withEmpty: boolean): Named[] {
  const names: Named[] = [];
  for (let id = 0; id < tree.flags.length; id++) {
    const flags = tree.flags[id] ?? 0;
    if (!isOwn(flags) || (flags & (OWNS_RECORDS | (withEmpty ? HAS_DESCENDANTS : 0))) === 0) continue;
    const types = [...new Set(tree.recordsAt(id).map((record) => zone.types[record] ?? 0))];
    names.push({ id, types: types.filter((type) => isListed(flags, type)) });
  }
  return names.sort((a, b) => compareKeys(zone, a.id, b.id));
}

function compareKeys(zone: Zone, a: number, b: number): number {
  const key = (id: number): string[] =>
    nameToText(lowerName(zone.names.wire(id)))
      .split('.')
      .reverse();
  const [left, right] = [key(a), key(b)];
  for (const [index, label] of left.entries()) {
    const other = right[index];
    if (other === undefined) return 1;
    if (label !== other) return label < other ? -1 : 1;
  }
  return left.length - right.length;
}

/** The text with DNSKEY records and a chain of NSEC or NSEC3 records behind it. */
export function withChain(
  text: string,
  chain: Chain = { kind: 'nsec' },
  keys: readonly TestKey[] = [KEY],
  origin: string = ORIGIN,
): string {
  const dnskeys = keys.map(({ dnskey }) => `@ DNSKEY ${printRdata(TYPE.DNSKEY, dnskey)}\n`).join('');
  const whole = text + dnskeys;
  return whole + (chain.kind === 'nsec' ? nsecText(whole, origin) : nsec3Text(whole, origin, chain));
}

function nsecText(text: string, origin: string): string {
  const zone = zoneOf(text, origin);
  const names = namesOf(zone, new ZoneTree(zone), false);
  return names
    .map(({ id, types }, index) => {
      const next = names[(index + 1) % names.length]?.id ?? 0;
      const listed = [...types, TYPE.RRSIG, TYPE.NSEC].sort((a, b) => a - b).map(typeToText);
      return `${ownerText(zone, id)} NSEC ${nameToText(lowerName(zone.names.wire(next)))} ${listed.join(' ')}\n`;
    })
    .join('');
}

function nsec3Text(
  text: string,
  origin: string,
  { iterations = 0, salt = '-', optOut = false, leaveOut = false }: Chain,
): string {
  const parameters = `@ NSEC3PARAM 1 0 ${iterations} ${salt}\n`;
  const zone = zoneOf(text + parameters, origin);
  const tree = new ZoneTree(zone);
  const saltOctets = Buffer.from(salt === '-' ? '' : salt, 'hex');
  const hasher = new NameHasher({ algorithm: 1, flags: 0, iterations, salt: saltOctets });
  const secure = (id: number): boolean => ((tree.flags[id] ?? 0) & IS_CUT) === 0 || tree.hasType(id, TYPE.DS);
  const kept = new Set<number>();
  for (const { id } of namesOf(zone, tree, false)) {
    if (leaveOut && !secure(id)) continue;
    for (let name = id; name >= 0; name = tree.parent[name] ?? -1) kept.add(name);
  }
  const names = namesOf(zone, tree, true)
    .filter(({ id }) => kept.has(id))
    .map(({ id, types }) => {
      const wire = zone.names.wire(id);
      return { id, types, hash: base32hex(hasher.hash(wire, 0, wire.length)) };
    })
    .sort((a, b) => (a.hash < b.hash ? -1 : 1));
  const records = names.map(({ id, types, hash }, index) => {
    const signs = types.length > 0 && secure(id);
    const listed = [...types, ...(signs ? [TYPE.RRSIG] : [])].sort((a, b) => a - b).map(typeToText);
    const next = names[(index + 1) % names.length]?.hash;
    return `${hash} NSEC3 1 ${optOut ? 1 : 0} ${iterations} ${salt} ${[next, ...listed].join(' ')}\n`;
  });
  return parameters + records.join('');
}

/** The hash of a name of the zone, without salt and iterations, as the owner of its NSEC3 writes it. */
export function hashOf(owner: string): string {
  const read = nameFromText(`${owner}.${ORIGIN}`);
  if ('problem' in read) throw new Error(owner);
  const hasher = new NameHasher({ algorithm: 1, flags: 0, iterations: 0, salt: new Uint8Array(0) });
  return base32hex(hasher.hash(read.name, 0, read.name.length));
}

/** A hash as the owner of its NSEC3 writes it. */
export function base32hex(octets: Uint8Array): string {
  const out = new ByteSink(40);
  writeBase32hex(octets, 0, octets.length, out);
  return Buffer.from(out.bytes.subarray(0, out.length)).toString('latin1');
}

/** How a signature differs from what it should be, in its fields and in what was signed. */
export interface Twist {
  readonly inception?: string;
  readonly expiration?: string;
  readonly labels?: number;
  readonly originalTtl?: number;
  readonly signer?: string;
  readonly tag?: number;
  readonly key?: TestKey;
}

/** What to sign in another way: by `owner TYPE` the signatures to make of that RRset, none for an empty list. */
export type Twists = Readonly<Record<string, readonly Twist[]>>;

const DATES = { inception: '20261115000000', expiration: '20261215000000' };

/** The text with signatures over every RRset that has one in a zone, and over those that `twists` names. */
export function withSignatures(
  text: string,
  twists: Twists = {},
  keys: readonly TestKey[] = [KEY],
  origin: string = ORIGIN,
): string {
  const zone = zoneOf(text, origin);
  const tree = new ZoneTree(zone);
  const { records } = canonicalOrder(zone);
  const lines: string[] = [];
  for (let from = 0, to = 0; from < records.length; from = to) {
    const first = records[from] ?? 0;
    const owner = zone.owners[first] ?? 0;
    const type = zone.types[first] ?? 0;
    while (to < records.length && zone.owners[records[to] ?? 0] === owner && zone.types[records[to] ?? 0] === type)
      to++;
    const wanted = twists[`${ownerText(zone, owner)} ${typeToText(type)}`];
    const usual = keys.filter((key) => signsType(key, keys, type)).map((key): Twist => ({ key }));
    const made = wanted ?? (isSigned(tree.flags[owner] ?? 0, type) ? usual : []);
    const set = [...records.subarray(from, to)];
    for (const twist of made)
      lines.push(`${ownerText(zone, owner)} RRSIG ${signature(zone, set, { key: usual[0]?.key ?? KEY, ...twist })}\n`);
  }
  return text + lines.join('');
}

function signsType(key: TestKey, keys: readonly TestKey[], type: number): boolean {
  if (new Set(keys.map(({ flags }) => flags & 1)).size === 1) return true;
  const inKeys = type === TYPE.DNSKEY || type === TYPE.CDS || type === TYPE.CDNSKEY;
  return inKeys === ((key.flags & 1) === 1);
}

/** A chain and signatures over a text. */
export function signed(text: string, chain?: Chain, keys: readonly TestKey[] = [KEY], origin: string = ORIGIN): string {
  return withSignatures(withChain(text, chain, keys, origin), {}, keys, origin);
}

function ownerText(zone: Zone, id: number): string {
  return nameToText(zone.names.wire(id), zone.origin);
}

function signature(zone: Zone, set: readonly number[], twist: Twist & { readonly key: TestKey }): string {
  const [first = 0] = set;
  const owner = lowerName(zone.ownerOf(first));
  const type = zone.types[first] ?? 0;
  const ttl = twist.originalTtl ?? zone.ttls[first] ?? 0;
  const labels = twist.labels ?? signedLabels(owner);
  const signer = nameFromText(twist.signer ?? nameToText(zone.origin));
  if ('problem' in signer) throw new Error('signer');
  const head = new ByteSink(64);
  head.u16(type);
  head.u8(ED25519);
  head.u8(labels);
  head.u32(ttl);
  head.u32(seconds(twist.expiration ?? DATES.expiration));
  head.u32(seconds(twist.inception ?? DATES.inception));
  head.u16(twist.tag ?? twist.key.tag);
  head.put(signer.name);
  const fields = head.slice();
  const data = new ByteSink(512);
  data.put(fields);
  const name = labels < signedLabels(owner) ? Uint8Array.from([1, 0x2a, ...lastLabels(owner, labels)]) : owner;
  for (const record of set) {
    const rdata = canonicalRdata(type, zone.rdataOf(record));
    data.put(name);
    data.u16(type);
    data.u16(1);
    data.u32(ttl);
    data.u16(rdata.length);
    data.put(rdata);
  }
  const octets = sign(null, data.slice(), twist.key.secret);
  return printRdata(TYPE.RRSIG, Uint8Array.from([...fields, ...octets]));
}

function lastLabels(name: Uint8Array, count: number): Uint8Array {
  let at = 0;
  for (let skip = signedLabels(name) - count; skip > 0; skip--) at += 1 + (name[at] ?? 0);
  return name.subarray(at);
}

function seconds(date: string): number {
  const parts = /^(....)(..)(..)(..)(..)(..)$/.exec(date);
  return Date.parse(`${parts?.slice(1, 4).join('-')}T${parts?.slice(4).join(':')}Z`) / 1000;
}

/** CDS or DS RDATA text: tag, algorithm, digest type and digest. */
export function dsText(key: TestKey, digestType: number, digest: Uint8Array): string {
  return `${key.tag} ${ED25519} ${digestType} ${hexText(digest)}`;
}
