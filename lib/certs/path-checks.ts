import { extension } from './object-identifiers.ts';
import { type GeneralName, pathExtension } from './path-details.ts';
import { type PathFault, pathFault } from './path-faults.ts';
import { keyIdentifierFits, type PathMember } from './path-member.ts';
import { constrainedNames, type NameBudget, nameFaults } from './path-names.ts';
import { type PolicyDemand, policyFaults } from './path-policies.ts';
import { type ExtendedKeyUsagePolicy, purposeFaults, roleUsageFaults } from './path-purpose.ts';
import type { CertificateRole } from './roles.ts';

/** What every path of one validation is judged by. */
export interface PathDemand {
  readonly role: CertificateRole;
  readonly eku: ExtendedKeyUsagePolicy;
  readonly now: number;
  /** The names of which the leaf has none, where it should. */
  readonly missingNames: readonly string[] | undefined;
  readonly policy: PolicyDemand;
  readonly budget: NameBudget;
  /** Verdicts of nameConstraints, which many paths share. */
  readonly nameVerdicts: Map<string, readonly PathFault[]>;
  /** Names that constraints apply to, which may be many and are taken out of a certificate once. */
  readonly constrained: Map<string, readonly GeneralName[]>;
}

/** Critical extensions that this validation processes, and cRLDistributionPoints, which OpenSSL too takes as processed. */
const processed: ReadonlySet<string> = new Set([
  extension.keyUsage,
  extension.subjectAltName,
  extension.basicConstraints,
  extension.certificatePolicies,
  extension.extendedKeyUsage,
  ...Object.values(pathExtension),
  '2.5.29.31',
]);

/** Every fault of a path but those of its links' signatures; leaf first, anchor last if `anchored` (RFC 5280 §6.1). */
export function pathFaults(path: readonly PathMember[], anchored: boolean, demand: PathDemand): PathFault[] {
  const faults = path.flatMap((member, index) => memberFaults(member, index, demand.now));
  faults.push(...roleUsageFaults(path[0]!, demand.role), ...purposeFaults(path, demand.role, demand.eku));
  faults.push(...issuerFaults(path), ...constraintFaults(path, demand));
  const policyPath = anchored ? path.slice(0, -1) : path;
  if (anchored && policyPath.length > 0) faults.push(...policyFaults(policyPath, demand.policy));
  const { missingNames } = demand;
  if (missingNames !== undefined) faults.push(pathFault('name-mismatch', 0, { names: missingNames.join(', ') }));
  return faults;
}

function memberFaults({ facts, details }: PathMember, index: number, now: number): PathFault[] {
  const faults: PathFault[] = [];
  if (!details.sameAlgorithm) faults.push(pathFault('signature-algorithm-differs', index));
  if (now < facts.notBefore) faults.push(pathFault('not-yet-valid', index, { notBefore: instant(facts.notBefore) }));
  // RFC 5280 §4.1.2.5: the second of notAfter still belongs to the validity.
  if (now >= facts.notAfter + 1000) faults.push(pathFault('expired', index, { notAfter: instant(facts.notAfter) }));
  if (facts.curve === 'explicit') faults.push(pathFault('explicit-curve', index));
  if (details.problem !== undefined) faults.push(pathFault('extension-unreadable', index, { detail: details.problem }));
  for (const identifier of details.critical) {
    if (!processed.has(identifier)) faults.push(pathFault('critical-extension', index, { extension: identifier }));
  }
  return faults;
}

/** basicConstraints, pathLenConstraint and keyUsage of the issuers, and how they fit what they issued (RFC 5280 §6.1.4 (k) to (n)). */
function issuerFaults(path: readonly PathMember[]): PathFault[] {
  const faults: PathFault[] = [];
  // Intermediate CA certificates between this issuer and the leaf; self-issued ones do not count (RFC 5280 §6.1.4 (l)).
  let between = 0;
  for (let index = 1; index < path.length; index++) {
    const member = path[index]!;
    const { isCa, pathLength, keyUsage, subject } = member.facts;
    if (!isCa) faults.push(pathFault('not-a-ca', index));
    if (keyUsage !== undefined && !keyUsage.includes('keyCertSign'))
      faults.push(pathFault('key-usage-cert-sign', index));
    if (pathLength !== undefined && between > pathLength) {
      faults.push(pathFault('path-length-exceeded', index, { allowed: String(pathLength), found: String(between) }));
    }
    if (!keyIdentifierFits(path[index - 1]!, member)) {
      faults.push(pathFault('key-identifier-mismatch', index - 1, { issuer: subject }));
    }
    if (!member.selfIssued) between++;
  }
  return faults;
}

/** nameConstraints of every issuer on every certificate below it; self-issued intermediates are spared (RFC 5280 §6.1.3 (b), (c)). */
function constraintFaults(path: readonly PathMember[], demand: PathDemand): PathFault[] {
  const faults: PathFault[] = [];
  const constraining = path.flatMap(({ details }, index) => (details.nameConstraints === undefined ? [] : [index]));
  for (const [index, member] of path.entries()) {
    if (index > 0 && member.selfIssued) continue;
    const above = constraining.filter((issuer) => issuer > index);
    if (above.length === 0) continue;
    for (const issuer of above) {
      const pair = `${index} ${member.facts.fingerprintSha256} ${path[issuer]!.facts.fingerprintSha256}`;
      let verdict = demand.nameVerdicts.get(pair);
      if (verdict === undefined) {
        verdict = nameFaults(index, namesOf(member, index === 0, demand), path[issuer]!, demand.budget);
        demand.nameVerdicts.set(pair, verdict);
      }
      faults.push(...verdict);
    }
  }
  return faults;
}

function namesOf(member: PathMember, isLeaf: boolean, { constrained }: PathDemand): readonly GeneralName[] {
  const known = constrained.get(member.facts.fingerprintSha256);
  if (known !== undefined) return known;
  const names = constrainedNames(member.facts, member.details, isLeaf);
  constrained.set(member.facts.fingerprintSha256, names);
  return names;
}

function instant(time: number): string {
  return new Date(time).toISOString().replace('.000Z', 'Z');
}
