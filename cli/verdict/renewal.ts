import { caaIssuerOf, issuingOrganization } from '../../lib/certs/caa-issuers.ts';
import type { GivenCertificate } from '../../lib/certs/load.ts';
import { certificateNames } from '../../lib/certs/names.ts';
import { looksPublic } from '../../lib/lint/rules/certificates/shared.ts';
import { caaRefusal } from '../../lib/mail/caa-check.ts';
import type { DnsLookup } from '../../lib/mail/dns.ts';
import { fewNames } from '../../lib/mail/mtls-faults.ts';
import type { JudgedFault } from './judged.ts';

/** What keeps the CA from issuing a certificate again: no peer minds today, and at the next renewal the host has none (RFC 8659 §3). */
export async function renewalFaults({ facts }: GivenCertificate, lookup: DnsLookup): Promise<JudgedFault[]> {
  const issuer = issuingOrganization(facts);
  const domains = caaIssuerOf(facts)?.domains;
  // A private CA may look at no CAA at all.
  if (issuer === undefined || (domains === undefined && !looksPublic(facts))) return [];
  const refused = await caaRefusal(certificateNames(facts).names, domains, lookup);
  if (refused === undefined) return [];
  const { name, owner, allowed } = refused;
  const who = fewNames(allowed) || 'nobody';
  const expected = domains?.[0] === undefined ? 'its domain' : domains[0];
  return [
    {
      code: 'caa',
      message: `CAA of ${owner} allows ${who}, so ${issuer} may not issue the certificate for ${name} again; expected ${expected} there before the renewal`,
      help: `add CAA 0 issue "${domains?.[0] ?? 'DOMAIN-OF-THE-CA'}" at ${owner}, or have the next certificate issued by a CA that may`,
      section: 'RFC 8659 §3',
      requirements: ['CMX-1.2.1-h'],
      rules: ['caa-forbids-issuer'],
    },
  ];
}
