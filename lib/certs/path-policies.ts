import type { CertificateFacts } from './facts.ts';
import { extension } from './object-identifiers.ts';
import type { PathDetails } from './path-details.ts';
import { type PathFault, pathFault } from './path-faults.ts';

/** What the caller demands of certificate policies (RFC 5280 §6.1.1 (c), (e), (f), (g)). */
export interface PolicyDemand {
  /** user-initial-policy-set as object identifiers; every policy when left out. */
  readonly acceptable?: readonly string[];
  readonly requireExplicit?: boolean;
  readonly inhibitMapping?: boolean;
  readonly inhibitAny?: boolean;
}

const anyPolicy = '2.5.29.32.0';

/** More policies than any CA lists; the work for one certificate grows with their square. */
const mostPolicies = 128;

/**
 * The leaves of valid_policy_tree (RFC 5280 §6.1.2 (a)): for each policy the next certificate may name, the policies of the
 * trust anchor's domain it stands for. `any` says that the anyPolicy leaf lives. Two paths through the tree to one leaf are one
 * entry here, so crafted mappings cannot make it grow as the tree does.
 */
interface ValidPolicies {
  readonly any: boolean;
  readonly expected: ReadonlyMap<string, ReadonlySet<string>>;
}

interface Member {
  readonly facts: CertificateFacts;
  readonly details: PathDetails;
  readonly selfIssued: boolean;
}

/** Policy processing of RFC 5280 §6.1.3 (d) to (f), §6.1.4 (a), (b), (h) to (j), §6.1.5; the path comes leaf first, without its anchor. */
export function policyFaults(path: readonly Member[], demand: PolicyDemand): PathFault[] {
  const length = path.length;
  let explicit = demand.requireExplicit === true ? 0 : length + 1;
  let mapping = demand.inhibitMapping === true ? 0 : length + 1;
  let inhibitAny = demand.inhibitAny === true ? 0 : length + 1;
  let valid: ValidPolicies = { any: true, expected: new Map() };
  const faults: PathFault[] = [];
  for (let index = length - 1; index >= 0; index--) {
    const { facts, details, selfIssued } = path[index]!;
    if (facts.policies.length > mostPolicies || details.mappings.length > mostPolicies) {
      return [...faults, pathFault('policies-too-many', index, { limit: String(mostPolicies) })];
    }
    const anyCounts = inhibitAny > 0 || (index > 0 && selfIssued);
    valid = details.present.has(extension.certificatePolicies) ? narrowed(valid, facts.policies, anyCounts) : nothing;
    if (explicit === 0 && isNothing(valid)) faults.push(pathFault('policy-missing', index));
    if (index === 0) {
      if (explicit > 0) explicit--;
      if (details.requireExplicitPolicy === 0) explicit = 0;
      break;
    }
    if (details.mappings.some((pair) => pair.includes(anyPolicy))) faults.push(pathFault('policy-mapping-any', index));
    valid = mapped(valid, details.mappings, mapping > 0);
    if (!selfIssued)
      [explicit, mapping, inhibitAny] = [explicit, mapping, inhibitAny].map((n) => Math.max(0, n - 1)) as [
        number,
        number,
        number,
      ];
    explicit = Math.min(explicit, details.requireExplicitPolicy ?? explicit);
    mapping = Math.min(mapping, details.inhibitPolicyMapping ?? mapping);
    inhibitAny = Math.min(inhibitAny, details.inhibitAnyPolicy ?? inhibitAny);
  }
  const lastTold = faults.some(({ code }) => code === 'policy-missing');
  if (explicit === 0 && !lastTold && !isAcceptable(valid, demand.acceptable))
    faults.push(pathFault('policy-missing', 0));
  // The leaf comes first, as in every other list of faults.
  return faults.reverse();
}

const nothing: ValidPolicies = { any: false, expected: new Map() };

function isNothing({ any, expected }: ValidPolicies): boolean {
  return !any && expected.size === 0;
}

function narrowed({ any, expected }: ValidPolicies, policies: readonly string[], anyCounts: boolean): ValidPolicies {
  const next = new Map<string, ReadonlySet<string>>();
  for (const policy of policies) {
    if (policy === anyPolicy) continue;
    const origins = expected.get(policy) ?? (any ? new Set([policy]) : undefined);
    if (origins !== undefined) next.set(policy, origins);
  }
  if (!anyCounts || !policies.includes(anyPolicy)) return { any: false, expected: next };
  for (const [policy, origins] of expected) if (!next.has(policy)) next.set(policy, origins);
  return { any, expected: next };
}

function mapped({ any, expected }: ValidPolicies, mappings: PathDetails['mappings'], allowed: boolean): ValidPolicies {
  if (mappings.length === 0) return { any, expected };
  const next = new Map<string, Set<string>>();
  const from = new Set(mappings.map(([issuerPolicy]) => issuerPolicy));
  for (const [policy, origins] of expected) if (!from.has(policy)) next.set(policy, new Set(origins));
  for (const [issuerPolicy, subjectPolicy] of allowed ? mappings : []) {
    const origins = expected.get(issuerPolicy) ?? (any ? [issuerPolicy] : []);
    const merged = next.get(subjectPolicy) ?? new Set<string>();
    for (const origin of origins) merged.add(origin);
    if (merged.size > 0) next.set(subjectPolicy, merged);
  }
  return { any, expected: next };
}

function isAcceptable(valid: ValidPolicies, acceptable: readonly string[] | undefined): boolean {
  if (acceptable === undefined || acceptable.includes(anyPolicy)) return !isNothing(valid);
  if (valid.any && acceptable.length > 0) return true;
  return [...valid.expected.values()].some((origins) => acceptable.some((policy) => origins.has(policy)));
}
