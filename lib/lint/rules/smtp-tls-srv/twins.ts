import { isNull, sameHost } from '../../common-hosts.ts';
import type { MailTarget } from '../../facts.ts';
import { STARTTLS_PORT } from './profile.ts';

/** Two records for one host: STARTTLS, and the best one for Implicit TLS. */
export interface Twins {
  readonly starttls: MailTarget;
  readonly implicit: MailTarget;
}

/** The hosts among SRV targets that have both a record for port 25 and one for another port. */
export function implicitTwins(srv: readonly MailTarget[]): readonly Twins[] {
  if (srv.length < 2 || !srv.some(({ port }) => port === STARTTLS_PORT)) return [];
  if (srv.length === 2 && srv[0] && srv[1] && !sameHost(srv[0], srv[1])) return [];
  const implicit = new Map<string, MailTarget>();
  for (const target of srv) {
    if (target.port === STARTTLS_PORT || isNull(target.wire)) continue;
    const before = implicit.get(target.host);
    if (before === undefined || target.preference < before.preference) implicit.set(target.host, target);
  }
  return srv.flatMap((starttls) => {
    const twin = starttls.port === STARTTLS_PORT ? implicit.get(starttls.host) : undefined;
    return twin === undefined ? [] : [{ starttls, implicit: twin }];
  });
}
