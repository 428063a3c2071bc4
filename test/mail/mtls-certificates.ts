import type { ExtendedKeyUsagePolicy } from '../../lib/certs/path-purpose.ts';
import type { CertificateRole } from '../../lib/certs/roles.ts';
import { loadTrust } from '../../lib/certs/trust.ts';
import { validatePath } from '../../lib/certs/validate-path.ts';
import type { Exchanges } from '../../lib/mail/exchanges.ts';
import type { ShownCertificate } from '../../lib/mail/mtls-names.ts';
import {
  both,
  type Change,
  clientAuth,
  drop,
  makeChain,
  now,
  put,
  serverAuth,
  set,
  soundChain,
} from '../certs/chains.ts';
import { ext, general } from '../certs/maker.ts';

const namesId = '2.5.29.17';
const purposesId = '2.5.29.37';
const selfSigned: Change = set('leaf', { issuer: 'O=Example/CN=mx1.example.net', signer: 4 });

/** Gives the leaf these dNSNames. */
export function named(...names: readonly string[]): Change {
  return put('leaf', ext.names(...names.map(general.dns)));
}

/** What a certificate of the tables is like. */
export type Kind =
  | 'ok'
  | 'name wrong'
  | 'expired'
  | 'self-signed'
  | 'wildcard'
  | 'CN only'
  | 'SAN case'
  | 'serverAuth only'
  | 'clientAuth only'
  | 'no EKU';

/** The ten kinds of certificate of the tables; all but `no certificate` are for the host of the test in some way. */
export const KINDS: Readonly<Record<Kind, (host: string) => Change>> = {
  ok: (host: string) => named(host),
  'name wrong': () => named('other.example.org'),
  expired: (host: string) => both(named(host), set('leaf', { to: '261101000000Z' })),
  'self-signed': (host: string) => both(named(host), selfSigned),
  wildcard: (host: string) => named(host.replace(/^[^.]+/, '*')),
  'CN only': (host: string) => both(drop('leaf', namesId), set('leaf', { subject: `CN=${host}` })),
  'SAN case': (host: string) => named(host.toUpperCase()),
  'serverAuth only': (host: string) => both(named(host), put('leaf', ext.purposes(serverAuth))),
  'clientAuth only': (host: string) => both(named(host), put('leaf', ext.purposes(clientAuth))),
  'no EKU': (host: string) => both(named(host), drop('leaf', purposesId)),
};

/** A certificate of a kind, issued and validated for a role. */
export function shown(
  change: Change,
  role: CertificateRole,
  eku: ExtendedKeyUsagePolicy = 'accept-server-auth',
): ShownCertificate {
  const { leaf, others, root } = makeChain(change(soundChain));
  const trust = loadTrust([{ name: 'root.der', bytes: root.der }]);
  return { leaf: leaf.facts, path: validatePath({ leaf, others, trust, role, eku, now }) };
}

/** Hosts of a domain as DNS gives them. */
export function exchanges(domain: string, ...hosts: readonly string[]): Exchanges {
  return {
    kind: 'hosts',
    domain,
    hosts: hosts.map((host, index) => ({ preference: 10 * (index + 1), host })),
    ttl: 3600,
    security: 'secure',
    implicit: false,
    ignoredNull: false,
    unreadable: 0,
  };
}

/** A domain that exists and has no such record. */
export function absent(domain: string): Exchanges {
  return { kind: 'absent', domain, security: 'secure' };
}

/** A look-up that failed. */
export function failed(domain: string): Exchanges {
  return { kind: 'failure', domain, reason: 'server-failure', detail: `the server answered SERVFAIL for ${domain}` };
}
