import type { CertificateFacts } from './facts.ts';
import { matchNames } from './names.ts';
import { type PathDemand, pathFaults } from './path-checks.ts';
import { type PathFault, pathFault } from './path-faults.ts';
import { type Certificate, groupBySubject, pathMember } from './path-member.ts';
import type { PolicyDemand } from './path-policies.ts';
import { pathDeviations } from './path-profile.ts';
import type { ExtendedKeyUsagePolicy } from './path-purpose.ts';
import { type FoundPath, searchPaths } from './path-search.ts';
import { type SignatureMemory, signatureChecker, signatureMemory } from './path-signatures.ts';
import type { CertificateRole } from './roles.ts';
import type { TrustStore } from './trust.ts';

/** A certificate to judge, and by what. */
export interface PathQuestion {
  readonly leaf: Certificate;
  /** Certificates given beside the leaf, in any order; what does not belong to a path is left out. */
  readonly others: readonly Certificate[];
  readonly trust: TrustStore;
  readonly role: CertificateRole;
  readonly eku: ExtendedKeyUsagePolicy;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Hosts of which the leaf must name one; undefined leaves names to the caller. */
  readonly names?: readonly string[];
  /** Let a wildcard of the leaf stand for one label of `names`. */
  readonly wildcards?: boolean;
  /** Let a path end in any certificate of the trust store, not only in self-issued ones. */
  readonly partialChain?: boolean;
  readonly policy?: PolicyDemand;
  /** Signatures that other validations have checked; who judges many certificates gives all of them the same. */
  readonly memory?: SignatureMemory;
}

/** What `validatePath` found: the verdict and everything that is wrong with the best path. */
export interface PathVerdict {
  /** The path ends in a trust anchor, breaks no rule, and every signature of it could be checked. */
  readonly valid: boolean;
  /** From the leaf to the trust anchor, or as far as issuers were found. */
  readonly path: readonly CertificateFacts[];
  readonly faults: readonly PathFault[];
  /** Signatures that this OpenSSL cannot check. */
  readonly unverifiable: readonly PathFault[];
  /** What RFC 5280 §4 forbids to issuers and §6 lets pass; software asked to be strict refuses such a path. */
  readonly deviations: readonly PathFault[];
}

const mostSignatures = 256;
const mostOthers = 4096;
const mostComparisons = 2 ** 20;

/**
 * Finds the best path from the leaf to a trust anchor and reports all its faults (RFC 5280 §6.1). Not looked at: revocation
 * (CRL, OCSP, a stapled answer), whether the signatures of certificate timestamps are right (RFC 6962), keys known to be
 * compromised or weak, and the dates browsers have set for distrusting a CA that is still in the trust store.
 */
export function validatePath(question: PathQuestion): PathVerdict {
  const { others, trust, role, eku, now, names } = question;
  const wildcards = question.wildcards ?? false;
  const named = names && matchNames(names, question.leaf.facts, { wildcards }).host;
  const demand: PathDemand = {
    role,
    eku,
    now,
    missingNames: names === undefined || named !== undefined ? undefined : names,
    policy: question.policy ?? {},
    budget: { comparisons: mostComparisons },
    nameVerdicts: new Map(),
    constrained: new Map(),
  };
  const given = others.slice(0, mostOthers).map((one) => pathMember(one, false));
  const trusted = trust.certificates.some(
    ({ facts }) => facts.fingerprintSha256 === question.leaf.facts.fingerprintSha256,
  );
  let best: FoundPath | undefined;
  let leastBad = Number.POSITIVE_INFINITY;
  const { limit } = searchPaths({
    leaf: pathMember(question.leaf, trusted),
    trusted: trust.bySubject,
    others: groupBySubject(given),
    partialChain: question.partialChain ?? false,
    now,
    check: signatureChecker(mostSignatures, question.memory ?? signatureMemory()),
    judge: (found) => {
      const faults = [...found.faults, ...pathFaults(found.members, found.anchored, demand)];
      const badness = badnessOf(faults, found);
      if (badness < leastBad) [best, leastBad] = [{ ...found, faults }, badness];
      return badness === 0;
    },
  });
  const cut = limit === undefined || leastBad === 0 ? [] : [pathFault('limit-reached', 0, { limit })];
  return verdictOf({ ...best!, faults: [...best!.faults, ...cut] });
}

/** A path to a trust anchor is better than none, right signatures better than wrong ones, and fewer faults better than many. */
function badnessOf(faults: readonly PathFault[], { anchored, unverifiable }: FoundPath): number {
  const wrong = faults.filter(({ code }) => code === 'signature-invalid').length;
  return (anchored ? 0 : 1_000_000) + wrong * 10_000 + unverifiable.length * 100 + Math.min(faults.length, 99);
}

function verdictOf({ members, faults, unverifiable }: FoundPath): PathVerdict {
  return {
    valid: faults.length === 0 && unverifiable.length === 0,
    path: members.map(({ facts }) => facts),
    faults: faults.toSorted((one, other) => one.index - other.index),
    unverifiable,
    deviations: pathDeviations(members),
  };
}
