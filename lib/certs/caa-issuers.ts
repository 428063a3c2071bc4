import type { CertificateFacts } from './facts.ts';

/** A public CA: by what name its issuing certificates call it, and under which domains it looks for itself in CAA records. */
export interface CaaIssuer {
  readonly name: string;
  /** Values of organizationName in the issuer, in small letters. */
  readonly organizations: readonly string[];
  /** Issuer domains that its certification practice statement recognises, the one to publish first (RFC 8659 §4.2). */
  readonly domains: readonly string[];
}

const AMAZON = ['amazon.com', 'amazontrust.com', 'awstrust.com', 'amazonaws.com'];
const SECTIGO = [
  'sectigo.com',
  'trust-provider.com',
  'usertrust.com',
  'comodoca.com',
  'comodo.com',
  'entrust.net',
  'affirmtrust.com',
];

/** The CAs whose names are known; certificates of others, private CAs among them, are not judged. */
export const caaIssuers: readonly CaaIssuer[] = [
  { name: "Let's Encrypt", organizations: ["let's encrypt"], domains: ['letsencrypt.org'] },
  {
    name: 'Google Trust Services',
    organizations: ['google trust services', 'google trust services llc'],
    domains: ['pki.goog', 'google.com'],
  },
  { name: 'ZeroSSL', organizations: ['zerossl', 'zerossl gmbh'], domains: SECTIGO },
  {
    name: 'Sectigo',
    organizations: [
      'sectigo limited',
      'comodo ca limited',
      'the usertrust network',
      'gandi',
      'gandi sas',
      'cpanel, inc.',
      'cpanel, llc',
      'gogetssl',
      'geant vereniging',
      'trust provider b.v.',
      'network solutions l.l.c.',
    ],
    domains: [...SECTIGO, 'networksolutions.com'],
  },
  {
    name: 'DigiCert',
    organizations: [
      'digicert inc',
      'digicert, inc.',
      'digicert ireland limited',
      'geotrust inc.',
      'geotrust, inc.',
      'thawte, inc.',
      'thawte inc',
      'rapidssl',
      'symantec corporation',
      'quovadis limited',
      'quovadis trustlink b.v.',
      'digicert europe belgium b.v.',
      'cybertrust japan co., ltd.',
    ],
    domains: [
      'digicert.com',
      'www.digicert.com',
      'digicert.ne.jp',
      'cybertrust.ne.jp',
      'symantec.com',
      'thawte.com',
      'geotrust.com',
      'rapidssl.com',
      'quovadisglobal.com',
      'digitalcertvalidation.com',
      'volusion.digitalcertvalidation.com',
      'stratossl.digitalcertvalidation.com',
      'intermediatecertificate.digitalcertvalidation.com',
      '1and1.digitalcertvalidation.com',
      'pkioverheid.nl',
      'flipkart.com',
      ...AMAZON,
    ],
  },
  { name: 'GlobalSign', organizations: ['globalsign nv-sa', 'globalsign'], domains: ['globalsign.com'] },
  { name: 'Amazon', organizations: ['amazon'], domains: [...AMAZON, 'aws.amazon.com'] },
  { name: 'Microsoft', organizations: ['microsoft corporation'], domains: ['microsoft.com'] },
  {
    name: 'Entrust',
    organizations: ['entrust, inc.', 'entrust limited', 'entrust corporation', 'affirmtrust'],
    domains: [...SECTIGO.slice(-2), ...SECTIGO.slice(0, -2), 'ssl.com'],
  },
  {
    name: 'SSL.com',
    organizations: ['ssl corporation', 'ssl corp', 'ssl.com'],
    domains: ['ssl.com', 'entrust.net', 'affirmtrust.com'],
  },
  {
    name: 'GoDaddy',
    organizations: ['godaddy.com, inc.', 'godaddy inc.', 'starfield technologies, inc.'],
    domains: ['godaddy.com', 'starfieldtech.com'],
  },
  {
    name: 'IdenTrust',
    organizations: ['identrust', 'identrust, inc.'],
    domains: ['identrust.com'],
  },
  {
    name: 'Actalis',
    organizations: ['actalis s.p.a.', 'actalis s.p.a./03358520967'],
    domains: ['actalis.it'],
  },
  {
    name: 'Buypass',
    organizations: ['buypass as-983163327', 'buypass as'],
    domains: ['buypass.com', 'buypass.no'],
  },
  {
    name: 'Certum',
    organizations: ['asseco data systems s.a.', 'unizeto technologies s.a.'],
    domains: ['certum.pl', 'certum.eu'],
  },
  {
    name: 'SwissSign',
    organizations: ['swisssign ag'],
    domains: ['swisssign.com', 'swisssign.net', 'swisssign.ch'],
  },
  {
    name: 'D-Trust',
    organizations: ['d-trust gmbh'],
    domains: ['d-trust.net', 'd-trust.de', 'dtrust.de', 'dtrust.net', 'bundesdruckerei.de'],
  },
  {
    name: 'Telekom Security',
    organizations: [
      'deutsche telekom security gmbh',
      't-systems international gmbh',
      't-systems enterprise services gmbh',
    ],
    domains: ['telesec.de', 'pki.dfn.de', 'dfn.de'],
  },
  {
    name: 'Telia',
    organizations: ['telia company ab', 'telia finland oyj', 'teliasonera'],
    domains: ['telia.com', 'telia.fi', 'telia.se', 'trust.telia.com'],
  },
  {
    name: 'HARICA',
    organizations: [
      'hellenic academic and research institutions ca',
      'hellenic academic and research institutions cert. authority',
      'greek universities network (gunet)',
    ],
    domains: ['harica.gr'],
  },
  { name: 'FNMT', organizations: ['fnmt-rcm'], domains: ['fnmt.es'] },
  { name: 'Certigna', organizations: ['dhimyotis', 'certigna'], domains: ['certigna.fr', 'certigna.com'] },
  { name: 'Microsec', organizations: ['microsec ltd.'], domains: ['e-szigno.hu', 'microsec.hu'] },
  { name: 'Disig', organizations: ['disig a.s.'], domains: ['disig.sk'] },
];

const byOrganization: ReadonlyMap<string, CaaIssuer> = new Map(
  caaIssuers.flatMap((issuer) => issuer.organizations.map((organization) => [organization, issuer] as const)),
);

/** The CA that issued a certificate, by the organization its issuer names; undefined for one that is not known. */
export function caaIssuerOf(certificate: IssuedCertificate): CaaIssuer | undefined {
  const organization = issuingOrganization(certificate);
  return organization === undefined ? undefined : byOrganization.get(organization.toLowerCase());
}

/** The organization that an issuer names; undefined for a certificate that is its own issuer or names none. */
export function issuingOrganization({ issuer, selfIssued }: IssuedCertificate): string | undefined {
  if (selfIssued) return undefined;
  return organizationOf(issuer)?.replace(/\s+/g, ' ').trim();
}

/** What of a certificate says who issued it. */
export type IssuedCertificate = Pick<CertificateFacts, 'issuer' | 'selfIssued'>;

/** The value of `O` in an RFC 4514 text, escapes taken out; names in certificates of hostile size are not looked through. */
function organizationOf(text: string): string | undefined {
  if (text.length > 4096) return undefined;
  const value = /(?:^|(?<!\\)[,+])O=((?:\\.|[^\\,+])*)/.exec(text)?.[1];
  return value?.replace(/\\(?:([0-9A-Fa-f]{2})|(.))/g, (whole, hex: string | undefined, plain: string | undefined) =>
    hex === undefined ? (plain ?? whole) : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
