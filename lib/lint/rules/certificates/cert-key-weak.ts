import { type RsaWeakness, rsaModulus, rsaWeakness } from '../../../certs/rsa-weakness.ts';
import { certificateUses, fileLabel, usePlaces } from '../../common-certificates.ts';
import type { Facts } from '../../facts.ts';
import type { Rule } from '../../rule.ts';
import { type Presented, presentedBy, presentedLabel } from './shared.ts';

const CURVES: ReadonlySet<string> = new Set(['P-256', 'P-384', 'P-521']);

/** A key is too small, or of a kind that TLS peers do not take. */
export const rule: Rule = {
  id: 'cert-key-weak',
  group: 'certificates',
  level: 'error',
  cites: ['CMX-1.2.2-c', 'CA/B BR §6.1.1.3', 'CA/B BR §6.1.5', 'RFC 9325 §4.5'],
  what: 'The key of a certificate or of an issuer given with it is weak: RSA below 2048 bits or with a modulus that can be factored, DSA, or an unusual curve.',
  why: 'TLS software refuses such keys or will soon, and small ones can be broken.',
  help: 'Make a new key, P-256 or RSA with 2048 bits or more, and have the certificate issued for it.',
  bad: {
    zone: '@ MX 10 mx1\nmx1 A 192.0.2.10\n',
    certificates: [
      { file: 'mx1.pem', roles: ['server'], dnsNames: ['mx1.example.net'], keyType: 'rsa', keyBits: 1024 },
    ],
  },
  good: {
    zone: '@ MX 10 mx1\nmx1 A 192.0.2.10\n',
    certificates: [
      { file: 'mx1.pem', roles: ['server'], dnsNames: ['mx1.example.net'], keyType: 'rsa', keyBits: 2048 },
    ],
  },
  options: {
    rsaBits: { what: 'bits that an RSA key has to have', default: 2048, least: 1024, most: 16_384 },
  },
  say: ({ subject, fault, expected }) => `${subject} has ${fault}; expected ${expected}`,
  needs: 'certificates',
  check(facts, report, settings) {
    const rsaBits = settings.number('rsaBits');
    certificateUses(facts).forEach((use, index) => {
      for (const each of presentedBy(facts, index)) {
        const weakness = weaknessOf(facts, each, rsaBits);
        if (weakness === undefined) continue;
        const [fault, expected] = weakness;
        report.certificate(index, {
          args: { subject: presentedLabel(fileLabel(facts, index), each.issuer), fault, expected },
          related: usePlaces(facts, use),
        });
        return;
      }
    });
  },
};

/** What is weak about a key and what was expected, undefined when nothing is. */
function weaknessOf(
  facts: Facts,
  presented: Presented,
  rsaBits: number,
): readonly [fault: string, expected: string] | undefined {
  const { keyType, curve } = presented.facts;
  switch (keyType) {
    case 'rsa':
      return rsaFault(facts, presented, rsaBits);
    case 'ec':
      if (curve !== undefined && CURVES.has(curve)) return undefined;
      return [`a key on the curve ${curve ?? 'given by parameters'}`, 'P-256, P-384 or P-521'];
    case 'dsa':
      return ['a DSA key', 'P-256, or RSA with 2048 bits'];
    default:
      return undefined;
  }
}

/** What the modulus of a weak key is, as a clause. */
const MODULI: Readonly<Record<RsaWeakness, string>> = {
  even: 'is even',
  'small-factor': 'has a factor below 752',
  roca: 'was made by the flawed library of CVE-2017-15361 (ROCA)',
  'close-primes': 'has two factors that are too close',
};

function rsaFault(
  facts: Facts,
  { facts: { keyBits, rsaExponent, spkiSha256 }, der }: Presented,
  rsaBits: number,
): readonly [fault: string, expected: string] | undefined {
  if (keyBits < rsaBits) return [`an RSA key of ${keyBits} bits`, `at least ${rsaBits}`];
  if (keyBits % 8 !== 0) return [`an RSA key of ${keyBits} bits`, 'a multiple of 8'];
  if (rsaExponent !== undefined && (rsaExponent < 3n || rsaExponent % 2n === 0n))
    return [`an RSA key with the exponent ${rsaExponent}`, 'an odd exponent such as 65537'];
  const known = facts.once(weaknesses);
  const weakness = known.has(spkiSha256) ? known.get(spkiSha256) : weaknessIn(der);
  known.set(spkiSha256, weakness);
  return weakness && [`an RSA key whose modulus ${MODULI[weakness]}, so that it can be factored`, 'a new key'];
}

/** What was found about keys that many certificates share, those of issuers above all. */
function weaknesses(): Map<string, RsaWeakness | undefined> {
  return new Map();
}

function weaknessIn(der: Uint8Array): RsaWeakness | undefined {
  const modulus = rsaModulus(der);
  return modulus === undefined ? undefined : rsaWeakness(modulus);
}
