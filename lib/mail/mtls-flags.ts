import type { MtlsFlag } from './mtls-names.ts';

interface FlagWords {
  readonly message: string;
  readonly help: string;
  readonly requirements: readonly string[];
}

/** What each flag of a verdict means, what to do, and the requirements and ambiguities behind it. */
export const FLAG_WORDS: Readonly<Record<MtlsFlag, FlagWords>> = {
  'common-name': {
    message: 'the name that matches is a common name; RFC 9525 §2 no longer lets it count, and CAs leave it out',
    help: 'issue the certificate with the name as a dNSName of subjectAltName',
    requirements: ['CMX-1.2.2-j', 'AMB-5'],
  },
  wildcard: {
    message: 'the name matches by a wildcard, which the draft ("exactly match") does not let count',
    help: 'issue the certificate with the full name of the host',
    requirements: ['CMX-1.2.3-a', 'AMB-4'],
  },
  'own-host': {
    message:
      'the certificate is for another host of the domain than the one connected to; peers with a strict reading refuse it',
    help: 'give each host a certificate with its own name',
    requirements: ['CMX-1.2.3-g', 'AMB-3'],
  },
  'insecure-reference': {
    message: 'only the target of SRV matches, and no DNSSEC proves that target, so a forged answer would match as well',
    help: 'sign the zone, or name the mail domain itself in the certificate too',
    requirements: ['SRV-4-h3', 'SRV-5-a', 'SRV-7-a', 'AMB-S14'],
  },
  'server-purpose': {
    message:
      'the certificate has no clientAuth; the policy here takes serverAuth in its place, and other receivers may not',
    help: 'have a private CA issue one with clientAuth, or make sure that receivers accept this one (Postfix: tls_trust_server_ccerts)',
    requirements: ['CMX-1.2.2-c', 'AMB-9'],
  },
  'insecure-client-mx': {
    message: 'no DNSSEC proves Client MX, so the list or its absence can be forged',
    help: 'sign the zone',
    requirements: ['AMB-20'],
  },
  'dane-alone': {
    message: 'DANE holds and the path to a trusted CA does not; a domain with Client MX needs both',
    help: 'have the certificate issued by a public CA and keep the TLSA records',
    requirements: ['CMX-1.2.1-h', 'AMB-21'],
  },
};
