import type { CertificateFacts } from '../../../certs/facts.ts';
import type { GivenCertificate } from '../../../certs/load.ts';
import { describePathFault, type PathFault, type PathFaultCode } from '../../../certs/path-faults.ts';
import type { Facts } from '../../facts.ts';

/** What path validation says of a certificate by the trust store, or within its file when there is none. */
export interface Judgement {
  /** From the leaf upwards. */
  readonly path: readonly CertificateFacts[];
  /** The path ends in a trust anchor; undefined without a trust store. */
  readonly anchored: boolean | undefined;
  /** Each fault of any role once. */
  readonly faults: readonly PathFault[];
}

/** Faults that say that a path leads nowhere. */
const ENDS: ReadonlySet<PathFaultCode> = new Set(['issuer-missing', 'self-signed', 'too-long']);

/** Whether a fault says that a path ends below a trust anchor. */
export function leadsNowhere({ code }: PathFault): boolean {
  return ENDS.has(code);
}

/** Whether a fault is about name constraints. */
export function aboutNames({ code }: PathFault): boolean {
  return code.startsWith('name-') && code !== 'name-mismatch';
}

/** The path from a certificate to the trust store, undefined when there is none or nobody judges. */
export function trustedPath(facts: Facts, certificate: number): readonly CertificateFacts[] | undefined {
  const role = facts.certificates[certificate]?.roles[0] ?? 'server';
  const verdict = facts.pathOf(certificate, role);
  return verdict === undefined || verdict.faults.some(leadsNowhere) ? undefined : verdict.path;
}

/** Judges a certificate in each of its roles, without one as that of a server; undefined when nobody judges paths. */
export function judgement(facts: Facts, certificate: number): Judgement | undefined {
  const given = facts.certificates[certificate];
  if (given === undefined) return undefined;
  const roles = given.roles.length === 0 ? (['server'] as const) : given.roles;
  const verdicts = roles.flatMap((role) => facts.pathOf(certificate, role) ?? []);
  const found = verdicts.length > 0 ? verdicts : roles.flatMap((role) => facts.chainOf(certificate, role) ?? []);
  const [first] = found;
  if (first === undefined) return undefined;
  const judged = verdicts.length > 0;
  const faults = new Map(found.flatMap((one) => one.faults).map((fault) => [faultKey(fault), fault]));
  return {
    path: first.path,
    anchored: judged ? !first.faults.some(({ code }) => ENDS.has(code)) : undefined,
    faults: [...faults.values()].filter((fault) => judged || isOfFile(fault, first.path)),
  };
}

function faultKey({ code, index, args }: PathFault): string {
  return JSON.stringify([code, index, args]);
}

/** Within a file its end and a root say nothing: peers have the roots themselves. */
function isOfFile({ code, index }: PathFault, path: readonly CertificateFacts[]): boolean {
  return !ENDS.has(code) && (index === 0 || path[index]?.selfIssued === false);
}

/** Whether a certificate of a path stands in the file itself, other than as its root. */
export function isInFile({ facts, chain }: GivenCertificate, { fingerprintSha256 }: CertificateFacts): boolean {
  if (facts.fingerprintSha256 === fingerprintSha256) return true;
  return chain.some((issuer) => !issuer.facts.selfIssued && issuer.facts.fingerprintSha256 === fingerprintSha256);
}

/** Faults in one sentence, the first three of them with the subjects of their certificates. */
export function faultsLabel(faults: readonly PathFault[], path: readonly CertificateFacts[]): string {
  const told = faults.slice(0, 3).map((fault) => {
    const subject = path[fault.index]?.subject;
    return describePathFault(fault, subject === '' || fault.index === 0 ? undefined : subject);
  });
  const more = faults.length - told.length;
  return more === 0 ? told.join('; ') : `${told.join('; ')}; and ${more} more`;
}
