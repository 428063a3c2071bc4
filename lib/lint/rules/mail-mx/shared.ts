import type { Facts, MailDomain, MailTarget } from '../../facts.ts';
import { type Standing, standing } from '../../shared-hosts.ts';

/** An exchange other than the null one, with what the zone knows of it. */
export interface Exchange extends MailTarget {
  readonly owner: number;
  readonly standing: Standing;
}

/** Every exchange of the zone's MX records but the null ones. */
export function* exchangesOf(facts: Facts): Generator<Exchange> {
  for (const domain of facts.mailDomains) yield* exchangesAt(facts, domain);
}

/** The exchanges of one domain. */
export function exchangesAt(facts: Facts, { owner, mx }: MailDomain): readonly Exchange[] {
  return mx.flatMap((target) =>
    target.host === '.' ? [] : [{ ...target, owner, standing: standing(facts, target.wire) }],
  );
}
