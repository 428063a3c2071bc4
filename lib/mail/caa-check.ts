import { TYPE } from '../rr/types.ts';
import { CAA_TAGS, parseIssueValue } from './caa.ts';
import { allowedIssuers, type CaaDecider, caaDecision, refusesIssuer } from './caa-issuance.ts';
import type { DnsLookup } from './dns.ts';

/** CAA records that do not let a CA issue for a name (RFC 8659 §3). */
export interface CaaRefusal {
  /** The name of the certificate. */
  readonly name: string;
  /** Where the records stand: at the name or above. */
  readonly owner: string;
  /** The CAs that may; empty when none may, or a critical property is unknown. */
  readonly allowed: readonly string[];
}

const MOST_NAMES = 20;
const MOST_LABELS = 12;

/**
 * Looks whether CAA lets a CA issue a certificate again. `domains` are those it looks for; undefined for a CA whose domains
 * nobody knows, which only a set that allows nobody refuses. What DNS does not say refuses nothing.
 */
export async function caaRefusal(
  names: readonly string[],
  domains: readonly string[] | undefined,
  lookup: DnsLookup,
): Promise<CaaRefusal | undefined> {
  for (const name of names.slice(0, MOST_NAMES)) {
    const isWildcard = name.startsWith('*.');
    const found = await relevantSet(isWildcard ? name.slice(2) : name, lookup);
    if (found === undefined) continue;
    const allowed = allowedBy(found.set, isWildcard);
    if (allowed === undefined) continue;
    if (refusesIssuer(allowed, domains)) return { name, owner: found.owner, allowed };
  }
  return undefined;
}

/** The records at the name, or at the nearest name above that has some (RFC 8659 §3). */
async function relevantSet(
  name: string,
  lookup: DnsLookup,
): Promise<{ readonly owner: string; readonly set: readonly CaaDecider[] } | undefined> {
  const labels = name.split('.');
  for (let from = 0; from < Math.min(labels.length, MOST_LABELS); from++) {
    const owner = labels.slice(from).join('.');
    const answer = await lookup.ask({ name: owner, type: TYPE.CAA });
    if (answer.kind === 'failure') return undefined;
    if (answer.kind === 'records') return { owner, set: answer.rdata.map(propertyIn) };
  }
  return undefined;
}

/** Domains of the CAs that may issue; undefined when nothing limits them. */
function allowedBy(set: readonly CaaDecider[], isWildcard: boolean): readonly string[] | undefined {
  const decision = caaDecision(set, isWildcard);
  if (decision.kind === 'free') return undefined;
  return decision.kind === 'unknown' ? [] : allowedIssuers(decision.by);
}

function propertyIn(rdata: Uint8Array): CaaDecider {
  const behind = 2 + (rdata[1] ?? 0);
  const text = (from: number, to?: number): string => Buffer.from(rdata.subarray(from, to)).toString('latin1');
  const tag = text(2, behind).toLowerCase();
  const issue = CAA_TAGS.get(tag) === 'issuer' ? parseIssueValue(text(behind)) : undefined;
  return { flags: rdata[0] ?? 0, tag, issue };
}
