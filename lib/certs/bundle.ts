import type { CertificateFacts } from './facts.ts';

/** A leaf of a bundle and its issuers, nearest first, all as positions in the bundle. */
export interface LeafPath {
  readonly leaf: number;
  readonly issuers: readonly number[];
}

/** No CA hierarchy in use is deeper, and the stop keeps crafted bundles cheap. */
const longestPath = 16;

/**
 * Sorts a bundle into leaves with their issuers. A leaf is neither a CA nor the issuer of another certificate;
 * in a bundle of CA certificates alone those that issued no other are taken. `unrelated` are CA certificates that belong to no leaf.
 */
export function leafPaths(bundle: readonly CertificateFacts[]): {
  readonly leaves: readonly LeafPath[];
  readonly unrelated: readonly number[];
} {
  const bySubject = groupBySubject(bundle);
  const issuing = new Set<number>();
  bundle.forEach((facts, position) => {
    const issuer = facts.selfIssued ? undefined : findIssuer(bundle, bySubject, position);
    if (issuer !== undefined) issuing.add(issuer);
  });
  const positions = bundle.map((_, position) => position);
  const ends = positions.filter((position) => !issuing.has(position));
  const plain = ends.filter((position) => !bundle[position]!.isCa);
  const chosen = plain.length > 0 ? plain : ends.length > 0 ? ends : positions.slice(0, 1);
  const leaves = chosen.map((leaf) => ({ leaf, issuers: followIssuers(bundle, bySubject, leaf) }));
  const used = new Set(leaves.flatMap(({ leaf, issuers }) => [leaf, ...issuers]));
  // A cross-signed CA certificate of the same name and key issued the leaf as well.
  const usedKeys = new Set([...used].map((position) => nameAndKey(bundle[position]!)));
  return { leaves, unrelated: positions.filter((position) => !usedKeys.has(nameAndKey(bundle[position]!))) };
}

function nameAndKey({ subject, spkiSha256 }: CertificateFacts): string {
  return `${spkiSha256} ${subject}`;
}

function followIssuers(
  bundle: readonly CertificateFacts[],
  bySubject: ReadonlyMap<string, readonly number[]>,
  leaf: number,
): number[] {
  const path = [leaf];
  while (path.length <= longestPath) {
    const last = path.at(-1)!;
    if (bundle[last]!.selfIssued) break;
    const issuer = findIssuer(bundle, bySubject, last);
    if (issuer === undefined || path.includes(issuer)) break;
    path.push(issuer);
  }
  return path.slice(1);
}

/** RFC 5280 §6.1.3 (a)(4) and §4.2.1.1: the issuer name chains, and the key identifiers agree when both exist. */
function findIssuer(
  bundle: readonly CertificateFacts[],
  bySubject: ReadonlyMap<string, readonly number[]>,
  position: number,
): number | undefined {
  const { issuer, authorityKeyId } = bundle[position]!;
  const sameKey = authorityKeyId === undefined ? [] : (bySubject.get(`${authorityKeyId} ${issuer}`) ?? []);
  const candidates = [...sameKey, ...(bySubject.get(` ${issuer}`) ?? [])];
  return candidates.find((candidate) => {
    const keyId = bundle[candidate]!.subjectKeyId;
    return candidate !== position && (authorityKeyId === undefined || keyId === undefined || keyId === authorityKeyId);
  });
}

/** Positions by subject alone, and by key identifier and subject, so that a large bundle is not searched for every member. */
function groupBySubject(bundle: readonly CertificateFacts[]): ReadonlyMap<string, readonly number[]> {
  const groups = new Map<string, number[]>();
  bundle.forEach(({ subject, subjectKeyId }, position) => {
    for (const key of [` ${subject}`, `${subjectKeyId} ${subject}`]) {
      const group = groups.get(key);
      // A handful of certificates of one name and key is enough to find an issuer among.
      if (group === undefined) groups.set(key, [position]);
      else if (group.length < 16) group.push(position);
    }
  });
  return groups;
}
