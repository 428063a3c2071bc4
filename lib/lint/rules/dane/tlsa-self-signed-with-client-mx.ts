import { fileLabel } from '../../common-certificates.ts';
import { clientMx } from '../../common-examples.ts';
import { isSelfSigned, isUntrusted } from '../../common-serving.ts';
import { bare } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { Rule } from '../../rule.ts';
import { isMatched, servedSets } from './served.ts';

const KEY = '0b9fa5a59eed715c26c1020c711b4f6ec42d58b0015e14337a39dad301c5afc3';

/** DANE vouches for a certificate that Client MX does not accept (draft-chuang §1.2.1). */
export const rule: Rule = {
  id: 'tlsa-self-signed-with-client-mx',
  group: 'dane',
  level: 'warning',
  cites: ['CMX-1.2.1-h', 'RFC 7672 §3.1.1'],
  what: 'TLSA matches a certificate that no public CA has issued, at a host of a domain with Client MX.',
  why: 'For DANE the record is enough; senders that follow Client MX check the path to a public CA as well and close the connection.',
  help: 'Have the certificate issued by a public CA; with the same key the TLSA record stays.',
  bad: {
    zone: `@ MX 10 mx1
@ ${clientMx(10, 'out1')}
_25._tcp.mx1 TLSA 3 1 1 ${KEY} ; expect
mx1 A 192.0.2.10
out1 A 192.0.2.20
`,
    certificates: [
      {
        file: 'mx1.pem',
        roles: ['server'],
        dnsNames: ['mx1.example.net'],
        facts: { spkiSha256: KEY, selfIssued: true, selfSigned: true, hasScts: false },
      },
    ],
  },
  good: {
    zone: `@ MX 10 mx1
@ ${clientMx(10, 'out1')}
_25._tcp.mx1 TLSA 3 1 1 ${KEY}
mx1 A 192.0.2.10
out1 A 192.0.2.20
`,
    certificates: [
      { file: 'mx1.pem', roles: ['server'], dnsNames: ['mx1.example.net'], facts: { spkiSha256: KEY } },
      { file: 'out1.pem', roles: ['client'], dnsNames: ['out1.example.net'] },
    ],
  },
  say: ({ owner, file, domain, selfSigned }) =>
    `TLSA of ${owner} vouches for ${file}, which ${selfSigned === 1 ? 'is self-signed' : 'has no path to a CA of the trust store'}, but ${domain} publishes Client MX; expected a certificate of a public CA`,
  needs: 'certificates',
  check(facts, report) {
    for (const { usable, certificates, optedIn: domain } of servedSets(facts)) {
      const wanted = domain?.clientMx[0];
      if (domain === undefined || wanted === undefined) continue;
      for (const certificate of certificates) {
        const match = usable.find((each) => isMatched(facts, each, certificate));
        if (match === undefined || !isPrivate(facts, certificate)) continue;
        report.record(match.record, 'usage', {
          args: {
            owner: bare(facts.ownerText(match.record)),
            file: fileLabel(facts, certificate),
            domain: bare(facts.nameText(domain.owner)),
            selfSigned: isSelfSigned(facts, certificate) ? 1 : 0,
          },
          related: [{ record: wanted.record, message: 'by this the domain opted in' }],
        });
      }
    }
  },
};

/** Whether no CA of the trust store has issued the certificate; a lone certificate may lack its intermediate only. */
function isPrivate(facts: Facts, certificate: number): boolean {
  const isLone = facts.certificates[certificate]?.chain.length === 0 && !isSelfSigned(facts, certificate);
  return !isLone && isUntrusted(facts, certificate);
}
