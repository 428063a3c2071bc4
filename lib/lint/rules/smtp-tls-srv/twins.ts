import { sameHost } from '../../common-hosts.ts';
import type { MailTarget } from '../../facts.ts';

/** Two records for one host: STARTTLS, and the best one for Implicit TLS. */
export interface Twins {
  readonly starttls: MailTarget;
  readonly implicit: MailTarget;
}

/** The hosts among SRV targets that have both a record for the port of STARTTLS and one for another port. */
export function implicitTwins(srv: readonly MailTarget[], starttlsPort: number): readonly Twins[] {
  if (srv.length < 2 || !srv.some(({ port }) => port === starttlsPort)) return [];
  if (srv.length === 2 && srv[0] && srv[1] && !sameHost(srv[0], srv[1])) return [];
  const implicit = new Map<string, MailTarget>();
  for (const target of srv) {
    if (target.port === starttlsPort || target.isNull) continue;
    const before = implicit.get(target.host);
    if (before === undefined || target.preference < before.preference) implicit.set(target.host, target);
  }
  return srv.flatMap((starttls) => {
    const twin = starttls.port === starttlsPort ? implicit.get(starttls.host) : undefined;
    return twin === undefined ? [] : [{ starttls, implicit: twin }];
  });
}
