import { HashChain } from '../dnssec/hash-chain.ts';
import {
  HASH_OCTETS,
  type HashParameters,
  hashOfOwner,
  NameHasher,
  readParameters,
  SHA1,
  sameHashes,
} from '../dnssec/nsec3.ts';
import { compareNames, parentOf } from '../rr/name.ts';
import { TYPE } from '../rr/types.ts';
import type { ZoneTree } from '../zone/tree.ts';

/** How a zone proves what it does not have: each method gives the ids of names whose NSEC or NSEC3 RRset does it. */
export interface Denial {
  /** Type of the records that the name ids own. */
  readonly type: number;
  /** That a name has no such type, or is an empty non-terminal (RFC 4035 §3.1.3.1, RFC 5155 §7.2.3, §7.2.4). */
  nodata(name: Uint8Array): number[];
  /** That a name does not exist and no wildcard speaks for it (RFC 4035 §3.1.3.2, RFC 5155 §7.2.2). */
  nxdomain(name: Uint8Array, encloser: Uint8Array): number[];
  /** That nothing is closer to a name than the wildcard that answers for it (RFC 4035 §3.1.3.3, RFC 5155 §7.2.6). */
  wildcardAnswer(name: Uint8Array, encloser: Uint8Array): number[];
  /** The same, and that the wildcard does not have the type (RFC 4035 §3.1.3.4, RFC 5155 §7.2.5). */
  wildcardNodata(name: Uint8Array, encloser: Uint8Array): number[];
  /** That a delegation is not signed (RFC 4035 §3.1.4, RFC 5155 §7.2.7). */
  unsignedReferral(cut: Uint8Array): number[];
}

/** The way of a zone: NSEC3 by the parameters of its apex, else NSEC, which may be none at all. */
export function denialOf(tree: ZoneTree): Denial {
  const parameters = nsec3Parameters(tree);
  return parameters === undefined ? new NsecDenial(tree) : new Nsec3Denial(tree, parameters);
}

function nsec3Parameters(tree: ZoneTree): HashParameters | undefined {
  for (const record of tree.rrset(tree.zone.apex, TYPE.NSEC3PARAM)) {
    const parameters = readParameters(tree.zone.rdataOf(record));
    // RFC 5155 §4.1.2: parameters with flags are not for use.
    if (parameters?.algorithm === SHA1 && parameters.flags === 0) return parameters;
  }
  return undefined;
}

/** The wildcard right below a name. */
function wildcardBelow(encloser: Uint8Array): Uint8Array {
  const name = new Uint8Array(encloser.length + 2);
  name.set([1, 0x2a]);
  name.set(encloser, 2);
  return name;
}

function distinct(names: readonly number[]): number[] {
  return [...new Set(names)].filter((name) => name >= 0);
}

/** Names that own records of a type, each once, in the order of the file. */
function ownersOf(tree: ZoneTree, type: number): number[] {
  const { owners, types, classes, count, zoneClass } = tree.zone;
  const seen = new Set<number>();
  for (let record = 0; record < count; record++) {
    if (types[record] === type && classes[record] === zoneClass) seen.add(owners[record] as number);
  }
  return [...seen];
}

class NsecDenial implements Denial {
  readonly type: number = TYPE.NSEC;
  private readonly tree: ZoneTree;
  /** Ids of the names that own NSEC, in canonical order. */
  private readonly chain: readonly number[];

  constructor(tree: ZoneTree) {
    this.tree = tree;
    const { names } = tree.zone;
    this.chain = ownersOf(tree, TYPE.NSEC).sort((a, b) => compareNames(names.wire(a), names.wire(b)));
  }

  nodata(name: Uint8Array): number[] {
    return distinct([this.at(name)]);
  }

  nxdomain(name: Uint8Array, encloser: Uint8Array): number[] {
    return distinct([this.at(name), this.at(wildcardBelow(encloser))]);
  }

  wildcardAnswer(name: Uint8Array): number[] {
    return distinct([this.at(name)]);
  }

  wildcardNodata(name: Uint8Array, encloser: Uint8Array): number[] {
    return distinct([this.at(wildcardBelow(encloser)), this.at(name)]);
  }

  unsignedReferral(cut: Uint8Array): number[] {
    return distinct([this.at(cut)]);
  }

  /** The name itself, else the last one before it; -1 in a zone without NSEC. */
  private at(name: Uint8Array): number {
    const { names } = this.tree.zone;
    let low = 0;
    let high = this.chain.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compareNames(names.wire(this.chain[middle] as number), name) <= 0) low = middle + 1;
      else high = middle;
    }
    return (low > 0 ? this.chain[low - 1] : this.chain.at(-1)) ?? -1;
  }
}

class Nsec3Denial implements Denial {
  readonly type: number = TYPE.NSEC3;
  private readonly origin: Uint8Array;
  private readonly hasher: NameHasher;
  private readonly chain: HashChain;

  constructor(tree: ZoneTree, parameters: HashParameters) {
    this.origin = tree.zone.origin;
    this.hasher = new NameHasher(parameters);
    const owners = ownersOf(tree, TYPE.NSEC3);
    this.chain = new HashChain(owners.length);
    for (const owner of owners) {
      const own = readParameters(tree.zone.rdataOf(tree.firstOf(owner, TYPE.NSEC3)));
      const hash = hashOfOwner(tree.zone.names.wire(owner));
      if (own !== undefined && hash?.length === HASH_OCTETS && sameHashes(own, parameters)) this.chain.add(hash, owner);
    }
    this.chain.sort();
  }

  nodata(name: Uint8Array): number[] {
    const matching = this.matching(name);
    // What has no NSEC3 of its own lies in the span of one with Opt-Out.
    return matching >= 0 ? [matching] : this.encloser(name, this.provable(name));
  }

  nxdomain(name: Uint8Array, encloser: Uint8Array): number[] {
    const provable = this.provable(encloser);
    return distinct([...this.encloser(name, provable), this.covering(wildcardBelow(provable))]);
  }

  wildcardAnswer(name: Uint8Array, encloser: Uint8Array): number[] {
    return distinct([this.covering(nextCloser(name, encloser))]);
  }

  wildcardNodata(name: Uint8Array, encloser: Uint8Array): number[] {
    const provable = this.provable(encloser);
    const matching = this.matching(wildcardBelow(encloser));
    // A wildcard that exists only above unsigned delegations lies in the span of an NSEC3 with Opt-Out.
    const wildcard = matching >= 0 ? matching : this.covering(wildcardBelow(provable));
    return distinct([...this.encloser(name, provable), wildcard]);
  }

  unsignedReferral(cut: Uint8Array): number[] {
    return this.nodata(cut);
  }

  /** The closest encloser proof for an encloser that has an NSEC3 (RFC 5155 §7.2.1). */
  private encloser(name: Uint8Array, encloser: Uint8Array): number[] {
    return distinct([this.matching(encloser), this.covering(nextCloser(name, encloser))]);
  }

  /** The name itself, or the closest above it that has an NSEC3: with Opt-Out names can exist without one. */
  private provable(name: Uint8Array): Uint8Array {
    let found = name;
    while (found.length > this.origin.length && this.matching(found) < 0) found = parentOf(found) ?? this.origin;
    return found;
  }

  private matching(name: Uint8Array): number {
    if (this.chain.size === 0) return -1;
    const hash = this.hasher.hash(name, 0, name.length);
    const place = this.chain.placeOf(hash);
    return this.chain.is(place, hash) ? this.chain.value(place) : -1;
  }

  private covering(name: Uint8Array): number {
    if (this.chain.size === 0) return -1;
    return this.chain.value(this.chain.placeOf(this.hasher.hash(name, 0, name.length)));
  }
}

/** The name one label longer than the encloser on the way to a name (RFC 5155 §1.3). */
function nextCloser(name: Uint8Array, encloser: Uint8Array): Uint8Array {
  let closer = name;
  for (let above = parentOf(name); above !== undefined && above.length > encloser.length; above = parentOf(above)) {
    closer = above;
  }
  return closer;
}
