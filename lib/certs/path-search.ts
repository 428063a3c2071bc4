import { type PathFault, pathFault } from './path-faults.ts';
import { keyIdentifierFits, type MembersBySubject, nameAndKey, nameKey, type PathMember } from './path-member.ts';
import type { SignatureChecker, SignatureVerdict } from './path-signatures.ts';

/** What keeps crafted bundles from costing more than those of honest size. */
const limits = { certificates: 16, candidates: 64, paths: 64 } as const;

/** A path from the leaf up, with what building it found; `anchored` when it ends in a trust anchor. */
export interface FoundPath {
  readonly members: readonly PathMember[];
  readonly anchored: boolean;
  readonly faults: readonly PathFault[];
  readonly unverifiable: readonly PathFault[];
}

/** What the search looks in. */
export interface SearchArguments {
  readonly leaf: PathMember;
  readonly trusted: MembersBySubject;
  readonly others: MembersBySubject;
  /** A trusted certificate ends the path even when it is not self-issued. */
  readonly partialChain: boolean;
  readonly now: number;
  readonly check: SignatureChecker;
  /** Gets each path as it is found and says whether it will do. */
  readonly judge: (path: FoundPath) => boolean;
}

/** A certificate of a path and how the signature of the one below it looks under its key. */
interface Step {
  readonly member: PathMember;
  readonly signature: SignatureVerdict;
}

interface Search extends SearchArguments {
  readonly steps: Map<PathMember, readonly Step[]>;
  paths: number;
  done: boolean;
  limit: string | undefined;
}

/**
 * Walks from the leaf to trust anchors, the most promising issuer first, until a path will do (RFC 5280 §6.1, RFC 4158).
 * Issuers are found by name, so their order, cross-signed and unrelated certificates do not matter; links with a wrong
 * signature are followed only where there is no right one. `limit` says what the search was cut short by.
 */
export function searchPaths(given: SearchArguments): { readonly limit: string | undefined } {
  const search: Search = { ...given, steps: new Map(), paths: 0, done: false, limit: undefined };
  extend(search, [{ member: given.leaf, signature: 'good' }]);
  return { limit: search.limit };
}

function extend(search: Search, path: readonly Step[]): void {
  const { member } = path.at(-1)!;
  if (member.trusted && (member.selfIssued || search.partialChain)) {
    finish(search, path, []);
    return;
  }
  const known = new Set(path.map((step) => nameAndKey(step.member)));
  const next = issuersOf(search, member).filter((step) => !known.has(nameAndKey(step.member)));
  if (next.length === 0 || path.length === limits.certificates) {
    finish(search, path, [endFault(member, path.length - 1, next.length > 0)]);
    return;
  }
  const right = next.filter(({ signature }) => signature !== 'bad');
  for (const step of right.length > 0 ? right : next.slice(0, 1)) {
    if (search.done) return;
    extend(search, [...path, step]);
  }
}

/** Why a path ends below a trust anchor. */
function endFault({ selfIssued, facts }: PathMember, last: number, goesOn: boolean): PathFault {
  if (goesOn) return pathFault('too-long', last, { limit: String(limits.certificates) });
  return selfIssued ? pathFault('self-signed', last) : pathFault('issuer-missing', last, { issuer: facts.issuer });
}

function finish(search: Search, path: readonly Step[], ends: readonly PathFault[]): void {
  search.paths++;
  const faults = [...ends];
  const unverifiable: PathFault[] = [];
  for (const [position, { member, signature }] of path.entries()) {
    if (signature === 'good') continue;
    const below = path[position - 1]!.member.facts;
    const { subject: issuer, keyType } = member.facts;
    const index = position - 1;
    if (signature === 'bad') faults.push(pathFault('signature-invalid', index, { issuer }));
    else unverifiable.push(pathFault(signature, index, { issuer, keyType, algorithm: below.signatureAlgorithm }));
  }
  const members = path.map(({ member }) => member);
  search.done = search.judge({ members, anchored: ends.length === 0, faults, unverifiable });
  if (search.done || search.paths < limits.paths) return;
  search.done = true;
  search.limit = `${limits.paths} paths`;
}

/** Who may have issued a certificate, the most promising first, with the verdicts of the signature. */
function issuersOf(search: Search, member: PathMember): readonly Step[] {
  const known = search.steps.get(member);
  if (known !== undefined) return known;
  const key = nameKey(member.details.issuer);
  const seen = new Set([nameAndKey(member)]);
  const candidates: PathMember[] = [];
  for (const one of [...(search.trusted.get(key) ?? []), ...(search.others.get(key) ?? [])]) {
    const { fingerprintSha256 } = one.facts;
    if (seen.has(fingerprintSha256) || seen.has(nameAndKey(one))) continue;
    seen.add(fingerprintSha256);
    candidates.push(one);
  }
  const promise = new Map(candidates.map((one) => [one, promiseOf(member, one, search.now)]));
  candidates.sort((one, other) => promise.get(other)! - promise.get(one)!);
  if (candidates.length > limits.candidates) search.limit = `${limits.candidates} issuers of one name`;
  const steps: Step[] = [];
  for (const candidate of candidates.slice(0, limits.candidates)) {
    const signature = search.check(member, candidate);
    if (signature === undefined) search.limit = 'too many signature checks';
    else steps.push({ member: candidate, signature });
  }
  // Array.prototype.sort is stable, so the promise still decides among equals.
  steps.sort((one, other) => Number(other.signature === 'good') - Number(one.signature === 'good'));
  search.steps.set(member, steps);
  return steps;
}

/** How likely an issuer leads to a valid path: what OpenSSL demands of an issuer first, then trust, validity and the longest life. */
function promiseOf(member: PathMember, issuer: PathMember, now: number): number {
  const { facts, trusted } = issuer;
  const current = now >= facts.notBefore && now < facts.notAfter + 1000;
  const asked = facts.subjectKeyId !== undefined && facts.subjectKeyId === member.facts.authorityKeyId;
  const reasons = [keyIdentifierFits(member, issuer), asked, trusted, current, facts.isCa];
  return reasons.reduce((sum, reason) => sum * 2 + Number(reason), 0) + facts.notAfter / 1e15;
}
