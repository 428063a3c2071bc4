import { fileLabel } from '../../common-certificates.ts';
import { bare } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { Rule } from '../../rule.ts';
import { isMatched, type ServedSet, servedSets, type Usable } from './served.ts';

const ROOT = 'ff93c54faa36413b7c0da6e414be6163f42b7f0d75c62eb89fe7672d17597bb9';
const ISSUING = '0b9fa5a59eed715c26c1020c711b4f6ec42d58b0015e14337a39dad301c5afc3';

/** The trust anchor of a TLSA record is not among the certificates the server sends (RFC 7671 §5.2). */
export const rule: Rule = {
  id: 'tlsa-usage2-chain',
  group: 'dane',
  level: 'error',
  cites: ['RFC 7671 §5.2', 'RFC 7672 §3.1.2'],
  what: 'A TLSA record with usage 2 names a CA certificate that the host does not send.',
  why: 'Clients compare the record with the certificates they receive; a root they have themselves does not count.',
  help: 'Add the CA certificate to the chain that the server sends, or publish the key of one that is in it.',
  bad: {
    zone: `@ MX 10 mx1
_25._tcp.mx1 TLSA 2 1 1 ${ROOT} ; expect
mx1 A 192.0.2.10
`,
    certificates: [
      { file: 'mx1.pem', roles: ['server'], dnsNames: ['mx1.example.net'], chain: [{ spkiSha256: ISSUING }] },
    ],
  },
  good: {
    zone: `@ MX 10 mx1
_25._tcp.mx1 TLSA 2 1 1 ${ISSUING}
mx1 A 192.0.2.10
`,
    certificates: [
      { file: 'mx1.pem', roles: ['server'], dnsNames: ['mx1.example.net'], chain: [{ spkiSha256: ISSUING }] },
    ],
  },
  say: ({ owner, file, issuers, anchor, covered }) => {
    const sent = issuers === 0 ? 'holds no issuer' : 'holds another issuer';
    const found =
      anchor === '' ? `${file} ${sent}` : `${file} does not hold ${anchor}, the CA certificate that it means`;
    return `TLSA of ${owner} has usage 2, but ${found}; expected the CA certificate in the chain that is sent${covered === 1 ? ' (another record matches the certificate itself)' : ''}`;
  },
  needs: 'certificates',
  check(facts, report) {
    for (const set of servedSets(facts)) {
      const anchors = set.usable.filter(({ usage }) => usage === 0 || usage === 2);
      const [first] = anchors;
      if (first === undefined) continue;
      const lacking = set.certificates.find((one) => !anchors.some((anchor) => isMatched(facts, anchor, one)));
      if (lacking === undefined) continue;
      const covered = set.usable.some((usable) => isMatched(facts, usable, lacking));
      // A server certificate that nothing matches beside records for it is tlsa-cert-mismatch.
      if (!covered && set.usable.length > anchors.length) continue;
      report.record(first.record, 'data', {
        args: {
          owner: bare(facts.ownerText(first.record)),
          file: fileLabel(facts, lacking),
          issuers: facts.certificates[lacking]?.chain.length ?? 0,
          anchor: anchorMeant(facts, anchors, lacking),
          covered: covered ? 1 : 0,
        },
        related: anchors
          .slice(1, 4)
          .map(({ record }) => ({ record, part: 'data', message: 'nor is this CA certificate sent' })),
        ...(covered && isBackedUp(facts, set) ? { severity: 'warning' } : {}),
      });
    }
  },
};

/** Whether the certificates are matched by other records, so that mail flows. */
function isBackedUp(facts: Facts, { certificates, usable }: ServedSet): boolean {
  return certificates.every((one) => usable.some((each) => isMatched(facts, each, one)));
}

/** The subject of the CA certificate that the records mean, where the path to the trust store has it. */
function anchorMeant(facts: Facts, anchors: readonly Usable[], certificate: number): string {
  const path = facts.pathOf(certificate, 'server')?.path ?? [];
  const empty = new Uint8Array();
  const meant = path.slice(1).find((issuer) =>
    anchors.some(({ selector, matching, data }) => {
      const digest = selector === 0 ? issuer.fingerprintSha256 : issuer.spkiSha256;
      return matching === 1 && Buffer.from(digest, 'hex').equals(data.length === 32 ? data : empty);
    }),
  );
  return meant?.subject ?? '';
}
