import { certificateUses, fileLabel, type HostMatch, hasRole } from '../../common-certificates.ts';
import { clientMx } from '../../common-examples.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';

/** Only a wildcard of the certificate covers the host, and the draft wants equal names (draft-chuang §1.2.3). */
export const rule: Rule = {
  id: 'cert-wildcard-not-exact',
  group: 'certificates',
  level: 'warning',
  cites: ['CMX-1.2.3-a', 'RFC 9525 §6.3'],
  what: 'The certificate for a domain with Client MX covers its hosts by a wildcard only.',
  why: 'The draft says that the names match exactly; peers that read it so do not accept a wildcard.',
  help: 'Issue a certificate with the full name of the host.',
  bad: {
    zone: `@ MX 10 mx1 ; expect
@ ${clientMx(10, 'out1')}
mx1 A 192.0.2.10
out1 A 192.0.2.20
`,
    certificates: [
      { file: 'wildcard.pem', roles: ['server'], dnsNames: ['*.example.net'] },
      { file: 'out1.pem', roles: ['client'], dnsNames: ['out1.example.net'] },
    ],
  },
  good: {
    zone: `@ MX 10 mx1
@ ${clientMx(10, 'out1')}
mx1 A 192.0.2.10
out1 A 192.0.2.20
`,
    certificates: [
      { file: 'mx1.pem', roles: ['server'], dnsNames: ['mx1.example.net', '*.example.net'] },
      { file: 'out1.pem', roles: ['client'], dnsNames: ['out1.example.net'] },
    ],
  },
  say: ({ file, wildcard, host, domain, list }) =>
    `${file} covers ${host} (${list} of ${domain}) by ${wildcard} only; expected ${host} itself among its dNSNames, as names must be equal`,
  needs: 'certificates',
  check(facts, report) {
    certificateUses(facts).forEach((use, index) => {
      const found = (match: HostMatch | undefined, list: string): void => {
        // Nobody but the draft minds a wildcard here.
        if (match === undefined || match.domain.clientMx.length === 0) return;
        const { host, record } = match.target;
        report.record(record, list === 'SRV' ? 'target' : 'exchange', {
          args: {
            file: fileLabel(facts, index),
            wildcard: `*${host.slice(host.indexOf('.'))}`,
            host,
            domain: bare(facts.nameText(match.domain.owner)),
            list,
          },
        });
      };
      const { serverWildcard: server, clientWildcard: client } = use;
      const list = server?.domain.srv.includes(server.target) === true ? 'SRV' : 'MX';
      if (hasRole(facts, index, 'server') && (use.mx ?? use.srv) === undefined) found(server, list);
      if (hasRole(facts, index, 'client') && use.clientMx === undefined) found(client, 'Client MX');
    });
  },
};
