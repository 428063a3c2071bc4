import { certificateUses, fileLabel, usePlaces } from '../../common-certificates.ts';
import type { Rule } from '../../rule.ts';
import { presentedBy, presentedLabel } from './shared.ts';

const WEAK: ReadonlySet<string> = new Set(['md2', 'md4', 'md5', 'sha1']);

/** A certificate is signed over a hash for which collisions are made (RFC 6194, RFC 9155). */
export const rule: Rule = {
  id: 'cert-signature-weak',
  group: 'certificates',
  level: 'error',
  cites: ['CMX-1.2.2-c', 'RFC 9155 §1', 'CA/B BR §7.1.3'],
  what: 'A certificate or an issuer given with it is signed with MD5 or SHA-1.',
  why: 'Such signatures can be forged, and TLS software refuses them.',
  help: 'Have the certificate issued again with SHA-256 or better.',
  bad: {
    zone: '@ MX 10 mx1\nmx1 A 192.0.2.10\n',
    certificates: [
      {
        file: 'mx1.pem',
        roles: ['server'],
        dnsNames: ['mx1.example.net'],
        signatureAlgorithm: 'sha1WithRSAEncryption',
      },
    ],
  },
  good: {
    zone: '@ MX 10 mx1\nmx1 A 192.0.2.10\n',
    certificates: [{ file: 'mx1.pem', roles: ['server'], dnsNames: ['mx1.example.net'] }],
  },
  say: ({ subject, algorithm }) => `${subject} is signed with ${algorithm}; expected SHA-256 or better`,
  needs: 'certificates',
  check(facts, report) {
    certificateUses(facts).forEach((use, index) => {
      const weak = presentedBy(facts, index).find((each) => WEAK.has(each.facts.signatureHash ?? ''));
      if (weak === undefined) return;
      report.certificate(index, {
        args: {
          subject: presentedLabel(fileLabel(facts, index), weak.issuer),
          algorithm: weak.facts.signatureAlgorithm,
        },
        related: usePlaces(facts, use),
      });
    });
  },
};
