import { createPrivateKey } from 'node:crypto';
import { isSigned } from '../../lib/dnssec/authority.ts';
import { type ChainRecord, nsec3Chain, nsecChain } from '../../lib/dnssec/denial-chain.ts';
import { NameHasher } from '../../lib/dnssec/nsec3.ts';
import { signatureOver } from '../../lib/dnssec/sign-set.ts';
import { signsType } from '../../lib/dnssec/sign-zone.ts';
import { type SigningKey, signingKeyOf } from '../../lib/dnssec/signing-key.ts';
import { printRdata } from '../../lib/rr/codec.ts';
import { nameFromText, nameToText } from '../../lib/rr/name.ts';
import { hexText, writeBase32hex } from '../../lib/rr/octets.ts';
import { TYPE, typeToText } from '../../lib/rr/types.ts';
import { ByteSink } from '../../lib/text/sink.ts';
import { canonicalOrder } from '../../lib/zone/order.ts';
import { readZone } from '../../lib/zone/read.ts';
import { ZoneTree } from '../../lib/zone/tree.ts';
import type { Zone } from '../../lib/zone/zone.ts';

/** The zone that is signed when no other is named. */
export const ORIGIN = 'example.net.';

const ED25519 = 15;

/** A key made of its number, so that every run signs alike. */
export type TestKey = SigningKey;

/** The Ed25519 key of a number; Ed25519 signatures are the same whenever they are made (RFC 8032). */
export function testKey(number: number, flags = 257): TestKey {
  const seed = Buffer.alloc(32, number);
  const secret = createPrivateKey({
    key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]),
    format: 'der',
    type: 'pkcs8',
  });
  const key = signingKeyOf(secret, 'ed25519', flags);
  if (key === undefined) throw new Error(`key ${number}`);
  return key;
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
  return chainText(zone, TYPE.NSEC, nsecChain(new ZoneTree(zone)));
}

function nsec3Text(
  text: string,
  origin: string,
  { iterations = 0, salt = '-', optOut = false, leaveOut = false }: Chain,
): string {
  const parameters = `@ NSEC3PARAM 1 0 ${iterations} ${salt}\n`;
  const zone = zoneOf(text + parameters, origin);
  const saltOctets = Buffer.from(salt === '-' ? '' : salt, 'hex');
  const hashes = { algorithm: 1, flags: optOut ? 1 : 0, iterations, salt: saltOctets };
  return parameters + chainText(zone, TYPE.NSEC3, nsec3Chain(new ZoneTree(zone), hashes, leaveOut) ?? []);
}

function chainText(zone: Zone, type: number, chain: readonly ChainRecord[]): string {
  return chain
    .map(({ owner, rdata }) => `${nameToText(owner, zone.origin)} ${typeToText(type)} ${printRdata(type, rdata)}\n`)
    .join('');
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

/** A chain and signatures over a text. */
export function signed(text: string, chain?: Chain, keys: readonly TestKey[] = [KEY], origin: string = ORIGIN): string {
  return withSignatures(withChain(text, chain, keys, origin), {}, keys, origin);
}

function ownerText(zone: Zone, id: number): string {
  return nameToText(zone.names.wire(id), zone.origin);
}

function signature(zone: Zone, set: readonly number[], twist: Twist & { readonly key: TestKey }): string {
  const [first = 0] = set;
  const signer = nameFromText(twist.signer ?? nameToText(zone.origin));
  if ('problem' in signer) throw new Error('signer');
  const type = zone.types[first] ?? 0;
  const rdatas = set.map((record) => zone.rdataOf(record));
  const ttl = twist.originalTtl ?? zone.ttls[first] ?? 0;
  const fields = {
    signer: signer.name,
    inception: seconds(twist.inception ?? DATES.inception),
    expiration: seconds(twist.expiration ?? DATES.expiration),
    ...(twist.labels !== undefined && { labels: twist.labels }),
    ...(twist.tag !== undefined && { tag: twist.tag }),
  };
  const rdata = signatureOver({ owner: zone.ownerOf(first), type, class: 1, ttl, rdatas }, fields, twist.key);
  return printRdata(TYPE.RRSIG, rdata);
}

function seconds(date: string): number {
  const parts = /^(....)(..)(..)(..)(..)(..)$/.exec(date);
  return Date.parse(`${parts?.slice(1, 4).join('-')}T${parts?.slice(4).join(':')}Z`) / 1000;
}

/** CDS or DS RDATA text: tag, algorithm, digest type and digest. */
export function dsText(key: TestKey, digestType: number, digest: Uint8Array): string {
  return `${key.tag} ${ED25519} ${digestType} ${hexText(digest)}`;
}
