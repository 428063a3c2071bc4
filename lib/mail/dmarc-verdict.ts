import type { AuthResult } from './authentication-results.ts';
import { type DmarcPolicy, type DmarcRecord, dmarcTag, policyIn, policyInForce } from './dmarc.ts';
import type { VerdictStep } from './mtls-names.ts';
import { DEFAULT_MTLS_POLICY, type MtlsPolicy } from './mtls-policy.ts';
import type { ClientVerdict, MailIdentity } from './mtls-receiver.ts';
import { organizationalDomain, type TreeWalk } from './organizational-domain.ts';

/** What is known about a message when DMARC is judged. */
export interface DmarcQuestion {
  /** The domain of the From field. */
  readonly fromDomain: string;
  readonly from: TreeWalk;
  /** The domain does not exist, so that `np` holds (RFC 9989 §4.7). */
  readonly fromIsMissing?: boolean;
  /** The domain that SPF and mtls judged, with its tree walk. */
  readonly identity?: MailIdentity;
  readonly mailFrom?: TreeWalk;
  /** Result of SPF for the same domain; undefined when it was not checked. */
  readonly spf?: string;
  readonly mtls: ClientVerdict['result'];
  /** An aligned DKIM signature passed. */
  readonly alignedDkim: boolean;
}

/** Whether a message passes DMARC, and what made it pass (RFC 9989 §5, draft-chuang §1.2.4). */
export interface DmarcVerdict {
  readonly result: 'pass' | 'fail' | 'none' | 'temperror';
  /** Everything that passes and is aligned. */
  readonly by: readonly ('mtls' | 'spf' | 'dkim')[];
  /** What would have made it pass without mtls. */
  readonly without: 'pass' | 'fail' | 'none' | 'temperror';
  readonly alignment: 'relaxed' | 'strict';
  /** MAIL FROM and From belong together under that alignment. */
  readonly aligned: boolean;
  /** What the domain asks receivers to do with mail that fails; undefined without a record. */
  readonly policy?: DmarcPolicy;
  /** Where the record stands. */
  readonly policyDomain?: string;
  /** The domain asks to treat its policy as a test (`t=y`). */
  readonly testing: boolean;
  readonly trace: readonly VerdictStep[];
}

/** Judges DMARC with the result of mtls beside that of SPF, or in its place (AMB-24). */
export function judgeDmarc(
  question: DmarcQuestion,
  { dmarcMode }: Pick<MtlsPolicy, 'dmarcMode'> = DEFAULT_MTLS_POLICY,
): DmarcVerdict {
  const { from, mtls, spf, alignedDkim } = question;
  const policy = policyFor(question);
  const alignment =
    policy?.record && dmarcTag(policy.record, 'aspf')?.value.toLowerCase() === 's' ? 'strict' : 'relaxed';
  const aligned = isAligned(question, alignment);
  const replaced = dmarcMode === 'replace' && mtls !== 'none';
  const passes = [
    ...(mtls === 'pass' && aligned === true ? (['mtls'] as const) : []),
    ...(spf === 'pass' && aligned === true && !replaced ? (['spf'] as const) : []),
    ...(alignedDkim ? (['dkim'] as const) : []),
  ];
  const failed = from.steps.some(({ found }) => found === 'failure') || aligned === undefined;
  const decide = (by: readonly string[]): DmarcVerdict['result'] => {
    if (by.length > 0 && policy !== undefined) return 'pass';
    if (failed) return 'temperror';
    return policy === undefined ? 'none' : 'fail';
  };
  const others = [...(spf === 'pass' && aligned === true ? ['spf'] : []), ...(alignedDkim ? ['dkim'] : [])];
  const trace = stepsOf(question, alignment, aligned, replaced);
  return {
    result: decide(passes),
    by: passes,
    without: decide(others),
    alignment,
    aligned: aligned === true,
    ...(policy && { policy: policy.policy, policyDomain: policy.domain }),
    testing: policy?.record !== undefined && dmarcTag(policy.record, 't')?.value.toLowerCase() === 'y',
    trace,
  };
}

/** The verdict as Authentication-Results has it (RFC 9989 §5, RFC 8601 §2.7.2). */
export function dmarcResult({ result, policy }: DmarcVerdict, fromDomain: string): AuthResult {
  const properties = [{ type: 'header', property: 'from', value: fromDomain }];
  const asked = policy === undefined ? [] : [{ type: 'policy', property: 'dmarc', value: policy }];
  return { method: 'dmarc', result, properties: [...properties, ...asked] };
}

interface FoundPolicy {
  readonly policy: DmarcPolicy;
  readonly domain: string;
  readonly record: DmarcRecord;
}

/** The policy of the domain itself, else what its organizational domain says for sub-domains, else a public suffix (RFC 9989 §4.10.1). */
function policyFor({ from, fromIsMissing = false }: DmarcQuestion): FoundPolicy | undefined {
  const [own] = from.steps;
  if (own?.record !== undefined) {
    const policy = policyInForce(own.record);
    if (policy !== undefined) return { policy, domain: own.domain, record: own.record };
  }
  const organization = organizationalDomain(from).domain;
  const above = from.steps.slice(1).filter(({ record }) => record !== undefined);
  const step = above.find(({ domain }) => domain === organization) ?? above.at(-1);
  if (step?.record === undefined) return undefined;
  const { record, domain } = step;
  const inForce = policyInForce(record);
  const sub = policyIn(record, 'sp');
  const missing = fromIsMissing ? policyIn(record, 'np') : undefined;
  const policy = missing ?? sub ?? inForce;
  return policy === undefined ? undefined : { policy, domain, record };
}

/** Whether MAIL FROM and From are aligned (RFC 9989 §4.4); undefined when DNS failed and they are not simply equal. */
function isAligned(
  { fromDomain, from, identity, mailFrom }: DmarcQuestion,
  alignment: DmarcVerdict['alignment'],
): boolean | undefined {
  if (identity === undefined) return false;
  if (identity.domain === fromDomain) return true;
  if (alignment === 'strict') return false;
  const one = organizationalDomain(from).domain;
  const other = mailFrom === undefined ? identity.domain : organizationalDomain(mailFrom).domain;
  if (one === undefined || other === undefined) return undefined;
  return one === other;
}

function stepsOf(
  { fromDomain, from, identity, mailFrom, mtls, spf, alignedDkim }: DmarcQuestion,
  alignment: DmarcVerdict['alignment'],
  aligned: boolean | undefined,
  replaced: boolean,
): VerdictStep[] {
  const organization = organizationalDomain(from);
  const other = mailFrom && organizationalDomain(mailFrom);
  const reading = replaced
    ? `mtls (${mtls}) counts in place of SPF`
    : `mtls (${mtls}) counts beside SPF (${spf ?? 'not checked'})`;
  const domains =
    identity === undefined
      ? 'there is no domain of MAIL FROM to compare'
      : `${identity.domain} (organization ${other?.domain ?? 'unknown'}) and From ${fromDomain} (organization ${organization.domain ?? 'unknown'}) are ${aligned === true ? '' : 'not '}aligned, ${alignment}`;
  return [
    { step: reading, requirements: ['CMX-1.2.4-b', 'CMX-1.2.4-c', 'AMB-24'] },
    { step: domains, requirements: ['CMX-1.2.4-c', 'RFC 9989 §4.4'] },
    { step: `an aligned DKIM signature ${alignedDkim ? 'passes' : 'was not given'}`, requirements: ['RFC 9989 §5'] },
  ];
}
