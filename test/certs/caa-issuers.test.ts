import { describe, expect, test } from 'vitest';
import { caaIssuerOf, caaIssuers, issuingOrganization } from '../../lib/certs/caa-issuers.ts';

const of = (issuer: string): string | undefined => caaIssuerOf({ issuer, selfIssued: false })?.domains[0];

describe('the CA of a certificate', () => {
  test.each([
    ["CN=E7,O=Let's Encrypt,C=US", 'letsencrypt.org'],
    ["CN=R12,O=Let's Encrypt,C=US", 'letsencrypt.org'],
    ['CN=WR2,O=Google Trust Services,C=US', 'pki.goog'],
    ['CN=GTS CA 1C3,O=Google Trust Services LLC,C=US', 'pki.goog'],
    ['CN=ZeroSSL ECC Domain Secure Site CA,O=ZeroSSL,C=AT', 'sectigo.com'],
    ['CN=Sectigo Public Server Authentication CA DV R36,O=Sectigo Limited,C=GB', 'sectigo.com'],
    ['CN=GeoTrust TLS RSA CA G1,OU=www.digicert.com,O=DigiCert Inc,C=US', 'digicert.com'],
    ['CN=DigiCert Global G2 TLS RSA SHA256 2020 CA1,O=DigiCert\\, Inc.,C=US', 'digicert.com'],
    ['CN=Amazon RSA 2048 M02,O=Amazon,C=US', 'amazon.com'],
    ['CN=GlobalSign Atlas R3 DV TLS CA 2025 Q3,O=GlobalSign nv-sa,C=BE', 'globalsign.com'],
    ['CN=Actalis Domain Validation Server CA G3,O=Actalis S.p.A.,L=Ponte San Pietro,C=IT', 'actalis.it'],
    ['CN=D-TRUST BR CA 2-23-1 2023,O=D-Trust GmbH,C=DE', 'd-trust.net'],
    ['CN=HARICA DV TLS RSA,O=Hellenic Academic and Research Institutions CA,C=GR', 'harica.gr'],
    ['O=SWISSSIGN  AG,CN=SwissSign RSA TLS DV ICA', 'swisssign.com'],
    ['OU=x+O=Amazon,C=US', 'amazon.com'],
  ])('%s', (issuer, domain) => {
    expect(of(issuer)).toBe(domain);
  });

  test.each([
    ['', 'nothing'],
    ['CN=Amazon', 'a common name'],
    ['CN=Example CA,O=Amazon Users Club', 'another organization'],
    ['CN=a\\,O=Amazon,O=Example', 'a comma in a name'],
    ['OU=O=Amazon', 'an equals sign in a name'],
    ["CN=(STAGING) Pretend Pear X1,O=(STAGING) Let's Encrypt,C=US", 'a test CA'],
    [`O=${'a'.repeat(5000)}`, 'a name without end'],
  ])('is not known by %s: %s', (issuer) => {
    expect(of(issuer)).toBeUndefined();
  });

  test('is not the owner of a certificate that is its own issuer', () => {
    expect(caaIssuerOf({ issuer: 'O=Amazon', selfIssued: true })).toBeUndefined();
  });

  test('its organization stands without escapes', () => {
    expect(issuingOrganization({ issuer: 'CN=x,O=A\\, \\"B\\" \\2B C\\\\', selfIssued: false })).toBe('A, "B" + C\\');
  });
});

describe('the table', () => {
  test('has each organization once, in small letters, and domains as CAA has them', () => {
    const organizations = caaIssuers.flatMap((issuer) => issuer.organizations);
    expect(new Set(organizations).size).toBe(organizations.length);
    expect(organizations.filter((one) => one !== one.toLowerCase())).toEqual([]);
    for (const { name, domains } of caaIssuers) {
      expect(new Set(domains).size, name).toBe(domains.length);
      for (const domain of domains) expect(domain).toMatch(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/);
    }
  });
});
