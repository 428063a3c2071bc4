import type { Facts, MailDomain, MailTarget } from '../../facts.ts';
import { type Standing, standing } from '../../shared-hosts.ts';

/** An exchange other than the null one, with what the zone knows of it. */
export interface Exchange extends MailTarget {
  readonly owner: number;
  readonly standing: Standing;
}

/** Every exchange of the zone's MX records but the null ones. */
export function exchangesOf(facts: Facts): readonly Exchange[] {
  return facts.once(everyExchange);
}

/** The exchanges of one domain. */
export function exchangesAt(facts: Facts, { owner, mx }: MailDomain): readonly Exchange[] {
  const exchanges: Exchange[] = [];
  for (const target of mx) {
    if (target.wire.length > 1) exchanges.push(new ExchangeFacts(target, owner, standing(facts, target.wire)));
  }
  return exchanges;
}

function everyExchange(facts: Facts): readonly Exchange[] {
  const all: Exchange[] = [];
  for (const domain of facts.mailDomains) all.push(...exchangesAt(facts, domain));
  return all;
}

/** The target with its domain; the text of the host is made when a finding needs it. */
class ExchangeFacts implements Exchange {
  readonly record: number;
  readonly preference: number;
  readonly port: number;
  readonly wire: Uint8Array;
  readonly owner: number;
  readonly standing: Standing;
  readonly #target: MailTarget;

  constructor(target: MailTarget, owner: number, standing: Standing) {
    this.record = target.record;
    this.preference = target.preference;
    this.port = target.port;
    this.wire = target.wire;
    this.owner = owner;
    this.standing = standing;
    this.#target = target;
  }

  get host(): string {
    return this.#target.host;
  }
}
