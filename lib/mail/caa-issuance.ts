import { CAA_TAGS, type IssueValue } from './caa.ts';

/** What of a CAA record decides about issuance. */
export interface CaaDecider {
  /** As written; the bit 128 makes it critical (RFC 8659 §4.1). */
  readonly flags: number;
  /** In small letters. */
  readonly tag: string;
  /** The value taken apart when the tag says who may issue. */
  readonly issue: IssueValue | undefined;
}

const CRITICAL = 128;

/** Which records of a set decide about a name: none; a critical one that no CA understands; or those that name the CAs. */
export type CaaDecision<Record extends CaaDecider> =
  | { readonly kind: 'free' }
  | { readonly kind: 'unknown'; readonly by: Record }
  | { readonly kind: 'limited'; readonly by: readonly [Record, ...Record[]] };

/** Finds the records that decide; issuewild counts for wildcards only, and then instead of issue (RFC 8659 §4.2, §4.3). */
export function caaDecision<Record extends CaaDecider>(
  set: readonly Record[],
  isWildcard: boolean,
): CaaDecision<Record> {
  const unknown = set.find(({ flags, tag }) => (flags & CRITICAL) !== 0 && isUnknown(tag));
  if (unknown !== undefined) return { kind: 'unknown', by: unknown };
  const wild = isWildcard ? set.filter(({ tag }) => tag === 'issuewild') : [];
  const [first, ...more] = wild.length > 0 ? wild : set.filter(({ tag }) => tag === 'issue');
  return first === undefined ? { kind: 'free' } : { kind: 'limited', by: [first, ...more] };
}

/** The domains of the CAs that records allow, in small letters; a value that is wrong allows nobody. */
export function allowedIssuers(records: readonly CaaDecider[]): readonly string[] {
  return records.flatMap(({ issue }) =>
    issue === undefined || issue.domain === '' || issue.problems.length > 0 ? [] : [issue.domain.toLowerCase()],
  );
}

/** Whether a CA is refused: none of its domains is allowed. One whose domains nobody knows is refused where nobody is allowed. */
export function refusesIssuer(allowed: readonly string[], domains: readonly string[] | undefined): boolean {
  return domains === undefined ? allowed.length === 0 : !allowed.some((each) => domains.includes(each));
}

function isUnknown(tag: string): boolean {
  return (CAA_TAGS.get(tag) ?? 'reserved') === 'reserved';
}
