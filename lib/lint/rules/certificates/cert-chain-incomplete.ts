import type { CertificateFacts } from '../../../certs/facts.ts';
import { certificateUses, fileLabel, usePlaces } from '../../common-certificates.ts';
import type { Facts } from '../../facts.ts';
import type { ExampleCertificate, Rule } from '../../rule.ts';
import { isInFile, judgement } from './judgement.ts';
import { hasOwnTlsa, lacksIntermediate } from './shared.ts';

const leafOnly: ExampleCertificate = {
  file: 'mx1.pem',
  roles: ['server'],
  dnsNames: ['mx1.example.net'],
  chain: [],
};

/** An issuer between the certificate and the root is not in its file, so that the host does not send it (RFC 8446 §4.4.2). */
export const rule: Rule = {
  id: 'cert-chain-incomplete',
  group: 'certificates',
  level: 'error',
  cites: ['RFC 8446 §4.4.2', 'CMX-1.2.2-b'],
  what: 'The file of a certificate lacks an issuer that stands between it and the root.',
  why: 'Peers have roots only: without the certificates between they find no path and refuse the connection, except those that happen to have met them elsewhere.',
  help: 'Put the missing issuer behind the certificate, as in the file that CAs call the full chain.',
  bad: { zone: '@ MX 10 mx1\nmx1 A 192.0.2.10\n', certificates: [leafOnly] },
  good: {
    zone: '@ MX 10 mx1\nmx1 A 192.0.2.10\n',
    certificates: [{ file: 'mx1.pem', roles: ['server'], dnsNames: ['mx1.example.net'] }],
  },
  say: ({ file, issuer, holder }) =>
    `${file} lacks the issuer ${issuer}${holder === '' ? '' : `, which is in ${holder}`}; expected the full chain below the root`,
  needs: 'certificates',
  check(facts, report) {
    certificateUses(facts).forEach((use, index) => {
      const issuer = missingIssuer(facts, index);
      // A peer that goes by DANE-EE needs no issuer (RFC 7671 §5.1), unless Client MX asks for validation.
      if (issuer === undefined || (!use.optedIn && hasOwnTlsa(facts, use))) return;
      report.certificate(index, {
        args: { file: fileLabel(facts, index), issuer: issuer.subject, holder: holderOf(facts, issuer) },
        related: usePlaces(facts, use),
      });
    });
  },
};

interface MissingIssuer {
  readonly subject: string;
  /** Known when it was found elsewhere. */
  readonly fingerprint?: string;
}

/** The nearest issuer that peers need and the file does not hold. */
function missingIssuer(facts: Facts, certificate: number): MissingIssuer | undefined {
  const given = facts.certificates[certificate];
  if (given === undefined) return undefined;
  if (lacksIntermediate(given)) return { subject: given.facts.issuer };
  const { anchored, path } = judgement(facts, certificate) ?? {};
  // What is no root and was found elsewhere is not sent.
  const between = anchored === true ? (path ?? []).slice(1, -1) : [];
  const missing = between.find((member: CertificateFacts) => !isInFile(given, member));
  return missing && { subject: missing.subject, fingerprint: missing.fingerprintSha256 };
}

/** A file that holds the missing issuer, empty when none does. */
function holderOf(facts: Facts, { subject, fingerprint }: MissingIssuer): string {
  const holder = facts.certificates.find(({ chain }) =>
    chain.some(({ facts: one }) =>
      fingerprint === undefined ? one.subject === subject : one.fingerprintSha256 === fingerprint,
    ),
  );
  return holder?.file ?? '';
}
