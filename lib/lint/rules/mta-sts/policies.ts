import { parsePolicy, type StsPolicy } from '../../../mail/mta-sts-policy.ts';
import type { Place, Span } from '../../../text/diagnostic.ts';
import { findName } from '../../common-certificates.ts';
import type { Facts, MailDomain, PolicyFile } from '../../facts.ts';

/** A policy file given, read, with the mail domain of the zone it is for; undefined when that has no mail records. */
export interface GivenPolicy {
  readonly given: PolicyFile;
  readonly policy: StsPolicy;
  readonly domain: MailDomain | undefined;
}

/** The policy files given for the zone, read once for all rules. */
export function givenPolicies(facts: Facts): readonly GivenPolicy[] {
  return facts.once(readPolicies);
}

function readPolicies(facts: Facts): readonly GivenPolicy[] {
  if (facts.policies.length === 0) return [];
  const domains = new Map(facts.mailDomains.map((domain) => [domain.owner, domain]));
  return facts.policies.map((given) => ({
    given,
    policy: parsePolicy(given.file.bytes),
    domain: domains.get(findName(facts, given.domain)),
  }));
}

/** A range of a policy file. */
export function placeIn({ file }: PolicyFile, { start, end }: Span): Place {
  return { file, span: { start, end } };
}
