import type { GivenCertificate } from '../certs/load.ts';
import type { MtlsFault, MtlsFaultCode } from '../mail/mtls-faults.ts';
import type { MtlsFlag } from '../mail/mtls-names.ts';
import { isSelfSigned, lacksIntermediate } from './rules/certificates/shared.ts';

interface RulesByRole {
  readonly server: readonly string[];
  readonly client: readonly string[];
}

const both = (...ids: readonly string[]): RulesByRole => ({ server: ids, client: ids });

/** Which rules speak of what a verdict holds against a peer; a code that is not here is a matter of cert-path-invalid. */
const RULES_OF: Readonly<Partial<Record<MtlsFaultCode, RulesByRole>>> = {
  'no-tls': both(),
  'no-certificate': { server: ['cert-missing-for-host'], client: ['client-mx-no-client-cert'] },
  'no-names': { server: ['cert-server-name-not-in-mx'], client: ['cert-client-name-not-in-client-mx'] },
  'name-not-listed': { server: ['cert-server-name-not-in-mx'], client: ['cert-client-name-not-in-client-mx'] },
  'wildcard-only': both('cert-wildcard-not-exact'),
  'common-name-only': both('cert-cn-only'),
  'other-host': both('cert-server-not-own-host'),
  'null-list': { server: [], client: ['cert-client-name-not-in-client-mx', 'client-mx-null'] },
  'no-list': { server: ['mx-missing-mail-domain'], client: [] },
  'list-unknown': both(),
  dane: both('tlsa-cert-mismatch'),
  'mta-sts': both('mtasts-policy-mx-mismatch'),
  expired: both('cert-expired'),
  'not-yet-valid': both('cert-not-yet-valid'),
  'too-long': both('cert-not-public-ca'),
  'key-usage-role': both('cert-keyusage'),
  'extended-key-usage': { server: ['cert-eku-server-missing'], client: ['cert-eku-client-missing'] },
  'name-not-permitted': both('cert-name-constraints'),
  'name-excluded': both('cert-name-constraints'),
  'name-constraint-unsupported': both('cert-name-constraints'),
  'name-constraints-too-many': both('cert-name-constraints'),
  'explicit-curve': both('cert-key-weak'),
};

/** Ids of the rules by which lint says the same of this certificate and zone. */
export function rulesOfFault({ code, role, index = 0, args }: MtlsFault, given?: GivenCertificate): readonly string[] {
  if (code === 'issuer-missing' || code === 'self-signed') {
    if (given !== undefined && index === 0 && isSelfSigned(given.facts)) return ['cert-self-signed'];
    return [given !== undefined && lacksIntermediate(given) ? 'cert-chain-incomplete' : 'cert-not-public-ca'];
  }
  // A purpose that an issuer lacks is no matter of the certificate.
  if (code === 'extended-key-usage' && index > 0) return ['cert-path-invalid'];
  const rules = RULES_OF[code]?.[role] ?? ['cert-path-invalid'];
  const names = code === 'name-not-listed' || code === 'no-names';
  return role === 'server' && names && args['list']?.startsWith('SRV') === true
    ? [...rules, 'cert-srv-target-mismatch', 'smtp-tls-srv-cert-lacks-target']
    : rules;
}

/** The rule by which lint says the same as a flag of a verdict. */
export const RULE_OF_FLAG: Readonly<Record<MtlsFlag, string>> = {
  'common-name': 'cert-cn-only',
  wildcard: 'cert-wildcard-not-exact',
  'own-host': 'cert-server-not-own-host',
  'insecure-reference': 'smtp-tls-srv-cert-lacks-source-domain',
  'server-purpose': 'cert-eku-client-missing',
  'insecure-client-mx': 'client-mx-no-dnssec',
  'dane-alone': 'tlsa-self-signed-with-client-mx',
};
