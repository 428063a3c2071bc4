import { fileLabel } from '../../common-certificates.ts';
import type { ExampleCertificate, Rule } from '../../rule.ts';

const issuer = { subject: 'CN=Example Issuing CA,O=Example', isCa: true };

const issuerFirst: ExampleCertificate = {
  file: 'mx1.pem',
  roles: ['server'],
  dnsNames: ['mx1.example.net'],
  chain: [issuer],
  index: 1,
};
const leafFirst: ExampleCertificate = { ...issuerFirst, index: 0 };

/** An issuer stands before the certificate of the host in its file (RFC 8446 §4.4.2). */
export const rule: Rule = {
  id: 'cert-chain-order',
  group: 'certificates',
  level: 'warning',
  cites: ['RFC 8446 §4.4.2', 'CMX-1.2.2-b'],
  what: 'In a certificate file the certificate of the host is not the first, or its issuers do not follow one after the other.',
  why: 'TLS software sends the first certificate of the file as that of the host, and the rest as they stand: with the issuer first most programs refuse to start, and some peers do not sort issuers.',
  help: 'Put the certificate of the host first, then its issuers, nearest first.',
  bad: { zone: '@ MX 10 mx1\nmx1 A 192.0.2.10\n', certificates: [issuerFirst] },
  good: {
    zone: '@ MX 10 mx1\nmx1 A 192.0.2.10\n',
    certificates: [leafFirst],
  },
  say: ({ file, position }) =>
    position === 0
      ? `the issuers in ${file} do not follow one after the other; expected the nearest first and the one next to the root last`
      : `the certificate of the host is number ${position} in ${file}, behind its issuer; expected it first`,
  needs: 'certificates',
  check(facts, report) {
    const hosts = new Map<string, number>();
    for (const { file } of facts.certificates) hosts.set(file, (hosts.get(file) ?? 0) + 1);
    facts.certificates.forEach(({ file, index, chain, unordered }, certificate) => {
      const first = index === 0 || chain.length === 0;
      // Several hosts in one file stand behind the issuers of the one before.
      if ((first && unordered !== true) || (hosts.get(file) ?? 0) > 1) return;
      report.certificate(certificate, {
        args: { file: fileLabel(facts, certificate), position: first ? 0 : index + 1 },
      });
    });
  },
};
