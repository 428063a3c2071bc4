import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { activeRules, PROFILES, type Profile } from '../../lib/lint/profiles.ts';
import type { Example } from '../../lib/lint/rule.ts';
import { findRule, RULES } from '../../lib/lint/rules.ts';
import { root } from '../house/sources.ts';
import { lintExample } from './example.ts';

const HEAD = `$ORIGIN example.net.
$TTL 3600
@ SOA ns1 hostmaster 2026112101 14400 3600 1209600 3600
@ NS ns1
@ NS ns2
@ CAA 0 issue "ca.example"
@ CAA 0 iodef "mailto:security@example.net"
ns1 A 192.0.2.1
ns1 AAAA 2001:db8:1::1
ns2 A 198.51.100.1
ns2 AAAA 2001:db8:2::1
`;

const MAIL = `@ MX 10 mx1
@ MX 20 mx2
mx1 A 192.0.2.10
mx1 AAAA 2001:db8:1::10
mx2 A 198.51.100.10
mx2 AAAA 2001:db8:2::10
@ TXT "v=spf1 mx -all"
_dmarc TXT "v=DMARC1; p=reject; rua=mailto:dmarc@example.net"
`;

const NO_MAIL = `@ A 192.0.2.80
@ MX 0 .
@ TXT "v=spf1 -all"
_dmarc TXT "v=DMARC1; p=reject; rua=mailto:dmarc@example.com"
*._domainkey TXT "v=DKIM1; p="
*._er TXT "v=1; agent-domain=example.net"
`;

/** Client MX and SRV records, which are worth little without signatures, and certificates for both roles. */
const SIGNED: Example = {
  whole: true,
  zone: readFileSync(join(root, 'test/lint/signed.zone'), 'latin1'),
  certificates: [
    {
      file: 'mx1.pem',
      roles: ['server'],
      dnsNames: ['mx1.example.net', 'example.net'],
      extendedKeyUsage: ['server'],
      facts: { spkiSha256: 'ff93c54faa36413b7c0da6e414be6163f42b7f0d75c62eb89fe7672d17597bb9' },
    },
    { file: 'out1.pem', roles: ['client'], dnsNames: ['out1.example.net'], extendedKeyUsage: ['client'] },
  ],
};

/** A zone as each profile wants it. */
const CLEAN: Readonly<Record<Profile, Example>> = {
  default: { whole: true, zone: HEAD + MAIL },
  strict: { whole: true, zone: HEAD + NO_MAIL },
  load: { whole: true, zone: HEAD + MAIL },
  mtls: SIGNED,
  'smtp-tls-srv': SIGNED,
  zonemaster: { whole: true, zone: HEAD + MAIL },
  'internet.nl': { whole: true, zone: HEAD + MAIL },
  'no-mail': { whole: true, zone: HEAD + NO_MAIL },
};

describe('a healthy zone', () => {
  it.each(PROFILES)('of the profile %s is silent', (profile) => {
    const { active } = activeRules(RULES, { profile, select: [], ignore: [], levels: new Map() });
    const found = lintExample(CLEAN[profile], active).map(({ rule, args }) => `${rule}: ${findRule(rule)?.say(args)}`);
    expect(found).toEqual([]);
  });
});
