import { TYPE } from '../rr/types.ts';
import { CAA_TAGS, parseIssueValue } from './caa.ts';
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

const CRITICAL = 128;
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
    const refuses = domains === undefined ? allowed.length === 0 : !allowed.some((each) => domains.includes(each));
    if (refuses) return { name, owner: found.owner, allowed };
  }
  return undefined;
}

interface CaaProperty {
  readonly critical: boolean;
  readonly tag: string;
  readonly value: string;
}

/** The records at the name, or at the nearest name above that has some (RFC 8659 §3). */
async function relevantSet(
  name: string,
  lookup: DnsLookup,
): Promise<{ readonly owner: string; readonly set: readonly CaaProperty[] } | undefined> {
  const labels = name.split('.');
  for (let from = 0; from < Math.min(labels.length, MOST_LABELS); from++) {
    const owner = labels.slice(from).join('.');
    const answer = await lookup.ask({ name: owner, type: TYPE.CAA });
    if (answer.kind === 'failure') return undefined;
    if (answer.kind === 'records') return { owner, set: answer.rdata.map(propertyIn) };
  }
  return undefined;
}

/** Domains of the CAs that may issue; undefined when nothing limits them (RFC 8659 §4.2, §4.3). */
function allowedBy(set: readonly CaaProperty[], isWildcard: boolean): readonly string[] | undefined {
  if (set.some(({ critical, tag }) => critical && (CAA_TAGS.get(tag) ?? 'reserved') === 'reserved')) return [];
  const wild = isWildcard ? set.filter(({ tag }) => tag === 'issuewild') : [];
  const deciding = wild.length > 0 ? wild : set.filter(({ tag }) => tag === 'issue');
  if (deciding.length === 0) return undefined;
  return deciding.flatMap(({ value }) => {
    const { domain, problems } = parseIssueValue(value);
    return domain === '' || problems.length > 0 ? [] : [domain.toLowerCase()];
  });
}

function propertyIn(rdata: Uint8Array): CaaProperty {
  const behind = 2 + (rdata[1] ?? 0);
  const text = (from: number, to?: number): string => Buffer.from(rdata.subarray(from, to)).toString('latin1');
  return { critical: ((rdata[0] ?? 0) & CRITICAL) !== 0, tag: text(2, behind).toLowerCase(), value: text(behind) };
}
