import { putWindows } from '../rr/kinds-dnssec.ts';
import { concatNames, lowerName } from '../rr/name.ts';
import { writeBase32hex } from '../rr/octets.ts';
import { TYPE } from '../rr/types.ts';
import { ByteSink } from '../text/sink.ts';
import { type CanonicalOrder, canonicalOrder } from '../zone/order.ts';
import { IS_CUT, OWNS_RECORDS, type ZoneTree } from '../zone/tree.ts';
import { isListed, isOwn } from './authority.ts';
import { type HashParameters, NameHasher, OPT_OUT } from './nsec3.ts';

/** One record of a chain that denies names. */
export interface ChainRecord {
  readonly owner: Uint8Array;
  readonly rdata: Uint8Array;
}

/** The NSEC records of a zone: each of its own names that has records leads to the next one (RFC 4034 §4, RFC 4035 §2.3). */
export function nsecChain(tree: ZoneTree, order: CanonicalOrder = canonicalOrder(tree.zone)): ChainRecord[] {
  const { names, owners } = tree.zone;
  const ids: number[] = [];
  for (const record of order.records) {
    const id = owners[record] as number;
    if (ids.at(-1) !== id && isOwn(tree.flags[id] as number)) ids.push(id);
  }
  return ids.map((id, index) => {
    const next = ids[(index + 1) % ids.length] as number;
    const rdata = new ByteSink(64);
    rdata.put(lowerName(names.wire(next)));
    putWindows(ascending([...listedAt(tree, id), TYPE.RRSIG, TYPE.NSEC]), rdata);
    return { owner: names.wire(id).slice(), rdata: rdata.slice() };
  });
}

/**
 * The NSEC3 records of a zone, empty non-terminals included (RFC 5155 §7.1). With `leaveOut` unsigned delegations, and names
 * that are only above them, have none, which is right with Opt-Out alone. Undefined when hashes find no room before the
 * zone's name.
 */
export function nsec3Chain(
  tree: ZoneTree,
  parameters: HashParameters,
  leaveOut: boolean = (parameters.flags & OPT_OUT) !== 0,
): ChainRecord[] | undefined {
  const { names, origin } = tree.zone;
  const hasher = new NameHasher(parameters);
  const hashed = coveredNames(tree, leaveOut).map((id) => {
    const name = names.wire(id);
    return { id, hash: hasher.hash(name, 0, name.length) };
  });
  hashed.sort((a, b) => Buffer.compare(a.hash, b.hash));
  const chain: ChainRecord[] = [];
  for (const [index, { id, hash }] of hashed.entries()) {
    const owner = concatNames(hashLabel(hash), origin);
    if (owner === undefined) return undefined;
    const next = hashed[(index + 1) % hashed.length]?.hash ?? hash;
    const types = listedAt(tree, id);
    const signs = types.length > 0 && isSecure(tree, id);
    chain.push({ owner, rdata: nsec3Rdata(parameters, next, signs ? [...types, TYPE.RRSIG] : types) });
  }
  return chain;
}

function nsec3Rdata(
  { algorithm, flags, iterations, salt }: HashParameters,
  next: Uint8Array,
  types: readonly number[],
): Uint8Array {
  const rdata = new ByteSink(64);
  rdata.u8(algorithm);
  rdata.u8(flags);
  rdata.u16(iterations);
  rdata.u8(salt.length);
  rdata.put(salt);
  rdata.u8(next.length);
  rdata.put(next);
  putWindows(ascending(types), rdata);
  return rdata.slice();
}

/** The name of one label that writes a hash in base32hex. */
function hashLabel(hash: Uint8Array): Uint8Array {
  const out = new ByteSink(40);
  out.u8(0);
  writeBase32hex(hash, 0, hash.length, out);
  out.bytes[0] = out.length - 1;
  out.u8(0);
  return out.slice();
}

/** Ids of the zone's own names, empty non-terminals included. */
function coveredNames(tree: ZoneTree, leaveOut: boolean): number[] {
  const { flags, parent } = tree;
  const kept = new Uint8Array(flags.length);
  for (let id = 0; id < flags.length; id++) {
    const flag = flags[id] as number;
    if (!isOwn(flag) || (flag & OWNS_RECORDS) === 0 || (leaveOut && !isSecure(tree, id))) continue;
    for (let name = id; name >= 0 && kept[name] === 0; name = parent[name] as number) kept[name] = 1;
  }
  return [...kept.keys()].filter((id) => kept[id] === 1);
}

/** Whether a name is no unsigned delegation. */
function isSecure(tree: ZoneTree, id: number): boolean {
  return ((tree.flags[id] as number) & IS_CUT) === 0 || tree.hasType(id, TYPE.DS);
}

/** Types at a name that its bitmap tells. */
function listedAt(tree: ZoneTree, id: number): number[] {
  const flags = tree.flags[id] as number;
  const types = new Set(tree.recordsAt(id).map((record) => tree.zone.types[record] as number));
  return [...types].filter((type) => isListed(flags, type));
}

function ascending(types: readonly number[]): number[] {
  return [...types].sort((a, b) => a - b);
}
